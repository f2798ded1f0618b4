"""Directories made at random, built for several days: every team has its page, every link leads somewhere, and HTML, JSON, CSV, badge,
feed and calendar say the same level, which is what the rules in docs make of the history, worked out here once more.
The seed is printed; PEERAGE_SEED sets it."""
import calendar
import csv
import datetime
import json
import os
import pathlib
import random
import re
import subprocess
import sys

import feedparser
import icalendar
import yaml

from _entries import Held
from _sites import temporary

SEED = os.environ.get("PEERAGE_SEED") or str(random.SystemRandom().randrange(10**9))
LINKS = pathlib.Path(__file__).parents[1] / "conformance/links.py"
LADDER = ["listed", "accreditation-candidate", "accredited", "certification-candidate", "certified"]
TITLES = {
    "listed": "Listed", "accreditation-candidate": "Accreditation candidate", "accredited": "Accredited",
    "certification-candidate": "Certification candidate", "certified": "Certified", "suspended": "Suspended",
    "withdrawn": "Withdrawn", "not-stated": "No level stated",
}
DIRECTORIES, TEAMS = 3, 25
DAY = datetime.timedelta(1)

held = Held()
chance = random.Random(SEED)


def three_years_after(day):
    return day.replace(year=day.year + 3, day=min(day.day, calendar.monthrange(day.year + 3, day.month)[1]))


def history():
    """The history of a team: up the rungs, certified anew, suspended, withdrawn; or nothing at all."""
    day = datetime.date(2003, 1, 1) + DAY * chance.randrange(8000)
    found = []
    for level in LADDER[: chance.randrange(6)]:
        # A rung may be skipped: what was before is not always known.
        if found and chance.random() < 0.15 or not found and level != "listed" and chance.random() < 0.5:
            continue
        found.append({"level": level, "since": day})
        day += DAY * chance.randrange(30, 900)
    while found and found[-1].get("level") == "certified" and chance.random() < 0.7:
        held_until = found[-1].get("until") or three_years_after(found[-1]["since"])
        if chance.random() < 0.3:
            held_until = found[-1]["since"] + DAY * chance.randrange(1500)
            found[-1]["until"] = held_until
        elif chance.random() < 0.1:
            found[-1]["until"] = "unknown"
        day = held_until + DAY * chance.randrange(1, 400)
        found.append({"level": "certified", "since": day})
    if found and chance.random() < 0.2:
        day = found[-1]["since"] + DAY * chance.randrange(1, 1200)
        found.append({"state": "suspended", "since": day})
        if chance.random() < 0.5:
            found[-1]["until"] = day + DAY * chance.randrange(200)
        if chance.random() < 0.5:
            day += DAY * chance.randrange(1, 500)
            found.append({"level": chance.choice(["listed", "accredited"]), "since": day})
    if found and chance.random() < 0.15:
        found.append({"state": "withdrawn", "since": found[-1]["since"] + DAY * chance.randrange(1, 900)})
    return found


def end(one):
    """The last day of a certification; the end of time where nobody stated it."""
    until = one.get("until") or three_years_after(one["since"])
    return datetime.date.max if until == "unknown" else until


def status(past, day):
    """What the history makes of a team on a day, by docs and not by our code."""
    past = [one for one in past if one["since"] <= day]
    if not past:
        return "not-stated"
    if any(one.get("state") == "withdrawn" for one in past):
        return "withdrawn"
    if past[-1].get("state") == "suspended" and day <= past[-1].get("until", day):
        return "suspended"
    last = [one for one in past if "level" in one][-1]
    return "accredited" if last["level"] == "certified" and day > end(last) else last["level"]


def team(number):
    name = chance.choice(["CERT", "CSIRT", "Équipe", "Σ-CIRT", "فريق"]) + f" {number}"
    entry = {"name": name, "country": chance.choice(["AT", "BR", "FR", "JP", "NO", "KE"]), "status": history()}
    if chance.random() < 0.7:
        entry["types"] = chance.sample(["academic", "government", "national"], chance.randrange(1, 3))
    if chance.random() < 0.8:
        entry["contact"] = {"emails": [{"address": f"t{number}@d{number}.example", "usage": ["contact"]}]}
    if chance.random() < 0.5:
        entry["constituency"] = {"domains": [f"d{number}.example"], "asns": [64496 + number % 16]}
    if chance.random() < 0.3:
        entry["description"] = "*Some* words, and <b>more</b>: [a page](../index.html)."
    return entry


def shown(page, pattern):
    found = re.search(pattern, page)
    return found[1] if found else None


def hold(site, teams, day):
    """Holds every file that says a level against the model."""
    read = lambda path: (site / path).read_text("utf-8")
    where = f"seed {SEED}, {day}"
    in_json = {one["id"]: one for one in json.loads(read("api/v1/teams.json"))["teams"]}
    with open(site / "teams.csv", encoding="utf-8", newline="") as file:
        in_csv = {row["id"]: row for row in csv.DictReader(file)}
    events = icalendar.Calendar.from_ical((site / "expiry.ics").read_bytes()).walk("VEVENT")
    ends = {(str(event["SUMMARY"]), event.decoded("DTSTART")) for event in events}
    feed = [(entry.title, entry.updated[:10]) for entry in feedparser.parse((site / "changes.atom").read_bytes()).entries]
    changes = json.loads(read("api/v1/changes.json"))["changes"]
    held.equal(f"{where}: the feed", feed, [(f"{one['team']['name']}: {one['text']}", one["on"]) for one in changes][:100])
    held.equal(f"{where}: JSON", set(in_json), set(teams))
    held.equal(f"{where}: CSV", set(in_csv), set(teams))
    listed = {path.stem: set(re.findall(r'href="?(?:\.\./)+teams/(t\d+)\.html', path.read_text("utf-8"))) for path in (site / "levels").glob("*.html")}
    for id, entry in teams.items():
        expected, name = status(entry["status"], day), entry["name"]
        here = f"{where}: {id} {entry['status']}"
        page, badge = read(f"teams/{id}.html"), read(f"teams/{id}.svg")
        of_json, row = in_json[id]["status"], in_csv[id]
        held.equal(f"{here}, JSON", (of_json["id"], of_json["title"], of_json["computed_for"]), (expected, TITLES[expected], str(day)))
        held.equal(f"{here}, CSV", (row["status"], row["since"], row["valid_until"]), (expected, of_json["since"] or "", of_json["valid_until"] or ""))
        held.equal(f"{here}, page", shown(page, r'badge badge-([a-z-]+) badge-large'), "none" if expected == "not-stated" else expected)
        held.holds(f"{TITLES[expected]} as of {day}" in page, f"{here}, page: its description says another level")
        held.equal(f"{here}, level", {level for level, ids in listed.items() if id in ids}, {expected})
        country = read(f"countries/{entry['country'].lower()}.html") if expected != "withdrawn" else ""
        of_country = shown(country, rf'teams/{id}\.html.*?data-status="?([a-z-]+)')
        held.equal(f"{here}, country", of_country, None if expected == "withdrawn" else expected)
        title = shown(badge, r"<title>(.*)</title>") or ""
        held.holds(f": {TITLES[expected]}" in title, f"{here}, badge: {title}")
        if of_json["valid_until"] and expected == "certified":
            held.holds(of_json["valid_until"] in title and of_json["valid_until"] in page, f"{here}, badge or page: not until {of_json['valid_until']}: {title}")
        certified = [one for one in entry["status"] if one.get("level") == "certified" and one["since"] <= day]
        announced = any(one["since"] > day for one in entry["status"])
        if expected == "certified" and not announced:
            last = end(certified[-1])
            told = None if last == datetime.date.max else str(last)
            held.equal(f"{here}, until", of_json["valid_until"], told)
            if told:
                held.holds((f"{name}: Certification ends", last) in ends, f"{here}, calendar: no end on {last}")
        told = [one for one in changes if one["team"]["id"] == id]
        if entry["status"] and expected not in ("not-stated",):
            held.holds(told, f"{here}, feed: nothing is told of it")
        held.holds(all(one["on"] <= str(day) for one in told), f"{here}, feed: what has not come yet")
        of_levels = [one for one in told if one["level"]]
        if expected in LADDER and of_levels:
            held.equal(f"{here}, feed", of_levels[0]["level"], expected)


for number in range(DIRECTORIES):
    folder = temporary()
    (folder / "content/teams").mkdir(parents=True)
    site = "title: Made\nsample: true\nbase_url: https://directory.example/\n"
    (folder / "content/site.yaml").write_text(site + "formats: [trusted-introducer, csv, icalendar, atom, lookup]\n")
    teams = {f"t{at}": team(at) for at in range(chance.choice([0, 1, TEAMS, TEAMS]) if number else TEAMS)}
    for id, entry in teams.items():
        text = yaml.safe_dump(entry, allow_unicode=True, sort_keys=False)
        (folder / f"content/teams/{id}.yaml").write_text(text, "utf-8")
    # Days on which something turns are the ones that matter: where an entry begins, and where a certification ends.
    begins = [one["since"] for entry in teams.values() for one in entry["status"]]
    ends = [end(one) for entry in teams.values() for one in entry["status"] if one.get("level") == "certified"]
    ends = [day for day in ends if day < datetime.date.max] or begins
    last = chance.choice(ends or [datetime.date(2020, 2, 29)])
    days = [datetime.date(2026, 11, 21), chance.choice(begins or [last]), last, last + DAY]
    for day in days:
        words = [os.environ["PEERAGE"], "build", "--quiet", "--today", str(day), "--out", folder / "public", folder]
        built = subprocess.run(words, capture_output=True, text=True)
        held.equal(f"seed {SEED}, directory {number} on {day}: {built.stderr[-800:]}", built.returncode, 0)
        hold(folder / "public", teams, day)
    checked = subprocess.run([sys.executable, LINKS, folder / "public"], capture_output=True, text=True)
    held.equal(f"seed {SEED}, directory {number}: {checked.stdout[-800:]}", checked.returncode, 0)

sys.exit(held.finish(f"{DIRECTORIES} directories made at random by seed {SEED}"))
