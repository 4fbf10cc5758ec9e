"""Campaigns: reposts found, other adverts left apart, contacts that join and those that must not, templates, network."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.assessment import Assessment, Contact, Facts, Kind, Level, Pattern
from detector.scan.campaigns import Campaign, Post, Posts, campaigns_of, group, network, signature, template_text
from detector.scan.campaigns.contacts import MAX_IN_POST, MAX_JOINED, MAX_WORDINGS, joining_key
from detector.scan.campaigns.signatures import EMPTY, LENGTH, has_signature, mask
from detector.scan.campaigns.similar import BANDS, band_edges, compact, components, split
from detector.scan.campaigns.templates import template
from detector.text.normalise import normalise
from training import corpus
from training.reposts import edit_share, repost, reposts

DATA = Path(__file__).parent / "data"
LURE = (
    "Dibutuhkan 10 orang admin customer service untuk kantor di Phnom Penh, gaji 12 juta dan bonus, tiket dan paspor "
    "ditanggung kantor, berangkat minggu depan"
)
OTHER = (
    "Kerja dari rumah, cukup like dan follow akun toko, komisi dibayar setiap hari ke rekening, saldo awal gratis, "
    "hubungi mentor untuk mulai"
)
THIRD = (
    "Crew needed for squid jigging vessel, no seaman book, passport kept by the captain, contract two years, family "
    "gets the money after the contract"
)


#: The beginning of the signature of `LURE`: it may only change together with the format of stored signatures.
FIRST_NUMBERS = [3794389, 19241940]


def signed(text: str) -> np.ndarray:
    return signature(normalise(text).text)


def post(key: str | int, text: str, **more: object) -> Post:
    return Post(key, signed(text), text=text, **more)  # type: ignore[arg-type]


def members(campaigns: list[Campaign]) -> set[frozenset[str | int]]:
    return {frozenset(c.members) for c in campaigns}


def pairwise(posts: list[Post], origins: list[str]) -> tuple[float, float]:
    """(precision, recall) over pairs of posts grouped by text."""
    of = {key: n for n, campaign in enumerate(group(posts)) for key in campaign.members}
    groups = [of.get(p.key, -1 - i) for i, p in enumerate(posts)]

    def pairs(counts: Counter) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    both = pairs(Counter(zip(groups, origins, strict=True)))
    return both / max(1, pairs(Counter(groups))), both / pairs(Counter(origins))


# --- quality ----------------------------------------------------------------------------------------------------------


def test_hand_written_reposts_are_found_and_look_alikes_are_not() -> None:
    rows = [json.loads(line) for line in (DATA / "reposts.jsonl").read_text(encoding="utf-8").splitlines()]
    precision, recall = pairwise([post(i, r["text"]) for i, r in enumerate(rows)], [r["campaign"] for r in rows])
    assert (precision, recall) == (1.0, 1.0)


@pytest.mark.parametrize("original_among_them", [True, False])
def test_reposts_with_thirty_percent_edits(original_among_them: bool) -> None:
    texts = {row["id"]: row["text"] for row in corpus.rows()[::32]}
    made = [r for r in reposts(texts, 0.3, 4, seed=5) if original_among_them or r.key != r.origin]
    assert np.mean([r.share for r in made if r.key != r.origin]) >= 0.3
    precision, recall = pairwise([post(r.key, r.text) for r in made], [r.origin for r in made])
    assert precision >= 0.98
    assert recall >= 0.9


def test_different_adverts_of_the_corpus_are_not_joined() -> None:
    rows = corpus.rows()
    joined = sum(c.size * (c.size - 1) // 2 for c in group(post(r["id"], r["text"]) for r in rows))
    assert joined <= len(rows) / 1000, f"{joined} pairs of {len(rows)} different texts"


def test_the_share_of_edits_is_counted_in_words() -> None:
    assert edit_share("a b c d", "a x c d") == 0.25
    assert edit_share("a b c d", "b c d") == 0.25
    assert edit_share("a b", "a b c") == 0.5
    assert edit_share("招聘打字员", "招聘打字工") == 0.2
    for share in (0.1, 0.4):
        assert edit_share(LURE, repost(LURE, share, random.Random(1))) >= share


# --- signatures -------------------------------------------------------------------------------------------------------


def test_a_signature_is_the_same_in_another_process() -> None:
    code = f"from detector.scan.campaigns import signature; print(signature({LURE.lower()!r}).tobytes().hex())"
    root = Path(__file__).resolve().parents[1]
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root).stdout
    assert out.strip() == signature(LURE.lower()).tobytes().hex()
    assert signature(LURE.lower())[:2].tolist() == FIRST_NUMBERS


def test_numbers_contacts_and_marks_do_not_count() -> None:
    other = (
        LURE.replace("10 orang", "25 orang").replace("12 juta", "15 juta") + "\n🔥 wa 0812-0000-1234 @akun_x bit.ly/x1"
    )
    assert (
        mask(normalise("Cek https://contoh.id/a?b=1, gaji Rp12.500.000!! 🔥 wa +62 812-0000-1111").text)
        == "cek gaji rp wa"
    )
    near = (signed(LURE) == signed(other)).mean()
    assert near > 0.9


def test_short_texts_have_no_signature_and_belong_to_nothing() -> None:
    assert (signed("Loker dong kak") == EMPTY).all()
    assert (signed("") == EMPTY).all()
    assert not has_signature(np.stack([signed("wa 0812 0000 1111 🔥")])).any()
    assert group([post(i, "Loker dong kak") for i in range(3)] + [Post(9), Post(10)]) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_has_a_signature_of_one_shape(text: str) -> None:
    numbers = signature(text)
    assert numbers.shape == (LENGTH,)
    assert numbers.dtype == np.uint32
    signature(normalise(text).text)


def test_a_text_longer_than_a_chunk_is_read_to_its_end() -> None:
    texts = [row["text"] for row in corpus.rows()[:40]]
    assert len(" ".join(texts[:20])) > 5000
    same = (signed(" ".join(texts)) == signed(" ".join(texts[:20]))).mean()
    assert 0.3 < same < 0.7
    assert (signed(" ".join(texts)) == np.minimum.reduce([signed(t) for t in texts])).mean() > 0.9


# --- bands ------------------------------------------------------------------------------------------------------------


def test_bands_can_run_apart_in_any_order() -> None:
    made = reposts({row["id"]: row["text"] for row in corpus.rows()[:40]}, 0.2, 5, seed=2)
    matrix = compact(np.stack([signed(r.text) for r in made]))
    edges = [band_edges(band, matrix) for band in range(BANDS)]
    assert all((pairs[:, 0] < pairs[:, 1]).all() for pairs in edges)
    forward = components(len(matrix), edges)
    assert (forward == components(len(matrix), reversed(edges))).all()
    exact = {
        (i, j)
        for i in range(len(matrix))
        for j in range(i)
        if made[i].origin != made[j].origin and forward[i] == forward[j]
    }
    assert not exact
    with pytest.raises(ValueError, match="between 0 and 41"):
        band_edges(BANDS, matrix)


def test_no_rows_and_one_row() -> None:
    assert band_edges(0, np.empty((0, LENGTH), dtype=np.uint16)).shape == (0, 2)
    assert group([]) == []
    assert group([post(1, LURE)]) == []
    assert network(Posts.of([])).contacts == ()


def test_a_chain_over_boilerplate_is_cut_at_its_centres() -> None:
    # Three rows: the middle one shares half with each neighbour, which share nothing with each other.
    left = np.arange(LENGTH, dtype=np.uint16)
    right = left + 1000
    middle = np.where(np.arange(LENGTH) % 2, left, right).astype(np.uint16)
    far = middle.copy()
    far[::2] += 7000
    matrix = np.stack([left, middle, right, far])
    labels, centres = split(matrix, np.zeros(4, dtype=np.int32), threshold=0.4)
    for row, label in enumerate(labels):
        assert (matrix[row] == matrix[centres[label]]).mean() >= 0.4
    assert labels[0] == labels[1] == labels[2]


def test_a_post_of_two_adverts_joins_no_two_campaigns() -> None:
    made = reposts({"a": LURE, "b": OTHER}, 0.2, 12, seed=3)
    both = post("both", LURE + "\n\n" + OTHER)
    found = group([*(post(r.key, r.text) for r in made), both])
    assert sorted(len([m for m in c.members if m != "both"]) for c in found) == [13, 13]


def test_the_result_does_not_depend_on_the_number_of_threads() -> None:
    made = reposts({row["id"]: row["text"] for row in corpus.rows()[:60]}, 0.3, 3, seed=4)
    posts = [post(r.key, r.text) for r in made]
    assert group(posts, jobs=1) == group(posts, jobs=2)


# --- contacts ---------------------------------------------------------------------------------------------------------

PHONE = (("whatsapp", "+6281200007101"),)


def test_a_recruiters_number_joins_flagged_adverts_of_other_wording() -> None:
    called = (("phone", "+6281200007101"),)
    found = group([post("a", LURE, contacts=PHONE, level="high"), post("b", OTHER, contacts=called, level="check")])
    assert members(found) == {frozenset("ab")}
    assert found[0].wordings == 2
    assert found[0].level == "high"
    assert found[0].contacts == (("phone:+6281200007101", 2),)


@pytest.mark.parametrize("level", ["low", None])
def test_honest_adverts_and_warnings_are_not_joined_by_a_contact(level: str | None) -> None:
    assert group([post("a", LURE, contacts=PHONE, level="high"), post("b", OTHER, contacts=PHONE, level=level)]) == []
    # but a text that is a repost is one whatever its level
    assert len(group([post("a", LURE, level="high"), post("b", LURE, level=level)])) == 1


@pytest.mark.parametrize(
    ("kind", "value", "key"),
    [
        ("whatsapp", "+6281200007101", "phone:+6281200007101"),
        ("phone", "+628118080141", None),  # a help line
        ("phone", "+621500630", None),  # a service number
        ("whatsapp", "0812-0000-xxxx", None),
        ("whatsapp", "chat.whatsapp.com/AbCdEf", "link:chat.whatsapp.com/AbCdEf"),
        ("whatsapp", "wa.me", None),
        ("email", "budi@gmail.com", "email:budi@gmail.com"),
        ("email", "career@gmail", None),
        ("link", "gmail.com", None),
        ("tiktok", "idr2.500.000", None),
        ("phone", "+621100004521", "phone:+621100004521"),
        ("email", "info@kemnaker.go.id", None),
        ("email", "rekrutmen@pertamina.com", None),
        ("link", "bit.ly/abc", "link:bit.ly/abc"),
        ("link", "bit.ly", None),
        ("link", "forms.gle/Xy1", "link:forms.gle/Xy1"),
        ("link", "docs.google.com", None),
        ("link", "siskop2mi.bp2mi.go.id", None),
        ("link", "www.jobstreet.co.id/job/1", None),
        ("link", "jobstreet.co.id/job/1", None),
        ("link", "loker-contoh.example/daftar/2", "link:loker-contoh.example"),
        ("link", "loker-contoh.blogspot.com/p", "link:loker-contoh.blogspot.com/p"),
        ("link", "youtube.com/watch", None),
        ("telegram", "mentor_contoh", "telegram:mentor_contoh"),
        ("telegram", "joinchat", None),
        ("facebook", "groups", None),
    ],
)
def test_which_contacts_join(kind: str, value: str, key: str | None) -> None:
    assert joining_key(kind, value) == key


def various(n: int) -> list[str]:
    """`n` texts of the corpus that are no reposts of one another."""
    return [row["text"] for row in corpus.rows() if len(row["text"]) > 200][:n]


def test_an_account_that_reposts_everything_joins_nothing() -> None:
    texts = various(MAX_WORDINGS + 1)
    posts = [post(i, text, contacts=PHONE, level="high") for i, text in enumerate(texts)]
    assert group(posts) == []
    assert group(posts[:-1])[0].size == MAX_WORDINGS


def test_a_list_of_agents_joins_nothing() -> None:
    many = tuple(("whatsapp", f"+62812000071{i:02d}") for i in range(MAX_IN_POST + 1))
    posts = [post("list", LURE, contacts=many, level="high"), post("b", OTHER, contacts=many[:1], level="high")]
    assert group(posts) == []
    assert group([post("a", LURE, contacts=many[:-1], level="high"), posts[1]])[0].size == 2


def test_chains_of_contacts_end() -> None:
    texts = various(MAX_JOINED * 2)
    posts = [
        post(i, text, level="high", contacts=(("telegram", f"agen_{i}"), ("telegram", f"agen_{i + 1}")))
        for i, text in enumerate(texts)
    ]
    found = group(posts)
    assert found
    assert max(c.wordings for c in found) <= MAX_JOINED


# --- records ----------------------------------------------------------------------------------------------------------


def test_a_campaign_says_when_where_and_what() -> None:
    posts = [
        post(7, LURE, posted_at="2025-03-02T08:00:00", place="Grup A", level="check", indicators=("unrealistic_pay",)),
        post(3, LURE + " ya kak", posted_at="2025-03-02T00:30:00+00:00", place="Grup B", level="low"),
        post(
            5, LURE, posted_at="kemarin", place="Grup A", level=None, indicators=("unrealistic_pay", "vague_employer")
        ),
        post(4, OTHER, posted_at="2024-01-01"),
    ]
    (found,) = group(posts)
    assert (found.size, found.members, found.wordings) == (3, (7, 3, 5), 1)
    assert (found.first_seen, found.last_seen) == ("2025-03-02T00:30:00+00:00", "2025-03-02T08:00:00")
    assert found.places == (("Grup A", 2), ("Grup B", 1))
    assert found.level == "check"
    assert found.indicators == (("unrealistic_pay", 2), ("vague_employer", 1))
    assert json.loads(json.dumps(found.to_dict()))["id"] == found.id


def test_the_id_follows_the_members_and_not_the_order() -> None:
    posts = [post("b", LURE), post("a", LURE), post("c", LURE), post("x", OTHER), post("y", OTHER)]
    ids = {frozenset(c.members): c.id for c in group(posts)}
    assert {frozenset(c.members): c.id for c in group(posts[::-1])} == ids
    assert len(set(ids.values())) == 2
    # A campaign that grows keeps its id while its smallest member stays.
    grown = group([*posts, post("d", LURE)])
    assert next(c.id for c in grown if "a" in c.members) == next(i for m, i in ids.items() if "a" in m)


def test_a_post_is_made_from_a_scan_record() -> None:
    facts = Facts(contacts=(Contact(0, 3, "wa", "whatsapp", "+6281200007101"),))
    record = {"id": "r1", **Assessment(LURE, Kind.ADVERT, Level.HIGH, Pattern.NONE, 0.9, "id", facts=facts).to_dict()}
    made = Post.from_record(record, signed(LURE), posted_at="2025-01-01", place="Grup")
    assert (made.key, made.level, made.contacts) == ("r1", "high", PHONE)
    record["kind"] = "news"
    assert Post.from_record(record, None).level is None


def test_wrong_input_is_named() -> None:
    with pytest.raises(ValueError, match="level must be"):
        group([Post(1, level="urgent")])


def test_texts_are_fetched_only_for_campaigns() -> None:
    asked: list[str | int] = []
    texts = {"a": LURE, "b": LURE + " ya", "c": OTHER}

    def fetch(keys: object) -> dict:
        asked.extend(keys)  # type: ignore[call-overload]
        return {key: texts[key] for key in keys if key != "b"}  # type: ignore[attr-defined]

    (found,) = group([Post(key, signed(text)) for key, text in texts.items()], fetch)
    assert sorted(asked) == ["a", "b"]
    assert template_text(found.template) in (LURE, "")


# --- templates --------------------------------------------------------------------------------------------------------


def test_a_template_shows_what_varies() -> None:
    parts = template(
        "Dicari 10 admin di Bavet, gaji 12 juta! WA 0812-0000-7101",
        [
            "🔥 Dicari 8 admin di Poipet gaji 14 juta, WA 0857 0000 7102",
            "Dicari 10 admin di Poipet, gaji 15 juta. wa 0812-0000-7103 ya kak",
            "DICARI 6 admin di Myawaddy, gaji 13 juta! WA 0812-0000-7104 ya kak",
        ],
    )
    assert template_text(parts, "<{}>") == "Dicari <10> admin di <Bavet>, gaji <12> juta! WA <0812-0000-7101>"
    fillings = [part.fillings for part in parts if part.fillings]
    assert fillings[1] == ("Poipet", "Myawaddy")
    assert fillings[2] == ("13", "14", "15")
    assert fillings[3][0] == "0812-0000-7103 ya kak"


def test_words_that_most_others_put_in_are_an_empty_slot() -> None:
    parts = template(
        "Loker admin Kamboja gaji besar",
        ["UP! Loker admin Kamboja gaji besar", "UP lagi loker admin Kamboja gaji besar"],
    )
    assert template_text(parts) == "[]Loker admin Kamboja gaji besar"
    assert parts[0].fillings == ("UP", "UP lagi")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=5))
def test_the_parts_of_a_template_are_the_text(typical: str, others: list[str]) -> None:
    assert "".join(part.text for part in template(typical, others)) == typical


def test_templates_without_blanks_between_words() -> None:
    parts = template(
        "柬埔寨西港招聘打字员，月薪一万五", ["柬埔寨金边招聘打字员，月薪两万", "柬埔寨金边招聘打字员，月薪两万五"]
    )
    assert template_text(parts).startswith("柬埔寨[西港]招聘打字员，月薪")


# --- network ----------------------------------------------------------------------------------------------------------


def test_the_network_names_every_contact_and_what_stands_together() -> None:
    telegram = ("telegram", "agen_contoh")
    columns = Posts.of(
        [
            post(1, LURE, contacts=(*PHONE, telegram), level="high", posted_at="2025-02-01", place="Grup A"),
            post(2, LURE, contacts=PHONE, level="high", posted_at="2025-01-05", place="Grup B"),
            post(3, OTHER, contacts=(telegram, *PHONE), level="low", posted_at="2025-04-01", place="Grup A"),
            post(4, THIRD, contacts=(("link", "jobstreet.co.id"),)),
        ]
    )
    found = campaigns_of(columns)
    net = network(columns, found)
    assert [(n.contact, n.posts, n.flagged) for n in net.contacts] == [
        ("phone:+6281200007101", 3, 2),
        ("telegram:agen_contoh", 2, 1),
        ("link:jobstreet.co.id", 1, 0),
    ]
    first = net.contacts[0]
    assert (first.first_seen, first.last_seen) == ("2025-01-05", "2025-04-01")
    assert first.places == (("Grup A", 2), ("Grup B", 1))
    assert first.campaigns == (found[0].id,)
    assert [(e.left, e.right, e.posts) for e in net.edges] == [("phone:+6281200007101", "telegram:agen_contoh", 2)]
    assert json.dumps(net.to_dict())
