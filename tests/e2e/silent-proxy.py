#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/silent-proxy.py - passes bytes on until told to fall silent, as a dead connection does.
#
# Usage: silent-proxy.py PORT TARGET-PORT      SIGUSR1: connections of now are never heard of again
# They stay open: nothing tells either end.  New connections work.
import select
import signal
import socket
import sys

pairs = {}


def fall_silent(*_):
    pairs.clear()


def pump(ready):
    for end in ready:
        other = pairs.get(end)
        if other is None:
            continue
        data = end.recv(65536)
        if data:
            other.sendall(data)
            continue
        pairs.pop(end, None)
        pairs.pop(other, None)
        end.close()
        other.close()


def main():
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
    kept = []
    signal.signal(signal.SIGUSR1, fall_silent)
    while True:
        ready, _, _ = select.select([listener] + list(pairs), [], [], 0.2)
        if listener in ready:
            near, _ = listener.accept()
            far = socket.create_connection(("127.0.0.1", int(sys.argv[2])))
            kept += [near, far]
            pairs[near], pairs[far] = far, near
        pump(ready)


main()
