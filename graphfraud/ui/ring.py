"""One ring: its figures, its picture, its joint visits, its reasons and signals, its claims."""

from collections.abc import Callable, Mapping

import streamlit as st

from graphfraud.api import Ring
from graphfraud.ui import (
    board,
    canvas,
    details,
    figures,
    found_by,
    history,
    peers,
    reasons,
    signals,
    state,
    tables,
)
from graphfraud.ui.details import fact
from graphfraud.ui.markup import Markup, tag, together
from graphfraud.ui.picture import Picture, picture
from graphfraud.ui.source import Marks, Sight
from graphfraud.ui.words import Words


def show(words: Words, sight: Sight, feed_names: Mapping[str, str], marks: Marks) -> None:
    """Show a ring; `feed_names` maps a feed's id to the name of the delivered file."""
    ring = sight.ring
    st.button(words("ring.back"), on_click=state.close_ring, key="back", type="tertiary")
    st.html(together(_heading(words, ring), history.lines(words, marks, ring.ring_id)))
    drawing, beside = st.columns([1.9, 1], gap="medium")
    with beside:
        name = details.chosen(words, sorted(sight.graph))
        details.show(words, sight, name)
    with drawing:
        _graph(words, sight, name)
    _tables(words, ring, feed_names)


def _heading(words: Words, ring: Ring) -> Markup:
    about = ring.about
    status = str(about["status"])
    regions = words.names("region", figures.text(about["regions"]))
    pattern = words.name("pattern", str(about["pattern"]))
    title = words("ring.heading", pattern=pattern, rank=about["rank"])
    badge = tag("span", words.name("status", status), cls=f"gf-badge {status}")
    acts = (tag("span", name, cls="gf-badge gf-acts") for name in found_by.acts(about, words))
    said = (board.summary(about, words), board.explanation(about, words))
    sentence = " ".join([*said, found_by.others(about, words)]).strip()
    return together(
        tag("div", title, *acts, badge, cls="gf-title"),
        tag("div", words("ring.id", ring=ring.ring_id, regions=regions), cls="gf-quiet"),
        tag("p", sentence, cls="gf-sentence"),
        tag("div", *_facts(words, ring), cls="gf-facts"),
    )


def _facts(words: Words, ring: Ring) -> list[Markup]:
    about = ring.about
    by_chance = words("ring.joint_note", expected=figures.chance(about["expected"]))
    once = _once(about["fund_amount"], about["fund_amount_once"], words)
    first, last = figures.day(about["first_time"]), figures.day(about["last_time"])
    return [
        fact(words("ring.score"), figures.score(about["score"])),
        fact(words("ring.p_value"), figures.chance(about["p_value"])),
        fact(words("ring.joint"), figures.count(about["observed"]), by_chance),
        fact(words("ring.stability"), figures.score(about["stability"])),
        fact(words("ring.people"), figures.count(about["n_persons"])),
        fact(words("ring.places"), figures.count(about["n_facilities"])),
        fact(words("ring.claims"), figures.count(about["n_claims"])),
        fact(words("ring.fund"), figures.money(words, about["fund_amount"]), once),
        fact(words("ring.total"), figures.money(words, about["total_amount"])),
        fact(words("ring.period"), words("ring.period_value", first=first, last=last)),
    ]


def _once(fund: object, once: object, words: Words) -> str:
    """Say what is left of the fund's money where a ring ranked above has some of it already."""
    left = figures.money(words, once)
    return (
        ""
        if left in (figures.money(words, fund), figures.NOTHING)
        else words("ring.once", fund=left)
    )


def _graph(words: Words, sight: Sight, name: str) -> None:
    everything = bool(st.session_state.get("everything"))
    shown = picture(sight, words, everything=everything)
    canvas.draw(shown, words, name, state.choose_node)
    if everything or not shown.is_whole:
        st.toggle(words("graph.all"), key="everything")
    said = "" if shown.is_whole else _cut(words, shown)
    st.html(tag("p", said, words("graph.help"), cls="gf-quiet"))


def _cut(words: Words, shown: Picture) -> str:
    return words(
        "graph.shown",
        nodes=shown.all_nodes,
        edges=shown.all_edges,
        some_nodes=len(shown.nodes),
        some_edges=len(shown.edges),
    )


def _tables(words: Words, ring: Ring, feed_names: Mapping[str, str]) -> None:
    """Show the ring's tables, each on a tab; those that few rings have only where they are."""
    parts: dict[str, Callable[[], None]] = {
        "ties": lambda: tables.ties(words, ring),
        "links": lambda: found_by.links(words, ring),
        "patterns": lambda: found_by.patterns(words, ring),
        "reasons": lambda: reasons.show(words, ring.reasons),
        "signals": lambda: signals.show(words, ring.signals),
        "peers": lambda: peers.table(words, ring.peers),
        "claims": lambda: tables.claims(words, ring, feed_names),
        "members": lambda: tables.members(words, ring),
    }
    needless = {
        "ties": ring.ties.empty and len(ring.links) > 0,
        "links": ring.links.empty,
        "patterns": ring.also.empty,
        "peers": ring.peers.empty,
    }
    kept = [name for name in parts if not needless.get(name)]
    sizes = {name: figures.count(len(getattr(ring, name))) for name in kept}
    for name, tab in zip(kept, st.tabs([_tab(words, *one) for one in sizes.items()]), strict=True):
        with tab:
            parts[name]()


def _tab(words: Words, name: str, count: str) -> str:
    return words(f"{name}.tab", count=count)
