"""Settings from the environment, checked at start. See docs/settings.md for each."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv import load_dotenv

ROOT = Path(__file__).parent
LEAST_SECRET = 32


class WrongSetting(Exception):
    """A setting that the product refuses to start with; the text names it and says what it takes."""


@dataclass(frozen=True)
class Settings:
    """Everything that the environment decides. Addresses of databases are SQLAlchemy's."""

    database_url: str
    box_url: str
    secret_key: str = field(repr=False)
    var: Path
    host: str
    port: int
    trusted_hosts: tuple[str, ...]
    proxies: int
    secure: bool
    answers_per_hour: int
    site: Mapping[str, str]

    @property
    def on_loopback(self) -> bool:
        """Whether the server listens to this machine alone."""
        return self.host in ("127.0.0.1", "localhost", "::1")


# What a state site's footer must give, by the name under which webapp/look.py asks for it.
SITE = (
    "CITY_ZH",
    "CITY_EN",
    "HOST_ZH",
    "HOST_EN",
    "AGENCY_ZH",
    "AGENCY_EN",
    "SUPPORTER",
    "TELEPHONE",
    "SUPERVISION_TELEPHONE",
    "ICP_NUMBER",
    "POLICE_NUMBER",
    "SITE_CODE",
    "RETENTION_MONTHS",
)


def settings_from(env: Mapping[str, str]) -> Settings:
    """Read and check the settings; raises WrongSetting with a sentence for the operator."""
    var = Path(env.get("PINGYI_VAR", str(ROOT / "var"))).absolute()
    database_url = env.get("DATABASE_URL") or f"sqlite:///{var / 'pingyi.sqlite3'}"
    box_url = env.get("PINGYI_BOX_URL") or _beside(database_url)
    if box_url == database_url:
        raise WrongSetting("PINGYI_BOX_URL must name another database than DATABASE_URL.")
    return Settings(
        database_url=database_url,
        box_url=box_url,
        secret_key=_secret(env, var),
        var=var,
        host=env.get("HOST", "127.0.0.1"),
        port=_number(env, "PORT", 8000, 1, 65535),
        trusted_hosts=tuple(h for h in env.get("PINGYI_TRUSTED_HOSTS", "").split(",") if h),
        proxies=_number(env, "PINGYI_PROXIES", 0, 0, 8),
        secure=env.get("PINGYI_TLS", "0") == "1",
        answers_per_hour=_number(env, "PINGYI_ANSWERS_PER_HOUR", 3000, 1, 999_999_999),
        site={name: env[f"PINGYI_{name}"] for name in SITE if env.get(f"PINGYI_{name}")},
    )


def load_settings() -> Settings:
    """Read `.env`, then the environment."""
    load_dotenv(ROOT / ".env")
    return settings_from(os.environ)


def _beside(database_url: str) -> str:
    if database_url.startswith("sqlite"):
        return database_url.removesuffix(".sqlite3") + "-box.sqlite3"
    joint = "&" if "?" in database_url else "?"
    return f"{database_url}{joint}options=-csearch_path%3Dbox"


def _number(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = env.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise WrongSetting(f"{name} takes a whole number from {least} to {most}, not {text!r}.")
    return int(text)


def _secret(env: Mapping[str, str], var: Path) -> str:
    """SECRET_KEY, or for a first try on one's own machine a random one kept in `var/`."""
    if key := env.get("SECRET_KEY", ""):
        if len(key) < LEAST_SECRET or len(set(key)) < 8:
            raise WrongSetting(f"SECRET_KEY is too weak: it takes at least {LEAST_SECRET} random characters.")
        return key
    if env.get("HOST", "127.0.0.1") not in ("127.0.0.1", "localhost", "::1"):
        raise WrongSetting("SECRET_KEY must be set when HOST isn't this machine alone.")
    kept = var / "secret-key"
    if not kept.exists():
        var.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()
