"""``detector cases ...``: the case book from the command line. Thin: everything is done elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from detector.assessment import Kind
from detector.casebook.records import Case, Mark, Order, Verdict
from detector.terminal import LangOption, Language, fail

if TYPE_CHECKING:
    from detector.casebook.book import CaseBook
    from detector.casebook.terminal import Shows

cases = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Keep a case book: a queue of adverts to review, decisions with their history, agreement, training rows.",
)

Book = Annotated[Path, typer.Argument(help="The case book, a file of your choice.", metavar="BOOK")]
Number = Annotated[int, typer.Argument(help="Number of the case.", metavar="CASE")]
Reviewer = Annotated[str, typer.Option("--reviewer", help="Your name or a short form of it, always the same.")]
OrderOption = Annotated[Order, typer.Option("--order", help="urgent: the gravest first; doubtful: the least certain.")]
Second = Annotated[bool, typer.Option("--second", help="Only what another reviewer has decided and you have not.")]


@contextmanager
def _opened(path: Path) -> Iterator[CaseBook]:
    """The book, with every fault as one sentence."""
    from detector.casebook.book import CaseBook
    from detector.scan.rows import InputError

    try:
        with CaseBook.open(path) as book:
            yield book
    except InputError as problem:
        fail(str(problem))


def _shows(lang: Language) -> Shows:
    from detector.casebook.terminal import Shows

    return Shows(lang.value, Console(highlight=False))


@cases.command()
def start(book: Book) -> None:
    """Make a new, empty case book."""
    from detector.casebook.book import CaseBook
    from detector.scan.rows import InputError

    try:
        CaseBook.start(book).close()
    except InputError as problem:
        fail(str(problem))
    typer.echo(f"{book} is ready.")


@cases.command()
def add(
    book: Book,
    records: Annotated[
        Path, typer.Argument(help="Records of detector scan, as .jsonl with --keep.", metavar="RECORDS")
    ],
    texts: Annotated[
        list[str] | None,
        typer.Option("--texts", help="What was scanned, where the records were written without --keep."),
    ] = None,
    text_column: Annotated[str | None, typer.Option("--text-column", help="As it was given to the scan.")] = None,
    id_column: Annotated[str | None, typer.Option("--id-column", help="As it was given to the scan.")] = None,
    date_column: Annotated[str | None, typer.Option("--date-column", help="As it was given to the scan.")] = None,
    place_column: Annotated[str | None, typer.Option("--place-column", help="As it was given to the scan.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="What to call this scan; the name of RECORDS unless given.")
    ] = None,
) -> None:
    """Put the adverts of a scan into the case book; one that is there already is not doubled."""
    from detector.scan.readers.columns import ReadOptions

    options = ReadOptions(text_column, id_column, date_column, place_column)
    with _opened(book) as opened:
        added = opened.add(records, texts or (), options, source)
        for reason, rows in added.rejected.most_common():
            typer.echo(f"{rows} records left out: {reason}.", err=True)
        typer.echo(f"{added.new} new cases; {added.known} records of texts that were there already.")


@cases.command()
def queue(
    book: Book,
    reviewer: Reviewer,
    limit: Annotated[int, typer.Option("--limit", help="How many to list.")] = 20,
    order: OrderOption = Order.URGENT,
    second: Second = False,
    single: Annotated[bool, typer.Option("--single", help="List every case of a campaign, not one for all.")] = False,
    lang: LangOption = Language.ID,
) -> None:
    """List what you should look at next."""
    with _opened(book) as opened:
        items = opened.queue(reviewer, limit, order=order, second=second, grouped=not single)
        _shows(lang).queue(items, opened.progress(reviewer))


@cases.command()
def decide(
    book: Book,
    number: Annotated[
        int | None, typer.Argument(help="Number of the case; without it, one case after another.", metavar="[CASE]")
    ] = None,
    verdict: Annotated[
        Verdict | None, typer.Argument(help="lure, fraud, fine, not_ad or needs_evidence.", metavar="[VERDICT]")
    ] = None,
    *,
    reviewer: Reviewer,
    note: Annotated[str, typer.Option("--note", help="Why, in your words.")] = "",
    kind: Annotated[Kind | None, typer.Option("--kind", help="With not_ad: what the text is instead.")] = None,
    strike: Annotated[
        list[int] | None, typer.Option("--strike", help="Number (as in show) of a sign that is none.")
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option("--add", help="A sign that was missed, with its words: upfront_fee='biaya admin'"),
    ] = None,
    campaign: Annotated[bool, typer.Option("--campaign", help="Decide the rest of its campaign the same way.")] = False,
    order: OrderOption = Order.URGENT,
    second: Second = False,
    lang: LangOption = Language.ID,
) -> None:
    """Decide a case; without a number, one case after another with single keys."""
    with _opened(book) as opened:
        shows = _shows(lang)
        if number is None:
            from detector.casebook.terminal import review

            review(opened, reviewer, shows, order, second)
            return
        if verdict is None:
            fail(f"Say what case {number} is: {', '.join(Verdict)}.")
        case = opened.case(number, reviewer)
        struck, added = _struck(case, strike or []), [_found(case, sign) for sign in add or []]
        decision, rest = opened.decide(number, reviewer, verdict, note, kind, struck, added), 0
        if campaign:
            for group in case.campaigns:
                rest += len(opened.decide_campaign(group.key, reviewer, verdict, note, kind))
        shows.decided(number, decision, rest)


def _struck(case: Case, numbers: list[int]) -> list[Mark]:
    if any(not 1 <= number <= len(case.shown) for number in numbers):
        fail(f"Case {case.number} shows {len(case.shown)} signs; give --strike one of their numbers.")
    return [case.shown[number - 1] for number in numbers]


def _found(case: Case, sign: str) -> Mark:
    """The first place of the words in ``indicator=words``."""
    indicator, _, words = sign.partition("=")
    from detector.casebook.reviewing import mark_of

    mark = mark_of(case.text, indicator, words)
    if mark is None:
        fail(f"The words of --add {sign!r} do not stand in case {case.number}; write indicator='words of the text'.")
    return mark


@cases.command()
def show(
    book: Book,
    number: Number,
    reviewer: Annotated[
        str | None,
        typer.Option("--reviewer", help="Hide others' decisions until this reviewer has decided; all without it."),
    ] = None,
    lang: LangOption = Language.ID,
) -> None:
    """Show a case: text, signs, sightings, and every decision ever made."""
    with _opened(book) as opened:
        _shows(lang).case(opened.case(number, reviewer))


@cases.command()
def search(
    book: Book,
    words: Annotated[list[str] | None, typer.Argument(help="Words or a phone number.", metavar="[WORDS]...")] = None,
    verdict: Annotated[
        Verdict | None, typer.Option("--verdict", help="Only cases that some reviewer calls so.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", help="How many to list.")] = 20,
    lang: LangOption = Language.ID,
) -> None:
    """Find cases by words, however they are disguised."""
    with _opened(book) as opened:
        _shows(lang).hits(opened.search(" ".join(words or ()), verdict, limit))


@cases.command()
def agreement(book: Book, lang: LangOption = Language.ID) -> None:
    """Say how far every two reviewers agree (Cohen's kappa)."""
    with _opened(book) as opened:
        _shows(lang).agreement(opened.agreement())


@cases.command()
def export(book: Book, out: Annotated[Path, typer.Argument(help="A new .jsonl file.", metavar="OUT")]) -> None:
    """Write the whole book, history too, to a file that another book can take in."""
    with _opened(book) as opened:
        number = opened.export(out)
        typer.echo(f"{number} cases -> {out} (with names, numbers and notes: pass it on with care)")


@cases.command("import")
def take_in(book: Book, exported: Annotated[Path, typer.Argument(help="What export wrote.", metavar="FILE")]) -> None:
    """Merge an exported book into this one; nothing is lost, nothing doubled."""
    with _opened(book) as opened:
        merged = opened.take_in(exported)
        typer.echo(
            f"{merged.cases} new cases, {merged.decisions} new decisions; {merged.cases_known} cases and "
            f"{merged.decisions_known} decisions were there already."
        )


@cases.command()
def backup(
    book: Book, out: Annotated[Path, typer.Argument(help="A new file, itself a case book.", metavar="OUT")]
) -> None:
    """Copy the book to a new file while others work on, and check the copy."""
    with _opened(book) as opened:
        number = opened.backup(out)
        typer.echo(f"{number} cases -> {out} (checked)")


@cases.command("train-rows")
def train_rows(
    book: Book,
    out: Annotated[Path, typer.Argument(help="A new .jsonl file.", metavar="OUT")],
    reviewers: Annotated[
        int, typer.Option("--reviewers", min=1, help="How many must agree; 1 for a book of one person.")
    ] = 2,
    genre: Annotated[
        str, typer.Option("--genre", help="Where such texts are posted, as in the corpus.")
    ] = "social_caption",
) -> None:
    """Write agreed cases as rows of the training corpus, contacts and reviewers as pseudonyms."""
    with _opened(book) as opened:
        rows = opened.training_rows(out, reviewers, genre)
        for reason, number in rows.left_out.most_common():
            typer.echo(f"{number} cases left out: {reason}.", err=True)
        typer.echo(f"{rows.written} rows -> {out} (names of people are not replaced: read them before you share them)")


@cases.command()
def forget(
    book: Book,
    number: Annotated[int | None, typer.Argument(help="Number of the case.", metavar="[CASE]")] = None,
    everything: Annotated[bool, typer.Option("--everything", help="Erase the whole book, file and all.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase a case with its history, or the whole book, for good."""
    if (number is None) != everything:
        fail("Name the case to erase, or give --everything for the whole book.")
    what = f"the whole case book {book}" if everything else f"case {number} with all its decisions"
    with _opened(book) as opened:
        if not yes and not typer.confirm(f"Erase {what}? This cannot be undone."):
            fail("Nothing was erased.", 1)
        if number is None:
            opened.erase()
        else:
            opened.forget(number)
    typer.echo(f"Erased: {what}. Backups, exports and training rows made before still hold it.")
