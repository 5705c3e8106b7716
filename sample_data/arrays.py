"""Names for the array types that the generator passes around."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Indexes = npt.NDArray[np.int32]
Codes = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Rng = np.random.Generator


def indexes(values: object) -> Indexes:
    """Return `values` as 32-bit indexes.

    >>> indexes([1, 2]).dtype.name
    'int32'
    """
    return np.asarray(values, dtype=np.int32)
