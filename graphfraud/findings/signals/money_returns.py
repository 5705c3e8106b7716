"""Signal: money from the ring's facilities to its members."""

from graphfraud.findings.signals.contract import Description, Signal, seen, unknown
from graphfraud.findings.signals.rows import RingRows

DESCRIPTION = Description(
    code="money_returns",
    title_zh="资金回流",
    title_en="money returns",
    what="Payments from accounts of the ring's facilities to accounts of its members, directly or "
    "through one account between.",
    formula="share of the members who are persons whom such a payment reached; a second step "
    "within 30 days of the first, no account between that pays more than 100 others; wages and "
    "refunds, as the purpose says, left out",
    why="A share of the fund's money goes back to whoever lent the card (返现, 利益输送).",
    source="Order 735 article 40: inducing others to fake visits; layering through "
    "accounts between: Weber et al. 2018, Scalable graph learning for anti-money laundering, "
    "arXiv:1812.00076",
    excuse="A member who works there or sells to the place; a refund that the purpose does "
    "not say.",
    needs=("payments", "facilities.bank_account", "persons.bank_account"),
)


def look(rows: RingRows) -> Signal:
    """Return the share of members whom money reached."""
    persons = rows.persons
    if persons.empty:
        return unknown(DESCRIPTION, "成员中没有人", "no member is a person")
    paid = rows.returns[rows.returns["person_id"].isin(set(persons))]
    payees = sorted(set(paid["person_id"]))
    value, yuan = len(payees) / len(persons), paid["amount"].sum() / 100
    why = "、".join(sorted(set(paid["purpose"]) - {""})[:5])
    direct = int((paid["hops"] == 1).sum())
    zh = f"机构向 {len(payees)} 名成员（{value:.0%}）付款 {len(paid)} 笔共 {yuan:,.2f} 元"
    zh += f"，其中直接 {direct} 笔{f'，用途：{why}' if why else ''}。"
    en = f"Members whom money reached: {len(payees)} ({value:.0%}); payments: {len(paid)}, of them "
    en += f"direct: {direct}, {yuan:,.2f} yuan{f'; purposes: {why}' if why else ''}."
    return seen(DESCRIPTION, value, zh, en, rows.claims_of(payees))
