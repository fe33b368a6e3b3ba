"""The blueprints of all desks, in the order in which a newcomer would look for them."""

from webapp.account import account
from webapp.agency import agency
from webapp.auditor import auditor
from webapp.expert import expert
from webapp.lead import lead
from webapp.lead.sheets import lead_sheets
from webapp.meta import meta
from webapp.office import office
from webapp.public import public
from webapp.questionnaire import questionnaire
from webapp.questionnaire.invited import invited
from webapp.questionnaire.verify import verifying
from webapp.unit import unit

BLUEPRINTS = (
    meta,
    account,
    public,
    office,
    unit,
    lead,
    auditor,
    expert,
    agency,
    lead_sheets,
    questionnaire,
    invited,
    verifying,
)
