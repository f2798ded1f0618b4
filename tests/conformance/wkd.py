#!/usr/bin/env python3
"""Lets GnuPG fetch keys over HTTPS from the Web Key Directory of a built site, as a mail program would.

Runs in namespaces of its own, where the mail domains' hosts are this machine and a certificate authority made for the
occasion is the only one trusted, so that nothing leaves the machine.
usage: wkd.py SITE      every offered key that SITE/keys.json lists is fetched by each of its addresses
"""
import http.server
import json
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import urlsplit

WELL_KNOWN = "/.well-known/openpgpkey/"


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def in_namespaces():
    """Starts this program anew where /etc and the network are ours to change."""
    if os.environ.get("PEERAGE_WKD") != "inside":
        user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
        inside = {**os.environ, "PEERAGE_WKD": "inside"}
        os.execvpe("unshare", ["unshare", *user, "--mount", "--net", sys.executable, *sys.argv], inside)
    run("ip", "link", "set", "lo", "up")


def trusted_by_all(folder, hosts):
    """A server's certificate for `hosts`, from an authority that is the only trusted one from now on."""
    subject = ["-subj", "/CN=Test authority"]
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
        "-keyout", f"{folder}/ca.key", "-out", f"{folder}/ca.pem", *subject)
    run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-keyout", f"{folder}/key.pem", "-out", f"{folder}/request.pem", "-subj", "/CN=server")
    Path(folder, "names").write_text("subjectAltName=" + ",".join(f"DNS:{host}" for host in hosts))
    run("openssl", "x509", "-req", "-in", f"{folder}/request.pem", "-CA", f"{folder}/ca.pem", "-CAkey", f"{folder}/ca.key",
        "-CAcreateserial", "-days", "2", "-extfile", f"{folder}/names", "-out", f"{folder}/cert.pem")
    Path(folder, "hosts").write_text("127.0.0.1 localhost " + " ".join(hosts) + "\n")
    run("mount", "--bind", f"{folder}/ca.pem", "/etc/ssl/certs/ca-certificates.crt")
    run("mount", "--bind", f"{folder}/hosts", "/etc/hosts")


class Teams(http.server.BaseHTTPRequestHandler):
    """What a team serves that put the tree of its domain where the Web Key Directory asks for it."""

    site = asked = None

    def do_GET(self):
        path = urlsplit(self.path).path
        self.asked.append(f"{self.headers['Host']}{path}")
        file = self.site / "openpgpkey" / path.removeprefix(WELL_KNOWN)
        if not path.startswith(WELL_KNOWN) or ".." in path or not file.is_file():
            self.send_error(404)
            return
        body = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, *_):
        """What was asked is kept in `asked`."""


def serve(site, folder):
    Teams.site, Teams.asked = site, []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 443), Teams)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{folder}/cert.pem", f"{folder}/key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def locate(home, address):
    """The fingerprints and user ids that GnuPG finds for `address`, with nothing known before."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    (home / "dirmngr.conf").write_text("standard-resolver\ndisable-ipv6\n")
    listing = run("gpg", "--homedir", str(home), "--batch", "--no-options", "--with-colons", "--auto-key-locate", "clear,wkd",
                  "--locate-external-keys", address)
    subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=True)
    fields = [line.split(":") for line in listing.splitlines()]
    prints = [row[9] for at, row in enumerate(fields) if row[0] == "fpr" and fields[at - 1][0] == "pub"]
    return prints, [row[9] for row in fields if row[0] == "uid"]


def main(site):
    in_namespaces()
    keys = json.loads((site / "keys.json").read_text(encoding="utf-8"))["keys"]
    wanted = {}
    for key in keys:
        # GnuPG 2.2 does not read what RFC 9580 brought.
        if key["offered"] and key["kind"] == "openpgp" and len(key["fingerprint"]) == 40:
            for user_id in key["user_ids"]:
                if user_id["own"]:
                    wanted.setdefault(user_id["address"].lower(), set()).add(key["fingerprint"])
    if not wanted:
        sys.exit("no key is offered: there is nothing to test")
    domains = sorted({address.rsplit("@", 1)[1] for address in wanted})
    with tempfile.TemporaryDirectory() as folder:
        trusted_by_all(folder, [f"openpgpkey.{domain}" for domain in domains])
        serve(site, folder)
        for address, prints in sorted(wanted.items()):
            found, user_ids = locate(Path(folder, "home"), address)
            # Of several keys for one address GnuPG takes the first.
            if not found or not set(found) <= prints:
                sys.exit(f"{address}: found {found}, wanted {sorted(prints)}")
            strangers = [user_id for user_id in user_ids if address not in user_id.lower()]
            if strangers:
                sys.exit(f"{address}: the key carries other user ids too: {strangers}")
    if not any(WELL_KNOWN in path for path in Teams.asked):
        sys.exit("GnuPG asked this server for nothing")
    print(f"GnuPG fetched the right key for {len(wanted)} addresses in {len(domains)} domains")


main(Path(sys.argv[1]).resolve())
