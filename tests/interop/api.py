"""Holds our own JSON against its published schemas, with Python's jsonschema, and against the entries."""

import json
import sys
from pathlib import Path

import yaml
from jsonschema import Draft7Validator, FormatChecker

site, content = Path(sys.argv[1]), Path(sys.argv[2])
api = site / "api/v1"


def closed(schema):
    """The schema with every key forbidden that it does not name: what we write, it must describe."""
    if isinstance(schema, dict):
        schema = {key: closed(value) for key, value in schema.items()}
        if schema.get("type") == "object" and "properties" in schema and "additionalProperties" not in schema:
            schema["additionalProperties"] = False
        return schema
    return [closed(value) for value in schema] if isinstance(schema, list) else schema


schemas = {}
for path in sorted((api / "schema").glob("*.json")):
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft7Validator.check_schema(schema)
    schemas[f"peerage/{path.stem}"] = Draft7Validator(closed(schema), format_checker=FormatChecker())

files = [path for path in sorted(api.rglob("*.json")) if path.parent.name != "schema"]
files += [site / "keys.json"]
files += sorted((site / "lookup").rglob("asn/*.json")) + sorted((site / "lookup").rglob("country/*.json"))
used = set()
for path in files:
    data = json.loads(path.read_text(encoding="utf-8"))
    validator = schemas[data["format"]]
    errors = [f"{list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(data)]
    assert not errors, f"{path}: {errors[:5]}"
    used.add(data["format"])
assert used == set(schemas), f"no file has the schema of {set(schemas) - used}"

# A schema that lets everything pass would prove nothing.
team = json.loads((api / "teams/cert-alpha.json").read_text(encoding="utf-8"))
for broken in [{**team, "version": 2}, {**team, "more": 1}, {**team, "team": {**team["team"], "country": "AT"}}]:
    assert list(schemas["peerage/team"].iter_errors(broken)), "a broken file passes"

teams = json.loads((api / "teams.json").read_text(encoding="utf-8"))["teams"]
entries = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in (content / "teams").glob("*.yaml")}
assert {team["id"] for team in teams} == set(entries)
in_lists = {"by-level": [], "by-country": []}
for folder, found in in_lists.items():
    for path in sorted((api / folder).glob("*.json")):
        rows = json.loads(path.read_text(encoding="utf-8"))
        key = rows.get("level", {}).get("id") or rows["country"]["code"]
        for row in rows["teams"]:
            found.append(row["id"])
            team = next(team for team in teams if team["id"] == row["id"])
            assert key in (team["status"]["id"], team["country"]["code"]) and row["status"] == team["status"], path
    assert sorted(found) == sorted(entries), folder
for team in teams:
    entry = entries[team["id"]]
    alone = json.loads((api / f"teams/{team['id']}.json").read_text(encoding="utf-8"))
    assert alone["team"] == team, team["id"]
    assert team["name"] == str(entry["name"])
    written = [str(email["address"]) for email in (entry.get("contact") or {}).get("emails", [])]
    assert [email["address"] for email in team["contact"]["emails"]] == written, team["id"]
print(f"{len(files)} files hold what {len(schemas)} schemas ask and nothing else; {len(teams)} teams are as entered")
