"""The floor: a bare Flask application that does the least that such a request can cost.

`/page` sends fixed bytes, `/store` takes the same form and stores one row with the raw driver, one commit a request.
"""

import os
import sqlite3
import threading

import psycopg
from flask import Flask, request

app = Flask(__name__)
PAGE = os.urandom(int(os.environ.get("FLOOR_BYTES", "8192")))
URL = os.environ["FLOOR_URL"]
own = threading.local()


def _sqlite() -> sqlite3.Connection:
    if not hasattr(own, "connection"):
        own.connection = sqlite3.connect(URL, isolation_level=None, timeout=5)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
            own.connection.execute(f"PRAGMA {pragma}")
    return own.connection


def _postgresql() -> psycopg.Connection:
    if not hasattr(own, "connection"):
        own.connection = psycopg.connect(URL)
    return own.connection


@app.get("/page")
def page() -> bytes:
    """Send fixed bytes."""
    return PAGE


@app.post("/store")
def store() -> str:
    """Store the form's fields as one row and acknowledge after the commit."""
    packed = "&".join(f"{key}={value}" for key, value in request.form.items()).encode()
    if URL.startswith("postgresql"):
        connection = _postgresql()
        connection.execute("INSERT INTO floor VALUES (%s, %s)", (os.urandom(32), packed))
        connection.commit()
    else:
        raw = _sqlite()
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO floor VALUES (?, ?)", (os.urandom(32), packed))
        raw.execute("COMMIT")
    return "stored"
