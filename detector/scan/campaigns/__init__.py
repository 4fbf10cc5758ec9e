"""Campaigns: reposts of one advert, and adverts of one recruiter, found among any number of posts."""

from detector.scan.campaigns.columns import Posts
from detector.scan.campaigns.group import Fetch, campaigns_of, group
from detector.scan.campaigns.network import ContactEdge, ContactNode, Network, network
from detector.scan.campaigns.records import Campaign, Key, Part, Post, template_text
from detector.scan.campaigns.signatures import signature

__all__ = [
    "Campaign",
    "ContactEdge",
    "ContactNode",
    "Fetch",
    "Key",
    "Network",
    "Part",
    "Post",
    "Posts",
    "campaigns_of",
    "group",
    "network",
    "signature",
    "template_text",
]
