#!/usr/bin/env python3
"""Loads the organisations with PyMISP, as MISP's client of Cerebrate and its REST API hand them out, and holds them against
the entries.   usage: misp.py SITE CONTENT
"""
import json
import sys
from pathlib import Path
from uuid import UUID

from pymisp import MISPOrganisation

from _entries import Held, main_email, present

# Names of countries as MISP has them, worked out by hand.
COUNTRIES = {"cert-alpha": "Austria", "sakura-cirt": "Japan", "karee-csirt": "South Africa", "bailu-cirt": "Taiwan"}


def load(site, path):
    """The organisations in a file, as PyMISP takes them."""
    organisations = []
    for one in json.loads(Path(site, path).read_text("utf-8")):
        organisation = MISPOrganisation()
        organisation.from_dict(**one)
        organisations.append(organisation)
    return organisations


def main(site, content):
    index, rest = load(site, "organisations/index"), load(site, "organisations.json")
    teams = present(content)
    held = Held()
    held.equal("organisations", (len(index), len(rest)), (len(teams), len(teams)))
    held.equal("names", len({one.name.casefold() for one in index}), len(teams))
    for (team, entry), flat, one in zip(teams.items(), index, rest, strict=True):
        misp = entry.get("misp", {})
        held.equal(team, flat.name, misp.get("org_name", entry["name"]))
        held.equal(team, str(UUID(flat.uuid)), misp.get("org_uuid", flat.uuid))
        held.equal(team, flat.type, "CSIRT")
        held.equal(f"{team} sector", bool(flat.sector), "types" in entry)
        held.equal(f"{team} country", flat.nationality, COUNTRIES.get(team, flat.nationality))
        held.equal(team, [one.name, one.uuid, one.nationality, one.sector], [flat.name, flat.uuid, flat.nationality, flat.sector])
        held.equal(f"{team} contact", (main_email(entry) or "") in one.contacts, True)
        held.equal(f"{team} description", one.description, entry.get("official_name", ""))
        held.equal(f"{team} dates", one.date_created <= one.date_modified, True)
        held.equal(f"{team} dates", "confirmed" in entry and one.date_modified[:10] < entry["confirmed"], False)
    # Without these MISP refuses an organisation; an empty one it skips.
    for one in json.loads(Path(site, "organisations/index").read_text("utf-8")):
        held.equal("fields", list(one), ["uuid", "name", "nationality", "sector", "type"])
    return held.finish(f"PyMISP on {len(index)} organisations, twice")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
