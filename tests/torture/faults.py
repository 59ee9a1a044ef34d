# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/torture/faults.py - tells the fault layer (faults.c) what is to fail."""
import mmap, os, struct

KINDS = ('write', 'sync', 'rename', 'alloc')
FLAGS = ('full', 'sync_fails', 'torn', 'clock_s')
N = len(KINDS)


class Faults:
    """The file that faults.c maps: three numbers for each kind of call, then the flags."""

    def __init__(self, path, library):
        self.path, self.library = path, library
        with open(path, 'wb') as f:
            f.write(bytes(8 * (3 * N + len(FLAGS))))
        os.chmod(path, 0o666)
        with open(path, 'r+b') as f:
            self.map = mmap.mmap(f.fileno(), 0)

    def _get(self, index):
        return struct.unpack_from('=q', self.map, 8 * index)[0]

    def _set(self, index, value):
        struct.pack_into('=q', self.map, 8 * index, value)

    def seen(self, kind):
        return self._get(KINDS.index(kind))

    def failed(self, kind):
        return self._get(2 * N + KINDS.index(kind))

    def arm(self, kind, number):
        """Let the number-th call of a kind fail, counted from now."""
        for index in range(3 * N):
            self._set(index, 0)
        if kind:
            self._set(N + KINDS.index(kind), number)

    def flag(self, name, value):
        self._set(3 * N + FLAGS.index(name), value)

    def calm(self):
        """No fault any more, but the clock."""
        self.arm(None, 0)
        for name in ('full', 'sync_fails', 'torn'):
            self.flag(name, 0)

    def environment(self):
        return dict(os.environ, LD_PRELOAD=self.library, POSTERN_FAULTS=self.path)
