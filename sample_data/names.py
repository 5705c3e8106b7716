"""Chinese names of persons, facilities and employers, composed from short lists."""

import numpy as np
import numpy.typing as npt

from .arrays import Ints, Rng

SURNAMES = tuple("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡")
GIVEN_MALE = tuple("伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆旭宁龙林阳建文志国")
GIVEN_FEMALE = tuple("芳娜敏静丽艳娟霞秀玲桂英梅红燕萍雪琳婷慧莹洁颖倩兰凤珍淑云丹蓉君欣怡")
FACILITY_WORDS = (
    "康宁",
    "仁和",
    "百姓",
    "同济",
    "济民",
    "普惠",
    "益寿",
    "安康",
    "德仁",
    "惠民",
    "长春",
    "保和",
)
EMPLOYER_WORDS = (
    "宏达",
    "华盛",
    "新联",
    "天成",
    "鸿运",
    "金桥",
    "恒信",
    "东方",
    "永兴",
    "顺达",
    "瑞丰",
    "海纳",
)
EMPLOYER_TRADES = ("机械", "电子", "纺织", "食品", "物流", "建材", "化工", "商贸", "印刷", "家具")

Texts = npt.NDArray[np.str_]


def surnames(rng: Rng, count: int) -> Texts:
    """Draw `count` surnames, frequent ones more often (weights fall like 1/(rank + 5))."""
    weight = 1 / (np.arange(len(SURNAMES)) + 5.0)
    return np.asarray(SURNAMES)[rng.choice(len(SURNAMES), count, p=weight / weight.sum())]


def given_names(rng: Rng, male: npt.NDArray[np.bool_]) -> Texts:
    """Draw a given name of one or two characters for each entry of `male`."""
    count = len(male)
    first, second = (_characters(rng, male) for _ in range(2))
    return np.where(rng.random(count) < 0.25, first, np.char.add(first, second))


def _characters(rng: Rng, male: npt.NDArray[np.bool_]) -> Texts:
    pick = rng.integers(0, len(GIVEN_MALE), len(male))
    return np.where(male, np.asarray(GIVEN_MALE)[pick], np.asarray(GIVEN_FEMALE)[pick])


def composed(parts: tuple[tuple[str, ...], ...], number: Ints, ending: str) -> list[str]:
    """Return a name for each number: one word of each part (mixed radix), a counter, an ending.

    >>> composed((("宏达", "华盛"), ("机械",)), np.array([0, 1, 2]), "厂")
    ['宏达机械厂', '华盛机械厂', '宏达机械二厂']
    """
    out = []
    for value in number.tolist():
        words, rest = [], value
        for part in parts:
            rest, pick = divmod(rest, len(part))
            words.append(part[pick])
        out.append("".join(words) + (_ordinal(rest) if rest else "") + ending)
    return out


def _ordinal(rest: int) -> str:
    return "一二三四五六七八九十"[rest] if rest < 10 else f"第{rest + 1}"
