#!/usr/bin/env python3
"""Compares what GnuPG and `peerage key` say of every key of Debian's developers and maintainers, field by field.

Real keys are old, odd and many. Every difference fails, unless it stands in `EXPLAINED`; so does what stands there and
explains none, and a keyring in which fewer keys agree than its package is known to have.
usage: debian-keyring.py      from a source tree in which `cargo build` was run, or with the command in PEERAGE; needs debian-keyring and gpg 2.2
"""
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gnupg

# On this day the package of Debian 12 was made; and a day years later, when many of its keys have ended.
DAYS = ["2022-12-24", "2026-11-21"]

# The rings, and how many of their keys agree at least.
RINGS = {Path("/usr/share/keyrings/debian-keyring.gpg"): 900, Path("/usr/share/keyrings/debian-maintainers.gpg"): 225}

EXPLAINED = gnupg.Explained({})

# `peerage key` reads files of 1 MiB, and so many keys of a file.
LONGEST, MOST = 1 << 20, 40


def packets(data):
    """(tag, packet with its header) for each packet (RFC 9580, section 4.2)."""
    at = 0
    while at < len(data):
        first, begin = data[at], at
        if first & 0x40:
            tag, length, at = first & 0x3F, data[at + 1], at + 2
            if 192 <= length < 224:
                length, at = (length - 192 << 8) + data[at] + 192, at + 1
            elif length == 255:
                length, at = int.from_bytes(data[at:at + 4], "big"), at + 4
            elif length >= 224:
                raise SystemExit("a key in pieces")
        else:
            tag, octets = first >> 2 & 0xF, 1 << (first & 3)
            length, at = int.from_bytes(data[at + 1:at + 1 + octets], "big"), at + 1 + octets
        at += length
        yield tag, data[begin:at]


def keys(data):
    """Each key of a ring by itself."""
    found = []
    for tag, packet in packets(data):
        if tag == 6:
            found.append([])
        found[-1].append(packet)
    return [b"".join(key) for key in found]


def minimal(key):
    """A key as GnuPG exports it without what others signed."""
    with tempfile.TemporaryDirectory() as home:
        gnupg.gpg(home, DAYS[0], "--import", said=key)
        return gnupg.gpg(home, DAYS[0], "--export-options", "export-minimal", "--export")


def files(found):
    """Files that `peerage key` reads, each with as many keys as it takes."""
    made, length = [[]], 0
    for key in found:
        key = minimal(key) if len(key) > LONGEST else key
        if len(made[-1]) == MOST or length + len(key) > LONGEST:
            made.append([])
            length = 0
        made[-1].append(key)
        length += len(key)
    return made


def listed(some, day):
    """What `peerage key` says of keys, and what it has against those that it does not read."""
    try:
        return gnupg.listed_by_peerage(b"".join(some), day), []
    except gnupg.Refused as why:
        if len(some) == 1:
            return {}, [str(why)]
    # One of them is refused, and with it the file: which?
    halves = [listed(half, day) for half in (some[:len(some) // 2], some[len(some) // 2:])]
    return halves[0][0] | halves[1][0], halves[0][1] + halves[1][1]


def compared(ring, made, day):
    """How many keys a ring has, and where the two differ on a day: {fingerprint: {(field, by GnuPG, by the program)}}."""
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(2) as threads:
        gnupg_says = threads.submit(gnupg.listed_by_gpg, home, day, "--no-default-keyring", "--keyring", str(ring))
        ours = {}
        for said, refusals in threads.map(lambda some: listed(some, day), made):
            ours |= said
            for refusal in refusals:
                print(f"{ring.name}: a key is refused: {refusal}")
        theirs = gnupg_says.result()
    found = {}
    for fingerprint in theirs.keys() | ours.keys():
        if fingerprint not in ours or fingerprint not in theirs:
            read = ["is read" if fingerprint in said else "is not read" for said in (theirs, ours)]
            found[fingerprint] = {("all of it", *read)}
        elif different := gnupg.differences(theirs[fingerprint], ours[fingerprint]):
            found[fingerprint] = different
    return len(theirs), found


def main():
    failures = []
    for ring, least in RINGS.items():
        made = files(keys(ring.read_bytes()))
        for day in DAYS:
            count, found = compared(ring, made, day)
            print(f"{ring.name} on {day}: {count - len(found)} of {count} keys agree with GnuPG")
            if count - len(found) < least:
                failures.append(f"{ring.name} on {day}: fewer than {least} keys agree")
            for fingerprint, different in sorted(found.items()):
                for field, theirs, ours in sorted(different, key=str):
                    why = EXPLAINED.why(fingerprint, field, theirs, ours)
                    line = f"{fingerprint}, {field}: GnuPG says {theirs!r}, we say {ours!r}"
                    print(f"  {line}: {why}") if why else failures.append(f"{day} {line}")
    failures += EXPLAINED.idle()
    for line in failures:
        print(line)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
