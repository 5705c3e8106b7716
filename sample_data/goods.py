"""What is sold and done: drugs with their makers, services, prices, and what resells well."""

import numpy as np

from .arrays import Indexes, Ints, indexes
from .diagnoses import CHRONIC

MAKERS = ("华北", "康源", "瑞生")
# Name, price in yuan at the cheapest maker; the first twelve are for chronic illness, two each.
DRUGS = (
    ("苯磺酸氨氯地平片", 18.6), ("缬沙坦胶囊", 32.5), ("盐酸二甲双胍片", 15.8),
    ("阿卡波糖片", 45.0), ("单硝酸异山梨酯片", 22.4), ("阿司匹林肠溶片", 13.2),
    ("沙美特罗替卡松吸入剂", 168.0), ("孟鲁司特钠片", 38.9), ("阿托伐他汀钙片", 42.6),
    ("瑞舒伐他汀钙片", 36.3), ("塞来昔布胶囊", 41.7), ("硫酸氨基葡萄糖胶囊", 58.8),
    ("阿莫西林胶囊", 12.9), ("头孢克肟分散片", 28.5), ("连花清瘟胶囊", 26.8),
    ("感冒灵颗粒", 14.5), ("布洛芬缓释胶囊", 19.8), ("奥美拉唑肠溶胶囊", 21.5),
    ("蒙脱石散", 16.4), ("氯雷他定片", 17.7), ("板蓝根颗粒", 11.6),
    ("复方甘草片", 9.8), ("云南白药气雾剂", 52.0), ("左氧氟沙星滴眼液", 15.2),
    ("安宫牛黄丸", 560.0), ("片仔癀", 590.0), ("阿胶", 398.0),
    ("人血白蛋白", 420.0), ("司美格鲁肽注射液", 478.0), ("甘精胰岛素注射液", 132.0),
    ("甲钴胺片", 33.1), ("银杏叶片", 27.4),
)  # fmt: skip
SERVICES = (
    ("普通门诊诊查费", 10.0), ("专家门诊诊查费", 50.0), ("血常规", 20.0), ("尿常规", 12.0),
    ("胸部DR", 85.0), ("腹部彩超", 130.0), ("头颅CT平扫", 240.0), ("静脉输液", 14.0),
    ("血液透析", 420.0), ("康复训练", 65.0), ("健康体检套餐", 260.0), ("针灸", 48.0),
    ("床位费", 45.0), ("护理费", 28.0), ("生化全套", 180.0), ("手术治疗费", 1.0),
    ("疫苗接种服务费", 28.0), ("冬病夏治穴位贴敷套餐", 180.0),
)  # fmt: skip
N_DRUGS, N_SERVICES = len(DRUGS) * len(MAKERS), len(SERVICES)
RESALE_PRONE = np.arange(24 * len(MAKERS), 29 * len(MAKERS))
BED, NURSING, PANEL, OPERATION = (N_DRUGS + n for n in (12, 13, 14, 15))
VACCINE, PACKAGE = N_DRUGS + 16, N_DRUGS + 17
DIALYSIS_SESSION, TRAINING, CHECK_UP = (N_DRUGS + n for n in (8, 9, 10))
LIKELIHOOD = 1 / (np.argsort(np.argsort(-np.arange(N_DRUGS) * 37 % N_DRUGS)) + 6.0)
LIKELIHOOD[RESALE_PRONE] = 0.004


def is_drug(good: Ints | Indexes) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Tell which goods are drugs."""
    return np.asarray(good < N_DRUGS)


def codes() -> list[str]:
    """Return the national code of each good."""
    drugs = [f"XD{n // 3:04d}{'ABC'[n % 3]}{n * 7919 % 10**6:06d}" for n in range(N_DRUGS)]
    return drugs + [f"00{n * 1_000_003 + 110_200_001:013d}" for n in range(N_SERVICES)]


def names() -> list[str]:
    """Return the name of each good; a drug's says its maker."""
    drugs = [f"{name}（{maker}）" for name, _ in DRUGS for maker in MAKERS]
    return drugs + [name for name, _ in SERVICES]


def price(good: Ints | Indexes, place: Indexes) -> Ints:
    """Return the price of each good at each place in fen, a multiple of 10.

    Makers differ by 15 %, places by up to 15 % around the list price; services cost the same.
    """
    listed = np.array([p * (1 + 0.15 * m) for _, p in DRUGS for m in range(len(MAKERS))])
    base = np.round(np.concatenate((listed, [p for _, p in SERVICES])) * 10).astype(np.int64)
    percent = 90 + (place.astype(np.int64) * 7_919 + good * 104_729) % 26
    return np.where(is_drug(good), base[good] * percent // 100, base[good]) * 10


def usual_drugs(person: Indexes) -> tuple[Indexes, Indexes]:
    """Return the two drugs a chronically ill person always takes."""
    illness = person * 31 % len(CHRONIC)
    first = (illness * 2) * len(MAKERS) + person % len(MAKERS)
    second = (illness * 2 + 1) * len(MAKERS) + person // 3 % len(MAKERS)
    return indexes(first), indexes(second)
