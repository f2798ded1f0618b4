"""teams.vcf and teams/ID.vcf, held against vobject and against the entries."""
import sys

import vobject

from _entries import Held, entries, has_withdrawn
from _sites import CONTENT, HOSTILE, HOSTILE_LINE, HOSTILE_LINK, SITE, digits, hostile

held = Held()
fact = held.holds


def cards(path):
    raw = path.read_bytes()
    fact(all(len(line) <= 75 for line in raw.split(b"\r\n")), f"{path.name}: no line is longer than 75 octets")
    fact(b"\n" not in raw.replace(b"\r\n", b""), f"{path.name}: lines end in CRLF")
    found = list(vobject.readComponents(raw.decode("utf-8")))
    for card in found:
        fact(card.validate(raiseException=True), f"{path.name}: {card.fn.value}")
    return found


def values(card, name):
    return [one.value for one in card.contents.get(name, [])]


everybody = {id: entry for id, entry in entries(CONTENT).items() if not has_withdrawn(entry)}
together = {card.fn.value: card for card in cards(SITE / "teams.vcf")}
fact(set(together) == {entry["name"] for entry in everybody.values()}, "a card for each team that has not withdrawn")
for id, entry in entries(CONTENT).items():
    alone = cards(SITE / f"teams/{id}.vcf")
    fact(len(alone) == 1 and alone[0].fn.value == entry["name"], f"{id}: a card of its own")
    card, contact = alone[0], entry.get("contact") or {}
    if id in everybody:
        fact(card.serialize() == together[entry["name"]].serialize(), f"{id}: both are the same")
    else:
        fact("Withdrawn since" in card.note.value, f"{id}: the card says that the team has withdrawn")
        contact = {}  # how it was reached is told no more
    fact(values(card, "email") == [email["address"] for email in contact.get("emails") or []], f"{id}: addresses")
    fact(values(card, "tel") == [digits(phone["number"]) for phone in contact.get("phones") or []], f"{id}: numbers")
    fact(values(card, "tz") == ([contact["timezone"]] if "timezone" in contact else []), f"{id}: time zone")
    uid = (entry.get("misp") or {}).get("org_uuid")
    fact(card.uid.value.startswith("urn:uuid:") and (not uid or card.uid.value == f"urn:uuid:{uid}"), f"{id}: UID")
    named = [(key["fingerprint"] if isinstance(key, dict) else key).replace(" ", "") for key in entry.get("keys") or []]
    for key in values(card, "key"):
        fact(key.removeprefix("openpgp4fpr:") in named or not named, f"{id}: {key}")
fact(len({card.uid.value for card in together.values()}) == len(together), "no two cards have one UID")

site = hostile()
card = cards(site / "teams.vcf")[0]
fact(card.fn.value == HOSTILE and card.org.value == [HOSTILE_LINE, HOSTILE_LINE], f"a hostile name: {card.fn.value}")
fact(card.adr.value.street.endswith(HOSTILE_LINE), f"a hostile address: {card.adr.value.street}")
fact(values(card, "url") == [HOSTILE_LINK.replace("'", "%27").replace(",", "%2C")], f"a link is read whole: {card.url.value}")
fact(values(card, "tel") == ["tel:+12025550100"] and card.tel.params["PREF"] == ["1"], "a number")

sys.exit(held.finish("vobject"))
