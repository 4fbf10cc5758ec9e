"""Reads a recruitment advert and shows the signs of trafficking and job fraud that it carries."""

from detector.assessment import Assessment, Kind, Level, Pattern, Signal, Strength

__all__ = ["Assessment", "Detector", "Kind", "Level", "Pattern", "Signal", "Strength"]


def __getattr__(name: str) -> object:
    # The detector pulls in scikit-learn; the records and the catalogue must stay quick to import.
    if name == "Detector":
        from detector.detector import Detector

        return Detector
    raise AttributeError(f"module 'detector' has no attribute {name!r}")
