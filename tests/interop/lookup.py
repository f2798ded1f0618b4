"""Runs the recipes of docs/lookup.md, for a shell and for Python, over a site whose trees have branched, and holds what they
find against what the command finds."""
import ipaddress
import json
import os
import pathlib
import random
import re
import subprocess

import _sites

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs/lookup.md"
SHELL, PYTHON = (re.search(f"```{language}\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)[1] for language in ("sh", "python"))
PLACE = "https://directory.example/lookup"
assert PLACE in SHELL and PLACE in PYTHON

chance = random.Random(7)
LABELS = ["a", "b", "mail", "alpha"]


def some_address(version):
    """Close to each other, so that the tree goes deep."""
    if version == 4:
        return f"192.0.{chance.randrange(4)}.{chance.randrange(256)}"
    return f"2001:db8:{chance.randrange(4):x}::{chance.randrange(256):x}"


def some_network(version):
    length = chance.choice([8, 16, 20, 24, 28, 30, 32]) if version == 4 else chance.choice([32, 44, 48, 64, 120, 127])
    return str(ipaddress.ip_network(f"{some_address(version)}/{length}", strict=False))


def some_domain():
    return ".".join(chance.choices(LABELS, k=chance.randrange(3)) + [chance.choice(["example", "test"])])


content = _sites.temporary()
(content / "teams").mkdir()
(content / "site.yaml").write_text("title: T\nsample: true\nformats: [lookup, lookup-files]\n", encoding="utf-8")
for number in range(250):
    claims = {"domains": [some_domain()], "networks": sorted({some_network(4), some_network(6)})}
    entry = {"name": f"Team {number}", "country": "AT", "constituency": claims}
    entry["contact"] = {"emails": [{"address": f"cert@team-{number}.example", "usage": ["contact"]}]}
    (content / f"teams/team-{number}.yaml").write_text(json.dumps(entry), encoding="utf-8")
site = _sites.build(content, "")
here = (site / "lookup").as_uri()
assert json.loads((site / "lookup/network/ipv4.json").read_text(encoding="utf-8"))["children"], "the tree has branches"


def answer(query):
    words = [os.environ["PEERAGE"], "lookup", "--json", "--today", _sites.TODAY, query, site]
    done = subprocess.run(words, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def of_command(query, kind):
    """What the command finds by claims of this kind: pairs of a claim and an address."""
    matches = answer(query)["matches"]
    return {(why["value"], found["team"]["email"]) for found in matches for why in found["reasons"] if why["kind"] == kind}


def of_shell(call):
    done = subprocess.run(["sh", "-c", SHELL.replace(PLACE, here) + call], capture_output=True, check=False)
    assert not done.stderr, done.stderr
    return done.stdout.decode()


recipe = {}
exec(PYTHON.replace(PLACE, here), recipe)  # It is our own text, and this is what it is for.


def of_answer(matches):
    return {(why["value"], found["team"]["email"]) for found in matches for why in found["reasons"]}


def pairs(claims):
    return {(str(net), card["email"]) for net, cards in claims for card in cards}


def in_any_case(host):
    """As it is typed at night."""
    return "".join(chance.choice([c, c.upper()]) for c in host) + chance.choice(["", "."])


found, asked = 0, 0
for version in (4, 6):
    for _ in range(60):
        address = some_address(version)
        expected = of_command(address, "network")
        claims = recipe["network"](address)
        assert pairs(claims) == expected, address
        lengths = [net.prefixlen for net, _ in claims]
        assert lengths == sorted(lengths), claims
        if version == 4:
            table = [line.split("\t") for line in of_shell(f"address {address}").splitlines()]
            assert {(net, email) for net, *emails in table for email in emails} == expected, address
        found, asked = found + len(expected), asked + 1
parts, too_many = 0, 0
for version in (4, 6):
    for _ in range(30):
        network = some_network(version)
        assert pairs(recipe["network"](network)) == of_command(network, "network"), network
        within = recipe["within"](network)
        cut = {cut["key"]: cut["total"] for cut in answer(network)["cut"]}
        cut = [cut[key] for key in (f"network-within:{network}", f"network-largest:{network}") if key in cut]
        if cut:
            assert sum(len(cards) for _, cards in within) == cut[0] > 50, network
            largest = {}
            for net, cards in sorted(within, key=lambda claim: (claim[0].prefixlen, claim[0])):
                for card in cards:
                    largest.setdefault(card["email"], (str(net), card["email"]))
            few = len(largest) <= 50
            assert of_command(network, "network-within") == (set(largest.values()) if few else set()), network
        else:
            assert pairs(within) == of_command(network, "network-within"), network
        parts, too_many = parts + len(within), too_many + len(cut)
assert parts > 100 and too_many > 5, f"{parts} parts, {too_many} times too many to tell"
for _ in range(80):
    host = in_any_case(f"www.{some_domain()}")
    expected = of_command(host, "domain")
    assert of_answer(recipe["domain"](host)) == expected, host
    told = of_shell(f"domain {host}")
    assert of_answer(json.loads(told)["matches"] if told else []) == expected, host
    found, asked = found + len(expected), asked + 1
assert asked == 200 and found > 400, f"{asked} queries found {found} claims"
print(f"the recipes for shell and Python and the command find the same {found} claims by {asked} queries")
