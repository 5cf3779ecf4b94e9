"""The arithmetic of the field: exact pure functions, each with its formula, its source and how far that was verified.

Nothing here knows a tender, a clause or a date. Checks and documents give numbers in and show what comes out.
"""
