"""Who plays in the demonstration: the units under the names they bear here, the experts, and everybody's account."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from numpy.random import PCG64, Generator, SeedSequence

from accounts.making import Role
from demo.reading import LEAST_UNITS, FocusLine, RoleLine, UnitLine, read_focus, read_roles, read_topics, read_units

SAMPLES = {
    "U074": ("示例单位甲", "Sample Unit A"),
    "U086": ("示例单位乙", "Sample Unit B"),
    "U099": ("示例单位丙", "Sample Unit C"),
}
"""The units that bear whatever is bad, under names that belong to nobody."""

SAMPLE_MANDATE_ZH = "本单位为演示而设，不对应任何实际机构。负责演示事项的组织协调、日常管理和服务保障。"
SAMPLE_MANDATE_EN = "This unit exists for the demonstration and stands for no real body. It runs sample matters."
SAMPLE_FOCUS = ("示例事项办理", "示例数据管理", "示例窗口服务")


@dataclass(frozen=True, slots=True)
class Player:
    """One unit as the demonstration shows it; `sample` marks the three that bear what is bad."""

    line: UnitLine
    focus: FocusLine
    topics: tuple[str, ...]
    leads: bool
    nominates: bool
    sample: bool

    @property
    def code(self) -> str:
        """The unit's code."""
        return self.line.code


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    username: str
    name: str
    role: Role


def cast_units(names: str, seed: int, limit: int | None = None) -> list[Player]:
    """The assessed units in protocol order.

    names: "alias" gives the three sample units neutral names, "real" keeps all names and draws by seed which three
    bear what is bad. limit: a smaller city of at least LEAST_UNITS units; leads and samples are always in, then come
    those that nominate an expert.
    """
    focus, topics, lines = read_focus(), read_topics(), read_units()
    roles = {role.code: role for role in read_roles()}
    free = [line.code for line in lines if not roles[line.code].leads and not roles[line.code].nominates_expert]
    samples = set(SAMPLES) if names == "alias" else set(_drawn(seed, free))
    kept = _smaller(list(roles.values()), samples, limit)
    players = []
    for line in lines:
        if line.code in kept:
            role, sample = roles[line.code], line.code in samples
            player = Player(
                line=line,
                focus=focus[line.code],
                topics=topics.get(line.code, ()),
                leads=bool(role.leads),
                nominates=role.nominates_expert,
                sample=sample,
            )
            players.append(_renamed(player) if sample and names == "alias" else player)
    return players


def _drawn(seed: int, codes: Sequence[str]) -> list[str]:
    draw = Generator(PCG64(SeedSequence([seed, zlib.crc32(b"samples")])))
    return [codes[int(place)] for place in draw.choice(len(codes), size=len(SAMPLES), replace=False)]


def _smaller(roles: Sequence[RoleLine], samples: set[str], limit: int | None) -> set[str]:
    always = samples | {role.code for role in roles if role.leads}
    others = sorted((role for role in roles if role.code not in always), key=lambda role: not role.nominates_expert)
    most = len(roles) if limit is None else max(limit, LEAST_UNITS)
    return always | {role.code for role in others[: most - len(always)]}


def _renamed(player: Player) -> Player:
    name_zh, name_en = SAMPLES[player.code]
    line = replace(
        player.line,
        name_zh=name_zh,
        short_name_zh=name_zh,
        name_en=name_en,
        mandate_zh=SAMPLE_MANDATE_ZH,
        mandate_en=SAMPLE_MANDATE_EN,
        internal_bodies_zh=("综合处", "业务处", "服务处"),
    )
    return replace(player, line=line, focus=FocusLine(player.code, SAMPLE_FOCUS, "办事群众"), topics=())


def experts(players: Sequence[Player]) -> dict[str, str]:
    """Username of each expert -> code of the nominating unit; expert01 comes from the first in protocol order."""
    nominators = [player.code for player in players if player.nominates]
    return {f"expert{place:02d}": code for place, code in enumerate(nominators, 1)}


def people(players: Sequence[Player], leads: Mapping[str, str]) -> Iterator[Person]:
    """Everybody with an account. leads: code of a lead department (indicators.yaml) -> its name."""
    office = (("office", "经办", "make"), ("office-check", "审核", "check"), ("office-approve", "审批", "approve"))
    for username, post, duty in office:
        yield Person(username, f"绩效办{post}（演示）", Role("office", duty))
    yield Person("auditor", "监督人员（演示）", Role("auditor"))
    for number in ("", "2", "3"):
        yield Person(f"agency{number}", f"调查机构督导{number or '1'}（演示）", Role("agency"))
    for place in range(1, 7):
        yield Person(f"interviewer{place:02d}", f"访问员{place:02d}", Role("interviewer"))
    for username, code in experts(players).items():
        yield Person(username, f"专家{username[-2:]}", Role("expert", scope=code))
    for player in players:
        username = f"unit{player.code[1:]}"
        yield Person(username, f"联络员（{player.line.short_name_zh}）", Role("unit", "officer", player.code))
        yield Person(
            f"{username}-head", f"分管领导（{player.line.short_name_zh}）", Role("unit", "head", player.code)
        )
    for code, name in leads.items():
        username = f"lead-{code.lower()}"
        yield Person(username, f"牵头经办（{name}）", Role("lead", "officer", code))
        yield Person(f"{username}-head", f"牵头负责人（{name}）", Role("lead", "head", code))
