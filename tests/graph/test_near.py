from hypothesis import given
from hypothesis import strategies as st

from graphfraud.graph.near import halves, one_slip_apart

LETTERS = "张伟明芳ab"
TEXTS = st.text(LETTERS, min_size=3, max_size=6)


def slips(text: str) -> set[str]:
    """Return every text one slip away, made one by one."""
    places = range(len(text) + 1)
    made = {text[:i] + text[i + 1 :] for i in places}
    made |= {text[:i] + one + text[i:] for i in places for one in LETTERS}
    made |= {text[:i] + one + text[i + 1 :] for i in places for one in LETTERS if i < len(text)}
    made |= {text[: i - 1] + text[i] + text[i - 1] + text[i + 1 :] for i in places[1:-1]}
    return made - {text}


@given(TEXTS, TEXTS)
def test_one_slip_is_what_one_change_makes(a: str, b: str) -> None:
    assert one_slip_apart(a, b) == (b in slips(a)) == one_slip_apart(b, a)


@given(st.data())
def test_every_slip_is_seen(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    slip = data.draw(st.sampled_from(sorted(slips(text))))
    assert one_slip_apart(text, slip)


@given(TEXTS)
def test_whatever_is_near_has_a_half_inside_or_is_swapped_at_the_seam(text: str) -> None:
    left, right, swapped = halves(text)
    missed = {one for one in slips(text) if left not in one and right not in one}
    assert missed <= {swapped}
