"""What click says by itself (help, usage, mistakes), in Chinese like all that the command says.

click asks `gettext` for its sentences, in gettext's default domain. What is not in our catalogue,
as it may be in another version of click, stays English.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

TRANSLATIONS = Path(__file__).parent / "translations"
LANGUAGE = "zh_CN"


def speak_chinese() -> None:
    """From here on, in this process."""
    gettext.bindtextdomain(gettext.textdomain(), TRANSLATIONS)
    # The variable that gettext looks at before any other; it tells of messages and nothing else.
    os.environ["LANGUAGE"] = LANGUAGE
