#!/usr/bin/env python3
"""Reads the bundle of STIX with the library `stix2`, which refuses what the standard does not know, and holds the identities
against the entries.   usage: stix.py SITE CONTENT
"""
import sys
from pathlib import Path

import stix2

from _entries import Held, entries, has_withdrawn, main_email, numbers

# Worked out by hand for 2026-11-21: label, what the description says of it, created, modified.
KNOWN = {
    "cert-alpha": ("certified", "Certified since 2019-05-14, until 2028-05-05", "2004-03-01", "2026-09-01"),
    "zuraw-cert": ("suspended", "Suspended since 2026-08-17, until 2027-01-31", None, "2026-08-17"),
    "nandu-csirt": ("withdrawn", "Withdrawn since 2022-11-30", "2011-10-03", "2022-11-30"),
    "kereru-cirt": ("not-stated", "No level stated", None, None),
}


def main(site, content):
    text = Path(site, "stix/teams.json").read_text("utf-8")
    bundle = stix2.parse(text, allow_custom=False, version="2.1")
    held = Held()
    identities = {}
    for one in bundle.objects:
        if one.type == "identity":
            ours = [ref for ref in one.external_references if "external_id" in ref]
            identities[ours[0].external_id] = one
    teams = entries(content)
    held.equal("who is in it", sorted(identities), sorted(teams))
    held.equal("ids", len({one.id for one in identities.values()}), len(teams))
    for team, entry in teams.items():
        one = identities[team]
        held.equal(team, one.name, entry["name"])
        held.equal(team, one.identity_class, "organization")
        held.equal(f"{team} description", entry.get("official_name", "") in one.description, True)
        links = [ref.url for ref in one.external_references if ref.source_name in ("website", "RFC 2350")]
        held.equal(f"{team} links", len(links), sum(key in entry for key in ("website", "rfc2350")))
        reached = one.get("contact_information", "")
        wanted = [] if has_withdrawn(entry) else [main_email(entry), *numbers(entry, "voice")]
        held.equal(f"{team} contact", [fact for fact in wanted if fact and fact not in reached], [])
        held.equal(f"{team} contact", bool(reached), bool(wanted))
        held.equal(f"{team} times", one.created <= one.modified, True)
        if "misp" in entry:
            held.equal(f"{team} UUID", one.id, f"identity--{entry['misp']['org_uuid']}")
    for team, (label, says, created, modified) in KNOWN.items():
        one = identities[team]
        held.equal(f"{team} label", list(one.labels), [label])
        held.equal(f"{team} description", says in one.description.splitlines(), True)
        for day, time in ((created, one.created), (modified, one.modified)):
            held.equal(f"{team} time", day in (None, time.date().isoformat()), True)
    return held.finish(f"stix2 on {len(identities)} identities")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
