"""The shipped model is what its training makes of the same texts: retrained here, it has the shipped numbers."""

from __future__ import annotations

import numpy as np
import pytest

from detector.indicators.analyse import matcher
from detector.model import store
from detector.model.classifier import Classifier
from training import fit, outcomes, sources
from training.dataset import build, fingerprint

FOLDER = sources.folder()
pytestmark = pytest.mark.skipif(FOLDER is None, reason="DETECTOR_SOURCES is not set: the public texts are not there")


def test_training_again_gives_the_shipped_model() -> None:
    """The last fit of ``python -m training.fit``, without the out-of-fold ones that choose calibration and limits."""
    stored = store.load()
    sidecar = stored.sidecar
    everything = build(FOLDER)
    assert fingerprint(everything.examples) == sidecar["data"], "the texts have changed: run python -m training.fit"
    held_out = np.isin(everything.column("writer"), sidecar["split"]["test_writers"])
    parts = fit.train(everything.where(~held_out), sidecar["config"])
    for again, shipped in (
        (parts["linear"], stored.parts["linear"]),
        (parts["finder"]["linear"], stored.parts["finder"]["linear"]),
    ):
        assert again["names"] == shipped["names"]
        assert [b["vocabulary"] for b in again["blocks"].values()] == [
            b["vocabulary"] for b in shipped["blocks"].values()
        ]
        np.testing.assert_allclose(again["coefficients"], shipped["coefficients"], atol=1e-3)
    parts["calibration"] = stored.parts["calibration"]
    parts["finder"]["limits"] = stored.parts["finder"]["limits"]
    test = everything.where(held_out)
    families = {i.id: i.family for i in matcher().catalogue.indicators.values()}
    predictions = Classifier(parts, sidecar["prevalence"]).predict(test.prepared)
    found = outcomes.of_predictions(test, predictions, families, sidecar["thresholds"])
    assert outcomes.by_source(test, found) == sidecar["metrics"]["test"]
