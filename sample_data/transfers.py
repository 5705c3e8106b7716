"""One payment between two accounts, and the accounts that belong to no table."""

from dataclasses import dataclass

FUND = "9558{}000000001"  # the account of a region's fund
WHOLESALER = "1009{:015d}"
MONTH = 30  # days; funds pay after each


@dataclass(frozen=True)
class Payment:
    """A transfer: accounts, fen, second since 1970, what it says it is for."""

    payer: str
    payee: str
    amount: int
    when: int
    purpose: str
    claim: int = -1  # number of the claim that is reimbursed
