"""What of the facets stands open: part of a page's address, but not of the search.

`open=410000` lists the places in a region, `open=1990` shows the years of a decade one by one.
Without scripts, links and the search form's buttons lead there; a script fetches the same
addresses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from indexer.vocabulary.regions import regions
from webapp.params import SearchParams

PARAMETER = "open"


@dataclass(frozen=True, slots=True)
class Opened:
    """The regions whose parts are listed, and the decade that is seen closer."""

    regions: tuple[str, ...] = ()
    decade: int | None = None

    @classmethod
    def read(cls, values: Iterable[str]) -> Opened:
        """From the values of the parameter; what makes no sense there opens nothing."""
        known = [value.strip() for value in values]
        decades = [int(value) for value in known if len(value) == 4 and value.isdecimal()]
        return cls(
            regions=tuple(sorted({value for value in known if regions().get(value)})),
            decade=decades[-1] // 10 * 10 if decades else None,
        )

    @property
    def values(self) -> tuple[str, ...]:
        """As the parameter's values."""
        return (*self.regions, *(() if self.decade is None else (str(self.decade),)))

    def closer(self, decade: int | None) -> Opened:
        return replace(self, decade=decade)

    def url(self, params: SearchParams) -> str:
        """The address of a search with this open."""
        url = params.url()
        if not self.values:
            return url
        pairs = urlencode([(PARAMETER, value) for value in self.values])
        return f"{url}{'&' if '?' in url else '?'}{pairs}"
