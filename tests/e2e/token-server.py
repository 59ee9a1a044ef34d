# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/token-server.py - a token endpoint (RFC 6749, RFC 7523) and Dovecot's introspection (RFC 7662).
#
# Usage:    token-server.py PORT SECRET PUBLIC-KEY LOG TLS-PORT CERTIFICATE KEY
#           The clients: "app" (a secret), "key" (an assertion by PS256), "short" (tokens that end at once),
#           "ended" (refused as Entra ID refuses an ended secret), "other" (tokens for another mailbox).
# Runs in:  tests/e2e/oauth.sh
# Source:   RFC 6749 section 4.4, RFC 7523, RFC 7662
import base64
import http.server
import json
import ssl
import subprocess
import sys
import tempfile
import threading
import urllib.parse

PORT, SECRET, PUBLIC_KEY, LOG = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
USER = "lado@example.org"
given = {}  # token: user


def part(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def signed(assertion):
    """Whether the holder of the key says to be "key", to us."""
    try:
        head, body, signature = assertion.split(".")
    except ValueError:
        return False
    with tempfile.NamedTemporaryFile() as file:
        file.write(part(signature))
        file.flush()
        good = subprocess.run(["openssl", "dgst", "-sha256", "-verify", PUBLIC_KEY, "-signature", file.name,
                               "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"],
                              input=f"{head}.{body}".encode(), capture_output=True).returncode == 0
    claims, header = json.loads(part(body)), json.loads(part(head))
    return (good and header["alg"] == "PS256" and "x5t#S256" in header and claims["iss"] == claims["sub"] == "key"
            and claims["aud"].endswith("/token") and claims["exp"] - claims["iat"] <= 600 and claims["jti"])


def token(form):
    client = form.get("client_id", [""])[0]
    if form.get("grant_type") != ["client_credentials"] or "scope" not in form:
        return 400, {"error": "invalid_request"}
    if client == "ended":
        return 401, {"error": "invalid_client", "error_description": "AADSTS7000222: The provided client secret keys are expired."}
    if client == "key":
        good = signed(form.get("client_assertion", [""])[0])
    else:
        good = form.get("client_secret") == [SECRET]
    if not good:
        return 401, {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided."}
    name = f"t{len(given)}.{client}"
    given[name] = "cls@example.org" if client == "other" else USER
    return 200, {"access_token": name, "token_type": "Bearer", "expires_in": 61 if client == "short" else 3600}


def introspect(form):
    name = form.get("token", [""])[0]
    return 200, {"active": name in given, "username": given.get(name, ""), "scope": "mail"}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())
        status, answer = token(form) if self.path == "/token" else introspect(form)
        with open(LOG, "a", encoding="utf-8") as log:
            print(self.path, form.get("client_id", [""])[0], status, file=log)
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[6], sys.argv[7])
secure = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[5])), Handler)
secure.socket = context.wrap_socket(secure.socket, server_side=True)
threading.Thread(target=secure.serve_forever, daemon=True).start()
http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
