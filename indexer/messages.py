"""Sentences for people, kept so that they can be translated before their places are filled in.

Sentences are Chinese. A literal that a page may show stands in `N_()`: it changes nothing, and is
what the collector of sentences for the translators looks for (gettext manual, 4.7, Special Cases
of Translatable Strings).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:
    """Mark a literal sentence for the translators."""
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with %(name)s places for `values`; `str()` of it is the whole in Chinese.

    A value that is a message itself is translated too, and so are those of a list.
    """

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.said(str)

    def said(self, translate: Callable[[str], str]) -> str:
        """The whole, in the language into which `translate` brings one text."""
        text = translate(self.text)
        if not self.values:
            return text
        return text % {name: _said(value, translate) for name, value in self.values.items()}


Value = str | int | Message | tuple[str, ...]
"""What is filled in; a tuple is a list of words or names."""


def _said(value: Value, translate: Callable[[str], str]) -> str:
    match value:
        case Message():
            return value.said(translate)
        case tuple():
            return translate(N_("、")).join(translate(word) for word in value)
        case _:
            return str(value)
