"""The ``detector`` command: one text, a file, the indicators, the case book. Thin: everything is done elsewhere."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from detector.casebook.commands import cases
from detector.terminal import LangOption, Language, fail

if TYPE_CHECKING:
    from detector.detector import Detector

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
)  # fmt: skip
app.add_typer(cases, name="cases")


_INTERRUPTED = 130  # what shells expect of a program that was stopped with Ctrl-C
_FILES = (".txt", ".md", ".html", ".csv", ".json", ".jsonl", ".eml", ".jpg", ".jpeg", ".png", ".webp", ".pdf")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"detector {version('lure-detector')}")
        raise typer.Exit


@app.callback()
def detector_command(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Reads recruitment adverts and shows the signs of trafficking and job fraud that they carry."""


def _load() -> Detector:
    # Imported here so that --help answers at once.
    from detector.detector import Detector
    from detector.model.store import ModelError

    try:
        return Detector.load()
    except ModelError as problem:
        fail(str(problem))


def _read_text(argument: str) -> str:
    if argument == "-":
        data = sys.stdin.buffer.read()
    else:
        try:
            path = Path(argument)
            if path.is_dir():
                fail(f"{argument} is a folder; name a file in it, or give the words of the advert.")
            if not path.is_file():
                if _looks_like_a_file(argument):
                    fail(f"There is no file {argument}; check the name, or give the words of the advert.")
                return argument
            data = path.read_bytes()
        except (OSError, ValueError):  # a long advert is no file name
            return argument
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data[:4096] or data.startswith(b"%PDF-"):
        return _read_poster(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        typer.echo("The file is not UTF-8; it was read as Windows-1252, so some letters may be wrong.", err=True)
        return data.decode("cp1252", errors="replace")


def _read_poster(data: bytes) -> str:
    """The text of a picture or PDF; shown, so that the reader can compare it with what she sees."""
    from detector.ocr import PosterError, read

    try:
        text = read(data).text
    except PosterError as problem:
        fail(str(problem))
    if not text:
        fail("No words were found in the picture; if it has some, type them or give a sharper picture.")
    typer.echo(f"Read from the picture; compare it with what you see:\n\n{text}\n", err=True)
    return text


def _looks_like_a_file(argument: str) -> bool:
    """One word with a path or the ending of a file in it: a misspelt name rather than an advert."""
    name = Path(argument)
    return (
        " " not in argument.strip() and "://" not in argument and (len(name.parts) > 1 or name.suffix.lower() in _FILES)
    )


@app.command()
def check(
    text: Annotated[
        str, typer.Argument(help="The advert itself, a file that holds it (text, picture or PDF), or - for input.")
    ] = "-",
    as_json: Annotated[bool, typer.Option("--json", help="Print the assessment as one JSON object.")] = False,
    lang: LangOption = Language.ID,
) -> None:
    """Rate one advert and show why."""
    content = _read_text(text)
    assessment = _load().assess(content)
    if as_json:
        typer.echo(json.dumps(assessment.to_dict(), ensure_ascii=False, indent=1))
        return
    from detector.report import print_assessment

    print_assessment(assessment, lang.value, Console(highlight=False))


@app.command()
def scan(
    sources: Annotated[
        list[str],
        typer.Argument(help="Files, folders or patterns: CSV, Excel, JSON, Parquet, chat exports.", metavar="INPUT..."),
    ],
    out: Annotated[
        str,
        typer.Option(
            "--out",
            help="Where the records go: .jsonl, .csv, .xlsx, .parquet, a folder/ of Parquet; .html: a report alone.",
        ),
    ],
    text_column: Annotated[str | None, typer.Option("--text-column", help="Column that holds the text.")] = None,
    id_column: Annotated[str | None, typer.Option("--id-column", help="Column that names the row.")] = None,
    date_column: Annotated[str | None, typer.Option("--date-column", help="Column with the date of the post.")] = None,
    place_column: Annotated[
        str | None, typer.Option("--place-column", help="Column with the group, page or board of the post.")
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the input's own columns under 'source'.")] = False,
    only: Annotated[str, typer.Option("--only", help="Write these levels only, for example: high,check")] = "",
    redact: Annotated[
        bool, typer.Option("--redact", help="Replace phones, mail, handles and links by pseudonyms that still link.")
    ] = False,
    redact_key: Annotated[
        Path | None, typer.Option("--redact-key", help="File with the key of the pseudonyms (else one for this scan).")
    ] = None,
    campaigns: Annotated[bool, typer.Option("--campaigns", help="Group reposts and adverts of one recruiter.")] = False,
    jobs: Annotated[int | None, typer.Option("--jobs", help="Processes to use; all cores unless given.")] = None,
    engine: Annotated[str, typer.Option("--engine", help="local, or dask for a cluster.")] = "local",
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="Address of the Dask scheduler: tcp://HOST:PORT")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Continue a stopped scan.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an output or a stopped scan.")] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="When the input breaks off, write what was read before.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="Also write an audit report to this .html file (groups campaigns).")
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="Language of the report: id or en.")] = Language.ID,
    contacts: Annotated[
        bool, typer.Option("--contacts", help="Show phone numbers in the report in full, last digits too.")
    ] = False,
    part_rows: Annotated[int, typer.Option("--part-rows", help="Rows a worker takes at once.")] = 1024,
) -> None:
    """Rate every row of a file; a scan that was stopped goes on with --resume."""
    from detector.model.store import ModelError
    from detector.scan.engine import scan as run
    from detector.scan.progress import shown
    from detector.scan.rows import InputError

    try:
        with shown(sources, Console(stderr=True)) as progress:
            summary = run(
                sources,
                out,
                text_column=text_column,
                id_column=id_column,
                date_column=date_column,
                place_column=place_column,
                keep=keep,
                only=tuple(filter(None, only.replace(" ", "").split(","))),
                redact=redact or redact_key is not None,
                redact_key=redact_key,
                campaigns=campaigns,
                jobs=jobs,
                engine=engine,
                scheduler=scheduler,
                part_rows=part_rows,
                resume=resume,
                overwrite=overwrite,
                partial=partial,
                report=report,
                lang=lang.value,
                contacts=contacts,
                progress=progress,
            )
    except (InputError, ModelError) as problem:
        fail(str(problem))
    except KeyboardInterrupt:
        fail(f"Stopped: {_kept(Path(out))}", _INTERRUPTED)
    for sentence in summary.report.sentences():
        typer.echo(sentence, err=True)
    if summary.rejects:
        typer.echo(f"What was left out is listed in {summary.rejects}.", err=True)
    if summary.campaigns:
        typer.echo(f"The campaigns are listed in {summary.campaigns}.", err=True)
    if summary.audit and summary.audit != summary.out:
        typer.echo(f"The audit report is {summary.audit}.", err=True)
    if summary.broken:
        typer.echo(f"The input was not read to its end: {summary.broken}", err=True)
    levels = ", ".join(f"{n} {name}" for name, n in summary.counts.most_common())
    written = f" ({summary.written} of them written)" if only else ""
    typer.echo(f"{summary.rows} rows: {levels}{written} -> {summary.out}")


def _kept(out: Path) -> str:
    """What a stopped scan left behind, and how to go on."""
    from detector.scan.state import finished_rows, folder_of

    folder = folder_of(out)
    if not folder.is_dir():
        return "no part was finished; run the same command again."
    return f"{finished_rows(folder):,} rows are kept in {folder.name}; run the same command with --resume to go on."


@app.command()
def indicators(
    as_json: Annotated[bool, typer.Option("--json", help="Print the catalogue as JSON.")] = False,
    lang: LangOption = Language.ID,
) -> None:
    """List every indicator and credibility sign: what it is, how strong, and who says so."""
    from detector.indicators.catalogue import CatalogueError
    from detector.indicators.compiled import shipped

    try:
        catalogue = shipped()
    except CatalogueError as problem:
        fail(str(problem))
    if as_json:
        drop = {"languages"}
        entries = [e.model_dump(mode="json", exclude=drop) for e in catalogue.indicators.values()]
        signs = [e.model_dump(mode="json", exclude=drop) for e in catalogue.credibility.values()]
        typer.echo(json.dumps({"indicators": entries, "credibility": signs}, ensure_ascii=False, indent=1))
        return
    from detector.report import print_catalogue

    print_catalogue(catalogue, lang.value, Console(highlight=False))


def main() -> None:
    """Entry point of the ``detector`` command."""
    app()


if __name__ == "__main__":
    main()
