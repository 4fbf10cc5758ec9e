"""A model file is checked before it is opened, and what is wrong is said with the command that repairs it."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from detector import Detector
from detector.detector import prepare
from detector.model import store
from detector.model.features import BLOCKS, blocks, frame, tokens
from detector.model.linear import LinearModel
from training.linear import fit


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A private copy of the shipped model."""
    for name in (store.MODEL, store.SIDECAR):
        shutil.copy(store.default_folder() / name, tmp_path / name)
    return tmp_path


class _Trap:
    """Unpickling this writes a file: proof that something was opened."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple:
        return (Path.touch, (self.path,))


def test_a_verified_copy_loads(copy: Path) -> None:
    assert Detector.load(copy).assess("Dibutuhkan kasir toko di Bandung, gaji 2,8 juta").kind == "advert"


def test_an_altered_model_is_refused_and_never_unpickled(copy: Path) -> None:
    sprung = copy / "sprung"
    (copy / store.MODEL).write_bytes(pickle.dumps(_Trap(sprung)))
    with pytest.raises(store.ModelError, match=r"not the one its sidecar describes.*python -m training.fit"):
        store.load(copy)
    assert not sprung.exists()


@pytest.mark.parametrize("name", [store.MODEL, store.SIDECAR])
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(store.ModelError, match=name):
        store.load(copy)


@pytest.mark.parametrize("content", ["", "not json", "[]", '{"format": 1}', "\xff"])
def test_an_unreadable_sidecar_is_refused(copy: Path, content: str) -> None:
    (copy / store.SIDECAR).write_bytes(content.encode("latin-1"))
    with pytest.raises(store.ModelError, match="sidecar"):
        store.load(copy)


def test_another_format_is_refused(copy: Path) -> None:
    sidecar = json.loads((copy / store.SIDECAR).read_text(encoding="utf-8"))
    sidecar["format"] = 99
    (copy / store.SIDECAR).write_text(json.dumps(sidecar), encoding="utf-8")
    with pytest.raises(store.ModelError, match="format 99"):
        store.load(copy)


def test_a_foreign_pickle_with_a_fitting_hash_gives_a_sentence(copy: Path) -> None:
    content = b"this is no pickle"
    (copy / store.MODEL).write_bytes(content)
    sidecar = json.loads((copy / store.SIDECAR).read_text(encoding="utf-8"))
    import hashlib

    sidecar["sha256"] = hashlib.sha256(content).hexdigest()
    (copy / store.SIDECAR).write_text(json.dumps(sidecar), encoding="utf-8")
    with pytest.raises(store.ModelError, match="could not be read"):
        store.load(copy)


def test_the_shipped_sidecar_names_what_it_was_made_from() -> None:
    sidecar = store.load().sidecar
    assert sidecar["bytes"] < 15_000_000
    assert 0 < sidecar["prevalence"] < 1
    assert sidecar["data"]["written"]["texts"] >= 600
    assert sidecar["split"]["test_writers"]
    assert {"out_of_fold", "test"} <= sidecar["metrics"].keys()


def test_the_arithmetic_is_that_of_scikit_learn() -> None:
    texts = ["Loker admin Kamboja gaji 15 juta, tiket ditanggung, inbox", "Dibutuhkan kasir toko, gaji 2,8 juta", "Awas loker palsu!",
             "Butuh sopir, mess ada", "Saya ditipu agen, gaji tidak dibayar"]  # fmt: skip
    read = [prepare(text).text for text in texts]
    names = [[token for token, _, _ in tokens(text)] for text in read]
    marks = [frame(n, text) for n, text in zip(names, read, strict=True)]
    features = [blocks(n, m) for n, m in zip(names, marks, strict=True)]
    named = [{"a": 1.0}, {"a": 2.0, "b": 1.0}, {}, {"b": 1.0}, {"a": 1.0}]
    target = np.array([True, False, True, False, False])
    config = {"words": {}, "pieces": {}, "C": 3.0, "max_iter": 500, "tol": 1e-6, "signal_scale": 0.5, "seed": 1}
    ours = LinearModel(fit(features, named, {"x": target}, config))
    blocks_ = [
        TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform([f[name] for f in features]) for name in BLOCKS
    ]
    rows = sparse.hstack([*blocks_, DictVectorizer().fit_transform(named) * 0.5], format="csr")
    theirs = LogisticRegression(C=3.0, solver="liblinear", dual=True, max_iter=500, tol=1e-6, random_state=1)
    expected = theirs.fit(rows, target).decision_function(rows)
    scores = [ours.scores(ours.columns(*found), n)[0][0] for *found, n in zip(names, marks, named, strict=True)]
    assert scores == pytest.approx(expected.tolist(), abs=1e-3)


def test_stretches_are_scored_like_texts_of_their_own() -> None:
    names = ["paspor", "ditahan", "bos", ",", "gaji", "15", "juta", ",", "paspor", "ditahan", "lagi"]
    config = {"words": {}, "pieces": {}, "C": 3.0, "max_iter": 200, "tol": 1e-3, "signal_scale": 0.5, "seed": 1}
    rows = [blocks(names[:4]), blocks(names[3:8]), blocks(["toko", "roti"])]
    model = LinearModel(fit(rows, [{"a": 1.0}, {}, {"a": 1.0}], {"x": np.array([True, False, False])}, config))
    places = [(0, 4), (3, 9), (5, 6)]
    together, columns, values = model.scores_of_stretches(model.columns(names), places, {"a": 1.0})
    for (first, last), score, row in zip(places, together, values, strict=True):
        alone, used = model.scores(model.columns(names[first:last]), {"a": 1.0})
        assert score == pytest.approx(alone, abs=1e-6)
        assert dict(zip(columns[row > 0].tolist(), row[row > 0].tolist(), strict=True)) == pytest.approx(
            dict(zip(used.columns.tolist(), used.values.tolist(), strict=True))
        )


def test_shares_add_up_to_what_the_text_adds() -> None:
    names = ["paspor", "ditahan", "bos", "paspor", "ditahan", "zzz"]
    config = {"words": {}, "pieces": {}, "C": 3.0, "max_iter": 200, "tol": 1e-3, "signal_scale": 0.5, "seed": 1}
    rows = [blocks(names[:4]), blocks(["bos", "roti"]), blocks(["toko", "roti"])]
    model = LinearModel(fit(rows, [{}, {}, {}], {"x": np.array([True, False, False])}, config))
    columns = model.columns(names)
    scores, used = model.scores(columns, {})
    nothing, _ = model.scores(model.columns([]), {})
    shares = model.shares(columns, used, model.coefficients[:, 0])
    assert shares.shape == (6,)
    assert shares[:2].sum() > 0
    assert scores[0] - nothing[0] == pytest.approx(shares.sum(), abs=1e-5)
    assert model.shares(model.columns([]), used, model.coefficients[:, 0]).tolist() == []
