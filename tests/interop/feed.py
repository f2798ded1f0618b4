"""changes.atom, held against feedparser, against api/v1/changes.json and against the histories of the entries."""
import datetime
import json
import sys

import feedparser

from _entries import Held, entries
from _sites import CONTENT, HOSTILE, SITE, TODAY, build, hostile

held = Held()
fact = held.holds


def feed(path):
    found = feedparser.parse(path.read_bytes())
    fact(not found.bozo and found.version == "atom10", f"{path.name}: {found.get('bozo_exception')}")
    return found


found = feed(SITE / "changes.atom")
told = json.loads((SITE / "api/v1/changes.json").read_text())
days = [entry.updated[:10] for entry in found.entries]
fact(days == sorted(days, reverse=True) and found.feed.updated[:10] == days[0], "newest first")
fact(len(days) == min(100, told["total"]) and max(days) <= TODAY, f"{len(days)} entries")
fact(len({entry.id for entry in found.entries}) == len(days), "no two entries have one id")
fact(all(entry.id.startswith("urn:uuid:") and not entry.get("links") for entry in found.entries), "ids, and no links")
in_json = [(change["on"], f"{change['team']['name']}: {change['text']}", change["kind"]) for change in told["changes"]]
for at, entry in enumerate(found.entries):
    fact((entry.updated[:10], entry.title, entry.tags[0].term) == in_json[at], f"{entry.title} as in changes.json")

# On every day on which a history says something new, something came about; and assessments are never told.
by_day = {(change["on"], change["team"]["id"]): change for change in told["changes"]}
total = 0
for id, entry in entries(CONTENT).items():
    past = [one for one in entry.get("status") or [] if one["since"] <= TODAY]
    for before, one in zip([None] + past, past):
        change = by_day.get((one["since"], id))
        fact(change, f"{id}: nothing is told of {one['since']}")
        if change and one.get("state"):
            fact(change["kind"] == {"suspended": "suspended", "withdrawn": "withdrew"}[one["state"]], f"{id}: {change['text']}")
        elif change and before is None:
            fact((change["kind"], change["level"]) == ("joined", one["level"]), f"{id}: {change['text']}")
        total += 1
fact(told["total"] == len(told["changes"]) >= total, "all are there")
fact("SIM3" not in (SITE / "changes.atom").read_text() + json.dumps(told), "no assessment is told")

# With an address: links, and the same ids where the namespace is stated; a year later, whatever is still there is the same.
uuid = "uuid: 5694da62-6314-4565-9c4d-1298538826be\n"
plain, linked = (feed(build(CONTENT, uuid + more) / "changes.atom") for more in ["", "base_url: https://d.example/s/\n"])
fact([one.id for one in plain.entries] == [one.id for one in linked.entries], "ids do not depend on the address")
fact(linked.feed.links[0].href == "https://d.example/s/changes.atom", "the feed knows where it is")
fact(all(one.link.startswith("https://d.example/s/teams/") for one in linked.entries), "entries lead to teams")

one = feed(hostile() / "changes.atom")
fact(one.entries[0].title_detail.value == f"{HOSTILE}: Joined: Listed", f"a hostile name: {one.entries[0].title}")

sys.exit(held.finish("feedparser"))
