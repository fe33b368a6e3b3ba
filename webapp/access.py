"""Who may enter where: one line an endpoint, read by the gate and by the tests.

An endpoint that is missing here stops the start. A view never checks roles; it looks its objects up through the
account's right (its unit, its seat), so that another's object is simply not found.
"""

from dataclasses import dataclass
from typing import Protocol


class Holder(Protocol):
    """Whoever asks to enter."""

    is_authenticated: bool

    def holds(self, role: str, *duties: str) -> bool:
        """Whether a role is held, with one of the duties where any is named."""
        ...


@dataclass(frozen=True)
class Gate:
    """Who passes: everybody, whoever is signed in, or holders of one of the roles.

    roles: role -> duties of which one is needed (none named: any).
    """

    everybody: bool = False
    signed_in: bool = False
    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def lets_in(self, holder: Holder) -> bool:
        """Tell whether somebody may enter."""
        if self.everybody:
            return True
        if not holder.is_authenticated:
            return False
        return self.signed_in or any(holder.holds(role, *duties) for role, duties in self.roles)


EVERYBODY = Gate(everybody=True)
SIGNED_IN = Gate(signed_in=True)


def holders(*roles: str) -> Gate:
    """Gate for holders of one of the roles; "office:make:check" asks for one of these duties."""
    parted = [role.split(":") for role in roles]
    return Gate(roles=tuple((name, tuple(duties)) for name, *duties in parted))


UNIT = holders("unit")
OFFICER = holders("unit:officer")

ACCESS: dict[str, Gate] = {
    # static files, health
    "static": EVERYBODY,
    "meta.healthz": EVERYBODY,
    # account
    "account.sign_in_page": EVERYBODY,
    "account.sign_in_post": EVERYBODY,
    "account.switch": EVERYBODY,
    "account.sign_out_post": SIGNED_IN,
    "account.password": SIGNED_IN,
    "account.password_post": SIGNED_IN,
    "account.desks": SIGNED_IN,
    # public
    "public.home": EVERYBODY,
    "public.units": EVERYBODY,
    "public.unit": EVERYBODY,
    "public.notices": EVERYBODY,
    "public.privacy": EVERYBODY,
    "public.anonymity": EVERYBODY,
    "public.results": EVERYBODY,
    # questionnaire
    "questionnaire.front": EVERYBODY,
    "questionnaire.again": EVERYBODY,
    "questionnaire.first": EVERYBODY,
    "questionnaire.rate": EVERYBODY,
    "questionnaire.send": EVERYBODY,
    "invited.enter": EVERYBODY,
    "invited.enter_post": EVERYBODY,
    "invited.invitation": EVERYBODY,
    "invited.again": EVERYBODY,
    "invited.draw_ticket": EVERYBODY,
    "invited.first": EVERYBODY,
    "invited.rate": EVERYBODY,
    "invited.cast": EVERYBODY,
    "verify.verify": EVERYBODY,
    "verify.verify_post": EVERYBODY,
    # expert
    "expert.desk": holders("expert"),
    "expert.compare": holders("expert"),
    "expert.paper": holders("expert"),
    "expert.conflict": holders("expert"),
    "expert.declare": holders("expert"),
    "expert.unit": holders("expert"),
    "expert.sheet": holders("expert"),
    "expert.save": holders("expert"),
    "expert.file": holders("expert"),
    "expert.file_page": holders("expert"),
    "expert.missing": holders("expert"),
    "expert.seal": holders("expert"),
    "expert.seal_post": holders("expert"),
    # unit
    "unit.desk": UNIT,
    "unit.papers": UNIT,
    "unit.paper": UNIT,
    "unit.paper_post": OFFICER,
    "unit.matters": UNIT,
    "unit.matter": UNIT,
    "unit.matter_post": OFFICER,
    "unit.submissions": UNIT,
    "unit.submission_new": OFFICER,
    "unit.submission_new_post": OFFICER,
    "unit.submission": UNIT,
    "unit.submission_post": OFFICER,
    "unit.submission_preview": UNIT,
    "unit.preview": UNIT,
    "unit.file": UNIT,
    "unit.file_page": UNIT,
    "unit.peers": UNIT,
    "unit.peers_section": UNIT,
    "unit.peers_section_post": OFFICER,
    "unit.peer": UNIT,
    "unit.peer_post": OFFICER,
    "unit.peers_row_post": OFFICER,
    "unit.peer_file": UNIT,
    "unit.peer_file_page": UNIT,
    "unit.peers_undo": OFFICER,
    "unit.confirmation": UNIT,
    "unit.peers_print": UNIT,
    "unit.peers_send": OFFICER,
    "unit.peers_take_back": UNIT,
    "unit.peers_confirm": holders("unit:head"),
    "unit.peers_paper": OFFICER,
    "unit.result": UNIT,
    # lead
    "lead.desk": holders("lead"),
    "lead.template_file": holders("lead"),
    "lead.entries": holders("lead"),
    "lead.printed": holders("lead"),
    "lead.upload": holders("lead:officer"),
    "lead.marked_file": holders("lead:officer"),
    "lead.send": holders("lead:officer"),
    "lead.paper": holders("lead:officer"),
    "lead.correction": holders("lead:officer"),
    "lead.correct": holders("lead:officer"),
    "lead.give_back": holders("lead:head"),
    "lead.confirm": holders("lead:head"),
    "lead_sheets.desk": holders("lead"),
    "lead_sheets.compare": holders("lead"),
    "lead_sheets.paper": holders("lead"),
    "lead_sheets.conflict": holders("lead"),
    "lead_sheets.declare": holders("lead"),
    "lead_sheets.unit": holders("lead"),
    "lead_sheets.sheet": holders("lead"),
    "lead_sheets.save": holders("lead"),
    "lead_sheets.file": holders("lead"),
    "lead_sheets.file_page": holders("lead"),
    "lead_sheets.missing": holders("lead"),
    "lead_sheets.seal": holders("lead"),
    "lead_sheets.seal_post": holders("lead"),
    # agency
    "agency.start": holders("agency", "interviewer"),
    "agency.begin_batch": holders("agency", "interviewer"),
    "agency.batch": holders("agency", "interviewer"),
    "agency.add_form": holders("agency", "interviewer"),
    "agency.end_batch": holders("agency", "interviewer"),
    "agency.void": holders("agency"),
    "agency.paper": holders("agency", "interviewer"),
    # office
    "office.board": holders("office"),
    "office.progress": holders("office"),
    "office.reminders": holders("office"),
    "office.reopen_page": holders("office:make"),
    "office.ask_reopen": holders("office:make"),
    "office.rounds": holders("office"),
    "office.round_page": holders("office"),
    "office.confirmation": holders("office"),
    "office.ask_act": holders("office:make"),
    "office.close": holders("office:make"),
    "office.tally": holders("office:make"),
    "office.edit_page": holders("office:make"),
    "office.edit": holders("office:make"),
    "office.ask_rules": holders("office:make"),
    "office.window_page": holders("office:make"),
    "office.ask_window": holders("office:make"),
    "office.approvals": holders("office"),
    "office.decide_approval": holders("office:check:approve"),
    "office.year_page": holders("office"),
    "office.move_year": holders("office:make"),
    "office.standings": holders("office"),
    "office.standings_compute": holders("office:make"),
    "office.standings_approve": holders("office:approve"),
    "office.standings_export": holders("office"),
    "office.explained": holders("office"),
    "office.counts_export": holders("office"),
    "office.visibility": holders("office"),
    "office.ask_showing": holders("office:make"),
    "office.exports": holders("office"),
    "office.export": holders("office"),
    "office.specials": holders("office"),
    "office.propose": holders("office:make"),
    "office.decide_on_special": holders("office:check:approve"),
    "office.invitations": holders("office"),
    "office.issue_page": holders("office:make"),
    "office.issue": holders("office:make"),
    "office.undrawn_list": holders("office"),
    "office.submissions": holders("office"),
    "office.submission": holders("office"),
    "office.decide_on_submission": holders("office:make"),
    "office.show_or_hide_submission": holders("office:make"),
    "office.unit_file": holders("office"),
    "office.unit_file_page": holders("office"),
    "office.matters": holders("office:make"),
    "office.load_matters": holders("office:make"),
    "office.units": holders("office"),
    "office.unit_page": holders("office:make"),
    "office.edit_unit": holders("office:make"),
    "office.show_or_hide_mandate": holders("office:make"),
    "office.show_or_hide_mandates": holders("office:make"),
    "office.units_table": holders("office:make"),
    "office.load_units": holders("office:make"),
    "office.units_as_table": holders("office"),
    "office.accounts": holders("office"),
    "office.new_account": holders("office:make"),
    "office.make_new_account": holders("office:make"),
    "office.account": holders("office:make"),
    "office.new_first_password": holders("office:make"),
    "office.disable_or_enable": holders("office:make"),
    "office.give_role": holders("office:make"),
    "office.take_role": holders("office:make"),
    "office.hand_account_over": holders("office:make"),
    # auditor
    "auditor.start": holders("auditor"),
    "auditor.verify": holders("auditor"),
    "auditor.rounds": holders("auditor"),
    "auditor.voids": holders("auditor"),
    "auditor.approvals": holders("auditor"),
    "auditor.trail": holders("auditor"),
    "auditor.trail_file": holders("auditor"),
    "auditor.looks": holders("auditor"),
    "auditor.look_page": holders("auditor"),
    "auditor.look_now": holders("auditor"),
}
