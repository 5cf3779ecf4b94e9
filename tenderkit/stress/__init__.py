"""The stress test of a published evaluation: made-up bids, many at once, and what they show before real ones come.

``measures.measure`` plays tenders that ``market`` and ``draw`` make up and gives every number at once; the other
modules can be used one by one. numpy calculates here, approximately; every example that is shown to people is
calculated by the exact engine. Modules are imported one by one where they are needed, since numpy is slow to load.
"""
