"""Fills the placeholders of graphfraud/sql/load: lists of macro calls made from the model.

The parts are macro names, canonical column names, the source columns s0, s1, … by position, and
parameters; a name or a value from a delivered file never becomes SQL text.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from graphfraud.model.codes import CODES
from graphfraud.model.tables import CODE_LISTS, Column
from loaders.plan import Rule, TablePlan

# What only several columns together show: table -> column -> (fault, reason macro).
RECORD_CHECKS = {
    "claims": {
        "end_time": ("ends_early(end_time, start_time)", "order_reason"),
        "total_amount": ("unexplained_negative(total_amount, refund_of)", "negative_reason"),
    },
    "claim_items": {"amount": ("negative_without_return(amount, quantity)", "negative_reason")},
    "payments": {"amount": ("negative(amount)", "negative_reason")},
    "relations": {"until": ("ends_early(until, since)", "order_reason")},
}
AMOUNTS = {"claims": "total_amount", "claim_items": "amount", "payments": "amount"}
MAY_LIE_AHEAD = frozenset((("relations", "until"),))


class Fragments:
    """The placeholders (`names`) and parameters of one table's loading steps."""

    def __init__(self, plan: TablePlan, as_of: date, *, tidy: bool = False) -> None:
        """Lay out `plan`; times from the day after `as_of` on lie in the future.

        tidy: no field has blanks around it, control characters or a +, as Records says.
        """
        self.plan = plan
        self._tidy = "tidy_" if tidy else ""
        self.parameters: dict[str, object] = {
            "latest": datetime.combine(as_of + timedelta(days=1), time()),
            "ever": datetime(9999, 12, 31),  # noqa: DTZ001 - times of claims are local
        }
        sources = [f"s{place}" for place in range(plan.width)]
        given = {column.name: self._given(column) for column in plan.table.columns}
        replaced = {column.name: self._replaced(column) for column in plan.table.columns}
        self.names = {
            "hashed": f"concat({', '.join(f'size_of({s}), colon(), {s}' for s in sources)})",
            "fields": f"list_value({', '.join(sources)})",
            "given": _selected(given.items(), "g_"),
            "replaced": _selected(replaced.items(), "r_"),
            "values": _selected((c.name, self._value(c)) for c in plan.table.columns),
            "faults": " OR ".join(self._faults()),
            "reasons": _selected((c.name, self._reason(c)) for c in plan.table.columns),
            "shown": _selected((name, f"shown(g_{name})") for name in plan.table.column_names),
            "amount": AMOUNTS.get(plan.table.name, "no_amount()"),
            **_content(plan),
        }

    def _parameter(self, name: str, value: object) -> str:
        self.parameters[name] = value
        return f"${name}"

    def _given(self, column: Column) -> str:
        """Return the delivered text of a column, NULL where it is missing."""
        rule = self.plan.rules.get(column.name, Rule())
        if rule.constant is not None:
            return f"as_text({self._parameter(f'constant_{column.name}', rule.constant)})"
        cells = [self._cell(column, rule, f"s{place}") for place in rule.sources]
        if not cells:
            return "no_text()"
        if not rule.is_sum:
            return f"coalesce({', '.join(cells)})"
        total = cells[0]
        for cell in cells[1:]:
            total = f"summed({total}, {cell})"
        return total

    def _cell(self, column: Column, rule: Rule, source: str) -> str:
        missing = {text.lower() for text in rule.missing}
        missing |= {text.lower() for text, code in rule.values.items() if code is None}
        if column.kind in CODE_LISTS and not rule.values:
            missing |= set(CODES[column.kind].missing)
        if not missing:
            return f"{self._tidy}cell({source})"
        return f"cell_unless({source}, {self._parameter(f'no_{column.name}', sorted(missing))})"

    def _replaced(self, column: Column) -> str:
        """Return a column's text after its value map."""
        values = self.plan.rules.get(column.name, Rule()).values
        if not values:
            return f"g_{column.name}"
        pairs = [(text, code) for text, code in values.items() if code is not None]
        texts = self._parameter(f"from_{column.name}", [text for text, _ in pairs])
        codes = self._parameter(f"to_{column.name}", [code for _, code in pairs])
        return f"mapped(g_{column.name}, {texts}, {codes})"

    def _value(self, column: Column) -> str:
        name = f"r_{column.name}"
        if column.kind in CODE_LISTS:
            return f"code_value({name}, {', '.join(self._code_list(column.kind))})"
        if column.kind in ("time", "date"):
            return f"{column.kind}_value({name}, {self._latest(column)})"
        return f"{self._tidy if column.kind == 'id' else ''}{column.kind}_value({name})"

    def _latest(self, column: Column) -> str:
        return "$ever" if (self.plan.table.name, column.name) in MAY_LIE_AHEAD else "$latest"

    def _code_list(self, kind: str) -> list[str]:
        codes = CODES[kind]
        parts: dict[str, object] = {
            "texts": list(codes.values),
            "codes": list(codes.values.values()),
            "firsts": list(codes.prefixes) or [""],
            "meanings": list(codes.prefixes.values()) or [""],
            "kept": codes.pattern,
        }
        return [self._parameter(f"{kind}_{part}", value) for part, value in parts.items()]

    def _faults(self) -> Iterable[str]:
        for column in self.plan.table.columns:
            yield f"lost(g_{column.name}, {column.name})"
            if column.required:
                yield f"absent({column.name})"
        for fault, _ in RECORD_CHECKS.get(self.plan.table.name, {}).values():
            yield fault

    def _reason(self, column: Column) -> str:
        """Return the one reason a column gives, NULL where it is sound."""
        name, parts = column.name, [f"mapping_reason(g_{column.name}, r_{column.name})"]
        if column.kind in CODE_LISTS:
            parts.append(f"code_reason(r_{name}, {name})")
        elif column.kind in ("time", "date"):
            parts.append(f"{column.kind}_reason(r_{name}, {self._latest(column)})")
        else:
            parts.append(f"{column.kind}_reason(r_{name})")
        if column.required:
            parts.append(f"{'missing_id' if column.kind == 'id' else 'missing_value'}(g_{name})")
        check = RECORD_CHECKS.get(self.plan.table.name, {}).get(name)
        if check:
            parts.append(f"{check[1]}({check[0]})")
        return f"coalesce({', '.join(parts)})"


def _selected(columns: Iterable[tuple[str, str]], prefix: str = "") -> str:
    return ", ".join(f"{expression} AS {prefix}{name}" for name, expression in columns)


def _content(plan: TablePlan) -> dict[str, str]:
    """Return what is written, what tells records of one key apart, and the key itself."""
    columns = ", ".join(plan.table.column_names)
    checked = ", check_digit_ok(id_number) AS id_number_ok" if plan.table.name == "persons" else ""
    key = plan.table.key or plan.table.column_names
    return {
        "columns": columns,
        "stored": columns + checked,
        "content": f"row({columns})",
        "key": key[0] if len(key) == 1 else f"row({', '.join(key)})",
    }
