#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/web-proxy.py - a web proxy that keeps all that it is told (RFC 9110, CONNECT).
#
# Usage: web-proxy.py PORT HOST TARGET-PORT SEEN
# CONNECT HOST:443 is let through, to the target port of this machine; all else is answered 403.
# SEEN holds every byte that came from clients.
# Source: RFC 9110 section 9.3.6
import socket
import sys
import threading

PORT, HOST, TARGET, SEEN = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]


def receive(client):
    data = client.recv(65536)
    with open(SEEN, "ab") as seen:
        seen.write(data)
    return data


def pass_back(server, client):
    try:
        while data := server.recv(65536):
            client.sendall(data)
        client.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def tunnel(client):
    with socket.create_connection(("127.0.0.1", TARGET)) as server:
        threading.Thread(target=pass_back, args=(server, client), daemon=True).start()
        while data := receive(client):
            server.sendall(data)


def serve(client):
    with client:
        head = b""
        while b"\r\n\r\n" not in head:
            data = receive(client)
            if not data:
                return
            head += data
        if not head.startswith(f"CONNECT {HOST}:443 HTTP/1.1\r\n".encode()):
            client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            tunnel(client)
        except OSError:
            pass


listener = socket.create_server(("127.0.0.1", PORT))
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
