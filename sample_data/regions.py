"""Pooling regions of the sample: six-digit division codes (GB/T 2260), names and streets."""

from typing import NamedTuple


class Region(NamedTuple):
    """A pooling region: its code, the city's name, its share of the sample, its dialling code."""

    code: str
    city: str
    share: float
    area: str


REGIONS = (
    Region("350200", "厦门市", 1.0, "0592"),
    Region("130600", "保定市", 0.8, "0312"),
    Region("320500", "苏州市", 0.9, "0512"),
    Region("420100", "武汉市", 0.9, "027"),
    Region("510700", "绵阳市", 0.6, "0816"),
    Region("230100", "哈尔滨市", 0.7, "0451"),
)
STREETS = (
    "人民路", "解放路", "建设路", "中山路", "和平街", "新华街", "胜利路", "湖滨路",
    "文化路", "光明街", "东风路", "青年路", "迎宾大道", "学府路", "长江路", "黄河路",
    "友谊街", "工农路", "育才街", "花园路", "滨河路", "幸福里", "朝阳街", "南环路",
)  # fmt: skip
VILLAGES = ("柳湾", "石桥", "大王庄", "杨家坪", "上河", "林下", "东坑", "马家铺", "西塘", "白沙")


def region_count(persons: int) -> int:
    """Return how many regions a sample of this size has: two, more above 250,000 persons.

    >>> region_count(1_000), region_count(1_000_000)
    (2, 6)
    """
    return min(2 + persons // 250_000, len(REGIONS))
