"""Small sites of their own, for the checks beside this file: with other settings, or with a hostile entry."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import yaml

SITE, CONTENT = (pathlib.Path(path) for path in sys.argv[1:3])
# The day as of which SITE was built; every figure that a check has worked out by hand is for it.
TODAY = os.environ["PEERAGE_TODAY"]
FOLDERS = []

# A name with everything that some format gives a meaning to, and longer than a folded line.
HOSTILE = "=cmd|' /C x'!A0;+1, \"<b>]]>&amp;\\n</script> فريق \u200f\U0001f6e1 " + "ž日" * 8
HOSTILE_LINE = HOSTILE + "e\u0301" * 90
HOSTILE_LINK = "https://x.example/a,b;c:d?e=f,g&h='i';" + "j,k;" * 30


def digits(number):
    """A telephone number as a link has it."""
    return "tel:" + "".join(c for c in number if c in "+0123456789")


def temporary():
    """A folder that is there until the check ends."""
    FOLDERS.append(tempfile.TemporaryDirectory())
    return pathlib.Path(FOLDERS[-1].name)


def build(content, more):
    """The folder of a site built of a copy of the folder `content` with more lines in `site.yaml`."""
    folder = temporary()
    shutil.copytree(content, folder / "content")
    with open(folder / "content/site.yaml", "a", encoding="utf-8") as site:
        site.write("\n" + more)
    words = [os.environ["PEERAGE"], "build", "--today", TODAY, "--out", folder / "public", folder]
    subprocess.run(words, check=True, capture_output=True)
    return folder / "public"


def hostile():
    """The folder of a site with one team, `x`, whose texts are as hostile as an entry lets them be."""
    content = temporary() / "content"
    (content / "teams").mkdir(parents=True)
    site = {"title": HOSTILE, "sample": "true", "base_url": "https://directory.example/a,b;c/"}
    team = {
        "name": HOSTILE,
        "official_name": HOSTILE_LINE,
        "host": HOSTILE_LINE,
        "country": "AT",
        "website": HOSTILE_LINK,
        "contact": {
            "emails": [{"address": "=cmd|'/c'!a0@alpha.example", "usage": ["contact"]}],
            "phones": [{"number": "+1 202 555 0100", "usage": ["voice", "emergency"]}],
            "hours": HOSTILE_LINE,
            "address": "\"1\"; Main: Street, =2\n+3\n\\n" + HOSTILE_LINE,
        },
        "agreements": [{"kind": "code-of-practice", "name": HOSTILE_LINE, "until": "2027-05-01"}],
        "status": [{"level": "listed", "since": "2020-01-01"}],
    }
    for path, data in [("site.yaml", site), ("teams/x.yaml", team)]:
        (content / path).write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return build(content, "formats: [csv, vcard, team-vcard, icalendar, atom, json-ld]\n")
