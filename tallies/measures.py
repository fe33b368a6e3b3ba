"""The measures that rows may carry, and what stands in `object` for each.

| measure | object | one value per respondent is |
| --- | --- | --- |
| `sat_score` | level-2 indicator | the overall grade, or the mean of the dimension items |
| `sat_rate` | level-2 indicator | 100 for one of the three upper grades, else 0 |
| `item` | level-3 indicator | the mean of the items of that dimension |
| `panel_score` | level-2 indicator | a sheet's total; trimmed from seven sheets on |
| `panel_severity` | level-2 indicator | the same, corrected for severe and lenient experts; for information |
| `criterion` | level-2 indicator, a slash, criterion code | a sheet's mark, as a share of its points |
| `bianban_score` | level-2 indicator | the total of the lead's own sheet (n is 1) |
| `peer_score` | empty | the mean of a unit's peer items |
| `peer_item` | item code | a grade |
"""

SAT_SCORE = "sat_score"
SAT_RATE = "sat_rate"
ITEM = "item"
PANEL_SCORE = "panel_score"
PANEL_SEVERITY = "panel_severity"
CRITERION = "criterion"
BIANBAN_SCORE = "bianban_score"
PEER_SCORE = "peer_score"
PEER_ITEM = "peer_item"

ALL = frozenset(
    {
        SAT_SCORE,
        SAT_RATE,
        ITEM,
        PANEL_SCORE,
        PANEL_SEVERITY,
        CRITERION,
        BIANBAN_SCORE,
        PEER_SCORE,
        PEER_ITEM,
    }
)
