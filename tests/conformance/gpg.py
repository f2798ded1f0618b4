#!/usr/bin/env python3
"""Makes keys of every kind with GnuPG 2.2 and compares, field by field and on several days, what it says of them with
what `peerage key` says; and expects the same answer whatever a mail program did to the file.

Every difference fails, unless it stands in `EXPLAINED`; so does what stands there and explains none.
usage: gpg.py      from a source tree in which `cargo build` was run, or with the command in PEERAGE; needs gpg 2.2
"""
import base64
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gnupg
import recipes

# GnuPG is asked for the last second of each. It counts signatures from the future, so that all of them lie behind what
# the recipes did, but for what they did in the future on purpose.
DAYS = ["2022-06-02", "2022-06-29", "2022-06-30", "2022-07-01", "2023-03-01", "2023-12-01", "2026-11-21", "2026-12-31",
        "2027-01-01", "2029-12-31", "2030-01-01", "2032-06-01"]

EXPLAINED = gnupg.Explained({
    ("extended-from-the-future", "expires"): (
        "2048-12-27T00:00:00Z", "2029-11-29T00:00:00Z", 9,
        "GnuPG counts the signature of 2029 before it was made; for us it is not yet made, and the one before it counts"),
    ("second-subkey-takes-over", "can encrypt"): (
        False, True, 1, "its last subkey ends at noon of 2023-12-01: GnuPG is asked in the evening, we speak of the whole day"),
})

HOMES = 4


def made():
    """The keys of all recipes, by name."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(HOMES) as threads:
        homes = [Path(folder, str(number)) for number in range(HOMES)]
        for home in homes:
            home.mkdir(mode=0o700)
        try:
            parts = threads.map(recipes.make, homes, [list(recipes.RECIPES)[number::HOMES] for number in range(HOMES)])
            keys = {name: key for part in parts for name, key in part.items()}
        finally:
            for home in homes:
                subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=True)
    return {name: keys[name] for name in recipes.RECIPES}


def compared(keys, day):
    """Where the two differ on a day: [(key, field, by GnuPG, by the program)]."""
    with tempfile.TemporaryDirectory() as home:
        gnupg.gpg(home, day, "--import", said=b"".join(keys.values()))
        by_gpg = gnupg.listed_by_gpg(home, day)
    found = []
    for name, key in keys.items():
        try:
            (fingerprint, ours), = gnupg.listed_by_peerage(key, day).items()
        except gnupg.Refused as why:
            found.append((name, "all of it", "is read", f"is refused: {why}"))
            continue
        theirs = by_gpg.pop(fingerprint, None)
        if theirs is None:
            # GnuPG does not take a key before it was made.
            theirs = {**ours, "state": "i", "can encrypt": False}
        found += [(name, *difference) for difference in sorted(gnupg.differences(theirs, ours), key=str)]
    return found + [(fingerprint, "all of it", "is read", "is not read") for fingerprint in by_gpg]


def armoured(binary, width=64, end="\n"):
    """ASCII armour (RFC 9580, section 6) with a checksum, its lines ended by `end`."""
    crc = 0xB704CE
    for octet in binary:
        crc ^= octet << 16
        for _ in range(8):
            crc = crc << 1 ^ (0x1864CFB if crc & 0x800000 else 0)
    encoded = base64.b64encode(binary).decode()
    lines = [encoded[at:at + width] for at in range(0, len(encoded), width)]
    label = "PGP PUBLIC KEY BLOCK-----"
    checksum = "=" + base64.b64encode(crc.to_bytes(3, "big")).decode()
    return (end.join([f"-----BEGIN {label}", "", *lines, checksum, f"-----END {label}"]) + end).encode()


def same_in_every_form(keys, day):
    """What a file is read as must not depend on how it was sent."""
    forms, lines = 0, []
    expected = {name: gnupg.listed_by_peerage(key, day) for name, key in keys.items()}

    def holds(form, names, data):
        nonlocal forms
        forms += 1
        wanted = {fingerprint: said for name in names for fingerprint, said in expected[name].items()}
        try:
            found = gnupg.listed_by_peerage(data, day)
        except gnupg.Refused as why:
            lines.append(f"{form} of {', '.join(names)} is refused: {why}")
            return
        if found != wanted or list(found) != list(wanted):
            lines.append(f"{form} of {', '.join(names)} is read in another way")

    for name, key in keys.items():
        holds("armour", [name], armoured(key))
        holds("armour with CRLF", [name], armoured(key, end="\r\n"))
        holds("armour in one line", [name], armoured(key, end=" "))
        holds("armour in a mail", [name], b"Hello,\n\nthis is our key.\n\n" + armoured(key, 76) + b"\n-- \nalpha\n")
    every = list(keys)
    for some in [every[at:at + 20] for at in range(0, len(every), 20)]:
        holds("binary with several keys", some, b"".join(keys[name] for name in some))
        holds("one block with several keys", some, armoured(b"".join(keys[name] for name in some)))
        holds("several blocks", some, b"\n".join(armoured(keys[name]) for name in some))
        holds("several blocks with CRLF", some, b"".join(armoured(keys[name], end="\r\n") for name in some))
    return forms, lines


def main():
    keys = made()
    wrong = []
    with ThreadPoolExecutor(2) as threads:
        for day, found in zip(DAYS, threads.map(lambda day: compared(keys, day), DAYS)):
            wrong += [f"{day} {name}, {field}: GnuPG says {theirs!r}, we say {ours!r}"
                      for name, field, theirs, ours in found if EXPLAINED.why(name, field, theirs, ours) is None]
    wrong += EXPLAINED.idle()
    forms, more = same_in_every_form(keys, DAYS[6])
    for line in wrong + more:
        print(line)
    print(f"{len(keys)} keys on {len(DAYS)} days: {len(wrong)} differences from GnuPG, and {len(EXPLAINED.table)} explained; "
          f"{forms} other forms of their files: {len(more)} read in another way")
    return 1 if wrong or more else 0


if __name__ == "__main__":
    sys.exit(main())
