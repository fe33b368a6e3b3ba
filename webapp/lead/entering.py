"""The desk's first page, the template, the upload, and the table of what was entered."""

from __future__ import annotations

from flask import abort, current_app, request, url_for
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from scoring.entering import keep_entries
from units.files.errors import FileError
from units.files.tables import read_table
from webapp.clock import clock
from webapp.errors import words
from webapp.extensions import db, house
from webapp.lead.desk import desk_page, lead, own_code, own_desk, own_year
from webapp.lead.forms import PaperForm, ReturnForm, UploadForm
from webapp.lead.reading import Reading, read_entries
from webapp.lead.tables import marked, template
from webapp.page import go, page, writes
from webapp.sheets_out import XLSX, attachment, download_xlsx
from webapp.words.lead import wrong_in_words


@lead.get("/")
def desk() -> Response:
    """Say where the entries stand and what comes next."""
    return desk_page(form=UploadForm(), paper=PaperForm(), back=ReturnForm())


@lead.get("/template")
def template_file() -> Response:
    """The table to fill in, with what was entered so far."""
    desk = own_desk()
    return download_xlsx([template(desk)], f"{desk.sheet.lead.name_zh}计分表")


@lead.post("/entries")
@writes
def upload() -> Response:
    """Take a filled-in table whole, or say what is wrong with each cell and take nothing."""
    form = UploadForm()
    name, content = form.content()
    if not form.validate_on_submit():
        return _refused(form)
    try:
        table = read_table(name, content)
    except FileError as refusal:
        form.file.errors = [words(refusal).text]
        return _refused(form)
    reading = read_entries(own_desk().sheet, table)
    if not reading.accepted:
        return _refused(form, reading, name=name, token=_token(house().storage.put(content)))
    keep_entries(db.session(), own_year(), own_code(), reading.entries, by=current_user.username, now=clock())
    return go(url_for("lead.desk"))


@lead.get("/marked/<token>")
def marked_file(token: str) -> Response:
    """The table that was refused, wrong cells red; only for the lead that sent it."""
    try:
        code, key = _signer().loads(token)
    except BadSignature:
        abort(404)
    if code != own_code():
        abort(404)
    table = read_table("x.xlsx", house().storage.get(key))
    reading = read_entries(own_desk().sheet, table)
    why = {(one.row, one.column): wrong_in_words(one).sentence for one in reading.wrong}
    return attachment(marked(table, reading, why), "标红.xlsx", XLSX)


@lead.get("/entries")
def entries() -> Response:
    """Every unit's points as entered, newest version or the one asked for."""
    asked = request.args.get("version", "")
    version = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else None
    only = request.args.get("only") == "deductions"
    return page("lead/entries.html", year=own_year(), desk=own_desk(version), only=only)


def _refused(form: UploadForm, reading: Reading | None = None, **context: str) -> Response:
    return desk_page(422, form=form, paper=PaperForm(), back=ReturnForm(), reading=reading, **context)


def _token(key: str) -> str:
    return str(_signer().dumps([own_code(), key]))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="lead-marked-file")
