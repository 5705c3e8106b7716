from dataclasses import replace

import pytest

from graphfraud.graph.neo4j.loading import AT_ONCE
from graphfraud.graph.neo4j.server import LocalServer
from tests.commands.cut_bolt import (
    UNSURE,
    World,
    all_points,
    examine_all,
    small_part,
    spread,
    unguarded,
)


@pytest.fixture(scope="module")
def world(neo4j_server: LocalServer, tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("cut")
    return World(neo4j_server.login, small_part(folder / "workspace"), folder)


@pytest.mark.slow
def test_a_load_cut_or_lied_to_anywhere_is_whole_the_next_time(world: World) -> None:
    points = all_points(world)
    assert len(points) > 500
    tally = examine_all(world, spread(points, 11))
    assert tally.wrong == []
    assert tally.points >= 9
    assert tally.lies_noticed >= 1
    tally = examine_all(replace(world, at_once=AT_ONCE), spread(points[1:], 6))
    assert tally.wrong == []
    assert tally.points >= 4


@pytest.mark.slow
def test_without_the_guard_an_unsure_commit_doubles_the_batch(world: World) -> None:
    commits = [
        one for one in all_points(world) if one.asked == "load/edges_at" and one.is_commit_of_batch
    ]
    unsure = [one for one in commits if one.fault.action in UNSURE][:2]
    with unguarded():
        tally = examine_all(world, unsure)
    assert tally.doubled == tally.points == len(unsure)
    assert examine_all(world, unsure).wrong == []
