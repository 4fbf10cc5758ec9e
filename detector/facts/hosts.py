"""What kind of host a mail address or link belongs to: free mail, free site, short link, job portal or one's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from detector.facts.reference import load

__all__ = ["hosts", "is_free", "is_portal", "is_under"]


@cache
def hosts(kind: str) -> tuple[str, ...]:
    """Hosts of one kind from employers.yaml: free_mail, free_sites, shorteners or portals."""
    return tuple(load("employers.yaml")["hosts"][kind])


def is_free(host: str) -> bool:
    """True for free mail, free sites and forms, short links, and what is no full host name at all."""
    return "." not in host or is_under(host, hosts("free_mail") + hosts("shorteners") + hosts("free_sites"))


def is_portal(host: str) -> bool:
    """True for job portals and applicant systems, which serve many employers."""
    return is_under(host, hosts("portals"))


def is_under(host: str, domains: Sequence[str]) -> bool:
    """True when `host` is one of `domains` or a subdomain of one."""
    return any(host == domain or host.endswith("." + domain) for domain in domains)
