#!/usr/bin/env python3
"""Reads the file in the shape of FIRST's API as its clients do, the dates with Python's own parsers, and holds it against
the entries.   usage: first.py SITE CONTENT
"""
import json
import sys
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from _entries import Held, fingerprints, main_email, numbers, present

# The fields that FIRST's own data have, with their types.
FIELDS = {
    **dict.fromkeys(("id team team-full membership host establishment address country email fax phone-emergency timezone "
                     "operating-hours constituency constituency-description member-since last-modified pgp-id "
                     "pgp-fingerprint pgp-key").split(), str),
    **dict.fromkeys(("country-other", "website", "phone"), list),
}


def main(site, content):
    file = json.loads(Path(site, "first/v1/teams.json").read_text("utf-8"))
    teams = present(content)
    held = Held()
    envelope = {key: file[key] for key in file if key != "data"}
    held.equal("the envelope", envelope, {"status": "OK", "status-code": 200, "version": "1.0", "access": "public",
                                          "total": len(teams), "offset": 0, "limit": len(teams)})
    held.equal("who is in it", [one["id"] for one in file["data"]], list(teams))
    for one in file["data"]:
        team, entry = one["id"], teams[one["id"]]
        contact = entry.get("contact", {})
        held.equal(f"{team} fields", [key for key in one if not isinstance(one[key], FIELDS.get(key, ())) or not one[key]], [])
        expected = {
            "team": entry["name"],
            "team-full": entry.get("official_name", entry["name"]),
            "host": entry.get("host"),
            "country": entry["country"],
            "email": main_email(entry),
            "phone": numbers(entry, "voice") or None,
            "fax": next(iter(numbers(entry, "fax")), None),
            "phone-emergency": next(iter(numbers(entry, "emergency")), None),
            "timezone": contact.get("timezone"),
            "operating-hours": contact.get("hours"),
            "address": contact["address"].strip() if "address" in contact else None,
            "constituency-description": entry.get("constituency", {}).get("description"),
        }
        for key, value in expected.items():
            held.equal(f"{team} {key}", one.get(key), value)
        others = [code for code in entry.get("constituency", {}).get("countries", []) if code != entry["country"]]
        held.equal(f"{team} country-other", one.get("country-other", []), others)
        if "establishment" in one:
            held.equal(f"{team} establishment", datetime.strptime(one["establishment"], "%B %d, %Y").date().isoformat(),
                       entry["established"])
        if "last-modified" in one and "confirmed" in entry:
            modified = parsedate_to_datetime(one["last-modified"]).date().isoformat()
            held.equal(f"{team} last-modified", modified >= entry["confirmed"], True)
        if "pgp-fingerprint" in one:
            held.equal(f"{team} key", one["pgp-fingerprint"] in fingerprints(entry), True)
            held.equal(f"{team} key id", one["pgp-id"], f"0x{key_id(one['pgp-fingerprint'])}")
        key = one.get("pgp-key", "").strip()
        held.equal(f"{team} armour", not key or key.startswith("-----BEGIN PGP PUBLIC KEY BLOCK-----") and key.endswith("-----"),
                   True)
    held.equal("keys", sum("pgp-key" in one for one in file["data"]) > 9, True)
    return held.finish(f"FIRST's shape, {len(teams)} teams")


def key_id(fingerprint):
    """The last 16 digits of a fingerprint of version 4, the first of a longer one."""
    return fingerprint[-16:] if len(fingerprint) == 40 else fingerprint[:16]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
