"""A value of a report's metadata together with what it was taken from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from indexer.report import Place

__all__ = ["Finding", "Place"]

Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True, slots=True)
class Finding(Generic[Value]):
    """A value, the words that it was taken from as they stand there, and where they stand."""

    value: Value
    words: str
    place: Place
