"""What GnuPG and `peerage key` say of the same OpenPGP keys, in the same words, and where they differ.

Used by gpg.py and debian-keyring.py. Left out, since the two mean different things by it: subkeys that are not bound to
their key, which GnuPG lists as invalid and the program not at all; and which of several user ids of one second comes first.
"""
import json
import os
import subprocess
from datetime import datetime, timezone
from pathlib import Path

PEERAGE = os.environ.get("PEERAGE") or Path(__file__).resolve().parents[2] / "target/debug/peerage"
# By their names in GnuPG.
CURVES = {
    "ed25519": "Ed25519", "cv25519": "Curve25519", "nistp256": "NIST P-256", "nistp384": "NIST P-384", "nistp521": "NIST P-521",
    "brainpoolP256r1": "brainpoolP256r1", "brainpoolP384r1": "brainpoolP384r1", "brainpoolP512r1": "brainpoolP512r1",
    "secp256k1": "secp256k1",
}
NUMBERS = {"1": "RSA", "16": "Elgamal", "17": "DSA"}
# By their codes (RFC 9580, section 5.2.3.31), the gravest first.
REASONS = {"02": "compromised", "00": "unstated", "01": "superseded", "03": "retired"}
# What is told of primary keys and subkeys alike.
PART = "state", "algorithm", "created", "expires", "capabilities"
SHORT = {"certify": "c", "sign": "s", "encrypt": "e", "authenticate": "a"}


ABSENT = "absent"


class Refused(Exception):
    """What `peerage key` has against a file."""


def gpg(home, day, *arguments, said=b""):
    """What GnuPG answers in the last second of a day."""
    clock = day.replace("-", "") + "T235959!"
    command = ["gpg", "--homedir", str(home), "--batch", "--no-options", "--no-tty", "--quiet", "--no-auto-check-trustdb",
               "--trust-model", "always", "--faked-system-time", clock, *arguments]
    done = subprocess.run(command, input=said, capture_output=True)
    # It also fails where it takes some keys and not all.
    if done.returncode and "--import" not in arguments:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr.decode(errors='replace')}")
    return done.stdout


def listed_by_gpg(home, day, *ring):
    """What GnuPG says of every key on a day: {fingerprint: {field: value}}."""
    how = [*ring, "--with-colons", "--fixed-list-mode", "--with-subkey-fingerprint"]
    keys = blocks(gpg(home, day, *how, "--list-keys"))
    # Why a key was revoked stands among its signatures alone, and to list those of all keys takes long.
    revoked = [fingerprint for fingerprint, rows in keys.items() if letter(rows[0]) == "r"]
    if revoked:
        keys.update(blocks(gpg(home, day, *how, "--list-sigs", *revoked)))
    return {fingerprint: by_gpg(rows) for fingerprint, rows in keys.items()}


def blocks(listing):
    """The rows of each key, by its fingerprint; that of a subkey is put behind the subkey's row."""
    keys, rows = {}, []
    for line in listing.splitlines():
        row = line.split(b":")
        if row[0] == b"pub":
            rows = [row]
        elif row[0] == b"fpr":
            rows[-1].append(row[9].decode())
            keys.setdefault(rows[0][-1], rows)
        elif row[0] in (b"uid", b"sub", b"rev"):
            rows.append(row)
    return keys


def by_gpg(rows):
    primary = rows[0]
    said = part_by_gpg(primary)
    user_ids, subkeys, revocations = [], [], {}
    for row in rows[1:]:
        if row[0] == b"uid":
            user_ids.append(row)
        elif row[0] == b"sub":
            subkeys.append(part_by_gpg(row) | {"fingerprint": row[-1], "revoked": letter(row) == "r" != said["state"]})
        elif row[4] == primary[4] and row[10].startswith(b"28"):
            subkeys[-1]["revoked"] = True
        elif row[4] == primary[4] and row[10].startswith(b"20"):
            code = row[10].decode().partition(",")[2] or "00"
            said_why = instant(row[5]), REASONS[code], text(b"".join(row[20:21]))
            revocations.setdefault(list(REASONS).index(code), said_why)
    said["revoked"] = revocations[min(revocations)] if revocations else None
    said["can encrypt"] = b"E" in primary[11]
    ends = [said["expires"]] if "e" in said["capabilities"] else []
    for its in subkeys:
        # The program leaves out what is not bound to the key.
        if its["state"] == "i" != said["state"]:
            continue
        if "e" in its["capabilities"] and not its["revoked"]:
            ends.append(min(filter(None, (its["expires"], said["expires"])), default=None))
        said.update({(its["fingerprint"], field): its[field] for field in PART})
    said["encrypts until"] = None if None in ends else max(ends, default=None)
    say_user_ids(said, [(text(row[9]), letter(row)) for row in user_ids])
    # Of user ids of one second GnuPG puts the longest first.
    if sum(row[5] == user_ids[0][5] for row in user_ids) > 1:
        del said["first user id"]
    return said


def part_by_gpg(row):
    """What a row says of a primary key or a subkey."""
    curve = row[16].decode()
    return {
        "state": letter(row), "created": instant(row[5]), "expires": instant(row[6]),
        "algorithm": f"elliptic curve {CURVES[curve]}" if curve else f"{NUMBERS[row[3].decode()]}, {row[2].decode()} bits",
        # Capital letters are those of the key as a whole.
        "capabilities": "".join(sorted(c for c in row[11].decode() if c in "aces")),
    }


def letter(row):
    """Revoked, expired, invalid, or none of these."""
    return row[1].decode() if row[1] in (b"r", b"e", b"i") else "-"


def instant(field):
    """Seconds since 1970 as the program writes them."""
    return datetime.fromtimestamp(int(field), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if field else None


def text(field):
    """A text without the escapes of GnuPG: colons, backslashes and control characters in hexadecimal."""
    first, *rest = field.split(b"\\x")
    return (first + b"".join(bytes([int(part[:2], 16)]) + part[2:] for part in rest)).decode(errors="replace")


def say_user_ids(said, user_ids):
    """The states of user ids; the same text may stand in a key twice."""
    said["first user id"] = user_ids[0][0] if user_ids else None
    for name, state in sorted(user_ids):
        said[f"user id {name!r}"] = said.get(f"user id {name!r}", "") + state


def listed_by_peerage(data, day):
    """What `peerage key` says of the keys of a file on a day, in the terms of GnuPG: {fingerprint: {field: value}}."""
    command = [PEERAGE, "key", "-", "--json", "--today", day]
    done = subprocess.run(command, input=data, capture_output=True)
    if done.returncode:
        raise Refused(done.stderr.decode())
    return {key["fingerprint"]: by_peerage(key, f"{day}T23:59:59Z") for key in json.loads(done.stdout)}


def by_peerage(key, now):
    revoked = key["revoked"]
    said = part_by_peerage(key, now)
    said["can encrypt"], said["encrypts until"] = key["can_encrypt"], key["can_encrypt_until"]
    said["revoked"] = (revoked["on"], revoked["reason"], revoked["comment"] or "") if revoked else None
    # GnuPG tells of the parts of a key that is revoked or has ended that they are so too.
    whole = said["state"] if said["state"] in "rei" else ""
    for subkey in key["subkeys"]:
        its = part_by_peerage(subkey, now)
        its["state"] = "r" if "r" in (its["state"], whole) else whole or its["state"]
        said.update({(subkey["fingerprint"], field): value for field, value in its.items()})
    letters = {"valid": whole or "-", "revoked": "r", "expired": "r" if whole == "r" else "e"}
    say_user_ids(said, [(user_id["text"], letters[user_id["state"]]) for user_id in key["user_ids"]])
    return said


def part_by_peerage(part, now):
    # In the second in which it ends GnuPG still takes a key.
    ended = part["expires"] is not None and part["expires"] < now
    return {
        "state": "r" if part["revoked"] else "i" if part["created"] > now else "e" if ended else "-",
        "created": part["created"], "expires": part["expires"], "algorithm": part["algorithm"],
        "capabilities": "".join(sorted(SHORT[name] for name in part["capabilities"])),
    }


def differences(gnupg, peerage):
    """Where two say different things of a key: {(field, by GnuPG, by the program)}, with subkeys by their number."""
    numbers, found = {}, set()
    for field in gnupg | peerage:
        name = field
        if isinstance(field, tuple):
            name = f"subkey {numbers.setdefault(field[0], len(numbers) + 1)}: {field[1]}"
        theirs, ours = gnupg.get(field, ABSENT), peerage.get(field, ABSENT)
        if theirs != ours and not (field == "first user id" and theirs == ABSENT):
            found.add((name, theirs, ours))
    return found


class Explained:
    """Differences that are as they should be: {(key, field): (by GnuPG, by the program, on how many days, why)}.

    Each is let pass where it is exactly so; where it is not on exactly so many days, that is a mistake too.
    """

    def __init__(self, table):
        self.table, self.seen = table, {}

    def why(self, key, field, theirs, ours):
        """Why they differ; `None` where nobody knows."""
        known = self.table.get((key, field))
        if known is None or known[:2] != (theirs, ours):
            return None
        self.seen[key, field] = self.seen.get((key, field), 0) + 1
        return known[3]

    def idle(self):
        """Lines about what explains less, or more, than it should."""
        return [f"{key}, {field}: this should differ on {days} days, and does on {self.seen.get((key, field), 0)} ({why})"
                for (key, field), (_, _, days, why) in self.table.items() if self.seen.get((key, field), 0) != days]
