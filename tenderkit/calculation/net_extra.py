"""The net-extra rule (merbeskæftigelse): a wage-subsidised job must add to the ordinary staff."""

from __future__ import annotations

from tenderkit.calculation.hours import Exact

#: A post that was vacated within so many months may not be filled with a subsidised person.
VACATED_MONTHS = 3


def is_net_extra(ordinary_now: Exact, ordinary_before: Exact, months_since_vacated: Exact | None = None) -> bool:
    """Tell whether a wage-subsidised job adds to the staff.

    Formula: the average of ordinary employees now is above that of the last 12 months, and the post was not vacated
    within the last 3 months. ``months_since_vacated`` is None when the post is new. The rule holds for wage subsidy
    only, not for placement, flex jobs or paid hours.

    Source: the City of Copenhagen on wage subsidy (verified in substance).

    >>> is_net_extra(21, 20), is_net_extra(20, 20), is_net_extra(21, 20, months_since_vacated=2)
    (True, False, False)
    """
    is_new = months_since_vacated is None or months_since_vacated >= VACATED_MONTHS
    return ordinary_now > ordinary_before and is_new
