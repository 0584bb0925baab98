"""A value of a report's metadata together with what it was taken from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Value = TypeVar("Value", covariant=True)


class Place(StrEnum):
    """Where in or around a report a value was found."""

    TITLE = "title"
    ISSUER = "issuer"
    SIGNATURE = "signature"
    FILE_NAME = "file name"
    FOLDER = "folder"
    TEXT = "text"
    OVERRIDE = "override"
    """A person settled it, in metadata.csv."""


@dataclass(frozen=True, slots=True)
class Finding(Generic[Value]):
    """A value, the words that it was taken from as they stand there, and where they stand."""

    value: Value
    words: str
    place: Place
