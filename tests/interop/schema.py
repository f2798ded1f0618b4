"""Holds the schemas of what people write against the checker: both take and both refuse the same files.

The files are those of `tests/schema`: good ones, bad ones, each for one reason, and those that the checker alone can refuse,
which is as far as a schema sees; the sample; and the broken entries of `tests/rules`.
"""
import pathlib
import sys

from _judges import FOLDERS, KINDS, by_checker, by_schema

CONTENT = pathlib.Path(sys.argv[2])
TESTS = pathlib.Path(__file__).parent.parent
# Rules whose breach takes more to see than what a schema can say of one file.
BEYOND = {
    "before-established",  # dates in order
    "broken-key",  # the files of keys
    "circular-vouching",  # other entries
    "duplicate-key",  # which YAML forbids
    "history-order",
    "history-same-day",
    "impossible-sponsor",
    "no-matching-user-id",
    "not-entitled",
    "period-order",
    "same-certificate",
    "same-uuid",
    "typed-expiry",
    "unknown-authority",
    "unknown-sponsor",
    "wrong-fingerprint",
    "yaml-feature",  # anchors, aliases, tags
    "secret-key",
}
wrong = []
held = 0


def corpus(folder):
    """The files of a folder by their kind."""
    files = sorted((TESTS / "schema" / folder).glob("*.yaml"))
    of_kind = {kind: [file for file in files if file.name.startswith(f"{kind}-")] for kind in KINDS}
    assert sum(map(len, of_kind.values())) == len(files) and all(of_kind["entry"]), folder
    return of_kind


for folder, checker_refuses, schema_refuses in [("good", False, False), ("bad", True, True), ("unseen", True, False)]:
    for kind, files in corpus(folder).items():
        texts = [file.read_text(encoding="utf-8") for file in files]
        for file, text, rules in zip(files, texts, by_checker(kind, texts)):
            errors = by_schema(kind, text)
            held += 1
            if bool(rules) != checker_refuses or bool(errors) != schema_refuses:
                wrong.append(f"{folder}/{file.name}: the checker says {rules}, the schema {errors}")
            elif folder == "bad" and len(rules) != 1:
                wrong.append(f"bad/{file.name}: more than one reason: {rules}")

for kind, files in {**{kind: CONTENT.glob(f"{folder}/*.yaml") for kind, folder in FOLDERS.items()}, "site": [CONTENT / "site.yaml"]}.items():
    count = 0
    for file in files:
        count += 1
        wrong += [f"{file}: {error}" for error in by_schema(kind, file.read_text(encoding="utf-8"))]
    assert count, f"the sample has no {kind}"
    held += count

seen, beyond = set(), set()
files = sorted((TESTS / "rules").glob("*/fail/content/teams/*.yaml"))
files = [file for file in files if file.is_file() and not {"yaml-syntax", "yaml-feature"} & set(file.parts)]
texts = [file.read_text(encoding="utf-8") for file in files]
for file, text, rules in zip(files, texts, by_checker("entry", texts)):
    held += 1
    errors = by_schema("entry", text)
    seen.update(rules if errors else [])
    beyond.update([] if errors else rules)
    if bool(errors) != bool(set(rules) - BEYOND):
        wrong.append(f"{file}: the checker says {rules}, the schema {errors}")
assert len(seen) > 20 and beyond <= BEYOND, (seen, beyond)

print("\n".join(wrong))
assert not wrong and held > 200, f"{len(wrong)} of {held} files are judged otherwise"
print(f"{held} files: schema and checker agree; {len(seen)} rules are seen by both")
