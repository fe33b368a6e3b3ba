"""Standings and what is behind a score as tables and documents, for XLSX, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scoring.explain import Counted, Explained, Part
from scoring.queries import Placed, PointsTable
from tallies.disclosure import Cell as CountCell
from units.year import Year
from webapp.sheets_out import Cell, Table


def standings_tables(table: PointsTable) -> list[Table]:
    """The ranked units, then those that stand apart, each with every indicator that the reader may see."""
    head = [
        "类别名次",
        "总名次",
        "单位代码",
        "单位",
        "类别",
        *(f"{node.name_zh}（{node.points.normalize():f}）" for node in table.indicators),
        "基本分",
        "加分",
        "加分（封顶前）",
        "扣分",
        "扣分（封顶前）",
        "总分",
        "缺项",
    ]
    return [
        Table("名次", head, [_line(table, row) for row in table.listed.placed]),
        Table("未排名", head, [_line(table, row) for row in table.listed.apart]),
    ]


def _line(table: PointsTable, row: Placed) -> list[Cell]:
    return [
        row.rank_category,
        row.rank_overall,
        row.code,
        row.short_name_zh,
        row.category,
        *(table.points.get((row.code, node.code)) for node in table.indicators),
        row.basic,
        row.bonus,
        row.bonus_uncapped,
        row.deduction,
        row.deduction_uncapped,
        row.total,
        "、".join(row.missing),
    ]


def standings_document(year: Year, table: PointsTable) -> dict[str, Any]:
    """The same as a document; decimals are text of three places, what isn't shown is null."""
    standings = table.listed.standings
    return {
        "year": year.year,
        "version": standings.version,
        "digest": standings.digest,
        "inputs": standings.inputs,
        "indicators": [{"code": node.code, "name": node.name_zh, "points": node.points} for node in table.indicators],
        "units": [_unit(table, row) for row in (*table.listed.placed, *table.listed.apart)],
    }


def _unit(table: PointsTable, row: Placed) -> dict[str, Any]:
    return {
        "unit_code": row.code,
        "name": row.name_zh,
        "category": row.category,
        "rank_category": row.rank_category,
        "rank_overall": row.rank_overall,
        "points": {node.code: table.points.get((row.code, node.code)) for node in table.indicators},
        "basic": row.basic,
        "bonus": row.bonus,
        "deduction": row.deduction,
        "total": row.total,
        "missing": list(row.missing),
    }


def counts_tables(whole: Explained) -> list[Table]:
    """One unit's score: the points of every indicator, then every cell behind them."""
    points = [
        [part.level, part.code, part.name_zh, part.most, part.value, part.rule, _reason(part), _basis(part)]
        for part in whole.root.walk()
    ]
    cells = [_cell(part, counted, cell) for part, counted, cell in _cells(whole)]
    return [
        Table("得分构成", ["级别", "代码", "指标", "满分", "得分", "计算规则", "扣分理由", "依据"], points),
        Table(
            "计数",
            [
                "测评批次",
                "版本",
                "指标",
                "项目",
                "口径",
                "群体",
                "层面",
                "渠道",
                "方式",
                "有效",
                "不了解",
                "分档",
                "得分",
                "未列原因",
            ],
            cells,
        ),
    ]


def _cells(whole: Explained) -> Iterator[tuple[Part, Counted, CountCell]]:
    for part in whole.root.walk():
        for counted in part.counted:
            for cell in counted.cells:
                yield part, counted, cell


def _cell(part: Part, counted: Counted, cell: CountCell) -> list[Cell]:
    return [
        counted.round_code,
        counted.version,
        part.code,
        cell.object,
        cell.measure,
        cell.group,
        cell.stratum,
        cell.channel,
        cell.way,
        cell.n,
        cell.dk,
        " ".join(str(count) for count in cell.counts or ()),
        cell.value,
        cell.hidden or cell.reason or "",
    ]


def _reason(part: Part) -> str:
    return part.entered.reason if part.entered else ""


def _basis(part: Part) -> str:
    return part.entered.basis if part.entered else ""


def counts_document(year: Year, whole: Explained) -> dict[str, Any]:
    """One unit's score as a document: a tree of parts, each with its rule, its facts and its cells."""
    return {
        "year": year.year,
        "unit_code": whole.unit.code,
        "version": whole.standings.version,
        "digest": whole.standings.digest,
        "score": _part(whole.root),
        "special": [
            {
                "item": extra.item,
                "direction": extra.direction,
                "points": extra.points,
                "matter": extra.matter,
                "document_no": extra.document_no,
                "counts": extra.counts,
            }
            for extra in whole.extras
        ],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "code": part.code,
        "name": part.name_zh,
        "points": part.most,
        "scored": part.value,
        "rule": part.rule,
        "facts": dict(part.facts),
        "counts": [
            {
                "round": counted.round_code,
                "version": counted.version,
                "digest": counted.digest,
                "cells": [
                    {
                        "measure": cell.measure,
                        "object": cell.object,
                        "group": cell.group,
                        "stratum": cell.stratum,
                        "channel": cell.channel,
                        "way": cell.way,
                        "n": cell.n,
                        "dk": cell.dk,
                        "counts": cell.counts,
                        "value": cell.value,
                        "hidden": cell.hidden,
                        "reason": cell.reason,
                    }
                    for cell in counted.cells
                ],
            }
            for counted in part.counted
        ],
        "parts": [_part(child) for child in part.children],
    }
