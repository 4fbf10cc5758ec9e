"""The one entry: text in, :class:`Assessment` out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from detector import kind as kinds
from detector import policy
from detector.assessment import Assessment, Facts, Kind, Level, Pattern, Signal
from detector.facts.collect import collect
from detector.indicators.analyse import analyse, matcher
from detector.model import store
from detector.model.classifier import Classifier, Prediction
from detector.model.features import Prepared
from detector.text.language import SUPPORTED, UNKNOWN, identify
from detector.text.normalise import normalise
from detector.text.segments import Segments

MAX_CHARS = 50_000  # more than any advert; the rest of a longer text is not read, and the note says so
_MIN_WORDS = 4
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
        if unreadable := _too_little(text, item):
            return unreadable
        kind = kinds.decide(prediction, item, self._thresholds.advert)
        rated = kind in (Kind.ADVERT, Kind.QUESTION)
        signals = policy.shown(item.signals, prediction, self._thresholds)
        decision = policy.decide(
            kind,
            prediction,
            signals,
            item.credentials,
            item.facts,
            item.contexts,
            self._families,
            self._thresholds,
        )
        probability = prediction.lure
        if self._prevalence is not None:
            probability = self._classifier.shifted(probability, self._prevalence)
        return Assessment(
            text=text,
            kind=kind,
            level=decision.level,
            pattern=decision.pattern,
            probability=probability if kind is Kind.ADVERT else min(probability, 0.05),
            language=item.language,
            # What a warning or a news item quotes is not said of an offer.
            signals=signals if rated else (),
            credentials=item.credentials if rated else (),
            facts=item.facts if rated else replace(item.facts, pay=None),
            terms=tuple(self._classifier.terms(item, prediction)) if rated else (),
            reasons=decision.reasons,
            note=_note(text, item, signals, kind, decision.level),
        )


def _too_little(text: str, item: Prepared) -> Assessment | None:
    words = sum(1 for word in item.text.text.split() if any(c.isalpha() for c in word))
    unspaced = item.language in ("th", "zh", "km", "my") and sum(c.isalpha() for c in item.text.text) >= 8
    if words >= _MIN_WORDS or unspaced or item.signals:
        return None
    note = "empty" if not text.strip() else "too_short" if any(c.isalpha() for c in text) else "no_words"
    return Assessment(text, Kind.OTHER, Level.LOW, Pattern.NONE, 0.0, item.language, facts=Facts(), note=note)


def _note(text: str, item: Prepared, signals: tuple[Signal, ...], kind: Kind, level: Level) -> str | None:
    if len(text) > MAX_CHARS:
        return "only_beginning_read"
    if kind is Kind.QUESTION:
        return "question_quotes_offer"
    if level is not Level.LOW and not signals:
        return "no_sign_to_show"
    if item.language not in SUPPORTED:
        return "language_not_supported" if item.language != UNKNOWN else "language_unknown"
    return None
