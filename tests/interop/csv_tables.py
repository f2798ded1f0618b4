"""teams.csv and keys.csv, held against Python's csv in its strict mode, and against the entries."""
import csv
import json
import sys

from _entries import Held, entries
from _sites import CONTENT, HOSTILE, HOSTILE_LINE, SITE, TODAY, digits, hostile

held = Held()
fact = held.holds
# What spreadsheets may take for the beginning of a formula.
FORMULA = tuple("=+-@\t\r＝＋－＠")


def rows(path):
    raw = path.read_bytes()
    fact(b"\n" not in raw.replace(b"\r\n", b"") and raw.endswith(b"\r\n"), f"{path.name}: lines end in CRLF")
    with open(path, encoding="utf-8", newline="") as file:
        table = list(csv.reader(file, strict=True))
    head = table[0]
    for row in table[1:]:
        fact(len(row) == len(head), f"{path.name}: {row[0]} has all columns")
        for cell in row:
            parts = [cell] + cell.split(";")
            fact(not any(part.lstrip(' "').startswith(FORMULA) for part in parts), f"{path.name}: a formula: {cell}")
    return [dict(zip(head, row)) for row in table[1:]]


teams = {row["id"]: row for row in rows(SITE / "teams.csv")}
fact(set(teams) == set(entries(CONTENT)), "every entry is a line")
for id, entry in entries(CONTENT).items():
    row, contact = teams[id], entry.get("contact") or {}
    claims = entry.get("constituency") or {}
    fact(row["name"] == entry["name"] and row["country"] == entry["country"], f"{id}: name and country")
    for key in ["official_name", "host", "established", "confirmed"]:
        fact(row[key] == entry.get(key, ""), f"{id}: {key}")
    emails = [row["email"]] + row["other_emails"].split("; ")
    if row["status"] == "withdrawn":
        gone = ["email", "other_emails", "emergency_phones", "phones", "fax"]
        fact(not any(row[column] for column in gone), f"{id}: nobody answers for a team that has withdrawn")
        contact = {}
    for email in contact.get("emails") or []:
        fact(email["address"] in emails, f"{id}: {email['address']}")
    for phone in contact.get("phones") or []:
        usage = phone.get("usage", [])
        column = "emergency_phones" if "emergency" in usage else "fax" if "fax" in usage else "phones"
        fact(digits(phone["number"]) in row[column].split("; "), f"{id}: {phone['number']} in {column}")
    for asn in claims.get("asns") or []:
        fact("AS" + asn.removeprefix("AS") in row["asns"].split("; "), f"{id}: {asn}")
    for network in claims.get("networks") or []:
        fact(network in row["networks"].split("; "), f"{id}: {network}")
    fact(row["computed_for"] == TODAY, f"{id}: the day")

index = {key["fingerprint"]: key for key in json.loads((SITE / "keys.json").read_text())["keys"]}
keys = {row["fingerprint"].replace(" ", ""): row for row in rows(SITE / "keys.csv")}
fact(set(keys) == set(index), "the same keys as in keys.json")
for fingerprint, row in keys.items():
    key = index[fingerprint]
    known = (key["team"], key["kind"], str(key["offered"]).lower(), key["created"] or "", key["expires"] or key["stated_expires"] or "")
    fact((row["team"], row["kind"], row["offered"], row["created"], row["expires"]) == known, f"{fingerprint}: {row}")
    fact((key["offered"]) == (row["fingerprint"] in teams[row["team"]]["keys"].split("; ")), f"{fingerprint}: in teams.csv")

row = rows(hostile() / "teams.csv")[0]
for text, told in [(HOSTILE, row["name"]), (HOSTILE_LINE, row["host"])]:
    fact(told == "'" + text.replace(";+", ";'+"), f"a hostile name: {told}")
fact(row["email"] == "'=cmd|'/c'!a0@alpha.example", row["email"])
fact(row["emergency_phones"] == "tel:+12025550100", row["emergency_phones"])
fact("\n" not in row["address"] and "; '+3; " in row["address"], row["address"])

sys.exit(held.finish("Python's csv"))
