#!/usr/bin/env python3
"""Works out what the statistics of the cohort must be, by itself: nothing of Peerage is used.

The cohort stands in teams.csv and scores.csv, as in a spreadsheet: a line for each team, and one for each assessment.
`python3 figures.py`, run in this folder, writes expected.csv, one figure to a line, and working.txt, which shows how
each figure of maturity comes about, to be followed by hand.
"""

import csv
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

TODAY = date(2026, 11, 21)
LEVELS = ["listed", "accreditation-candidate", "accredited", "certification-candidate", "certified"]
PROFILE = {"O-1": 3, "O-2": 2, "O-6": 3, "H-7": 1, "T-4": 1, "P-17": 1}  # as in profile.yaml, for sim3-v2i
LEAST = 5  # groups of fewer teams have no figures of their own

out = []
working = []


def figure(section, series, group, item, measure, value):
    out.append([section, series, group, str(item), measure, str(value)])


def three_years_later(day):
    return date(day.year + 3, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def half_up(x):
    """To the next whole number, half upwards."""
    return floor(x + Fraction(1, 2))


def rank(values, quarters):
    """The value at place n * quarters / 4, rounded up to a whole place, of the sorted list."""
    return sorted(values)[ceil(Fraction(len(values) * quarters, 4)) - 1]


def quartiles(section, series, group, item, values):
    for name, quarters in (("lower quartile", 1), ("median", 2), ("upper quartile", 3)):
        figure(section, series, group, item, name, rank(values, quarters))


# ---- The teams ----

teams = []
for row in csv.DictReader(open("teams.csv", encoding="utf-8")):
    history = []
    for entry in filter(None, row["history"].split("; ")):
        what, since, *until = entry.split(" ")
        since = date.fromisoformat(since)
        end = None
        if until and until[0] != "unknown":
            end = date.fromisoformat(until[0])
        elif what == "certified" and not until:
            end = three_years_later(since)
        history.append((since, what, end))
    row["history"] = history
    row["established"] = date.fromisoformat(row["established"]) if row["established"] else None
    teams.append(row)


def status(history, day):
    """What a team is on a day: walked through day by day events, from the first."""
    level, certified_until, state, state_until, seen = None, None, None, None, False
    for since, what, end in history:
        if since > day:
            break
        seen = True
        if what in ("suspended", "withdrawn"):
            if state != "withdrawn":
                state, state_until = what, end
            continue
        if state == "withdrawn":
            certified_until = None  # who comes back begins anew
        state = None
        if what == "certified":
            certified_until = end or date.max
            level = "accredited"  # what is left when it ends
        elif what == "certification-candidate":
            level = what
        else:
            level, certified_until = what, None
    if not seen:
        return None
    if state and (state_until is None or day <= state_until):
        return state
    if certified_until and day <= certified_until:
        return "certified"
    return level


# ---- Levels at the end of each year ----

first = min(t["history"][0][0].year for t in teams if t["history"])
for year in range(first, TODAY.year + 1):
    day = min(date(year, 12, 31), TODAY)
    found = [status(t["history"], day) for t in teams]
    for level in LEVELS:
        figure("levels", "", "", year, level, found.count(level))
    figure("levels", "", "", year, "suspended", found.count("suspended"))
    figure("levels", "", "", year, "withdrawn", found.count("withdrawn"))
    figure("levels", "", "", year, "total", sum(1 for s in found if s not in (None, "withdrawn")))

# ---- Certifications, by looking at each day's change ----

changes = {}
for t in teams:
    for since, what, _ in t["history"]:
        if what == "certified" and since <= TODAY:
            before = status(t["history"], since - timedelta(days=1))
            changes.setdefault(since.year, []).append("renewed" if before == "certified" else "granted")
    # Lapsed: certified on its last day, by date, and not on the next.
    for last in [end for _, what, end in t["history"] if what == "certified" and end]:
        on = last + timedelta(days=1)
        if on <= TODAY and status(t["history"], last) == "certified" and status(t["history"], on) != "certified":
            changes.setdefault(on.year, []).append("lapsed")
for year in range(min(changes), TODAY.year + 1):
    for what in ("granted", "renewed", "lapsed"):
        figure("certifications", "", "", year, what, changes.get(year, []).count(what))

# ---- Countries, types, ages, ways ----

active = [t for t in teams if status(t["history"], TODAY) != "withdrawn"]


def ranks(section, key, members):
    now = [status(t["history"], TODAY) for t in members]
    figure(section, "", "", key, "teams", len(members))
    figure(section, "", "", key, "accredited", sum(now.count(level) for level in LEVELS[2:]))
    figure(section, "", "", key, "certified", now.count("certified"))


for country in sorted({t["country"] for t in active}):
    ranks("countries", country, [t for t in active if t["country"] == country])
for kind in sorted({k for t in active for k in t["types"].split()}):
    ranks("types", kind, [t for t in active if kind in t["types"].split()])


def age(day):
    return TODAY.year - day.year - ((TODAY.month, TODAY.day) < (day.month, day.day))


ages = [age(t["established"]) for t in active if t["established"]]
bands = [0, 2, 5, 10, 15, 20]
for low, high in zip(bands, bands[1:] + [1000]):
    figure("ages", "", "", f"from {low} years", "teams", sum(1 for a in ages if low <= a < high))
figure("ages", "", "", "not stated", "teams", len(active) - len(ages))
quartiles("ages", "", "", "all", ages)

for path, begin, end in (
    ("listed-to-accredited", "listed", "accredited"),
    ("accredited-to-certified", "accredited", "certified"),
    ("listed-to-certified", "listed", "certified"),
):
    days = []
    for t in active:
        reached = {}
        for since, what, _ in t["history"]:
            if since <= TODAY:
                reached.setdefault(what, since)
        if begin in reached and end in reached and reached[begin] < reached[end]:
            days.append((reached[end] - reached[begin]).days)
    figure("spans", "", "", path, "teams", len(days))
    quartiles("spans", "", "", path, days)

# ---- Maturity ----

by_id = {t["team"]: t for t in active}
newest = {}
rows = list(csv.DictReader(open("scores.csv", encoding="utf-8")))
parameters = [name for name in rows[0] if "-" in name]
for row in rows:
    day = date.fromisoformat(row["assessed"])
    key = (row["model"], row["kind"], row["team"])
    if row["team"] in by_id and day <= TODAY and (key not in newest or newest[key]["assessed"] < row["assessed"]):
        newest[key] = row
counting = {k: r for k, r in newest.items() if TODAY <= three_years_later(date.fromisoformat(r["assessed"]))}


def spread(series, group, item, values):
    n, total = len(values), sum(values)
    mean = Fraction(half_up(Fraction(total * 10, n)), 10)
    counts = [values.count(score) for score in range(5)]
    shares = [5 * half_up(Fraction(count * 100, n) / 5) for count in counts]
    figure("maturity", series, group, item, "scores", n)
    figure("maturity", series, group, item, "mean", f"{float(mean):.1f}")
    quartiles("maturity", series, group, item, values)
    for score, share in enumerate(shares):
        figure("maturity", series, group, item, f"share of {score}", share)
    listed = " ".join(map(str, sorted(values))) if n <= 10 else f"{counts[0]}x0 {counts[1]}x1 {counts[2]}x2 {counts[3]}x3 {counts[4]}x4"
    places = ", ".join(f"{n}*{q}/4={n * q / 4:g} -> place {ceil(Fraction(n * q, 4))}: {rank(values, q)}" for q in (1, 2, 3))
    parts = ", ".join(f"{c}/{n}={100 * c / n:.1f}% -> {s}" for c, s in zip(counts, shares))
    working.append(f"{series}  {group}  {item}:  {listed}\n    mean {total}/{n} = {total / n:.3f} -> {float(mean):.1f};  places {places};  shares {parts}\n")


for model in ("sim3-v1", "sim3-v2i"):
    for kind in sorted({k[1] for k in counting}, key=["self-assessment", "audit"].index):
        members = {k[2]: r for k, r in counting.items() if k[:2] == (model, kind)}
        groups = [("all", list(members))]
        for level in LEVELS:
            groups.append((f"level/{level}", [t for t in members if status(by_id[t]["history"], TODAY) == level]))
        for kind_of_team in sorted({k for t in members for k in by_id[t]["types"].split()}):
            groups.append((f"type/{kind_of_team}", [t for t in members if kind_of_team in by_id[t]["types"].split()]))
        series = f"{model}-{kind}"
        for group, ids in groups:
            if group != "all" and len(ids) < LEAST:
                continue
            figure("maturity", series, group, "", "teams", len(ids))
            scores = lambda names: [int(members[t][p]) for p in names for t in ids if members[t][p] != ""]
            for letter in "HOPT":
                values = scores([p for p in parameters if p[0] == letter])
                if values:
                    spread(series, group, letter, values)
            for parameter in parameters:
                if scores([parameter]):
                    spread(series, group, parameter, scores([parameter]))
            if model == "sim3-v2i":
                meet = [t for t in ids if all(members[t][p] != "" and int(members[t][p]) >= least for p, least in PROFILE.items())]
                share = 5 * half_up(Fraction(len(meet) * 100, len(ids)) / 5)
                figure("maturity", series, group, "test-profile", "share that meets it", share)
                working.append(f"{series}  {group}  test-profile: met by {', '.join(sorted(meet)) or 'nobody'}; {len(meet)} of {len(ids)} -> {share}\n")

with open("expected.csv", "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["section", "series", "group", "item", "measure", "value"])
    writer.writerows(out)
open("working.txt", "w", encoding="utf-8").write("\n".join(working))
