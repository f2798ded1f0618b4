"""security.txt, held against sectxt, which knows RFC 9116 clause by clause."""
import sys

import sectxt

from _entries import Held
from _sites import CONTENT, build

held = Held()
fact = held.holds
MORE = "base_url: https://directory.example/\nsecurity_contact: ['security@directory.example', 'https://directory.example/tell']\n"
path = build(CONTENT, MORE) / ".well-known/security.txt"
parser = sectxt.Parser(path.read_bytes())
fact(parser.is_valid() and not parser.errors, parser.errors)
# It would have a signature, and the key to encrypt to, which only the operator has; and the test lives on a day of its own.
known = {"not_signed", "no_encryption"}
fact({one["code"] for one in parser.recommendations} <= known, parser.recommendations)
fields = [(line["field_name"], line["value"]) for line in parser.lines if line["type"] == "directive" or line["field_name"]]
for field in [
    ("contact", "mailto:security@directory.example"),
    ("contact", "https://directory.example/tell"),
    ("expires", "2027-05-21T00:00:00Z"),
    ("canonical", "https://directory.example/.well-known/security.txt"),
]:
    fact(field in [(name.lower(), value) for name, value in fields], f"{field} is not in {fields}")

fact(not (build(CONTENT, MORE.replace("example/\n", "example/sub/\n", 1)) / ".well-known/security.txt").exists(), "not below a path")
sys.exit(held.finish("sectxt"))
