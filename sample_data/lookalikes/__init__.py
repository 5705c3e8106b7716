"""Honest groups that look like rings: each with the data that explains it."""

from collections.abc import Callable

from ..planting import Planting
from ..world import World
from .care_homes import plant_care_homes
from .carpools import plant_carpools
from .cashiers import plant_cashier_repeats
from .chronic_clubs import plant_chronic_clubs
from .clinic_pharmacies import plant_clinic_pharmacies
from .dialysis import plant_dialysis
from .discharge_fairs import plant_discharge_fairs
from .errands import plant_errands
from .night_pharmacies import plant_night_pharmacies
from .operation_days import plant_maternity_wards, plant_ophthalmology_days
from .promotions import plant_promotions
from .rehabilitation import plant_rehabilitation
from .screening import plant_screening
from .shared_phones import plant_clerk_phones, plant_employer_phones
from .single_services import plant_standard_packages, plant_vaccination_days
from .staff import plant_family_transfers, plant_wages
from .welfare_accounts import plant_welfare_accounts

# Who needs particular persons (colleagues, neighbours, relatives) comes before the crowds.
LOOKALIKES: tuple[Callable[[World, Planting], None], ...] = (
    plant_dialysis,
    plant_rehabilitation,
    plant_care_homes,
    plant_screening,
    plant_carpools,
    plant_errands,
    plant_clinic_pharmacies,
    plant_employer_phones,
    plant_clerk_phones,
    plant_welfare_accounts,
    plant_discharge_fairs,
    plant_wages,
    plant_family_transfers,
    plant_promotions,
    plant_vaccination_days,
    plant_standard_packages,
    plant_cashier_repeats,
    plant_night_pharmacies,
    plant_maternity_wards,
    plant_ophthalmology_days,
    plant_chronic_clubs,
)
