"""What the office's pages call kinds of rounds, doors, acts, facts of a request, and what a draft lacks."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

KINDS = {"survey": _l("Questionnaire"), "panel": _l("Expert review"), "peers": _l("Mutual evaluation")}
DEGREES = {
    "open": _l("Unsigned"),
    "taken_down": _l("Taken down"),
    "sealed": _l("Sealed"),
    "procedural": _l("Kept apart"),
    "named": _l("Named, confidential"),
}
# A request's act, and what the second person approves by it.
ACTS = {
    "freeze": _l("Freeze the round"),
    "open": _l("Open the round before its hour"),
    "move_window": _l("Change the hours of the round"),
    "publish": _l("Publish the tally"),
    "rules": _l("Change the rules of the count"),
    "stage": _l("Move the year on"),
    "showing": _l("Change who sees what"),
    "panel_conflict": _l("Recuse an expert who had begun"),
    "reopen": _l("Open an expert's sealed set again"),
}
FACTS = {
    "opens_at": _l("Opens"),
    "closes_at": _l("Closes"),
    "digest": _l("Digest"),
    "version": _l("Version"),
    "stage": _l("Stage"),
    "shown": _l("Shown"),
    "round": _l("Round"),
    "seat": _l("Seat"),
    "unit": _l("Unit"),
    "reason": _l("Reason"),
    "k": _l("Fewest answers shown"),
    "min_raters": _l("Fewest valid ratings of a unit in a group"),
    "weights": _l("Weights of groups"),
    "public": _l("to the public"),
    "internal": _l("inside"),
    "guarded": _l("inside, of leaders or delegates"),
}
ANSWERS = {"yes": _l("yes"), "no": _l("no")}
LACKS = {
    "no_experts": _l("no expert is seated"),
    "no_rubric": _l("a rubric is missing"),
    "no_unit": _l("a seat's unit isn't in the register"),
    "no_account": _l("a seat has no account"),
    "lead_nominates": _l("a lead department may not nominate an expert"),
    "peers_form": _l("the form of the mutual evaluation can't be read"),
    "peers_weights": _l("the weights of the items don't add up to 100"),
    "peers_units": _l("fewer than two units would evaluate one another"),
}
YEAR_STAGES = {
    "preparing": _lp("stage", "Preparation"),
    "collecting": _lp("stage", "Submissions"),
    "assessing": _lp("stage", "Assessment"),
    "tallied": _lp("stage", "Totals"),
    "provisional": _lp("stage", "Checking"),
    "final": _lp("stage", "Approval"),
    "archived": _lp("stage", "Archive"),
}
ITEMS = {
    "return_counts": _l("Return counts"),
    "lead_entries": _l("Lead departments' entries"),
    "additions": _l("List of additions"),
    "deductions": _l("List of deductions"),
    "satisfaction": _l("Satisfaction of the public and of service recipients"),
    "leader_satisfaction": _l("Leaders' satisfaction"),
    "distributions": _l("Distributions and comments"),
    "panel_and_peers": _l("Results of panel and mutual evaluation"),
    "total_and_grade": _l("Total and grade"),
    "rank_in_category": _l("Rank in category"),
    "rank_overall": _l("Overall rank"),
    "rank_interval": _l("Interval of the rank"),
    "rater_statistics": _l("Statistics of raters"),
    "flag_counts": _l("Number of flagged forms"),
    "excellent_units": _l("List of excellent units"),
    "city_satisfaction": _l("Satisfaction of the city as a whole"),
    "improvements": _l("Improvements of last year"),
}
AUDIENCES = {
    "public": _l("the public"),
    "units": _l("all units, of all"),
    "unit": _l("each unit, its own"),
    "lead": _l("each lead, its own"),
    "agency": _l("the agency"),
    "office": _l("the office"),
    "office_approve": _l("the office's approver"),
    "auditor": _l("supervision"),
}
VISIBILITIES = {"internal": _l("internal"), "public": _l("public"), "": _l("no mandate yet")}
ENTRY_STATES = {
    "submitted": _l("To be verified"),
    "returned": _l("Returned for correction"),
    "verified": _l("Verified"),
    "verified_with_remark": _l("Verified with a remark"),
    "rejected": _l("Rejected"),
    "published": _lp("entry", "Published"),
}
ENTRY_ACTS = {
    "hand_in": _l("Handed in"),
    "return": _l("Returned for correction"),
    "verify": _l("Verified"),
    "verify_with_remark": _l("Verified with a remark"),
    "reject": _l("Rejected"),
    "publish": _lp("entry", "Published"),
}
TABLE_FAULTS = {
    "wrong_header": _l("another heading belongs here"),
    "missing": _l("must be filled in"),
    "too_long": _l("is too long"),
    "twice": _l("stands here twice"),
    "unknown_unit": _l("the year has no such unit"),
    "unknown_category": _l("there is no such category"),
    "not_a_code": _l("a code is U and three digits or more"),
    "not_a_date": _l("write the day as 2016-12-15"),
    "not_a_number": _l("must be a whole number above 0"),
    "not_yes_or_no": _l("must be 是 or 否"),
}
ROLES = {
    "office": _l("Performance Office"),
    "auditor": _l("Supervision"),
    "agency": _l("Survey agency"),
    "interviewer": _l("Interviewer"),
    "expert": _l("Expert"),
    "unit": _l("Unit"),
    "lead": _l("Lead department"),
}
DUTIES = {
    "make": _lp("duty", "makes"),
    "check": _lp("duty", "checks"),
    "approve": _lp("duty", "approves"),
    "officer": _lp("duty", "officer"),
    "head": _lp("duty", "head"),
}
BALLOTS = {
    "": _l("no mutual evaluation"),
    "draft": _l("not sent to the head yet"),
    "sent": _l("waits for the head"),
    "confirmed": _l("confirmed"),
}
PAPERS = {
    "plan": _l("Year plan"),
    "mid_year": _l("Mid-year self-assessment"),
    "year_end": _l("Year-end self-assessment"),
}
LATE = {
    "experts": _l("experts haven't sealed their sheets"),
    "ballots": _l("units haven't confirmed their ballot"),
    "papers": _l("units haven't handed in the year-end self-assessment"),
}
DIRECTIONS = {"bonus": _l("added"), "deduction": _l("deducted")}
SPECIALS = {
    "proposed": _l("waits for a second person"),
    "counted": _lp("special", "counts"),
    "refused": _l("refused"),
}
SAID = {
    "asked": _l("Asked for; a second person decides."),
    "approved": _l("Approved and carried out."),
    "refused": _l("Refused; nothing was changed."),
    "closed": _l("The close is recorded."),
    "tallied": _l("Counted."),
    "kept": _l("Kept."),
    "decided": _l("Decided; the unit can read it."),
}
