#!/usr/bin/env python3
"""Imports every keyring of a built site into an empty GnuPG, and compares what it lists with what the site says.

GnuPG must take each file without a complaint, list exactly the keys of the right teams, by no other user ids than the
teams' own, and find no signature on them but their own.
usage: keyrings.py SITE
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

# The levels whose keys a ring holds; `None` is every team that has not withdrawn.
RINGS = {
    "all": None,
    "accredited": {"accredited", "certification-candidate", "certified"},
    "certified": {"certified"},
}
# What GnuPG says when all is well, besides the count of what it processed.
FINE = ("imported", "keybox", "trustdb", "Total number processed:", "imported:")


def gpg(home, *arguments):
    done = subprocess.run(["gpg", "--homedir", home, "--batch", "--no-options", *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"gpg {' '.join(arguments)}\n{done.stderr}")
    return done


def imported(file):
    """The rows that GnuPG lists after it has imported `file` alone."""
    with tempfile.TemporaryDirectory() as home:
        said = gpg(home, "--status-fd", "1", "--import", str(file))
        complaints = [line for line in said.stderr.splitlines() if not any(fine in line for fine in FINE)]
        if complaints:
            sys.exit(f"{file}: GnuPG complains:\n" + "\n".join(complaints))
        result = next(line.split()[2:] for line in said.stdout.splitlines() if line.startswith("[GNUPG:] IMPORT_RES"))
        # Processed, without a user id, imported: what was processed was imported.
        if result[0] != result[2] or result[1] != "0":
            sys.exit(f"{file}: of {result[0]} keys GnuPG imported {result[2]}")
        listing = gpg(home, "--with-colons", "--fixed-list-mode", "--check-signatures").stdout
        return [line.split(":") for line in listing.splitlines()]


def facts(rows):
    """Fingerprints with their user ids; stops at a signature that is not the key's own."""
    keys, key, key_id = {}, None, ""
    for row in rows:
        if row[0] == "pub":
            key, key_id = None, row[4]
        elif row[0] == "fpr" and key is None:
            key = keys.setdefault(row[9], set())
        elif row[0] == "uid":
            key.add(row[9].replace("\\x3a", ":"))
        elif row[0] == "sig" and (row[4] != key_id or row[1] not in ("", "!")):
            sys.exit(f"{key_id} carries a signature that is not its own, or not good: {row}")
    return keys


def wanted(site, levels):
    """Fingerprints with the user ids of the offered keys that belong in a ring."""
    read = lambda name: json.loads((site / name).read_text(encoding="utf-8"))
    level = {team["id"]: team["status"]["level"] if team["status"]["state"] is None else None
             for team in read("api/v1/teams.json")["teams"]}
    keys = {}
    for key in read("keys.json")["keys"]:
        # GnuPG 2.2 does not read version 6; such keys stand in rings of their own.
        if key["offered"] and key["kind"] == "openpgp" and len(key["fingerprint"]) == 40:
            if levels is None or level[key["team"]] in levels:
                own = {user_id["text"] for user_id in key["user_ids"] if user_id["own"]}
                keys.setdefault(key["fingerprint"], set()).update(own)
    return keys


def main(site):
    total = 0
    for ring, levels in RINGS.items():
        expected = wanted(site, levels)
        for file in (site / f"keys/{ring}.asc", site / f"keys/{ring}.gpg"):
            if not expected and not file.exists():
                continue
            found = facts(imported(file))
            if found != expected:
                sys.exit(f"{file}: GnuPG lists\n{found}\nand the site says\n{expected}")
        total += len(expected)
        print(f"GnuPG takes keys/{ring}.asc and keys/{ring}.gpg and lists the {len(expected)} keys that belong in them")
    if not total:
        sys.exit("no ring holds a key: there is nothing to test")


main(Path(sys.argv[1]).resolve())
