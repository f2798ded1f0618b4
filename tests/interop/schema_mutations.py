"""Changes good files in every way in which a hand slips, and holds the schemas against the checker again.

Where the shape of a file is changed (a key dropped, misspelt or empty, a value of another kind, a list too long), schema and
checker agree. Where a value is changed, whatever the checker takes the schema takes too; what the checker alone refuses is
what YAML has typed before a schema sees it, or of a few kinds that are known to be beyond it.
"""
import copy
import json
import pathlib
import re

from _core import read
from _judges import SCHEMAS, by_checker, by_schema

GOOD = pathlib.Path(__file__).parent.parent / "schema/good"
HERE = "\ue000"


def dump(value):
    """JSON that is YAML too: there no half of a character can be escaped."""
    return re.sub(r"\\ud[89ab]..\\ud[c-f]..", lambda pair: json.loads(f'"{pair[0]}"'), json.dumps(value))


# Values as they may be typed, without quotes and with them.
PLAIN = """
true True TRUE false yes no on off null ~ 0 1 -1 +1 007 08 0x1F 0o17 1_000 1e3 1.5 1. .5 .inf .nan 12:30 12e03 4 5 3650 3651
4294967294 4294967295 99999999999999999999 2024-03-01 2024-02-29 2023-02-29 2024-3-1 20240301 2024 unknown AT UK NO at zz EU
a a-b A-b a_b index com1 com10 x.y x. x..y 1.e5 1.2.3.4 xn--a ü.example b\u00fccher.example. 64500 AS64500 as64500 AS0
192.0.2.0/24 192.0.2.0/024 192.0.2.0/33 192.0.2.1 2001:db8::/32 2001:db8::1 https://x.y https:x.y HTTP://x.y/a?b#c http:///x ftp://x.y
mailto:a@b.example a@b.example a@b a@ü.example +12025550100 12025550100 +1.2025550100 +0123456789 5694da62-6314-4565-9c4d-1298538826be
Europe/Vienna UTC GMT+1 europe/vienna 72B5F05C06434D76C32F35F61F623BBA1040D8D9 0x72B5F05C06434D76C32F35F61F623BBA1040D8D9
1111222233334444555566667777888899990000 certified suspended listed contact voice audit public none sim3-v2i en gzip
data-unconfirmed invalid-date 🦀 日本
""".split()
QUOTED = ["", " ", "*.x.y", "AT\n", "AT ", " AT", "2024-03-01\n", "a\nb", "a\n", "\n\n a", "a\tb", "a\u202eb", "a\u200fb", "a\u0085", "a\x1bb"]
QUOTED += ["\ufeffa", "::1", "::/0", "::ffff:192.0.2.0/120", "https://x.y/{path}", "https://x.y/#", "https://x.y/a b", "-a", ".x"]
QUOTED += ["+1 202 555 0100", "+1 (202) 555-01/00", "+1 202 555 0100 0100 01000", "+1 202 555", "+43 (0)1 505", "x" * 81, "ž" * 100]
QUOTED += ["x" * 101, "🦀" * 100, "x" * 501, "72B5 F05C 0643 4D76 C32F  35F6 1F62 3BBA 1040 D8D9", "0" * 40, "@a", "@a/b", "@a#b", "a#b@c.example"]
# With quotes, where these make something else of it.
TOKENS = [*PLAIN, *map(dump, [token for token in PLAIN if not isinstance(read(token), str)] + QUOTED)]
# For a site there is a run of the checker for each.
FEW = ["true", "TRUE", "007", "3651", "com1", "https://x.y", '"https://x.y/{path}"', '""']
# What the checker finds wrong in a text that the schema takes: dates in order, other files, bits, the inside of names.
BEYOND = {
    "before-established", "history-order", "history-same-day", "period-order", "same-uuid", "unknown-authority", "unknown-sponsor",
    "circular-vouching", "impossible-sponsor", "not-entitled", "same-certificate",
    "invalid-domain", "invalid-network", "invalid-url", "invalid-email", "invalid-claim", "unknown-parameter",
}  # fmt: skip


def places(value, path=()):
    """Where the values in a value are, but for itself."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    for step, inner in steps:
        yield (*path, step), inner
        yield from places(inner, (*path, step))


def changed(data, path, change):
    """The data with what `change` makes of the mapping or list that holds a place."""
    data = copy.deepcopy(data)
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    change(holder, path[-1])
    return data


def put(value):
    def change(holder, step):
        holder[step] = value
    return change


def misspell(holder, step):
    items = list(holder.items())
    holder.clear()
    holder.update((key + "x" if key == step else key, value) for key, value in items)


def shapes(kind, data):
    """What becomes of the data by a slip of its shape, each with what was done where."""
    yield "all", [data]
    yield "all", "text"
    for path, value in places(data):
        if kind == "site" and any(step in path for step in range(1, 20)):
            continue
        few = least(data, path)
        kinds = [["a"], {"a": "b"}] if not isinstance(value, (dict, list)) else ["a", {} if isinstance(value, list) else []]
        for other in [None, *kinds][: 2 if kind == "site" else 3]:
            yield f"{path} becomes {other}", changed(few, path, put(other))
        if isinstance(path[-1], str):
            yield f"{path} is dropped", changed(few, path, lambda holder, step: holder.pop(step))
            yield f"{path} is misspelt", changed(few, path, misspell)
        if isinstance(value, list) and value:
            for length in (50, 51, *[10_001] * (path[0] == "constituency")):
                yield f"{path} is {length} long", changed(few, path, put(value[:1] * length))


def kind_at(schema, path):
    """The definition of what stands at a place, or the schema itself."""
    name = ""
    here = schema
    for step in path:
        if isinstance(step, int):
            here = here["items"]
        else:
            here = here.get("properties", {}).get(step) or here["additionalProperties"]
        while "$ref" in here or "anyOf" in here:
            name = here["$ref"] if "$ref" in here else here["anyOf"][0]["$ref"]
            here = schema["definitions"][name.rsplit("/")[-1]]
            if name.endswith(("Until", "Claim")):
                break
    return name or json.dumps(here)


# The kinds of values that were changed.
seen = set()


def least(data, path):
    """What is required, and the way to a place, so that nothing else is judged again and again."""
    required = ("name", "country", "title", "source", "verified", "model", "minimum")
    return {key: value for key, value in data.items() if key in required or key == path[0]}


def values(kind, data):
    """The data with each value in the place of one of each kind that no other file has shown yet."""
    for path, value in places(data):
        name = kind_at(SCHEMAS[kind], path)
        if isinstance(value, (dict, list)) or name in seen:
            continue
        seen.add(name)
        text = dump(changed(least(data, path), path, put(HERE)))
        for token in FEW if kind == "site" else TOKENS:
            yield f"{name} as {token}", text.replace(dump(HERE), token)


def typed(value):
    """Whether YAML has made something else of a text."""
    return any(not isinstance(inner, (str, dict, list)) for _, inner in places(value))


wrong, counts = [], {"shapes": 0, "values": 0, "refused by both": 0, "taken by both": 0, "refused by the checker alone": 0}
for kind in SCHEMAS:
    data = read((GOOD / f"{kind}-whole.yaml").read_text(encoding="utf-8"))
    done = [(what, dump(slip), True) for what, slip in shapes(kind, data)]
    counts["shapes"] += len(done)
    done += [(what, text, False) for what, text in values(kind, data)]
    for (what, text, is_shape), rules in zip(done, by_checker(kind, [text for _, text, _ in done])):
        errors = by_schema(kind, text)
        both = "refused by both" if rules and errors else "taken by both" if not rules and not errors else None
        if both:
            counts[both] += 1
        elif rules and (set(rules) <= BEYOND or (typed(read(text)) and not is_shape)):
            counts["refused by the checker alone"] += 1
        else:
            wrong.append(f"{kind}: {what}: the checker says {rules}, the schema {errors}: {text[:300]}")
    counts["values"] += len(done)
counts["values"] -= counts["shapes"]

print("\n".join(wrong[:40]))
assert not wrong, f"{len(wrong)} changed files are judged otherwise"
assert counts["shapes"] > 800 and counts["values"] > 5000 and len(seen) > 35, counts
assert counts["refused by the checker alone"] * 8 < counts["refused by both"], counts
print("; ".join(f"{what}: {count}" for what, count in counts.items()))
