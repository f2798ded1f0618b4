"""expiry.ics and events.ics, held against icalendar and vobject, and against what the entries say of ends."""
import datetime
import json
import sys

import icalendar
import vobject

from _entries import Held, entries, has_withdrawn
from _sites import CONTENT, HOSTILE, HOSTILE_LINE, SITE, TODAY, hostile

held = Held()
fact = held.holds
day = datetime.date.fromisoformat
# For how long what has ended stays: `expiring_days` of the policy.
SINCE = (day(TODAY) - datetime.timedelta(days=180)).isoformat()


def events(path):
    raw = path.read_bytes()
    fact(all(len(line) <= 75 for line in raw.split(b"\r\n")), f"{path.name}: no line is longer than 75 octets")
    calendar = icalendar.Calendar.from_ical(raw)
    found = list(calendar.walk("VEVENT"))
    for event in found:
        fact(not event.errors, f"{event.get('SUMMARY')}: {event.errors}")
        fact(type(event["DTSTART"].dt) is datetime.date and event["TRANSP"] == "TRANSPARENT", f"{event['SUMMARY']}: all day")
        fact(event["DTSTAMP"].dt.isoformat() == f"{TODAY}T00:00:00+00:00", f"{event['SUMMARY']}: DTSTAMP")
    other = vobject.readOne(raw.decode("utf-8"))
    fact(other.validate(raiseException=True), "vobject finds it valid")
    fact([one.summary.value for one in other.vevent_list] == [str(event["SUMMARY"]) for event in found], "vobject reads the same")
    fact(len({event["UID"] for event in found}) == len(found), "no two events have one UID")
    fact(calendar["REFRESH-INTERVAL"].dt == datetime.timedelta(days=1), "asked for once a day")
    return {(str(event["SUMMARY"]), event["DTSTART"].dt.isoformat()) for event in found}


def later(date, months):
    """So many months later; the last day of a shorter month."""
    month = date.month - 1 + months
    first = datetime.date(date.year + month // 12, month % 12 + 1, 1)
    last = (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
    return min(last, first + datetime.timedelta(days=date.day - 1)).isoformat()


def expected(entry):
    """What of a team ends, and when, by its entry alone."""
    history = [one for one in entry.get("status") or [] if one["since"] <= TODAY]
    levels = [one for one in history if one.get("level") not in (None, "certification-candidate")]
    newest = levels[-1] if levels else {}
    if newest.get("level") == "certified":
        until = newest.get("until") or later(day(newest["since"]), 36)
        yield "Certification", until
    elif newest.get("level") == "accreditation-candidate":
        until = later(day(newest["since"]), 3)
        # What is announced for a day before that ends the candidacy.
        if not any(TODAY < one["since"] <= until for one in entry["status"]):
            yield "Time to become accredited", until
    if newest.get("level") in ("accredited", "certified") and "confirmed" in entry:
        yield "Confirmation of the data", later(day(entry["confirmed"]), 4)
    assessed = [one["assessed"] for one in entry.get("maturity") or []]
    if assessed:
        yield "SIM3 assessment", later(day(max(assessed)), 36)
    for agreement in entry.get("agreements") or []:
        if "until" in agreement:
            yield f"Agreement “{agreement['name']}”", agreement["until"]
    if history and history[-1].get("state") == "suspended" and "until" in history[-1]:
        yield "Suspension", history[-1]["until"]


found = events(SITE / "expiry.ics")
wanted = set()
for id, entry in entries(CONTENT).items():
    if not has_withdrawn(entry):
        wanted |= {(f"{entry['name']}: {what} ends", until) for what, until in expected(entry) if until != "unknown" and until >= SINCE}
names = {id: entry["name"] for id, entry in entries(CONTENT).items()}
index = json.loads((SITE / "keys.json").read_text())["keys"]
for key in index:
    until = key["expires"] or key["stated_expires"]
    if until and until >= SINCE and not key["revoked"] and not has_withdrawn(entries(CONTENT)[key["team"]]):
        digits = key["fingerprint"][-16:]
        groups = " ".join(digits[at : at + 4] for at in range(0, 16, 4))
        kind = "Key" if key["kind"] == "openpgp" else "S/MIME certificate"
        wanted.add((f"{names[key['team']]}: {kind} …{groups} ends", until))
for one in wanted:
    fact(one in found, f"missing: {one}")
for one in found - wanted:
    fact("Encryption to key" in one[0], f"nobody stated this: {one}")

def stated(text):
    """What the front matter of a meeting says, which here has one line for each key."""
    return dict(line.split(": ", 1) for line in text.split("---")[1].strip().splitlines())


meetings = [stated(path.read_text()) for path in (CONTENT / "events").glob("*.md")]
fact(len(meetings) > 1, "the sample has meetings")
fact(events(SITE / "events.ics") == {(one["title"], one["since"]) for one in meetings}, "the meetings, and no others")
for event in icalendar.Calendar.from_ical((SITE / "events.ics").read_bytes()).walk("VEVENT"):
    one = next(one for one in meetings if one["title"] == event["SUMMARY"])
    last = day(one.get("until", one["since"]))
    fact(event["DTEND"].dt == last + datetime.timedelta(days=1), f"{one['title']}: the end is the day after the last")
    fact(("LOCATION" in event) == ("place" in one), f"{one['title']}: the place, where it is public")

site = hostile()
one = events(site / "expiry.ics")
fact(one == {(f"{HOSTILE}: Agreement “{HOSTILE_LINE}” ends", "2027-05-01")}, f"a hostile name: {one}")
raw = (site / "expiry.ics").read_bytes()
link = "https://directory.example/a,b;c/teams/x.html"
read = [str(event["URL"]) for event in icalendar.Calendar.from_ical(raw).walk("VEVENT")]
read += [event.url.value for event in vobject.readOne(raw.decode("utf-8")).vevent_list]
fact(read == [link, link], f"a link stays the same: {read}")

sys.exit(held.finish("icalendar and vobject"))
