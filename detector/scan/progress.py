"""How far a scan is, on a terminal: rows done, rate, time passed and, where the rows could be counted, time left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text

from detector.scan.source import rows_ahead


class _Rate(ProgressColumn):
    """Rows done, of how many, and rows a second over the last half minute."""

    def render(self, task: Task) -> Text:
        of = f" of {task.total:,.0f}" if task.total is not None else ""
        rate = task.finished_speed or task.speed
        return Text(f"{task.completed:,.0f}{of} rows" + (f", {rate:,.0f} a second" if rate else ""))


@contextmanager
def shown(sources: Sequence[str | Path], console: Console) -> Iterator[Callable[[int], None] | None]:
    """A bar while the block runs; what it yields is called with the number of rows done, None without a terminal."""
    if not console.is_terminal:
        yield None
        return
    columns = (BarColumn(), _Rate(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, speed_estimate_period=30) as bar:
        task = bar.add_task("scan", total=rows_ahead(sources))
        yield lambda done: bar.update(task, completed=done)
