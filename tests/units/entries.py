"""An entry with every field filled."""

from tests.factories import NOW
from units.submissions import Submission

FIELDS = {
    "title": "租房提取一张身份证办成",
    "period": "2016年3月至11月",
    "problem": "提取要带六份材料。",
    "actions": "与三家单位共享数据。",
    "result": "办结31482笔。",
    "beneficiaries": "约21万人。",
    "used_elsewhere": "两个分中心。",
}


def make_entry(session, unit, **fields):
    """An entry in any state, without the road there."""
    given = FIELDS | {"kind": "innovation", "state": "draft", "attachments": [], "remarks": []} | fields
    made = Submission(unit_id=unit.id, saved_at=NOW, secrecy_checked=given["state"] != "draft", **given)
    session.add(made)
    session.flush()
    return made
