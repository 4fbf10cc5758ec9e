"""Names of rows that occur once in a run, remembered in sixteen to forty bytes each."""

from __future__ import annotations

import hashlib
from array import array


class Ids:
    """Gives every row a name of its own.

    An input's own id is kept; where it occurs again, the row's position is put behind it. Only a 64-bit hash of each is
    remembered: two ids that share one (one chance in 37 million for a million rows) only get an addition that was not
    needed.
    """

    def __init__(self) -> None:
        self._table = array("Q", bytes(8 * 1024))
        self._used = 0
        self.repeated = 0

    def unique(self, wanted: str | int, position: str | int) -> str | int:
        """`wanted` itself the first time, `wanted#position` after that."""
        if self._add(str(wanted)):
            return wanted
        self.repeated += 1
        name = f"{wanted}#{position}"
        while not self._add(name):
            name += "#"
        return name

    def _add(self, name: str) -> bool:
        """True when the name is new."""
        digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        key = int.from_bytes(digest, "little") or 1
        if not self._put(key):
            return False
        self._used += 1
        if self._used * 2 > len(self._table):
            old, self._table = self._table, array("Q", bytes(16 * len(self._table)))
            for other in old:
                if other:
                    self._put(other)
        return True

    def _put(self, key: int) -> bool:
        table, mask = self._table, len(self._table) - 1
        slot = key & mask
        while (held := table[slot]) != 0:
            if held == key:
                return False
            slot = (slot + 1) & mask
        table[slot] = key
        return True
