"""A model file is checked before it is opened, and what is wrong is said with the command that repairs it."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import pytest
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from detector import Detector
from detector.detector import prepare
from detector.model import store
from detector.model.classifier import Classifier
from detector.model.features import signal_features, words
from training.fit import _as_is, parts_of


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
    prepared = [prepare(text) for text in texts]
    vectoriser = TfidfVectorizer(analyzer=_as_is, sublinear_tf=True)
    signals = DictVectorizer()
    rows = sparse.hstack(
        [
            vectoriser.fit_transform([words(p) for p in prepared]),
            signals.fit_transform([signal_features(p) for p in prepared]) * 0.15,
        ],
        format="csr",
    )
    labels = ["trafficking_risk", "no_pattern", "awareness", "no_pattern", "testimony"]
    linear = OneVsRestClassifier(LogisticRegression()).fit(rows, labels)
    ours = Classifier(parts_of(vectoriser, signals, linear, 0.15), 0.5).predict(prepared)
    theirs = linear.predict_proba(rows)
    assert [p.classes for p in ours] == [
        pytest.approx(dict(zip(linear.classes_, row, strict=True)), abs=1e-5) for row in theirs
    ]
