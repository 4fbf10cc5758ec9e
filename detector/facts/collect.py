"""All facts of one text, in the order that they need one another."""

from __future__ import annotations

from detector.assessment import Facts
from detector.facts.benchmark import province_of, with_benchmark
from detector.facts.contacts import find_contacts
from detector.facts.destination import find_places
from detector.facts.employer import find_employer
from detector.facts.pay import find_pay, main_pay
from detector.text.normalise import NormalisedText


def collect(text: NormalisedText, language: str) -> Facts:
    """Pay (with its benchmark), places, contacts and employer stated in `text`."""
    if not text.text.strip():
        return Facts()
    destinations, origins = find_places(text)
    contacts = find_contacts(text, language)
    pay = main_pay(find_pay(text))
    if pay is not None:
        countries = list(dict.fromkeys(place.country for place in destinations))
        pay = with_benchmark(pay, countries, text.text, province_of(text.text))
    return Facts(pay, tuple(destinations), tuple(origins), tuple(contacts), find_employer(text, contacts))
