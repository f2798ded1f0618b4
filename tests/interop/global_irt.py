#!/usr/bin/env python3
"""Holds the file in the shape of Global IRT against the list of its properties and against the entries.
usage: global_irt.py SITE CONTENT
"""
import json
import sys
from datetime import date, datetime
from pathlib import Path

from _entries import Held, fingerprints, main_email, present

TEXTS = ("short-team-name official-team-name postal-address country-code email host establishment operating-hours constituency "
         "constituency-description source-name last-modified -first-member-type -peerage-status -peerage-status-since "
         "-peerage-valid-until").split()
LISTS = ("additional-country-code", "website", "phone-numbers", "enckeys")
FIELDS = {**dict.fromkeys(TEXTS, str), **dict.fromkeys(LISTS, list)}

# Worked out by hand for 2026-11-21.
STATUS = {
    "cert-alpha": ("certified", "2019-05-14", "2028-05-05"),
    "zuraw-cert": ("suspended", "2026-08-17", "2027-01-31"),
    "biznaga-csirt": ("listed", "2025-01-20", None),
    "kereru-cirt": ("not-stated", None, None),
}


def main(site, content):
    file = json.loads(Path(site, "global-irt/v1/teams.json").read_text("utf-8"))
    teams = present(content)
    held = Held()
    held.equal("a bare array", (type(file), len(file)), (list, len(teams)))
    for (team, entry), one in zip(teams.items(), file, strict=True):
        contact = entry.get("contact", {})
        held.equal(f"{team} fields", [key for key in one if not isinstance(one[key], FIELDS.get(key, ())) or not one[key]], [])
        expected = {
            "short-team-name": entry["name"],
            "official-team-name": entry.get("official_name"),
            "host": entry.get("host"),
            "country-code": entry["country"],
            "email": main_email(entry),
            "establishment": entry.get("established"),
            "operating-hours": contact.get("hours"),
            "postal-address": contact["address"].strip() if "address" in contact else None,
            "constituency-description": entry.get("constituency", {}).get("description"),
        }
        for key, value in expected.items():
            held.equal(f"{team} {key}", one.get(key), value)
        held.equal(f"{team} numbers", len(one.get("phone-numbers", [])), len(contact.get("phones", [])))
        held.equal(f"{team} numbers", [number for number, phone in zip(one.get("phone-numbers", []), contact.get("phones", []))
                                       if not number.startswith(phone["number"])], [])
        held.equal(f"{team} keys", {key[2:] for key in one.get("enckeys", [])} <= set(fingerprints(entry)), True)
        if "establishment" in one:
            date.fromisoformat(one["establishment"])
        if "last-modified" in one:
            held.equal(f"{team} last-modified", datetime.fromisoformat(one["last-modified"]).tzinfo is not None, True)
        if team in STATUS:
            said = tuple(one.get(f"-peerage-{key}") for key in ("status", "status-since", "valid-until"))
            held.equal(f"{team} status", said, STATUS[team])
    return held.finish(f"Global IRT, {len(teams)} teams")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
