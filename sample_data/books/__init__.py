"""What happens after settlement: refunds, instalments, boxes sold again, expenses paid twice."""

from collections.abc import Callable

from .altered_expenses import plant_altered_expenses
from .boxes import add_honest_boxes
from .corrections import add_corrections
from .instalments import add_instalments
from .ledger import Books
from .overlapping_stays import plant_overlapping_stays
from .payment_types import pay_in_cash
from .refunds import add_refund_loops, add_refunds
from .same_invoice import plant_same_invoice
from .second_identities import plant_second_identities
from .second_sales import add_second_sales
from .two_insurances import plant_two_insurances

HONEST: tuple[Callable[[Books], None], ...] = (
    add_refunds,
    add_instalments,
    pay_in_cash,
    add_honest_boxes,
    add_corrections,
)
PLANTED: tuple[Callable[[Books], None], ...] = (
    add_refund_loops,
    add_second_sales,
    plant_same_invoice,
    plant_altered_expenses,
    plant_second_identities,
    plant_two_insurances,
    plant_overlapping_stays,
)
