"""The one error of this package: a picture that cannot be read, in one sentence that says what to do."""

from __future__ import annotations


class PosterError(ValueError):
    """A picture or PDF cannot be read as it is; the message says what happened and what to do.

    Attributes
    ----------
    code:
        What happened, for wording in another language: `empty`, `not_a_picture`, `heic`, `broken`, `too_large`,
        `too_small`, `pdf_locked`, `pdf_broken`, `pdf_pages`, `no_such_page`, `not_installed`, `failed`.
    values:
        The numbers and names in the message.
    """

    def __init__(self, code: str, message: str, **values: object) -> None:
        super().__init__(message)
        self.code = code
        self.values = values


def not_installed() -> PosterError:
    """The error for a missing extra."""
    return PosterError(
        "not_installed",
        "Reading pictures needs an extra that is not installed; run: pip install 'lure-detector[ocr]', "
        "or copy the words of the advert and give them instead.",
    )
