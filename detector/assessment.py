"""The records that pass between the stages: closed enums and frozen dataclasses, no loose dicts.

Offsets (`start`, `end`) count characters of the *original* text, end exclusive, so that
``text[start:end] == evidence`` holds for every piece of evidence in an :class:`Assessment`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What sort of text this is; only an advert is rated."""

    ADVERT = "advert"
    AWARENESS = "awareness"
    NEWS = "news"
    TESTIMONY = "testimony"
    JOB_SEEKER = "job_seeker"
    QUESTION = "question"
    OTHER = "other"


class Level(StrEnum):
    """How urgently the reader should act; `high` and `check` together are called flagged."""

    HIGH = "high"
    CHECK = "check"
    LOW = "low"


class Pattern(StrEnum):
    """The sort of harm that the signs point to."""

    TRAFFICKING_RISK = "trafficking_risk"
    JOB_FRAUD = "job_fraud"
    LABOUR_VIOLATION = "labour_violation"
    NONE = "none"


class Strength(StrEnum):
    """Weight of one indicator (see `policy.py` for what each counts)."""

    CRITICAL = "critical"
    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"

    @property
    def rank(self) -> int:
        """0 for the strongest, so that sorting by it puts critical first."""
        return list(Strength).index(self)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the original text."""

    start: int
    end: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Signal(Span):
    """One indicator seen at one place.

    `confidence` is None where a rule saw it; where the trained finder took the wording for it, its probability 0-1.
    """

    indicator: str
    strength: Strength
    confidence: float | None = None

    @property
    def likely(self) -> bool:
        """Whether only the finder saw it."""
        return self.confidence is not None


@dataclass(frozen=True, slots=True)
class Credential(Span):
    """One credibility sign: something to verify, never something to trust."""

    id: str


@dataclass(frozen=True, slots=True)
class Pay(Span):
    """What is promised, as a monthly range.

    `low`/`high` are in `currency` (ISO 4217) per `period` (hour, day, week, month, year, piece) as
    written; the `monthly_*` fields are per month, `monthly_idr_*` in rupiah (None where the rate is unknown).
    `ratio` is the midpoint of the monthly rupiah range over `benchmark_idr` (None without a benchmark);
    `benchmark_label`, `benchmark_source` and `benchmark_year` say what it is compared with.
    """

    currency: str
    low: float
    high: float
    period: str
    monthly_low: float | None = None
    monthly_high: float | None = None
    monthly_idr_low: int | None = None
    monthly_idr_high: int | None = None
    benchmark_idr: int | None = None
    benchmark_id: str | None = None
    benchmark_source: str | None = None
    benchmark_year: int | None = None
    ratio: float | None = None


@dataclass(frozen=True, slots=True)
class Place(Span):
    """A place named in the text. `country` is ISO 3166 alpha-2; `tier` 1 (compound town) to 3, 0 = ordinary."""

    country: str
    name: str
    tier: int


@dataclass(frozen=True, slots=True)
class Contact(Span):
    """A way to reach the advertiser. `type`: phone, whatsapp, telegram, instagram, line, wechat, zalo, facebook,
    tiktok, email, link. `value` is normalised (E.164 for phones, lower-case handle, mail or URL host + path)."""

    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Employer:
    """Who says they are hiring. Every field is None when the text does not say it."""

    name: Span | None = None
    legal_name: bool = False
    licence: Span | None = None
    address: Span | None = None
    own_domain: str | None = None
    free_mail: bool = False
    claimed: Span | None = None
    claimed_type: str | None = None
    channel_is_theirs: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the text states about pay, places, contacts and the employer."""

    pay: Pay | None = None
    destinations: tuple[Place, ...] = ()
    origins: tuple[Place, ...] = ()
    contacts: tuple[Contact, ...] = ()
    employer: Employer | None = None


@dataclass(frozen=True, slots=True)
class Term(Span):
    """A stretch of text with its share in the model's score (log-odds towards a lure; negative = away)."""

    weight: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that is known about one text. Views, scans and reports read this and nothing else."""

    text: str
    kind: Kind
    level: Level
    pattern: Pattern
    probability: float
    language: str
    signals: tuple[Signal, ...] = ()
    credentials: tuple[Credential, ...] = ()
    facts: Facts = field(default_factory=Facts)
    terms: tuple[Term, ...] = ()
    reasons: tuple[str, ...] = ()
    note: str | None = None

    @property
    def flagged(self) -> bool:
        """True for an advert with level high or check."""
        return self.kind is Kind.ADVERT and self.level is not Level.LOW

    @property
    def indicators(self) -> tuple[str, ...]:
        """Distinct indicator ids in order of first appearance."""
        return tuple(dict.fromkeys(s.indicator for s in self.signals))

    def to_dict(self) -> dict[str, Any]:
        """The scan record without `id` and `campaign` (JSON-ready; the input text itself is not repeated)."""
        facts = self.facts
        return {
            "kind": self.kind.value,
            "level": self.level.value,
            "pattern": self.pattern.value,
            "probability": round(self.probability, 4),
            "language": self.language,
            "indicators": [
                {
                    "id": s.indicator,
                    "strength": s.strength.value,
                    "start": s.start,
                    "end": s.end,
                    "evidence": s.evidence,
                }
                for s in self.signals
            ],
            "credibility": [
                {"id": c.id, "start": c.start, "end": c.end, "evidence": c.evidence} for c in self.credentials
            ],
            "facts": {
                "pay": asdict(facts.pay) if facts.pay else None,
                "destinations": list(dict.fromkeys(p.country for p in facts.destinations)),
                "contacts": [{"type": c.type, "value": c.value} for c in facts.contacts],
                "employer": asdict(facts.employer) if facts.employer else None,
            },
            "campaign": None,
            "note": self.note,
        }
