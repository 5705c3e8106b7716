"""Pairs of claims that may be one expense paid twice."""

import pandas as pd
import streamlit as st

from graphfraud.ui import figures
from graphfraud.ui.markup import tag
from graphfraud.ui.tables import amount, shown, text
from graphfraud.ui.words import Words


def show(words: Words, pairs: pd.DataFrame) -> None:
    """Show the pairs with kind, money at risk and reason; or say that there are none."""
    if pairs.empty:
        st.html(tag("p", words("duplicates.empty"), cls="gf-sentence"))
        return
    fund = figures.money(words, pairs["fund_amount_at_risk"].sum())
    total = words("duplicates.total", count=figures.count(len(pairs)), fund=fund)
    st.html(tag("p", total, cls="gf-sentence"))
    table = pd.DataFrame(
        {
            "claim_a": pairs["claim_id_a"],
            "claim_b": pairs["claim_id_b"],
            "kind": [words.name("duplicate", str(kind)) for kind in pairs["kind"]],
            "at_risk": [figures.yuan(fen) for fen in pairs["fund_amount_at_risk"]],
            "reason": pairs["reason_zh" if words.language == "zh" else "reason"],
        }
    )
    columns = {
        "claim_a": text(words("duplicates.claim_a")),
        "claim_b": text(words("duplicates.claim_b")),
        "kind": text(words("duplicates.kind")),
        "at_risk": amount(words("duplicates.at_risk")),
        "reason": text(words("duplicates.reason"), width="large"),
    }
    shown(table, columns)
