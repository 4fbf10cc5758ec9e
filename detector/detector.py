"""The one entry: text in, :class:`Assessment` out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from detector import policy
from detector.assessment import Assessment, Facts, Kind, Level
from detector.facts.collect import collect
from detector.indicators.analyse import analyse, matcher
from detector.model import store
from detector.model.classifier import Classifier, Prediction
from detector.model.features import Prepared
from detector.rating import Rating, rate
from detector.text.language import SUPPORTED, UNKNOWN, identify
from detector.text.normalise import normalise
from detector.text.segments import Segments

MAX_CHARS = 50_000  # more than any advert; the rest of a longer text is not read, and the note says so
_BATCH = 256


def prepare(text: str) -> Prepared:
    """Fold `text`, find its facts and run the rules: everything but the model."""
    folded = normalise(text[:MAX_CHARS])
    language = identify(folded.text)
    segments = Segments(folded.text)
    facts = collect(folded, language)
    rules = analyse(folded, facts, segments, language)
    return Prepared(folded, rules.signals, rules.credentials, facts, rules.contexts, language)


class Detector:
    """Rates recruitment adverts. Make one with :meth:`load` and keep it; it is safe to share between threads."""

    def __init__(self, stored: store.Stored, prevalence: float | None = None) -> None:
        self._classifier = Classifier(stored.parts, stored.sidecar["prevalence"])
        self._thresholds = policy.Thresholds.from_sidecar(stored.sidecar)
        self._prevalence = prevalence
        self._families = {i.id: i.family for i in matcher().catalogue.indicators.values()}
        self.sidecar = stored.sidecar

    @classmethod
    def load(cls, folder: str | Path | None = None, prevalence: float | None = None) -> Detector:
        """Load the model that ships with the package, or the one in `folder`.

        Parameters
        ----------
        folder
            Holds ``model.joblib`` and its sidecar ``model.json``.
        prevalence
            Expected share of lures among the texts to come, 0-1 exclusive: shifts `probability` by Bayes' rule.
            Levels do not move with it.

        Raises
        ------
        ModelError
            When the model is missing, altered or from another version.
        ValueError
            When `prevalence` is not between 0 and 1.
        """
        if prevalence is not None and not 0 < prevalence < 1:
            raise ValueError(f"prevalence must lie between 0 and 1, not {prevalence}; for 2 % write 0.02")
        return cls(store.load(Path(folder) if folder else None), prevalence)

    def assess(self, text: str) -> Assessment:
        """Assess one text. Any string is accepted; what cannot be judged comes back as kind ``other`` with a note."""
        return next(self.assess_many([text]))

    def assess_many(self, texts: Iterable[str]) -> Iterator[Assessment]:
        """Assess texts in order, a few hundred at a time; lazy, so any number of texts fits in memory."""
        source = iter(texts)
        while batch := list(islice(source, _BATCH)):
            prepared = [prepare(text) for text in batch]
            for text, item, prediction in zip(batch, prepared, self._classifier.predict(prepared), strict=True):
                yield self._assessment(text, item, prediction)

    def _assessment(self, text: str, item: Prepared, prediction: Prediction) -> Assessment:
        rating = rate(item, prediction, self._families, self._thresholds)
        probability = prediction.lure
        if self._prevalence is not None:
            probability = self._classifier.shifted(probability, self._prevalence)
        # What a warning or a news item quotes is not said of an offer.
        offered = rating.kind in (Kind.ADVERT, Kind.QUESTION)
        facts = item.facts if offered else replace(item.facts, pay=None)
        return Assessment(
            text=text,
            kind=rating.kind,
            level=rating.decision.level,
            pattern=rating.decision.pattern,
            probability=rating.reported(probability),
            language=item.language,
            signals=rating.signals if offered else (),
            credentials=item.credentials if offered else (),
            facts=Facts() if rating.too_little else facts,
            terms=tuple(self._classifier.terms(item, prediction)) if offered else (),
            reasons=rating.decision.reasons,
            note=rating.too_little or _note(text, item, rating),
        )


def _note(text: str, item: Prepared, rating: Rating) -> str | None:
    if len(text) > MAX_CHARS:
        return "only_beginning_read"
    if rating.kind is Kind.QUESTION:
        return "question_quotes_offer"
    if rating.decision.level is not Level.LOW and not rating.signals:
        return "no_sign_to_show"
    if item.language not in SUPPORTED:
        return "language_not_supported" if item.language != UNKNOWN else "language_unknown"
    return None
