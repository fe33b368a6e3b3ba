"""A bounded load on loopback: N clients with kept-alive connections for some seconds, and what they saw."""

import http.client
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Answered:
    """What a load saw: answers a second, answers that weren't wanted, seconds of the slowest hundredth."""

    per_second: float
    wrong: int
    p99: float


# A client makes one request on its connection and returns whether the answer was the wanted one.
Client = Callable[[http.client.HTTPConnection], bool]


def load(port: int, client: Client, *, clients: int, seconds: float) -> Answered:
    """Let `clients` threads repeat a request for some seconds."""
    times: list[float] = []
    wrong = 0
    lock = threading.Lock()
    end = time.perf_counter() + seconds

    def run() -> None:
        nonlocal wrong
        mine: list[float] = []
        bad = 0
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < end:
            begun = time.perf_counter()
            bad += not client(connection)
            mine.append(time.perf_counter() - begun)
        connection.close()
        with lock:
            times.extend(mine)
            wrong += bad

    threads = [threading.Thread(target=run) for _ in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ranked = sorted(times)
    return Answered(len(times) / (time.perf_counter() - begun), wrong, ranked[int(len(ranked) * 0.99) - 1])


def wait_for(port: int, path: str) -> None:
    """Wait until a server answers; raises TimeoutError after 30 seconds."""
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", path)
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")


@contextmanager
def served(application: str, port: int, env: dict[str, str]) -> Iterator[None]:
    """Serve an application with gunicorn, the same way for the floor and for the product: 2 workers × 8 threads."""
    command = [".venv/bin/gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    command += ["--workers", "2", "--threads", "8", "--no-control-socket", "--log-level", "error", application]
    server = subprocess.Popen(command, env=env)
    try:
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)
