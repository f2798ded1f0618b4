#!/usr/bin/env python3
"""Drives IntelMQ's own expert `trusted_introducer_lookup` with our files in the shape of the Trusted Introducer.

A plain web server hands out the site. Nothing of the expert is replaced but the host in its address, so what it fetches is
the newer path, as HTML; and once more the older one. The contacts below were worked out by hand from the entries.
usage: intelmq.py SITE CONTENT
"""
import logging
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

# This file has the name of the package, and its folder comes first.
sys.path[:] = [path for path in sys.path if not path.endswith("interop")]

from intelmq.bots.experts.trusted_introducer_lookup import expert  # noqa: E402
from intelmq.lib.bot import BotLibSettings  # noqa: E402

OLDER = "/directory/teams.json"
TIDENHAFEN, LEUCHTFEUER = "cert@tidenhafen.example", "csirt@leuchtfeuer.example"
ALPHA, PELANDUK = "cert@alpha.example", "cert@pelanduk.example"

# What is asked, what is expected, and why.
EVENTS = [
    ({"source.fqdn": "alpha.example"}, ALPHA, "a claimed domain itself"),
    ({"source.fqdn": "www.lab.uni.alpha.example"}, ALPHA, "a sub-domain, four levels down"),
    ({"source.fqdn": "notalpha.example"}, None, "a name that only ends alike"),
    ({"source.fqdn": "www.karee.example"}, "csirt@karee.example", "a claim that is written with *."),
    ({"source.fqdn": "karee.example"}, "csirt@karee.example", "the same without a sub-domain"),
    ({"source.fqdn": "www.xn--bcher-kva.example"}, TIDENHAFEN, "an internationalised name, below a claim in U-labels"),
    ({"source.fqdn": "xn--xyvo8j.example"}, "cirt@sakurabuchi.example", "the same in another script"),
    ({"source.fqdn": "xn--eebddq5c.example"}, "csirt@kalanit.example", "the same from right to left"),
    ({"source.asn": 64496}, ALPHA, "an AS number"),
    ({"source.asn": 65536}, ALPHA, "an AS number that is written AS65536 in the entry"),
    ({"source.asn": 64499, "source.fqdn": "gone.example"}, "cirt@sakurabuchi.example", "an AS number where no domain is claimed"),
    ({"source.asn": 64496, "source.fqdn": "pelanduk.example"}, PELANDUK, "the domain before the AS number"),
    ({"source.fqdn": "xn--freihafen-sd-nlb.example"}, TIDENHAFEN, "a domain of two teams: the higher level"),
    ({"source.asn": 65537}, TIDENHAFEN, "an AS number of two teams: the higher level"),
    ({"source.fqdn": "www.reederei.tidenhafen.example"}, LEUCHTFEUER, "the more specific claim, though of a lower level"),
    ({"source.fqdn": "vogelwarte.tidenhafen.example"}, TIDENHAFEN, "a claim of a team without an address hides nobody"),
    ({"source.asn": 64504}, TIDENHAFEN, "nor does its AS number"),
    ({"source.fqdn": "brandseeschwalbe.example"}, None, "who has no address is no contact"),
    ({"source.fqdn": "kereru.example"}, None, "a team without a stated level"),
    ({"source.fqdn": "zuraw.example", "source.asn": 65549}, None, "a suspended team"),
    ({"source.fqdn": "xn--and-6ma2c.example"}, None, "a team that has withdrawn"),
    ({"source.ip": "192.0.2.17"}, None, "networks, which the expert does not read"),
]


class Quiet(SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, *_):
        pass


def contacts(address):
    """What the expert makes of each event, fed with the file at `address`."""
    expert.TI_DATABASE_URL = address
    bot = expert.BOT("ti-lookup", settings=BotLibSettings)
    return [bot.process_message(dict(asked))["output"][0].get("source.abuse_contact") for asked, *_ in EVENTS]


def main(site):
    logging.disable(logging.CRITICAL)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    wrong = 0
    for path in [urlsplit(expert.TI_DATABASE_URL).path, OLDER]:
        found = contacts(f"http://127.0.0.1:{server.server_port}{path}")
        for (asked, expected, why), contact in zip(EVENTS, found, strict=True):
            if contact != expected:
                wrong += 1
                print(f"{path}: {asked}: {contact} instead of {expected} ({why})")
    server.shutdown()
    print(f"IntelMQ's trusted_introducer_lookup on both paths: {len(EVENTS)} events, {wrong} contacts other than expected")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
