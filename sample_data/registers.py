"""The tables that do not grow with claims: persons, facilities, doctors, relations, watch list."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from . import names
from .arrays import Ints
from .columns import Column, blank, day_number, days, nulls, padded, picked, together
from .id_numbers import id_numbers
from .ids import Ids, region_codes
from .planting import Planting
from .population import CARE_HOME, HAMLET
from .regions import REGIONS, STREETS, VILLAGES
from .rhythm import HOSPITAL
from .settlement import insurance_of
from .sharing import shared_table, written_table
from .streams import stream
from .world import World

KINDS = ("pharmacy", "clinic", "hospital")
ENDINGS = ("大药房", "诊所", "医院")
LEVELS = ("", "一级", "二级", "三级")
DEPARTMENTS = ("内科", "外科", "中医科", "儿科", "骨科", "全科", "肾内科", "康复科")


@dataclass(frozen=True)
class Registers:
    """The tables that do not grow with claims; row n is number n."""

    persons: pa.Table
    facilities: pa.Table
    doctors: pa.Table
    relations: pa.Table
    watchlist: pa.Table


def build_registers(world: World, planting: Planting, ids: Ids) -> Registers:
    """Return the registers with everything that was planted in them."""
    facilities = _planted_into(facilities_table(world, ids), "facility", planting)
    employed = persons_table(world, ids, _staff(planting, facilities))
    return Registers(
        persons=_planted_into(employed, "person", planting),
        facilities=facilities,
        doctors=doctors_table(world, ids),
        relations=relations_table(planting, ids),
        watchlist=watchlist_table(planting, ids, world),
    )


def _planted_into(table: pa.Table, entity_type: str, planting: Planting) -> pa.Table:
    written = written_table(table, entity_type, planting.written)
    return shared_table(written, entity_type, planting.shared)


def _staff(planting: Planting, facilities: pa.Table) -> dict[int, str]:
    """Return the employer's name of each person whom a facility employs."""
    names_of = facilities["name"].to_pylist()
    return {person: names_of[facility] for person, facility in planting.staff.items()}


def persons_table(world: World, ids: Ids, staff: Mapping[int, str]) -> pa.Table:
    """Return the table of the insured; `staff` names the employers of some."""
    people, rng = world.people, stream(world.seed, "persons")
    family = names.surnames(rng, len(people.home_region))
    own = names.surnames(rng, people.count)
    inherits = (rng.random(people.count) < 0.8) & (people.home_kind[people.home] != CARE_HOME)
    first = np.where(inherits, family[people.home], own)
    name = np.char.add(first, names.given_names(rng, people.male))
    birth = _birth_days(world)
    account = together("6222", padded(_scrambled(people.count), 15))
    code = np.array([int(region.code) for region in REGIONS])
    origin = np.where(
        rng.random(people.count) < 0.9, people.region, rng.integers(0, 6, people.count)
    )
    return pa.table({
        "person_id": ids.person,
        "name": pa.array(name),
        "sex": picked(("F", "M"), people.male.astype(np.int8)),
        "birth_date": days(birth),
        "id_number": pa.array(id_numbers(code[origin], _as_yyyymmdd(birth), people.male)),
        "region": picked(region_codes(), people.region),
        "insurance_type": pa.array(insurance_of(world)).cast(pa.string()),
        "phone": phones(world),
        "address": picked(addresses(world), people.home),
        "employer": _employer_column(world, staff),
        "bank_account": blank(account, people.age < 18),
    })  # fmt: skip


def _scrambled(count: int) -> Ints:
    return np.arange(count, dtype=np.int64) * 7_368_787 % 999_999_999_989 + 1


def _birth_days(world: World) -> Ints:
    people, rng = world.people, stream(world.seed, "births")
    start = day_number(world.rhythm.start)
    return start - (people.age * 365.25).astype(np.int64) - rng.integers(1, 365, people.count)


def _as_yyyymmdd(day: Ints) -> Ints:
    text = np.datetime_as_string(day.astype("datetime64[D]"))
    return np.char.replace(text, "-", "").astype(np.int64)


def phones(world: World) -> Column:
    """Return a phone for each person: mostly the home's, one in four has an own one."""
    people = world.people
    shared = 13_000_000_000 + people.home.astype(np.int64) * 7_919 % 999_999_937
    own = 15_000_000_000 + np.arange(people.count, dtype=np.int64) * 7_919 % 999_999_937
    return pa.array(np.where(people.own_phone, own, shared)).cast(pa.string())


def addresses(world: World) -> list[str]:
    """Return the address of each home; homes with one address number share it."""
    people = world.people
    number = people.home_address.tolist()
    parts = zip(number, people.home_kind.tolist(), people.home_region.tolist(), strict=True)
    return [_address(n, kind, REGIONS[region].city) for n, kind, region in parts]


def _address(number: int, kind: int, city: str) -> str:
    if kind == CARE_HOME:
        return f"{city}颐养路{number % 997 + 1}号颐养院{number}"
    if kind == HAMLET:
        rest, village = divmod(number, len(VILLAGES))
        return f"{city}{VILLAGES[village]}村{rest + 1}组"
    rest, room = divmod(number, 60)
    rest, house = divmod(rest, 40)
    ring, street = divmod(rest, len(STREETS))
    block = f"{ring + 1}段" if ring else ""
    return f"{city}{STREETS[street]}{block}{house + 1}号{room // 4 + 1}0{room % 4 + 1}室"


def employers(world: World) -> list[str]:
    """Return the employers' names by number."""
    most = int(world.people.employer.max(initial=0)) + 1
    return names.composed(
        (names.EMPLOYER_WORDS, names.EMPLOYER_TRADES), np.arange(most), "有限公司"
    )


def _employer_column(world: World, staff: Mapping[int, str]) -> Column:
    listed, number = employers(world), world.people.employer.astype(np.int64)
    for person, name in sorted(staff.items()):
        number[person] = len(listed)
        listed.append(name)
    return picked(listed, number)


def facilities_table(world: World, ids: Ids) -> pa.Table:
    """Return the table of pharmacies, clinics and hospitals."""
    places, rng = world.places, stream(world.seed, "facilities")
    count = len(places.kind)
    city = picked([region.city for region in REGIONS], places.region)
    words = names.composed((names.FACILITY_WORDS, names.FACILITY_WORDS[::-1]), np.arange(count), "")
    head = np.char.add(names.surnames(rng, count), names.given_names(rng, rng.random(count) < 0.6))
    street, house = rng.integers(0, len(STREETS), count), rng.integers(1, 400, count)
    beside = np.flatnonzero(places.next_door >= 0)
    street[places.next_door[beside]] = street[beside]
    house[places.next_door[beside]] = house[beside] + 2  # the next house on this side
    return pa.table({
        "facility_id": ids.facility,
        "name": together(pa.array(words), picked(ENDINGS, places.kind)),
        "kind": picked(KINDS, places.kind),
        "level": blank(picked(LEVELS, places.level), places.kind != HOSPITAL),
        "region": picked(region_codes(), places.region),
        "address": together(city, picked(STREETS, street), padded(house, 1), "号"),
        "legal_rep": pa.array(head),
        "bank_account": together("1001", padded(_scrambled(count), 15)),
    })  # fmt: skip


def doctors_table(world: World, ids: Ids) -> pa.Table:
    """Return the table of doctors."""
    place, rng = world.places.doctor_places(), stream(world.seed, "doctors")
    count = len(place)
    name = np.char.add(names.surnames(rng, count), names.given_names(rng, rng.random(count) < 0.5))
    return pa.table({
        "doctor_id": ids.doctor,
        "name": pa.array(name),
        "licence_no": together("110", padded(_scrambled(count), 12)),
        "facility_id": ids.facility.take(pa.array(place)),
        "department": picked(DEPARTMENTS, rng.integers(0, len(DEPARTMENTS), count)),
        "region": picked(region_codes(), world.places.region[place]),
    })  # fmt: skip


def relations_table(planting: Planting, ids: Ids) -> pa.Table:
    """Return what registers know: relatives, and companies that hold providers."""
    rows = [(*r.origin, r.word, *r.target) for r in planting.relations]
    texts = [(a, ids.text(a, n), word, b, ids.text(b, m)) for a, n, word, b, m in rows]
    names = ("from_type", "from_id", "relation", "to_type", "to_id")
    table = {n: pa.array([t[at] for t in texts], pa.string()) for at, n in enumerate(names)}
    return pa.table(table | {"since": nulls(len(rows)), "until": nulls(len(rows))})


def watchlist_table(planting: Planting, ids: Ids, world: World) -> pa.Table:
    """Return the watch list, each entity once, listed before the sample begins."""
    listed = {(entry.entity_type, entry.number): entry.reason for entry in planting.listed}
    rows = sorted((kind, ids.text(kind, n), reason) for (kind, n), reason in listed.items())
    names = ("entity_type", "entity_id", "reason")
    table = {n: pa.array([row[at] for row in rows], pa.string()) for at, n in enumerate(names)}
    day = np.full(len(rows), day_number(world.rhythm.start) - 30, dtype=np.int64)
    return pa.table(table | {"listed_on": days(day)})
