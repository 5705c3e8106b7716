"""Diagnosis codes of the sample (ICD-10) and what they are used for."""

import numpy as np

CODES = (
    "J06.9", "J20.9", "K29.5", "M54.5", "R51", "L30.9", "N39.0", "H10.9", "K04.0", "J18.9",
    "I10", "E11.9", "I25.1", "J44.9", "E78.5", "M17.9", "I63.9", "K80.2", "C34.9", "S52.5",
    "N18.6", "Z50.8", "Z00.0", "Z51.1", "O80.9", "Z25.1", "H25.9",
)  # fmt: skip
ACUTE = np.arange(10, dtype=np.int16)
CHRONIC = np.arange(10, 16, dtype=np.int16)
INPATIENT = np.array([9, 12, 13, 16, 17, 18, 19], dtype=np.int16)
DIALYSIS, REHABILITATION, SCREENING = (CODES.index(code) for code in ("N18.6", "Z50.8", "Z00.0"))
CHEMOTHERAPY, BIRTH, VACCINATION, CATARACT = (
    CODES.index(code) for code in ("Z51.1", "O80.9", "Z25.1", "H25.9")
)
NONE = -1
