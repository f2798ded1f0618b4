#!/usr/bin/env python3
"""Writes the teams that the peers are measured with as a project of Peerage: the same facts in our entries.

usage: convert.py GENERATED PROJECT none|usual

GENERATED is a folder of entries in the neutral schema of the comparison, PROJECT is made. The last word says which formats
the site has besides its pages, its statistics and its own JSON. What our entries have no key for (people by name, what is said of a
key that is not there as a file) stands in the description, so that nothing is left out and no page gets lighter.
"""
import datetime as dt
import json
import os
import sys

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LEVELS = {"listed": "listed", "candidate": "accreditation-candidate", "accredited": "accredited", "certified": "certified"}
USAGE = {"incidents": "contact", "general": "general", "abuse": "abuse"}
TITLE = "Peers side by side"


def text(value):
    """A YAML scalar: JSON is YAML."""
    return json.dumps(str(value), ensure_ascii=False)


def steps(team):
    """The history, of which no two entries have one date."""
    certification, last = team.get("certification"), None
    for step in team["history"]:
        since = step["date"]
        if step["level"] == "certified":
            since = certification["granted"]
        since = dt.date.fromisoformat(str(since))
        if last and since <= last:
            since = last + dt.timedelta(days=1)
        last = since
        until = f", until: {certification['expires']}" if step["level"] == "certified" else ""
        yield f"  - {{level: {LEVELS[step['level']]}, since: {since}{until}}}"


def entry(team):
    """The lines of an entry."""
    contact, constituency = team["contact"], team["constituency"]
    yield f"name: {text(team['short_name'])}"
    yield f"official_name: {text(team['name'])}"
    yield f"host: {text(team['host_organisation'])}"
    yield f"country: {text(team['country'])}"
    yield f"established: {team['established']}"
    yield f"types: [{', '.join(constituency['types'])}]"
    yield f"website: {team['website']}"
    yield "contact:\n  emails:"
    for email in contact["emails"]:
        yield f"    - {{address: {email['address']}, usage: [{USAGE[email['purpose']]}]}}"
    yield "  phones:"
    for number in contact["phones"]:
        yield f"    - {{number: {text(number)}, usage: [voice]}}"
    if "emergency_phone" in contact:
        yield f"    - {{number: {text(contact['emergency_phone'])}, usage: [voice, emergency]}}"
    yield f"  hours: {text(contact['hours'])}"
    yield f"  timezone: {contact['timezone']}"
    yield f"  address: {text(contact['address'])}"
    yield f"constituency:\n  description: {text(constituency['description'])}"
    yield f"  domains: [{', '.join(constituency['domains'])}]"
    yield f"  asns: {sorted(set(constituency['asns']))}"
    yield f"  networks: [{', '.join(text(network) for network in dict.fromkeys(constituency['networks']))}]"
    yield "keys:"
    for key in team["keys"]:
        expires = f", expires: {key['expires']}" if "expires" in key else ""
        yield f"  - {{fingerprint: {text(key['fingerprint'])}{expires}}}"
    yield "status:"
    yield from steps(team)
    yield f"confirmed: {CONFIRMED}"
    yield "services:"
    yield from (f"  - {service}" for service in team["services"])
    if "sim3" in team:
        scores = ", ".join(f"{parameter}: {score}" for parameter, score in team["sim3"]["scores"].items())
        assessed = team["sim3"]["assessed"]
        yield f"maturity:\n  - model: sim3-v2i\n    kind: audit\n    assessed: {assessed}\n    visibility: public\n    scores: {{{scores}}}"
    people = [f"- {person['name']}, {person['role']}" for person in contact["persons"]]
    keys = [f"- {key['id']}, {key['uid'].split(' <')[0]}, {key['algorithm']}, created {key['created']}" for key in team["keys"]]
    lines = [*team["description"].rstrip("\n").split("\n"), "", *people, "", *keys]
    yield "description: |"
    yield from (f"  {line}" if line else "" for line in lines)


CONFIRMED = "2025-12-01"


def main():
    generated, project, formats = sys.argv[1:]
    teams = os.path.join(project, "content", "teams")
    os.makedirs(teams)
    for name in sorted(os.listdir(generated)):
        with open(os.path.join(generated, name), "rb") as file:
            team = yaml.load(file, LOADER)
        with open(os.path.join(teams, name), "w", encoding="utf-8") as file:
            file.write("\n".join(entry(team)) + "\n")
    chosen = {"none": "formats: []\n", "usual": ""}[formats]
    with open(os.path.join(project, "content", "site.yaml"), "w", encoding="utf-8") as file:
        file.write(f"title: {TITLE}\nsample: true\nmax_files: 1000000\n{chosen}")


if __name__ == "__main__":
    main()
