#!/usr/bin/env python3
"""Holds a site that Peerage built against the teams it was built of, so that no figure is of a site that lacks something.

usage: check.py GENERATED SITE

Every team has its page and stands in the list of all teams, in that of its country and in that of its level; of 300 pages the
words are looked for, and the links. Exit 1 with the first differences.
"""
import glob
import html
import json
import os
import re
import sys

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SAMPLE = 300


def words(page):
    text = re.sub(r"<[^>]*>", " ", page)
    return re.sub(r"\s+", "", html.unescape(text))


def read(*parts):
    with open(os.path.join(*parts), encoding="utf-8") as file:
        return file.read()


def listed(site, folder, name):
    """The ids of the teams to whose pages the pages of a list lead."""
    pages = glob.glob(os.path.join(site, folder, f"{name}.html")) + glob.glob(os.path.join(site, folder, name, "*.html"))
    found = set()
    for page in pages:
        found.update(re.findall(r'href="?(?:\.\./)*teams/([a-z0-9-]+)\.html', read(page)))
    return found


def main():
    generated, site = sys.argv[1:]
    teams = []
    for path in sorted(glob.glob(os.path.join(generated, "*.yaml"))):
        with open(path, "rb") as file:
            teams.append(yaml.load(file, LOADER))
    bad = [f"no page of {team['id']}" for team in teams if not os.path.exists(os.path.join(site, "teams", team["id"] + ".html"))]
    ids = {team["id"] for team in teams}
    bad += [f"not in the list of all teams: {team}" for team in sorted(ids - listed(site, "teams", "index") - listed(site, "teams", "page"))]
    countries = {team["country"].lower() for team in teams}
    for country in sorted(countries):
        of_country = {team["id"] for team in teams if team["country"].lower() == country}
        bad += [f"not in the list of {country}: {team}" for team in sorted(of_country - listed(site, "countries", country))]
    by_level = set()
    for page in glob.glob(os.path.join(site, "levels", "*.html")):
        by_level |= listed(site, "levels", os.path.basename(page)[:-5])
    bad += [f"in no list of a level: {team}" for team in sorted(ids - by_level)]
    told = json.loads(read(site, "api", "v1", "teams.json"))
    told = told["teams"] if isinstance(told, dict) and "teams" in told else told
    if isinstance(told, list) and {team["id"] for team in told} != ids:
        bad.append("api/v1/teams.json has other teams")
    for team in teams[:: max(1, len(teams) // SAMPLE)]:
        page = read(site, "teams", team["id"] + ".html")
        found, contact, claims = words(page), team["contact"], team["constituency"]
        wanted = [team["short_name"], team["name"], team["host_organisation"], contact["hours"], contact["address"], claims["description"]]
        wanted += claims["domains"] + claims["networks"] + [f"AS{asn}" for asn in claims["asns"]] + contact["phones"]
        wanted += [email["address"] for email in contact["emails"]] + [key["fingerprint"] for key in team["keys"]]
        wanted += [person["name"] for person in contact["persons"]] + [key["id"] for key in team["keys"]]
        bad += [f"{team['id']}: lacks {word!r}" for word in wanted if re.sub(r"\s+", "", str(word)) not in found]
        links = re.findall(r"\]\(([^)]*)\)", team["description"]) + [f"mailto:{email['address']}" for email in contact["emails"]]
        bad += [f"{team['id']}: lacks a link to {link}" for link in links if html.escape(link) not in page]
    for line in bad[:20]:
        print(line, file=sys.stderr)
    print(f"{len(teams)} teams checked, {len(bad)} differences", file=sys.stderr)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
