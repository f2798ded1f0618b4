#!/usr/bin/env python3
"""Makes the keys of the sample directory anew, with GnuPG and OpenSSL, and writes their fingerprints into the entries.

Secret keys live in a folder that is deleted at the end. Keys made anew are other keys: the difference is all of them.
usage: make-keys.py CONTENT/TEAMS [ID…]
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# Per team one or more keys: how it is made, when, until when, its addresses (before the @ of the entry's first
# address, unless they are whole), and what happens to it later.
KEYS = {
    "alkyoni-csirt": [("rsa3072", "2019-09-02", "2027-04-30", ["csirt"])],
    "arfaj-csirt": [("ed25519", "2024-09-09", "2028-09-30", ["csirt"])],
    "azulejo-csirt": [("rsa4096", "2018-03-15", "2028-03-15", ["csirt"])],
    "bailu-cirt": [("ed25519", "2022-06-15", "2028-06-15", ["cirt", "abuse"])],
    "bergdohle-csirt": [("rsa1024", "2021-05-25", "2028-01-31", ["csirt"])],
    "cert-alpha": [
        ("ed25519", "2022-03-01", "2028-03-01", ["cert", "abuse", "vulnerability"]),
        ("rsa4096", "2021-09-30", "2029-09-30", ["cert"]),
    ],
    "coquelicot-csirt": [("nistp256", "2023-01-16", "2027-01-15", ["csirt"])],
    "dalmuri-cert": [("ed25519", "2023-09-30", "2027-09-30", ["cert"])],
    "eotr-cert": [("rsa2048", "2019-01-07", "2028-12-31", ["cert", "press"])],
    "fuiseog-csirt": [("ed25519", "2023-03-17", "2028-03-17", ["csirt", "csirt@fuiseog-labs.example"])],
    "huard-csirt": [("ed25519", "2020-05-07", "2022-05-07", ["csirt"], ("extend", "2022-04-20", "2028-05-07"))],
    "ipe-amarelo-csirt": [("dsa3072", "2012-02-28", "2028-02-28", ["csirt"])],
    "kalanit-csirt": [("brainpoolP256r1", "2023-10-31", "2028-10-31", ["csirt"])],
    "karee-csirt": [("ed25519", "2023-11-30", "2028-11-30", ["csirt"], ("subkey-ends", "2023-11-30", "2027-02-15"))],
    "kuukkeli-cert": [
        ("rsa2048", "2016-09-30", "2026-09-30", ["cert"]),
        ("ed25519", "2026-09-14", "2028-09-30", ["cert", "psirt"]),
    ],
    "leuchtfeuer-csirt": [("sign-only", "2022-10-01", "2027-10-01", ["csirt"])],
    "lulekuqe-csirt": [("ed25519", "2024-01-15", "2028-01-15", ["csirt"])],
    "mbuyu-cert": [("rsa4096", "2019-06-30", "2029-06-30", ["cert"]), ("smime", "2025-06-30", "2027-06-30", ["cert"])],
    "nilgai-cirt": [("ed25519", "2023-08-31", "2028-08-31", ["cirt", "emergency"])],
    "nordlys-csirt": [
        ("rsa2048", "2015-01-31", "2029-01-31", ["csirt"], ("revoke", "2025-11-03", "1")),
        ("ed25519", "2025-11-03", "2029-01-31", ["csirt", "abuse"]),
    ],
    "papyrus-cert": [("ed25519", "2023-04-25", "2028-04-25", ["cert"])],
    "pelanduk-cert": [("ed25519", "2022-08-08", "2028-08-08", ["cert"]), ("smime", "2024-12-01", "2026-12-31", ["cert"])],
    "quillback-cirt": [("ed25519", "2022-10-31", "2026-10-31", ["cirt"])],
    "sakura-cirt": [("rsa4096", "2017-04-03", None, ["cirt"])],
    "saltmarsh-cert": [("sha1", "2012-06-30", "2028-06-30", ["cert"])],
    "sinchets-csirt": [("ed25519", "2023-11-30", "2027-11-30", ["csirt"])],
    "thoka-cert": [("nistp384", "2023-12-31", "2027-12-31", ["cert"])],
    "zlutasek-csirt": [("ed25519", "2024-02-01", "2028-02-01", ["csirt"], ("revoke", "2026-10-19", "2"))],
    "zuraw-cert": [("ed25519", "2022-08-31", "2027-08-31", ["cert"])],
}
ENCRYPTING = {"ed25519": "cv25519", "dsa3072": "elg3072", "sha1": "rsa2048"}


def run(*command, text=None, **more):
    done = subprocess.run(command, input=text, capture_output=True, text=True, **more)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout


class Home:
    """A GnuPG of its own, at a day of its own."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(mode=0o700)

    def gpg(self, day, *arguments, text=None):
        time = day.replace("-", "") + "T090000!"
        return run("gpg", "--homedir", str(self.folder), "--faked-system-time", time, "--batch", "--yes", "--no-options",
                   "--pinentry-mode", "loopback", "--passphrase", "", "--command-fd", "0", *arguments, text=text)

    def fingerprints(self, day):
        rows = [line.split(":") for line in self.gpg(day, "--with-colons", "--list-keys").splitlines()]
        return [row[9] for row in rows if row[0] == "fpr"]


def openpgp(folder, name, addresses, kind, made, until, later):
    """One armoured key, and its fingerprint."""
    home = Home(folder)
    digest = ["--cert-digest-algo", "SHA1"] if kind == "sha1" else []
    algorithm = {"sign-only": "ed25519", "sha1": "rsa2048"}.get(kind, kind)
    until = until or "never"
    ends = until if until == "never" else until.replace("-", "") + "T120000"
    home.gpg(made, *digest, "--quick-gen-key", f"{name} <{addresses[0]}>", algorithm, "sign", ends)
    fingerprint = home.fingerprints(made)[0]
    if kind != "sign-only":
        encrypting = ENCRYPTING.get(kind, algorithm)
        sub_ends = later[2].replace("-", "") + "T120000" if later and later[0] == "subkey-ends" else ends
        home.gpg(made, *digest, "--quick-add-key", fingerprint, encrypting, "encrypt", sub_ends)
    for address in addresses[1:]:
        home.gpg(made, *digest, "--quick-add-uid", fingerprint, f"{name} <{address}>")
    if later and later[0] == "extend":
        ends = later[2].replace("-", "") + "T120000"
        home.gpg(later[1], "--quick-set-expire", fingerprint, ends)
        home.gpg(later[1], "--quick-set-expire", fingerprint, ends, "*")
    if later and later[0] == "revoke":
        reason = {"1": "We use a new key", "2": "A backup was lost"}[later[2]]
        code = {"1": "2", "2": "1"}[later[2]]   # what GnuPG's menu calls superseded and compromised
        certificate = home.gpg(later[1], "--no-batch", "--no-tty", "--gen-revoke", fingerprint,
                               text=f"y\n{code}\n{reason}\n\ny\n")
        home.gpg(later[1], "--import", text=certificate)
    return home.gpg(made, "--armor", "--export", fingerprint), fingerprint


def smime(folder, name, address, made, until):
    """One S/MIME certificate of an invented authority, and its SHA-256."""
    folder = Path(folder)
    folder.mkdir()
    (folder / "index").touch()
    (folder / "ca.cnf").write_text(f"""[ca]
default_ca = own
[own]
database = {folder}/index
new_certs_dir = {folder}
default_md = sha256
policy = any
rand_serial = yes
x509_extensions = mail
[any]
commonName = supplied
[mail]
basicConstraints = CA:FALSE
keyUsage = digitalSignature, keyEncipherment
extendedKeyUsage = emailProtection
subjectAltName = email:{address}
""")
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", "/CN=Sample Mail Authority",
        "-keyout", f"{folder}/ca.key", "-out", f"{folder}/ca.pem")
    run("openssl", "req", "-new", "-newkey", "rsa:3072", "-nodes", "-subj", f"/CN={name}", "-utf8",
        "-keyout", f"{folder}/key.pem", "-out", f"{folder}/request.pem")
    stamp = lambda day: day.replace("-", "") + "090000Z"
    run("openssl", "ca", "-batch", "-notext", "-utf8", "-config", f"{folder}/ca.cnf", "-cert", f"{folder}/ca.pem", "-keyfile",
        f"{folder}/ca.key", "-in", f"{folder}/request.pem", "-startdate", stamp(made), "-enddate", stamp(until),
        "-out", f"{folder}/cert.pem")
    pem = (folder / "cert.pem").read_text()
    digest = run("openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", f"{folder}/cert.pem")
    return pem, digest.split("=")[1].strip().replace(":", "")


def grouped(digits):
    return " ".join(digits[at:at + 4] for at in range(0, len(digits), 4))


def renew(teams, team, folder):
    """The key files of one team, and the lists of fingerprints in its entry."""
    entry = teams / f"{team}.yaml"
    text = entry.read_text(encoding="utf-8")
    name = re.search(r"^name: (.*)$", text, re.M)[1].strip('"')
    domain = re.search(r"address: [^@,}\n]*@([^,}\n]*)", text)[1]
    for old in [path for path in teams.iterdir() if re.fullmatch(re.escape(team) + r"(\.\d+)?\.(asc|pem)", path.name)]:
        old.unlink()
    made = {"keys": [], "smime": []}
    for at, (kind, begin, until, locals_, *later) in enumerate(KEYS[team]):
        addresses = [local if "@" in local else f"{local}@{domain}" for local in locals_]
        if kind == "smime":
            content, fingerprint = smime(f"{folder}/{team}{at}", name, addresses[0], begin, until)
            (teams / f"{team}.pem").write_text(content)
            made["smime"].append(fingerprint)
        else:
            content, fingerprint = openpgp(f"{folder}/{team}{at}", name, addresses, kind, begin, until, *(later or [None]))
            number = f".{len(made['keys']) + 1}" if made["keys"] else ""
            (teams / f"{team}{number}.asc").write_text(content)
            made["keys"].append(fingerprint)
    lists = "".join(
        f"{kind}:\n" + "".join(f'  - {{fingerprint: "{grouped(digits)}"}}\n' for digits in prints)
        for kind, prints in made.items() if prints
    )
    text = re.sub(r"^smime:\n(  .*\n)+", "", text, flags=re.M)
    entry.write_text(re.sub(r"^keys:\n(  .*\n)+", lists, text, flags=re.M), encoding="utf-8")


def main(teams, wanted):
    os.environ["LC_ALL"] = "C.UTF-8"
    with tempfile.TemporaryDirectory() as folder:
        for team in wanted or KEYS:
            renew(teams, team, folder)
            print(team)
            subprocess.run(["pkill", "-f", f"gpg-agent.*{folder}"], check=False)


main(Path(sys.argv[1]), sys.argv[2:])
