"""sitemap.xml, held against Python's XML parser, the pages of the site, and the dates of the entries."""
import sys
import xml.etree.ElementTree as xml

from _entries import Held, entries
from _sites import CONTENT, TODAY, build

held = Held()
fact = held.holds
BASE = "https://directory.example/a&b/"
NAME = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
site = build(CONTENT, f"base_url: {BASE}\n")
root = xml.parse(site / "sitemap.xml").getroot()
fact(root.tag == f"{NAME}urlset", root.tag)
listed = {url.find(f"{NAME}loc").text: url.findtext(f"{NAME}lastmod") for url in root}
pages = {BASE + page.relative_to(site).as_posix() for page in site.rglob("*.html")} - {f"{BASE}404.html"}
# JSON, at an address that ends in a slash
pages = {page for page in pages if not page.startswith(f"{BASE}trusted-introducer/")}
for page in pages | set(listed):
    fact(page in pages and page in listed, page)
for id, entry in entries(CONTENT).items():
    changed = listed.pop(f"{BASE}teams/{id}.html")
    dates = [one["since"] for one in entry.get("status") or []] + [entry.get("confirmed", "")]
    newest = max([date for date in dates if date <= TODAY], default="")
    fact((changed or "") >= newest and (changed or "") <= TODAY, f"{id}: {changed}, and not {newest}")
fact(not any(listed.values()), "no other page tells a day")
fact(not (build(CONTENT, "") / "sitemap.xml").exists(), "none without an address")
sys.exit(held.finish("Python's XML parser"))
