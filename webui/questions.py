"""What to ask the recruiter: the signs found turned into questions that can be copied into a chat.

A sign has a question where asking helps (``ask.<indicator>`` in strings.yaml). Some offers are better left unanswered:
who asks a seller of organs for the contract has already begun to bargain.
"""

from __future__ import annotations

from detector.assessment import Assessment
from detector.help import abroad
from detector.indicators.catalogue import Catalogue
from webui import result
from webui.cards import Finding
from webui.markup import plain, section, tag
from webui.words import Say

_MOST = 6  # more is not answered in a chat
_ASKED_ANYWAY = {"vague_employer": "company", "no_contract": "contract"}  # signs whose question is one of everybody's


def _key(finding: Finding) -> str:
    return "ask." + _ASKED_ANYWAY.get(finding.indicator, finding.indicator)


def unanswered(assessment: Assessment, catalogue: Catalogue, say: Say) -> list[Finding]:
    """The signs after which it is better not to answer at all; what only the finder takes for one does not count."""
    return [
        finding for finding in result.known(assessment, catalogue) if not finding.likely and not say.has(_key(finding))
    ]


def questions(assessment: Assessment, catalogue: Catalogue, say: Say) -> list[str]:
    """The questions, those of the gravest signs first, then what to ask anybody who offers work."""
    always = ["ask.company", "ask.contract"]
    if abroad(assessment.indicators, result.countries(assessment)):
        always.append("ask.job_order")
    keys = dict.fromkeys(map(_key, result.known(assessment, catalogue)))
    own = [key for key in keys if key not in always and say.has(key)]
    return [say(key) for key in [*own[: _MOST - len(always)], *always]]


def message(assessment: Assessment, catalogue: Catalogue, say: Say) -> str:
    """The questions as one message to send."""
    asked = [f"{number}. {question}" for number, question in enumerate(questions(assessment, catalogue, say), 1)]
    return "\n".join([say("ask.hello"), *asked, say("ask.bye")])


def silence_panel(unasked: list[Finding], catalogue: Catalogue, say: Say) -> str:
    """Why there are no questions, and what to do instead."""
    items = "".join(
        tag(
            "li",
            tag("b", plain(say.pick(catalogue.indicators[finding.indicator].label)))
            + tag("p", plain(say.pick(catalogue.indicators[finding.indicator].advice))),
        )
        for finding in unasked
    )
    return section(say("ask.title"), tag("ul", items, "verify"), "ask", say("ask.silence"))


def intro_panel(say: Say) -> str:
    """The title above the message to copy."""
    return section(say("ask.title"), "", "ask", say("ask.intro"))
