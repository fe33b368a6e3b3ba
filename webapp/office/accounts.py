"""Accounts of units, leads, experts and the agency: make, disable, new password, roles, handing over.

Accounts of the office and of supervision are made and changed by the operator on the server alone: whoever could give
himself a second one would be maker and checker in one person.
"""

from __future__ import annotations

from flask import abort, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.account import ROLES, Account
from accounts.granting import grant, hand_over, withdraw
from accounts.making import Role, account_named, make_account, set_disabled, set_password
from accounts.passwords import new_password
from accounts.queries import account_page, account_without
from webapp.clock import clock
from webapp.extensions import db
from webapp.office.desk import office
from webapp.office.forms import EmptyForm
from webapp.office.register_forms import AccountForm, HandOverForm, RoleForm
from webapp.page import go, page, writes

GUARDED = ("office", "auditor")


@office.get("/accounts")
def accounts() -> Response:
    """List accounts, by role or by words."""
    asked = {"role": request.args.get("role", ""), "words": request.args.get("words", "")[:64].strip()}
    number = request.args.get("page", "")[:7]
    found = account_page(db.session(), **asked, page=int(number) if number.isascii() and number.isdigit() else 1)
    return page(
        "office/accounts.html",
        found=found,
        asked=asked,
        roles=ROLES,
        guarded=GUARDED,
        address=lambda wanted: url_for("office.accounts", **asked, page=wanted),
    )


@office.get("/accounts/new")
def new_account() -> Response:
    """Show the form of a new account."""
    return page("office/account_new.html", form=AccountForm())


@office.post("/accounts/new")
@writes
def make_new_account() -> Response:
    """Make an account and show its slip with the first password, once."""
    form, password = AccountForm(), new_password()
    if form.validate_on_submit() and form.accepts(
        make_account,
        db.session(),
        form.username.data,
        form.name.data,
        [_role(form)],
        by=current_user.username,
        now=clock(),
        password=password,
    ):
        return _slip(account_named(db.session(), form.username.data), password)
    return page("office/account_new.html", status=422, form=form)


@office.get("/accounts/<public_id>")
def account(public_id: str) -> Response:
    """Show one account and what can be done with it."""
    return _account_page(_account(public_id), EmptyForm())


@office.post("/accounts/<public_id>/password")
@writes
def new_first_password(public_id: str) -> Response:
    """Give an account a new first password and show its slip, once."""
    found, password, form = _account(public_id), new_password(), EmptyForm()
    if form.validate_on_submit() and form.accepts(
        set_password, db.session(), found.username, password, by=current_user.username, now=clock(), must_change=True
    ):
        return _slip(found, password)
    return _account_page(found, form, status=422)


@office.post("/accounts/<public_id>/disabled")
@writes
def disable_or_enable(public_id: str) -> Response:
    """Disable an account, or enable it again."""
    found, form = _account(public_id), EmptyForm()
    if form.validate_on_submit() and form.accepts(
        set_disabled, db.session(), found.username, not found.disabled, by=current_user.username, now=clock()
    ):
        return go(url_for("office.account", public_id=public_id))
    return _account_page(found, form, status=422)


@office.post("/accounts/<public_id>/roles")
@writes
def give_role(public_id: str) -> Response:
    """Give an account one more role."""
    found, form = _account(public_id), RoleForm()
    if form.validate_on_submit() and form.accepts(
        grant, db.session(), found, _role(form), by=current_user.username, now=clock()
    ):
        return go(url_for("office.account", public_id=public_id))
    return _account_page(found, form, status=422)


@office.post("/accounts/<public_id>/roles/withdraw")
@writes
def take_role(public_id: str) -> Response:
    """Take a role from an account."""
    found, form = _account(public_id), EmptyForm()
    parts = [*request.form.get("held", "").split(":"), "", "", ""][:3]
    if form.validate_on_submit() and form.accepts(
        withdraw, db.session(), found, Role(*parts), by=current_user.username, now=clock()
    ):
        return go(url_for("office.account", public_id=public_id))
    return _account_page(found, form, status=422)


@office.post("/accounts/<public_id>/hand-over")
@writes
def hand_account_over(public_id: str) -> Response:
    """Hand an account's roles over to another account and disable the first."""
    found, form = _account(public_id), HandOverForm()

    def act() -> None:
        to = account_without(db.session(), account_named(db.session(), form.to.data).public_id, GUARDED)
        if to is None:
            abort(404)
        hand_over(db.session(), found, to, form.reason.data, by=current_user.username, now=clock())

    if form.validate_on_submit() and form.accepts(act):
        return go(url_for("office.account", public_id=public_id))
    return _account_page(found, form, status=422)


def _account(public_id: str) -> Account:
    found = account_without(db.session(), public_id, GUARDED)
    if found is None:
        abort(404)
    return found


def _role(form: RoleForm) -> Role:
    role, _, duty = form.role.data.partition(":")
    return Role(role, duty, form.scope.data or "")


def _slip(found: Account, password: str) -> Response:
    return page("office/account_slip.html", account=found, password=password)


def _account_page(found: Account, form: EmptyForm | RoleForm | HandOverForm, status: int = 200) -> Response:
    return page(
        "office/account.html",
        status=status,
        account=found,
        form=form,
        role_form=form if isinstance(form, RoleForm) else RoleForm(formdata=None),
        hand_over_form=form if isinstance(form, HandOverForm) else HandOverForm(formdata=None),
    )
