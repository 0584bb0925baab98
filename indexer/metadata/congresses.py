"""In which year the National People's Congress sat, by the congress and the session."""

from __future__ import annotations

_EARLY = {
    1: (1954, 1955, 1956, 1957, 1958),
    2: (1959, 1960, 1962, 1963),
    3: (1964,),
    4: (1975,),
    5: (1978, 1979, 1980, 1981, 1982),
}
"""Years of the sessions of the first five congresses (中国人大网, 历届全国人民代表大会)."""
_SIXTH = 1983
"""From the sixth on, a congress sits every year for five years."""


def session_year(congress: int, session: int) -> int | None:
    """The year of a session, both counted from 1; None for one that never sat."""
    if early := _EARLY.get(congress):
        return early[session - 1] if 1 <= session <= len(early) else None
    if congress < 6 or not 1 <= session <= 5:
        return None
    return _SIXTH + 5 * (congress - 6) + session - 1
