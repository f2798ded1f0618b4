#!/usr/bin/env python3
"""Compares what pysequoia and `peerage key` say of keys of version 6, which GnuPG does not make, and encrypts to the keys
that a built site hands out.

usage: sequoia.py      from a source tree in which `cargo build` was run, or with the command in PEERAGE; needs pysequoia 0.1
"""
import json
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from pysequoia import Cert, CipherSuite, Profile, Tsk, decrypt, encrypt

from gnupg import PEERAGE

# Sequoia speaks of the present.
NOW = datetime.now(timezone.utc).replace(microsecond=0)
SUITES = {
    "Cv25519": ("Ed25519", "X25519"), "Cv448": ("Ed448", "X448"), "P256": ("NIST P-256",) * 2, "P384": ("NIST P-384",) * 2,
    "P521": ("NIST P-521",) * 2, "RSA2k": ("RSA, 2048 bits",) * 2, "RSA4k": ("RSA, 4096 bits",) * 2,
}
TEAM = """name: CERT {id}
country: AT
contact:
  emails: [{{address: cert@{id}.example}}]
  timezone: Europe/Vienna
status:
  - {{level: listed, since: 2010-01-01}}
  - {{level: accredited, since: 2011-01-01}}
  - {{level: certified, since: {since}}}
confirmed: {since}
"""


def generate(*user_ids, suite="Cv25519", profile=Profile.RFC9580, seconds=None):
    suite = getattr(CipherSuite, suite)
    return Tsk.generate(user_ids=list(user_ids), profile=profile, cipher_suite=suite, validity_seconds=seconds)


def with_signature(certificate, signature):
    return Cert.from_bytes(bytes(certificate) + bytes(signature))


def specimens():
    """(name, certificate, whether one can encrypt to it in 401 days, algorithms in our words or `None`)."""
    for suite, algorithms in SUITES.items():
        yield suite, generate(f"CERT <cert@{suite.lower()}.example>", suite=suite).extract_certificate(), True, algorithms
    secret = generate("CERT <cert@several.example>", "Équipe: d'astreinte \\ <duty@several.example>", "no address")
    several = secret.extract_certificate()
    yield "several user ids", several, True, None
    gone = several.revoke_user_id(several.user_ids[1], secret.certifier())
    yield "revoked user id", with_signature(several, gone), True, None
    secret = generate("CERT <cert@ends.example>", seconds=400 * 86400)
    ends = secret.extract_certificate()
    yield "with an end", ends, False, None
    # Its subkeys end as they did before.
    yield "extended", ends.set_expiration(NOW + timedelta(4000), secret.certifier()), False, None
    yield "shortened", ends.set_expiration(NOW + timedelta(2), secret.certifier()), False, None
    secret = generate("CERT <cert@revoked.example>")
    certificate = secret.extract_certificate()
    yield "revoked", with_signature(certificate, certificate.revoke(secret.certifier())), False, None


def by_sequoia(certificate):
    return {
        "fingerprint": certificate.fingerprint.upper(),
        "expires": certificate.expiration and certificate.expiration.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "user ids": sorted(map(str, certificate.user_ids)), "revoked": certificate.is_revoked,
        "can encrypt": not certificate.is_revoked,
    }


def key(data, day):
    done = subprocess.run([PEERAGE, "key", "-", "--json", "--today", day], input=data, capture_output=True)
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    only, = json.loads(done.stdout)
    return only


def by_peerage(said):
    valid = [user_id["text"] for user_id in said["user_ids"] if user_id["state"] == "valid"]
    return {
        "fingerprint": said["fingerprint"], "expires": said["expires"], "user ids": sorted(valid),
        "revoked": said["revoked"] is not None, "can encrypt": said["can_encrypt"],
    }


def compared():
    """How many forms of keys were compared, and lines about what differs."""
    wrong, count = [], 0
    today, later = (day.strftime("%Y-%m-%d") for day in (NOW, NOW + timedelta(401)))
    for name, certificate, lasts, algorithms in specimens():
        wanted = by_sequoia(certificate)
        for form, data in ("armoured", str(certificate).encode()), ("binary", bytes(certificate)):
            count += 1
            said = key(data, today)
            if by_peerage(said) != wanted:
                wrong.append(f"{name}, {form}: Sequoia says {wanted}, we say {by_peerage(said)}")
            encrypting = [subkey["algorithm"] for subkey in said["subkeys"] if subkey["encrypts"]]
            ours = [algorithm.removeprefix("elliptic curve ") for algorithm in [said["algorithm"], *encrypting]]
            if algorithms and ours != list(algorithms):
                wrong.append(f"{name}, {form}: this should be {algorithms}, and we say {ours}")
            if key(data, later)["can_encrypt"] != lasts:
                wrong.append(f"{name}, {form}: whether one can encrypt to it on {later} should be {lasts}")
    return count, wrong


def built(folder, teams):
    """The site of a project with these teams: {id: certificate}."""
    content = folder / "content"
    (content / "teams").mkdir(parents=True)
    (content / "site.yaml").write_text("title: Test\ndescription: A test.\nsample: true\n")
    for id, certificate in teams.items():
        since = (NOW - timedelta(30)).strftime("%Y-%m-%d")
        (content / "teams" / f"{id}.yaml").write_text(TEAM.format(id=id, since=since))
        (content / "teams" / f"{id}.asc").write_text(str(certificate))
    site = folder / "public"
    done = subprocess.run([PEERAGE, "build", "--quiet", "--out", site, folder], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return site


def handed_out():
    """Lines about what is wrong with the keys of a built site."""
    wrong = []
    secrets = {"six": generate("CERT <cert@six.example>", "Private <me@elsewhere.example>"),
               "post": generate("CERT <cert@post.example>", suite="Cv448"),
               "four": generate("CERT <cert@four.example>", profile=Profile.RFC4880)}
    gone = generate("CERT <cert@gone.example>")
    revoked = gone.extract_certificate()
    revoked = with_signature(revoked, revoked.revoke(gone.certifier()))
    with tempfile.TemporaryDirectory() as folder:
        teams = {id: secret.extract_certificate() for id, secret in secrets.items()}
        site = built(Path(folder), teams | {"gone": revoked})
        for id, secret in secrets.items():
            wanted = secret.extract_certificate().fingerprint
            for file in f"keys/{wanted.upper()}.asc", f"teams/{id}.asc":
                certificate = Cert.from_bytes((site / file).read_bytes())
                own = [f"CERT <cert@{id}.example>"]
                if certificate.fingerprint != wanted or list(map(str, certificate.user_ids)) != own:
                    wrong.append(f"{file}: Sequoia reads {certificate!r}")
                message = encrypt(b"To whom it may concern", [certificate])
                if decrypt(message, decryptor=secret.decryptor()).bytes != b"To whom it may concern":
                    wrong.append(f"{file}: what is encrypted to it is not what comes out")
        for ring in "all", "accredited", "certified":
            for part, ids in ("", ["four"]), ("-rfc9580", ["six", "post"]):
                wanted = sorted(secrets[id].extract_certificate().fingerprint for id in ids)
                for ending in "asc", "gpg":
                    found = Cert.split_bytes((site / f"keys/{ring}{part}.{ending}").read_bytes())
                    if sorted(certificate.fingerprint for certificate in found) != wanted:
                        wrong.append(f"keys/{ring}{part}.{ending} holds {found}, and should hold {wanted}")
    return wrong


def main():
    count, wrong = compared()
    handed = handed_out()
    for line in wrong + handed:
        print(line)
    print(f"{count} files with keys of version 6: {len(wrong)} differences from Sequoia; "
          f"keys of a built site: {len(handed)} are not as they should be")
    return 1 if wrong or handed else 0


if __name__ == "__main__":
    sys.exit(main())
