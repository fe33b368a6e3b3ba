"""What each person does with the pages; buttons and fields are found by what they send, not by their words."""

from io import BytesIO

from openpyxl import load_workbook
from playwright.sync_api import Page, Response

from tests.browser.year.city import UNITS, YEAR


def press(page: Page, action: str, value: str = "", *, nth: int = 0) -> None:
    """Press the button of the form that is sent to an address ending so; of several buttons the one with a value."""
    button = f"form[action*='{action}'] button" + (f"[value='{value}']" if value else "")
    page.locator(button).nth(nth).click()
    assert not page.locator(".errors").count(), page.locator(".errors").inner_text()


def hand_in_paper(page: Page, kind: str, text: str) -> None:
    """A unit hands in its plan or self-assessment."""
    page.goto(f"/unit/papers/{kind}")
    page.fill("textarea", text)
    press(page, f"/unit/papers/{kind}", "hand_in")


def hand_in_entry(page: Page, title: str, result: str) -> None:
    """A unit hands in an innovation entry, new or returned."""
    if "/submissions/" not in page.url:
        page.goto("/unit/submissions/new")
    page.check("input[name=kind][value=innovation]")
    for name, text in {
        "title": title,
        "period": "3月至11月",
        "problem": "窗口排队时间长。",
        "actions": "推行预约办理。",
    }.items():
        page.fill(f"[name={name}]", text)
    page.fill("[name=result]", result)
    page.fill("[name=beneficiaries]", "办事群众")
    page.check("[name=secrecy_checked]")
    press(page, "/unit/submissions/", "hand_in")


def move_year(maker: Page, second: Page) -> None:
    """The office moves the year on; a second person approves where one is needed."""
    maker.goto("/office/year")
    press(maker, "/office/year")
    approve_all(second)


def approve_all(second: Page) -> None:
    """The second person approves everything that waits."""
    second.goto("/office/approvals")
    while second.locator("button[value=approved]").count():
        second.locator("button[value=approved]").first.click()
        assert not second.locator(".errors").count(), second.locator(".errors").inner_text()


def start_round(maker: Page, second: Page, code: str) -> None:
    """Freeze a round and open it before its hour, by two people."""
    for act in ("freeze", "open"):
        maker.goto(f"/office/rounds/{code}")
        press(maker, f"/ask/{act}")
        approve_all(second)


def finish_round(maker: Page, second: Page, code: str) -> None:
    """Close a round early, count it and publish the count to scoring."""
    maker.goto(f"/office/rounds/{code}")
    maker.check("[name=early]")
    press(maker, "/close")
    press(maker, "/tally")
    press(maker, "/ask/publish")
    approve_all(second)


def kept_whole(response: Response) -> bool:
    """Whether this is the answer to a form that was sent whole and accepted."""
    return response.request.method == "POST" and response.status == 303


def review(page: Page, desk: str, marks: dict[str, dict[str, list[int]]]) -> None:
    """Fill sheets by keyboard alone. marks: unit -> object -> points by criterion."""
    for unit, objects in marks.items():
        for object_, points in objects.items():
            page.goto(f"{desk}units/{unit}/{object_}")
            page.locator("#sheet input[type=number]").first.focus()
            for value in points:
                page.keyboard.press("Control+A")
                page.keyboard.type(str(value))
                page.keyboard.press("Enter")
            with page.expect_response(kept_whole):
                page.keyboard.press("Control+Enter")


def seal(page: Page, desk: str) -> None:
    """Seal the set in two steps."""
    page.goto(f"{desk}seal?step=2")
    page.check("[name=sure]")
    press(page, f"{desk}seal")


def grade_peers(page: Page, grades: dict[str, list[str]]) -> None:
    """A unit grades the others in the grid, each grade kept at once, and sends the form to its head."""
    page.goto("/unit/peers")
    for address in page.locator("h2.fold a").evaluate_all("links => links.map(link => link.href)"):
        page.goto(address)
        for unit, row in grades.items():
            for choice, group in zip(row, page.locator(f"tr[id='{unit}'] .opts").all(), strict=False):
                group.locator(f"input[value={choice}]").check(force=True)
        press(page, "/unit/peers/", "save")
    page.goto("/unit/peers/confirmation")
    press(page, "/unit/peers/send")


def enter_lead(page: Page, items: list[str], points: dict[str, list[float]], full: list[float]) -> None:
    """Fill a lead's table in as a spreadsheet, upload it and send it to the head.

    points: unit -> points of each item; full: what every other unit gets.
    """
    page.goto("/lead/")
    book = load_workbook(BytesIO(page.context.request.get("/lead/template").body()))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        unit = str(row[0].value)
        if unit not in UNITS:
            continue
        given = points.get(unit, full)
        for cell, value in zip(row[2 : 2 + len(items)], given, strict=True):
            if cell.value != "—":
                cell.value = value
        if given != full:
            row[2 + len(items)].value = "年中检查发现一项未落实"
            row[3 + len(items)].value = f"演示〔{YEAR}〕5号"
    content = BytesIO()
    book.save(content)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files(
        "form[action$='/lead/entries'] input[type=file]",
        {"name": "计分表.xlsx", "mimeType": kind, "buffer": content.getvalue()},
    )
    press(page, "/lead/entries")
    press(page, "/lead/send")


def decide_entry(page: Page, act: str, remark: str = "", state: str = "submitted") -> None:
    """The office decides on the one entry of a state."""
    page.goto(f"/office/submissions?state={state}")
    page.locator("main a[href*='/office/submissions/']").first.click()
    if remark:
        page.fill("[name=remark]", remark)
    press(page, "/office/submissions/", act)


def correct_entry(page: Page, result: str) -> None:
    """The unit reads the remark on its returned entry, corrects it and hands it in again."""
    page.goto("/unit/submissions")
    page.locator("main a[href*='/unit/submissions/']:not([href$='/new'])").first.click()
    assert page.locator(".note.warn").is_visible()
    hand_in_entry(page, "预约办理改革", result)


def choose(page: Page, chosen: dict[str, str]) -> None:
    """Check in every group of radio buttons whose name begins so the button of a value; later prefixes win."""
    names = page.locator("form input[type=radio]").evaluate_all("all => [...new Set(all.map(one => one.name))]")
    for name in names:
        fitting = [value for prefix, value in chosen.items() if name.startswith(prefix)]
        if fitting and page.locator(f"[name='{name}'][value='{fitting[-1]}']").is_enabled():
            page.locator(f"[name='{name}'][value='{fitting[-1]}']").check(force=True)


def answer(page: Page, chosen: dict[str, str], dealt: str = "") -> str:
    """Fill a questionnaire's one or two pages in and send it; returns the receipt's code."""
    choose(page, chosen | {"dealt_any": "y" if dealt else "n"})
    if dealt:
        page.fill("#find-dealt_units", dealt.lower())
        page.locator(f"[name=dealt_units][value={dealt}]").check(force=True)
    page.locator("button[data-main]").click()
    if page.locator("button[data-main]").count():
        choose(page, chosen)
        page.locator("button[data-main]").click()
    return page.locator("p.code").inner_text()


def answer_openly(page: Page, slug: str, unit: str, grade: str) -> str:
    """A citizen answers by the open link on a phone, leaves half-way and goes on; returns her receipt."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/s/{slug}")
    choose(page, {"agree": "y", "dealt_any": "y"})
    page.goto("/")
    page.goto(f"/s/{slug}")
    page.locator("[data-resume]").click()
    assert page.locator("[name=agree][value=y]").is_checked()
    return answer(page, {"agree": "y", "rd_": grade, "rb_": grade}, dealt=unit)


def answer_by_code(page: Page, code: str, chosen: dict[str, str], dealt: str = "") -> str:
    """Somebody invited types the code, draws the form and answers it."""
    page.goto("/i")
    page.fill("[name=code]", code.lower())
    page.locator("main form button").first.click()
    page.locator("form[action*='/i/draw'] button").click()
    return answer(page, chosen, dealt)


def confirm_peers(page: Page) -> None:
    """The head confirms the unit's grades."""
    page.goto("/unit/peers/confirmation")
    press(page, "/unit/peers/confirm")


def confirm_lead(page: Page) -> None:
    """The head confirms the lead's entries."""
    page.goto("/lead/")
    press(page, "/lead/confirm")


def verified(page: Page) -> bool:
    """The auditor checks everything."""
    page.goto("/audit/verify")
    return page.locator("main .note.ok").count() == 1


def type_in(page: Page, code: str, door: str, forms: list[dict[str, str]], unit: str = "") -> None:
    """An interviewer opens a batch and types forms in digits. forms: beginning of a cell's name -> digit."""
    page.goto("/agency/")
    form = page.locator(f"form[action$='/agency/rounds/{code}/batches']")
    form.locator("select").select_option(door)
    form.locator("button").click()
    for digits in forms:
        cells = page.locator("#sheet input:not([type=hidden])").evaluate_all(
            "cells => cells.map(cell => [cell.name, cell.className])"
        )
        for name, kind in cells:
            fitting = [digit for prefix, digit in digits.items() if name.startswith(prefix)]
            if kind == "unit" and unit:
                page.fill(f"[name='{name}']", unit)
            elif kind != "unit" and fitting:
                page.fill(f"[name='{name}']", fitting[-1])
        with page.expect_response(kept_whole):
            page.keyboard.press("Control+Enter")
        page.wait_for_load_state()
        assert not page.locator(".errors").count(), page.locator(".errors").inner_text()
    press(page, "/close")


def issue_codes(page: Page, code: str, door: str, number: int) -> list[str]:
    """The office makes letters with codes, which the page shows once."""
    page.goto("/office/invitations")
    page.locator(f"a[href*='{code}'][href*='{door}']").first.click()
    page.fill("[name=number]", str(number))
    press(page, f"{door}")
    return page.locator("p.code").all_inner_texts()


def answer_as_leader(page: Page, code: str, level: str, grade: str) -> str:
    """A leader grades all units by one code."""
    return answer_by_code(page, code, {"level": level, "overall.": grade})


def add_special(maker: Page, second: Page, unit: str, item: str, points: str) -> None:
    """The office enters an addition; a second person lets it count."""
    maker.goto("/office/special")
    maker.select_option("[name=unit]", unit)
    maker.select_option("[name=item]", item)
    maker.fill("[name=points]", points)
    maker.fill("[name=matter]", "获省级综合性表彰")
    maker.fill("[name=document_no]", f"演示〔{YEAR}〕12号")
    press(maker, "/office/special")
    second.goto("/office/special")
    press(second, "/office/special", "approved")


def compute_standings(page: Page) -> None:
    """The office computes the results."""
    page.goto("/office/standings")
    press(page, "/standings/compute")


def approve_standings(page: Page) -> None:
    """A second person approves the results by a document of the committee."""
    page.goto("/office/standings")
    page.fill("[name=document_no]", f"演示〔{YEAR + 1}〕1号")
    press(page, "/standings/approve")


def explained(page: Page, unit: str) -> dict[str, str]:
    """The points of each node of a unit's score as the office sees them, with the total."""
    page.goto(f"/office/standings/{unit}")
    rows = page.locator("table.tree tbody tr").all()
    found = {}
    for row in rows:
        code = (row.locator("a").get_attribute("href") or "").rpartition("leaf=")[2]
        found[code] = row.locator("td").nth(1).inner_text()
    return found | {"total": page.locator("table.tree tfoot tr").last.locator("td").nth(1).inner_text()}


def own_title(page: Page) -> str:
    """What the unit's own result says first."""
    page.goto("/unit/result")
    return page.locator("h1").inner_text()
