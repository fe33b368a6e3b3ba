"""Photograph the main page of each desk, phone and desktop, Chinese and English, into docs/pictures/."""

import csv
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tools.find_browser import FLAGS, find_browser

TARGET = Path("docs/pictures")
PORT = 8973
BASE = f"http://127.0.0.1:{PORT}"
WIDTHS = {"desktop": (1366, 768), "phone": (360, 740)}
# Name of the picture, who looks at it (empty: nobody signed in), address.
PAGES = (
    ("home", "", "/"),
    ("unit-page", "", "/units/U026"),
    ("questionnaire", "", "/s/q1-2016"),
    ("invitation", "", "/i"),
    ("verify", "", "/verify"),
    ("privacy", "", "/privacy"),
    ("expert-desk", "expert07", "/expert/"),
    ("expert-sheet", "expert07", "/expert/units/U026"),
    ("unit-desk", "unit026", "/unit/"),
    ("unit-mutual", "unit026", "/unit/peers"),
    ("unit-result", "unit026", "/unit/result?year=2015"),
    ("lead-desk", "lead-jw", "/lead/"),
    ("agency-desk", "agency", "/agency/"),
    ("office-desk", "office", "/office/"),
    ("office-standings", "office-approve", "/office/standings?year=2015"),
    ("office-explain", "office-approve", "/office/standings/U026?year=2015"),
    ("auditor-desk", "auditor", "/audit/"),
)


@contextmanager
def served() -> Iterator[dict[str, str]]:
    """The demonstration on a database of its own; gives username -> password."""
    with tempfile.TemporaryDirectory() as folder:
        env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "PINGYI_BOX_URL")}
        env |= {"PINGYI_VAR": folder, "HOST": "127.0.0.1", "PORT": str(PORT)}
        subprocess.run([sys.executable, "-m", "flask", "demo", "load"], env=env, check=True)
        command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"]
        server = subprocess.Popen(command, env=env)
        try:
            wait()
            with (Path(folder) / "demo-accounts.csv").open() as file:
                yield {row["username"]: row["password"] for row in csv.DictReader(file)}
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait() -> None:
    """Wait until the server answers; raises TimeoutError after half a minute."""
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{BASE}/healthz")
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the demonstration does not answer")


def sign_in(page: Page, username: str, password: str) -> None:
    """Sign in as a person does."""
    page.goto("/sign-in")
    page.fill("#username", username)
    page.fill("#password", password)
    page.press("#password", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def main() -> None:
    """Take every picture; a page that doesn't answer with 200 stops the run."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with served() as passwords, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=[*FLAGS, "--lang=zh-CN"], env={**os.environ, "LANGUAGE": "zh_CN"}
        )
        for size, (width, height) in WIDTHS.items():
            for language in ("zh", "en"):
                visits: dict[str, Page] = {}
                for name, username, address in PAGES:
                    if username not in visits:
                        context = browser.new_context(
                            base_url=BASE, locale="zh-CN", viewport={"width": width, "height": height}
                        )
                        visits[username] = context.new_page()
                        if username:
                            sign_in(visits[username], username, passwords[username])
                    page = visits[username]
                    joint = "&" if "?" in address else "?"
                    answer = page.goto(f"{address}{joint}lang={language}")
                    if answer is None or answer.status != 200:
                        raise SystemExit(f"{address} answers {answer and answer.status}")
                    page.screenshot(path=TARGET / f"{name}-{size}-{language}.png")
                    print(f"{name}-{size}-{language}")
        browser.close()


if __name__ == "__main__":
    main()
