"""Who assesses the parts: this process, the cores of this machine (joblib's loky), or a Dask cluster.

All three take the same parts and return the same bytes. `run` keeps at most a few parts in flight, and gives a part to
another worker when the one that had it died.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from detector.scan.parts import Part, Recipe, Result, assess
from detector.scan.rows import InputError

RETRIES = 2  # of a part whose worker died under it: a full memory passes, a text that kills the process does not
_AHEAD = 2  # parts in flight per worker: one at work, one waiting
_WAIT_FOR_WORKERS = 30  # seconds
_INSTALL = "pip install 'lure-detector[cluster]'"


class Pool(Protocol):
    """Takes parts and promises results."""

    lost: tuple[type[BaseException], ...]
    """What a result raises when its worker died."""
    gone: tuple[type[BaseException], ...]
    """What any call raises when all workers are out of reach for good."""
    address: str
    falls_as_one: bool
    """Whether one dead worker takes all parts in flight with it."""

    def window(self) -> int:
        """How many parts may be in flight."""

    def submit(self, part: Part, recipe: Recipe) -> Future[Result]:
        """Begin one part."""

    def restart(self) -> None:
        """Replace what died."""

    def close(self, kill: bool) -> None:
        """Let the workers go; with `kill` at once."""


class InProcess:
    """No other process: for one core, and for inputs of one part, where starting workers would take longest."""

    lost: tuple[type[BaseException], ...] = ()
    gone: tuple[type[BaseException], ...] = ()
    address = "here"
    falls_as_one = False

    def window(self) -> int:
        """One: nothing runs ahead."""
        return 1

    def submit(self, part: Part, recipe: Recipe) -> Future[Result]:
        """Assess the part before returning."""
        future: Future[Result] = Future()
        try:
            future.set_result(assess(part, recipe))
        except Exception as problem:
            future.set_exception(problem)
        return future

    def restart(self) -> None:
        """Nothing dies here."""

    def close(self, kill: bool) -> None:
        """Nothing to close."""


class Cores:
    """`jobs` processes on this machine."""

    lost: tuple[type[BaseException], ...] = (BrokenExecutor,)
    gone: tuple[type[BaseException], ...] = ()
    address = "here"
    falls_as_one = True

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._start()

    def _start(self) -> None:
        from joblib.externals.loky import ProcessPoolExecutor

        # One thread a worker: the cores are taken by the workers themselves.
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        self._executor = ProcessPoolExecutor(
            self._jobs, timeout=None, initializer=_begin_worker, initargs=(os.getpid(),), env=threads
        )

    def window(self) -> int:
        """Two parts a worker."""
        return _AHEAD * self._jobs

    def submit(self, part: Part, recipe: Recipe) -> Future[Result]:
        """Hand the part to the next free process."""
        with _interrupts_held():
            future: Future[Result] = self._executor.submit(assess, part, recipe)
        return future

    def restart(self) -> None:
        """New processes: the executor does not outlive one that was killed."""
        self.close(kill=True)
        self._start()

    def close(self, kill: bool) -> None:
        """End the processes."""
        self._executor.shutdown(wait=True, kill_workers=kill)


class Cluster:
    """The workers of a running Dask scheduler; they may come and go."""

    gone: tuple[type[BaseException], ...] = (OSError, CancelledError)
    falls_as_one = False

    def __init__(self, address: str) -> None:
        self.address = address
        try:
            from distributed import Client, KilledWorker
        except ImportError:
            raise InputError(f"Dask is not installed; install it with: {_INSTALL}") from None
        self.lost: tuple[type[BaseException], ...] = (KilledWorker,)
        # It logs with tracebacks what is told in a sentence here.
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            self._client: Any = Client(address, timeout="10s", set_as_default=False)
        except (OSError, ValueError) as problem:
            reason = str(problem).split("\n")[0] or type(problem).__name__
            raise InputError(f"No Dask scheduler answers at {address} ({reason}); check --scheduler.") from None
        try:
            self._client.wait_for_workers(1, timeout=_WAIT_FOR_WORKERS)
        except TimeoutError:
            self._client.close()
            raise InputError(
                f"The scheduler at {address} has no workers; start some with: dask worker {address}"
            ) from None
        # A part is no pure function to Dask: the key would otherwise hash the whole part.
        self._executor = self._client.get_executor(pure=False)

    def window(self) -> int:
        """Two parts a thread of those now there."""
        return max(_AHEAD, _AHEAD * sum(self._client.nthreads().values()))

    def submit(self, part: Part, recipe: Recipe) -> Future[Result]:
        """Send the part to the scheduler."""
        future: Future[Result] = self._executor.submit(assess, part, recipe)
        return future

    def restart(self) -> None:
        """The scheduler looks after its workers itself."""

    def close(self, kill: bool) -> None:
        """Leave the cluster; what it still works on is dropped."""
        with suppress(OSError, TimeoutError, CancelledError):
            self._client.close(timeout=5)


def run(parts: Iterator[Part], recipe: Recipe, pool: Pool, finished: Callable[[Result], None]) -> None:
    """Assess `parts` on `pool`; `finished` is called with each result, in the order in which they come.

    After a death the parts that were in flight are tried again one at a time, so that the one which kills its worker
    is known, and the others are not blamed.

    Raises
    ------
    InputError
        When a part was lost `RETRIES` times more, or all workers are out of reach.
    """
    try:
        _run(parts, recipe, pool, finished)
    except pool.gone:
        raise InputError(
            f"The Dask scheduler at {pool.address} does not answer any more; start it again, "
            "then continue with --resume."
        ) from None


def _run(parts: Iterator[Part], recipe: Recipe, pool: Pool, finished: Callable[[Result], None]) -> None:
    flying: dict[Future[Result], Part] = {}
    suspects: deque[Part] = deque()
    losses: dict[int, int] = {}
    ended = False
    while True:
        while len(flying) < (1 if suspects else pool.window()):
            if suspects:
                part = suspects.popleft()
            elif ended or (upcoming := next(parts, None)) is None:
                ended = True
                break
            else:
                part = upcoming
            try:
                flying[pool.submit(part, recipe)] = part
            except pool.lost:  # the death was noticed only now
                suspects.appendleft(part)
                break
        if not flying and not suspects:
            return
        alone = len(flying) == 1
        dead = [] if flying else list(suspects)
        done, _ = wait(flying, return_when=FIRST_COMPLETED) if flying else (set(), set())
        for future in done:
            part = flying.pop(future)
            try:
                result = future.result()
            except pool.lost:
                dead.append(part)
            else:
                finished(result)
        if not dead:
            continue
        if pool.falls_as_one:
            dead += [part for part in flying.values() if part not in dead]
            flying.clear()
        for part in dead if alone or not pool.falls_as_one else ():
            losses[part.number] = losses.get(part.number, 0) + 1
            if losses[part.number] > RETRIES:
                raise InputError(
                    f"The rows {part.rows[0].id} to {part.rows[-1].id} (part {part.number}) ended their worker "
                    f"{RETRIES + 1} times; look at them or at the machine's memory, then continue with --resume."
                )
        waiting = {part.number for part in suspects}
        suspects.extend(part for part in dead if part.number not in waiting)
        pool.restart()


def _begin_worker(parent: int) -> None:
    """In a new worker: leave Ctrl-C to the driver, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes started here do not see Ctrl-C while they start; this one gets it right after."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
