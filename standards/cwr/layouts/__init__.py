"""The record layouts of CWR 2.1, 2.2 and 3.0.

Those of 2.x follow CISAC's functional specifications (CWR11-1991R4 and CWR19-1070R1). 3.0 is no
published standard: its layouts are what django-music-publisher writes, and what its files hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from standards.cwr.fields import Layout, layouts
from standards.cwr.layouts.agreements import AGREEMENTS
from standards.cwr.layouts.alphabets import ALPHABETS
from standards.cwr.layouts.control import CONTROLS
from standards.cwr.layouts.details import DETAILS
from standards.cwr.layouts.holders import HOLDERS
from standards.cwr.layouts.third import THIRD
from standards.cwr.layouts.works import WORK_HEADERS
from standards.cwr.records import Version

LAYOUTS: Final[Mapping[Version, Mapping[str, Layout]]] = layouts(
    {**CONTROLS, **WORK_HEADERS, **AGREEMENTS, **HOLDERS, **DETAILS, **ALPHABETS}, THIRD
)
