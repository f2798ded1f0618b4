"""The blocks of data on team pages, held against an HTML parser and a JSON reader, and against the entries."""
import html.parser
import json
import sys

from _entries import Held, entries, has_withdrawn
from _sites import CONTENT, HOSTILE, SITE, TODAY, hostile

held = Held()
fact = held.holds


class Blocks(html.parser.HTMLParser):
    """The content of every block of JSON-LD."""

    def __init__(self):
        super().__init__()
        self.inside, self.blocks = False, []

    def handle_starttag(self, tag, attrs):
        if tag == "script" and dict(attrs).get("type") == "application/ld+json":
            self.inside = True
            self.blocks.append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "script"

    def handle_data(self, data):
        if self.inside:
            self.blocks[-1] += data


def block(path):
    parser = Blocks()
    parser.feed(path.read_text(encoding="utf-8"))
    fact(len(parser.blocks) == 1, f"{path.name}: {len(parser.blocks)} blocks")
    return json.loads(parser.blocks[0])


for id, entry in entries(CONTENT).items():
    data, contact = block(SITE / f"teams/{id}.html"), entry.get("contact") or {}
    fact((data["@context"], data["@type"], data["name"]) == ("https://schema.org", "Organization", entry["name"]), f"{id}: name")
    fact(data.get("legalName") == entry.get("official_name") and data.get("foundingDate") == entry.get("established"), f"{id}: facts")
    fact((data.get("parentOrganization") or {}).get("name") == entry.get("host"), f"{id}: host")
    points = {point["contactType"]: point for point in data.get("contactPoint", [])}
    main = [email["address"] for email in contact.get("emails") or [] if "contact" in email.get("usage", ["contact"])]
    if main and not has_withdrawn(entry):
        fact(points["incident response"]["email"] == main[0], f"{id}: {main[0]}")
    past = [one for one in entry.get("status") or [] if one["since"] <= TODAY]
    certificate = data.get("hasCertification")
    if past and past[-1].get("level") == "certified" and past[-1].get("until", "") >= TODAY:
        fact(certificate["name"] == "Certified" and certificate["validFrom"] <= TODAY, f"{id}: {certificate}")
        if past[-1]["until"] != "unknown":
            fact(certificate["expires"] <= past[-1]["until"], f"{id}: {certificate}")
    elif not past or ("state" in past[-1] and past[-1].get("until", "9") >= TODAY) or past[-1].get("level") in ("listed", "accreditation-candidate"):
        fact(certificate is None, f"{id}: {certificate}")

page = hostile() / "teams/x.html"
fact(block(page)["name"] == HOSTILE, "a hostile name")
fact(page.read_text(encoding="utf-8").count("</script") == page.read_text(encoding="utf-8").count("<script"), "no name ends the block")

sys.exit(held.finish("an HTML parser and a JSON reader"))
