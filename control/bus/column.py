"""Columns: NumPy arrays as Arrow arrays and back, over the same memory.

By buffers, because ``pa.array()``, also behind an empty table, and a chunked array's ``to_numpy()`` import
pandas where it is installed: 60 MB and 0.7 s for every process.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa


def to_arrow(values: np.ndarray, kind: pa.DataType) -> pa.Array:
    """Numbers as an Arrow array of ``kind``."""
    values = np.ascontiguousarray(values, dtype=kind.to_pandas_dtype())
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])


def to_numpy(column: pa.Array) -> np.ndarray:
    """The numbers of an Arrow array. Raises ``pyarrow.ArrowInvalid`` where one is missing."""
    if column.null_count:
        raise pa.ArrowInvalid("not a batch: a number is missing")
    kind = np.dtype(column.type.to_pandas_dtype())
    if not len(column):
        return np.empty(0, kind)
    return np.frombuffer(column.buffers()[1], kind, len(column), column.offset * kind.itemsize)


def texts_to_arrow(texts: Sequence[str]) -> pa.StringArray:
    """Texts as an Arrow array."""
    encoded = [text.encode() for text in texts]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)))


def names_to_arrow(index: np.ndarray, names: Sequence[str]) -> pa.DictionaryArray:
    """Names of which few are different: for each row, which of ``names``."""
    return pa.DictionaryArray.from_arrays(to_arrow(index, pa.int32()), texts_to_arrow(names))


def whole(column: pa.ChunkedArray) -> pa.Array:
    """The chunks of a column of numbers or names as one array."""
    if column.num_chunks:
        return column.combine_chunks()
    if pa.types.is_dictionary(column.type):
        return names_to_arrow(np.empty(0), ())
    return to_arrow(np.empty(0), column.type)
