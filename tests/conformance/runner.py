"""Runs the steps of a workflow of GitHub, or of a job of GitLab, as their runners would: the script of each step in its shell, with its
environment and no other. What a step uses is played for the few actions that the kit uses; anything else fails. Used by kit.py."""
import io
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2 as GitHub reads it: `on` is a text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


def read(path):
    return yaml.load(Path(path).read_text(encoding="utf-8"), Loader)


class Step:
    """What came of a step: its name, whether it ran and how, and what it printed."""

    def __init__(self, name, outcome, output="", summary="", outputs=None):
        self.name, self.outcome, self.output, self.summary, self.outputs = name, outcome, output, summary, outputs or {}


def holds(condition, context, failed):
    """Whether a job or a step is to run, of which something before has failed or not. Comparisons with a text are known, and
    `!cancelled()`, without which nothing runs once something has failed."""
    parts = re.fullmatch(r"\$\{\{ (.*) \}\}", condition)[1].split(" && ") if condition else []
    runs = not failed or "!cancelled()" in parts
    for part in parts:
        found = re.fullmatch(r"([\w.-]+) (==|!=) '([^']*)'", part)
        if not found and part != "!cancelled()":
            raise SystemExit(f"the condition {condition!r} is new to the tests")
        if found:
            runs &= (context.get(found[1], "") == found[3]) == (found[2] == "==")
    return runs


class Runner:
    """A machine on which one job runs. `context` is what expressions may ask for, by dotted names."""

    def __init__(self, home, peerage, environment, context, artifacts, checkout):
        self.work = Path(tempfile.mkdtemp(dir=home))
        self.home, self.temp, self.workspace = self.work / "home", self.work / "temp", self.work / "workspace"
        for folder in (self.home / ".cargo/bin", self.temp, self.workspace):
            folder.mkdir(parents=True)
        # What the cache would bring.
        (self.home / ".cargo/bin/peerage").symlink_to(peerage)
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.home), "RUNNER_TEMP": str(self.temp), "CI": "true", "LANG": "C.UTF-8",
            **environment,
        }
        self.context = {"runner.temp": str(self.temp), "runner.os": "Linux", "runner.arch": "X64", **context}
        self.artifacts, self.checkout = artifacts, checkout

    def expression(self, text):
        """The text with its expressions filled in; only names that are known."""
        return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: str(self.context[found[1]]), text)

    def holds(self, condition):
        """Whether the step is to run."""
        outcomes = {f"steps.{step}.outcome": outcome for step, outcome in self.outcomes.items()}
        return holds(condition, {**self.context, **outcomes}, self.failed)

    def run(self, job):
        """Every step of the job; yields what came of each."""
        self.failed, self.outcomes, self.outputs = False, {}, {}
        for at, step in enumerate(job["steps"]):
            name = step.get("name") or step["uses"]
            if not self.holds(step.get("if")):
                yield Step(name, "skipped")
                continue
            done = self.use(step, name) if "uses" in step else self.script(step, name, at)
            self.failed |= done.outcome == "failure"
            if "id" in step:
                self.outcomes[step["id"]] = done.outcome
                self.context |= {f"steps.{step['id']}.outputs.{name}": value for name, value in done.outputs.items()}
            yield done
        for name, value in job.get("outputs", {}).items():
            # What no step says is empty.
            self.outputs[name] = re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda found: self.context.get(found[1], ""), value)

    def use(self, step, name):
        action, given = step["uses"], {key: self.expression(str(value)) for key, value in step.get("with", {}).items()}
        if not re.fullmatch(r"actions/[a-z-]+(/restore)?@v[0-9]+", action):
            raise SystemExit(f"{action} is not an action of GitHub's own, at a version")
        kind = action.split("@")[0]
        if kind in ("actions/cache", "actions/cache/restore"):
            return Step(name, "success")
        if kind == "actions/checkout":
            assert given["persist-credentials"] == "False", "a checkout keeps no credentials"
            self.checkout(self.workspace, int(given.get("fetch-depth", 1)))
            return Step(name, "success")
        if kind == "actions/upload-artifact":
            self.artifacts[given["name"]] = packed(given["path"])
            return Step(name, "success")
        if kind == "actions/download-artifact":
            with zipfile.ZipFile(io.BytesIO(self.artifacts[given["name"]])) as archive:
                archive.extractall(given["path"])
            return Step(name, "success")
        raise SystemExit(f"{action} is new to the tests")

    def script(self, step, name, at):
        assert "${{" not in step["run"], f"{name}: an expression in a script"
        shell = step.get("shell", "bash")
        command = {"bash": ["bash", "-e"], "python": ["python3"]}[shell]
        file, summary, output = (self.work / f"{kind}-{at}" for kind in ("step", "summary", "output"))
        file.write_text(step["run"], encoding="utf-8")
        summary.touch()
        output.touch()
        own = {key: self.expression(str(value)) for key, value in step.get("env", {}).items()}
        files = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output)}
        environment = {**self.environment, "GITHUB_WORKSPACE": str(self.workspace), **files, **own}
        done = subprocess.run([*command, file], cwd=self.workspace, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=300)
        outcome = "success" if done.returncode == 0 else "failure"
        outputs = dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())
        return Step(name, outcome, done.stdout, summary.read_text(encoding="utf-8"), outputs)

    def close(self):
        shutil.rmtree(self.work)


def packed(folder):
    """A folder as an artefact: a zip."""
    folder = Path(folder)
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    assert files, f"{folder} is empty"
    return zipped(files)


def zipped(files):
    """A zip of these files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def gitlab_job(pipeline, name, workspace, environment):
    """Runs a job of GitLab in a checkout: what comes before, then its script, in one shell that stops at the first failure."""
    job = pipeline[name]
    lines = [*pipeline["default"]["before_script"], *job["script"]]
    variables = {key: str(value) for key, value in job.get("variables", {}).items()}
    done = subprocess.run(["bash", "-eo", "pipefail", "-c", "\n".join(lines)], cwd=workspace, env={**environment, **variables},
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                          timeout=300)
    return Step(name, "success" if done.returncode == 0 else "failure", done.stdout)
