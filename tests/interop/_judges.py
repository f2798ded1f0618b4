"""Two judges of what people write: `peerage check`, and the schemas that it prints under Python's jsonschema."""
import json
import os
import pathlib
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor

from jsonschema import Draft7Validator

from _core import read

PEERAGE, TODAY = os.environ["PEERAGE"], os.environ["PEERAGE_TODAY"]
SITE = "title: Directory\nsample: true\n"
# To whom entries refer, and an entry that is always wrong: no time is lost with pages where there are errors.
BROKEN = "content/teams/base-broken.yaml"
OTHERS = {
    BROKEN: "country: AT\n",
    "content/teams/base-one.yaml": "name: One\ncountry: AT\n",
    "content/teams/base-two.yaml": "name: Two\ncountry: AT\n",
    "content/authorities/lodestar.yaml": "name: Lodestar Office\n",
}
FOLDERS = {"entry": "teams", "profile": "profiles", "authority": "authorities"}
KINDS = [*FOLDERS, "site"]


def peerage(*words):
    """What the command says on standard output; errors in the files are no failure, and neither is a theme that is not there."""
    run = subprocess.run([PEERAGE, *words], capture_output=True, check=False, encoding="utf-8")
    assert run.returncode in (0, 1) or "theme" in run.stderr, run
    return run.stdout


def of_python(schema):
    """A schema whose patterns mean in Python what they mean elsewhere: that nothing follows, not even a line break."""
    if isinstance(schema, dict):
        ends = {key: value[:-1] + r"\Z" for key, value in schema.items() if key == "pattern" and str(value).endswith("$")}
        return {key: of_python(value) for key, value in schema.items()} | ends
    return [of_python(value) for value in schema] if isinstance(schema, list) else schema


SCHEMAS = {kind: json.loads(peerage("schema", kind)) for kind in KINDS}
for schema in SCHEMAS.values():
    Draft7Validator.check_schema(schema)
# Formats are notes to most programs: a schema that needs them is none for those.
VALIDATORS = {kind: Draft7Validator(of_python(schema)) for kind, schema in SCHEMAS.items()}


def by_schema(kind, text):
    """What the schema finds wrong with a text."""
    errors = VALIDATORS[kind].iter_errors(read(text))
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in errors]


def _errors(files):
    """The rules that each of these files of a project breaks, but for warnings."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"content/site.yaml": SITE, **OTHERS, **files}.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        findings = json.loads(peerage("check", "--quiet", "--today", TODAY, "--format", "json", folder))
    found = {name: [] for name in [*OTHERS, *files]}
    for finding in findings:
        if finding["severity"] == "error":
            found[finding["file"]].append(finding["rule"])
    assert [name for name in OTHERS if found[name]] == [BROKEN], found
    return found


def by_checker(kind, texts):
    """The rules that each of many texts breaks. They are read as files of one project, where there can be many of the kind."""
    if kind == "site":
        with ThreadPoolExecutor() as pool:
            return list(pool.map(lambda text: _errors({"content/site.yaml": text})["content/site.yaml"], texts))
    names = [f"content/{FOLDERS[kind]}/x{number}.yaml" for number in range(len(texts))]
    found = _errors(dict(zip(names, texts)))
    return [found[name] for name in names]
