"""An editor's day with the repository that `peerage init` made, each step of its CI run as the forges would, and what strangers may try.

    kit.py PEERAGE EXPECTED        EXPECTED is the transcript of the day; PEERAGE_BLESS=1 writes it anew
"""
import difflib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from pathlib import Path

import forge
import runner

PEERAGE, EXPECTED = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
DAY = "1796126400"  # 2026-12-01, for all that asks for the day
ENTRY = "content/teams/example-csirt.yaml"
FLAGGED = re.compile(r"(?<![A-Za-z0-9_])@(?=[A-Za-z0-9])")


class Held:
    """What was held so far, and what was said of the day."""

    def __init__(self):
        self.count, self.lines = 0, []

    def that(self, holds, what):
        if not holds:
            raise SystemExit(f"does not hold: {what}")
        self.count += 1

    def say(self, text=""):
        self.lines.append(text)


held = Held()


class World:
    """Folders, a bare repository in the place of the forge's, and a shell."""

    def __init__(self, folder):
        self.folder, self.origin = folder, folder / "forge/directory.git"
        self.programs = folder / "bin"
        self.programs.mkdir()
        (self.programs / "peerage").symlink_to(PEERAGE)
        self.environment = {
            "PATH": f"{self.programs}:{os.environ['PATH']}", "HOME": str(folder), "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": DAY,
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Editor", "GIT_AUTHOR_EMAIL": "editor@alpha.example",
            "GIT_COMMITTER_NAME": "Editor", "GIT_COMMITTER_EMAIL": "editor@alpha.example",
            "GIT_AUTHOR_DATE": "2026-12-01T08:00:00Z", "GIT_COMMITTER_DATE": "2026-12-01T08:00:00Z",
        }
        self.run("git config --global init.defaultBranch main && git config --global advice.detachedHead false")

    def run(self, command, at="", code=0, **more):
        """What a command prints, whose exit code is `code`."""
        done = subprocess.run(["bash", "-c", command], cwd=self.folder / at, env={**self.environment, **more}, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
        if done.returncode != code:
            raise SystemExit(f"$ {command}\n{done.stdout}exit code {done.returncode}, not {code}")
        return done.stdout

    def show(self, command, at, code=0):
        """Runs a command for the transcript."""
        held.say(f"$ {command}")
        for line in self.plain(self.run(command, at, code)).splitlines():
            held.say(f"  {line}".rstrip())
        if code:
            held.say(f"  [exit code {code}]")
        held.count += 1

    def plain(self, text):
        """The text without what differs from run to run."""
        text = text.replace(str(self.folder), "…")
        text = re.sub(r"\b[0-9a-f]{40}\b|(?<=\()[0-9a-f]{12}(?=\))", "COMMIT", text)
        return re.sub(r"127\.0\.0\.1:[0-9]+", "127.0.0.1:PORT", text)

    def edit(self, at, *changes):
        path = self.folder / at / ENTRY
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            held.that(text.count(old) == 1, f"{old!r} stands once in the entry")
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")

    def head(self, branch):
        return self.run(f"git rev-parse {branch}", self.origin).strip()

    def propose(self, branch):
        """The merge of a branch into main, as GitHub makes it for a pull request."""
        self.run("rm -rf merge && git clone -q forge/directory.git merge")
        self.run(f"git merge -q --no-ff -m Merge origin/{branch} && git push -q -f origin HEAD:refs/pull/1/merge", "merge")

    def checkout(self, ref):
        def fetch(folder, depth):
            self.run(f"git init -q . && git fetch -q --depth {depth} file://{self.origin} {ref} && git checkout -q FETCH_HEAD", folder)
        return fetch


def job(path, name):
    return runner.read(path)["jobs"][name]


class Hub:
    """GitHub, with one repository and one run of a workflow."""

    def __init__(self, world, workflows):
        self.world, self.workflows, self.forge = world, workflows, forge.Forge()
        self.artifacts = {}

    def pull(self, sha, label="editor:new-number", **more):
        return {"number": 1, "state": "open", "base": {"ref": "main"}, "head": {"sha": sha, "label": label, "repo": {"id": 5}}, **more}

    def environment(self):
        return {"GITHUB_API_URL": self.forge.url(), "GITHUB_SERVER_URL": f"file://{self.world.folder}/forge",
                "GITHUB_REPOSITORY": "alpha/directory", "SOURCE_DATE_EPOCH": DAY}

    def pull_request(self, branch):
        """Runs pull-request.yml for a branch; every step with its outcome."""
        self.world.propose(branch)
        self.artifacts = {}
        machine = runner.Runner(self.world.folder, PEERAGE, {"SOURCE_DATE_EPOCH": DAY},
                                {"github.event.pull_request.number": 1}, self.artifacts,
                                self.world.checkout("refs/pull/1/merge"))
        steps = list(machine.run(job(self.workflows / "pull-request.yml", "check")))
        held.that(not list(machine.work.rglob("pwned")), "nothing of the pull request was run")
        machine.close()
        return steps

    def report(self, head, branch="new-number", text=None, meanwhile=lambda: None, **run):
        """Runs trust-report.yml for the run of a commit that has just ended; what its jobs said, by name. `text` takes the place of
        the report, and `meanwhile` happens before it is posted."""
        event = {"repository": {"default_branch": "main"}, "workflow_run": {
            "head_sha": head, "head_branch": branch, "head_repository": {"id": 5, "owner": {"login": "editor"}}, "event": "pull_request", **run}}
        file = self.world.folder / "event.json"
        file.write_text(json.dumps(event), encoding="utf-8")
        self.world.run("ln -sfn . forge/alpha")
        context = {"github.token": forge.TOKEN, "github.event.workflow_run.head_sha": head, "github.event.repository.default_branch": "main",
                   "github.event.workflow_run.event": event["workflow_run"]["event"]}
        environment, artifacts, said = {**self.environment(), "GITHUB_EVENT_PATH": str(file)}, {}, {}
        for name, work in runner.read(self.workflows / "trust-report.yml")["jobs"].items():
            needs = work.get("needs", [])
            needs = [needs] if isinstance(needs, str) else needs
            if not runner.holds(work.get("if"), context, any(context[f"needs.{other}.result"] != "success" for other in needs)):
                context[f"needs.{name}.result"] = "skipped"
                continue
            if name == "comment":
                meanwhile()
                if text is not None:
                    artifacts["trust-report"] = runner.zipped({"trust.md": text})
                    context["needs.report.result"] = "success"
            machine = runner.Runner(self.world.folder, PEERAGE, environment, context, artifacts, None)
            steps = list(machine.run(work))
            held.that({path.name for path in machine.workspace.iterdir()} <= {".git", "data"}, "nothing is checked out")
            held.that(not list(machine.workspace.rglob("*.yaml")) and not list(machine.work.rglob("pwned")), "nothing is run")
            settings = machine.workspace / ".git/config"
            held.that(not settings.exists() or "uthorization" not in settings.read_text(encoding="utf-8"), "no token is left on the disk")
            machine.close()
            failed = any(step.outcome == "failure" for step in steps)
            context[f"needs.{name}.result"] = "failure" if failed else "success"
            context |= {f"needs.{name}.outputs.{key}": value for key, value in machine.outputs.items()}
            said[name] = "".join(step.output for step in steps).strip()
        return said

    def due(self, day):
        """Runs due.yml as of a day; its last step."""
        environment = {**self.environment(), "SOURCE_DATE_EPOCH": day}
        machine = runner.Runner(self.world.folder, PEERAGE, environment, {"github.token": forge.TOKEN}, {}, self.world.checkout("main"))
        steps = list(machine.run(job(self.workflows / "due.yml", "issue")))
        machine.close()
        return steps[-1]


def show_steps(world, steps):
    """What a run looks like: each step with how it went, and what it said."""
    for step in steps:
        held.say(f"  [{step.outcome}] {step.name}")
        for line in world.plain(step.output).splitlines():
            held.say(f"      {line}".rstrip())
        if step.summary:
            held.say("      (in the summary of the step:)")
            for line in world.plain(step.summary).splitlines():
                held.say(f"      | {line}".rstrip())


def outcomes(steps):
    return {step.name: step.outcome for step in steps}


def show_comment(world, hub):
    comments = hub.forge.comments[1]
    held.that(len(comments) == 1, "there is one comment")
    for line in world.plain(comments[0]["body"]).splitlines():
        held.say(f"  > {line}".rstrip())


BROKEN = [
    ("+1 202 555 0100", "202 555 0101"),
    ("website: https://csirt", "webiste: https://csirt"),
    ("established: 2015-09-01", "established: 2015-09-31"),
]
MENDED = [
    ("202 555 0101", "+1 202 555 0101"),
    ("webiste", "website"),
    ("2015-09-31", "2015-09-01"),
]


def served(world):
    """What the preview shows of the team, while it runs."""
    log = world.folder / "serve.log"
    with open(log, "w", encoding="utf-8") as out:
        preview = subprocess.Popen([PEERAGE, "serve", "--port", "0"], cwd=world.folder / "editor", env=world.environment,
                                   stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    try:
        for _ in range(200):
            found = re.search(r"http://127\.0\.0\.1:[0-9]+/", log.read_text(encoding="utf-8"))
            if found:
                with urllib.request.urlopen(found[0] + "teams/example-csirt.html", timeout=20) as answer:
                    return answer.read().decode()
            time.sleep(0.05)
        raise SystemExit(f"serve says no address:\n{log.read_text(encoding='utf-8')}")
    finally:
        preview.terminate()
        preview.wait()


def day(world):
    """The day, as its transcript has it."""
    held.say("# An operator makes the directory, and puts it on GitHub")
    world.show("peerage init directory --host github-pages", "")
    setup = "git init -q --bare forge/directory.git && cd directory && git init -q && git add --all && git commit -qm Begin && "
    world.run(f"mkdir forge && {setup} git remote add origin ../forge/directory.git && git push -q origin main")

    held.say("\n# An editor clones it, turns the hook on, and breaks the entry in three ways while changing a number")
    world.show("git clone -q forge/directory.git editor", "")
    world.show("git config core.hooksPath .githooks && git switch -q -c new-number", "editor")
    world.edit("editor", *BROKEN)
    world.show("git diff -U0 | grep '^[-+]'", "editor")
    world.show("peerage check", "editor", code=1)
    world.show("git commit -qam 'A new number'", "editor", code=1)
    held.that(world.run("git log --oneline main..", "editor") == "", "the hook let nothing pass")

    held.say("\n# The hook is passed by, as in the browser of the forge, and a pull request is opened")
    world.run("git commit -qam 'A new number' --no-verify && git push -q origin new-number", "editor")
    hub = Hub(world, world.folder / "directory/.github/workflows")
    hub.forge.pulls[1] = hub.pull(world.head("new-number"))
    world.run("git push -q -f origin new-number:refs/pull/1/head", "editor")
    steps = hub.pull_request("new-number")
    show_steps(world, steps)
    went = outcomes(steps)
    held.that((went["Check"], went["Build"], went["Keep the preview"]) == ("failure", "skipped", "skipped"), f"mistakes stop it: {went}")
    held.that(went["Trust"] == "success" and "high" in steps[-1].summary, "the report is made all the same")

    held.say("\n# The second workflow makes the report once more, and puts it under the pull request")
    held.say(f"  {hub.report(world.head('new-number'))['comment']}")
    show_comment(world, hub)

    held.say("\n# The editor mends the three mistakes, and looks at the preview")
    world.edit("editor", *MENDED)
    world.show("git diff -U0 main | grep '^[-+]'", "editor")
    world.show("peerage check", "editor")
    world.show("peerage fmt --check", "editor")
    page = served(world)
    held.that("+1 202 555 0101" in page and "+1 202 555 0100" not in page, "the preview shows the new number")
    held.say("$ peerage serve\n  teams/example-csirt.html shows +1 202 555 0101")
    world.show("git commit -qam 'The number in international form'", "editor")
    world.run("git push -q origin new-number", "editor")

    held.say("\n# The pull request is looked at again")
    hub.forge.pulls[1] = hub.pull(world.head("new-number"))
    world.run("git push -q -f origin new-number:refs/pull/1/head", "editor")
    steps = hub.pull_request("new-number")
    show_steps(world, steps)
    held.that(set(outcomes(steps).values()) == {"success"}, f"all is well: {outcomes(steps)}")
    preview = zipfile.ZipFile(io.BytesIO(hub.artifacts["preview"]))
    held.that("+1 202 555 0101" in preview.read("teams/example-csirt.html").decode(), "the preview holds the new number")
    held.that("index.html" in preview.namelist() and ".nojekyll" in preview.namelist(), "the preview is the whole site")
    held.say(f"  {hub.report(world.head('new-number'))['comment']}")
    show_comment(world, hub)

    held.say("\n# It is merged")
    world.run("git push -q origin origin/new-number:main", "editor")
    world.show("git log --format=%s main", "forge/directory.git")
    return hub


def staged_alone(world):
    """The hook looks at what is staged: not at what lies there."""
    world.run("git switch -q -c staged origin/main", "editor")
    world.edit("editor", ("+1 202 555 0199", "+1 202 555 0198"))
    world.run(f"git add {ENTRY}", "editor")
    world.edit("editor", ("country: AT\nest", "contry: AT\nest"))
    world.run("git commit -qm Good", "editor")
    held.that("contry" not in world.run(f"git show HEAD:{ENTRY}", "editor"), "what was staged was committed")
    world.run(f"git add {ENTRY}", "editor")
    world.edit("editor", ("contry", "country"))
    said = world.run("git commit -qm Bad", "editor", code=1)
    held.that("did you mean `country`" in said, f"what is staged is wrong, and what lies there is right: {said}")
    world.run("git reset -q --hard", "editor")
    # The form is looked at too, and a deleted entry is not missed.
    world.edit("editor", ("name: Example CSIRT", "name:   Example CSIRT"))
    said = world.run("git commit -qam Form", "editor", code=1)
    held.that("example-csirt.yaml" in said and "peerage fmt" in said, said)
    world.run(f"git reset -q --hard && git rm -q {ENTRY} && git commit -qm Gone", "editor")
    # From a folder below, and with an index of its own, as `git commit FILE` has it.
    world.run("git reset -q --hard HEAD^", "editor")
    world.edit("editor", ("country: AT\nest", "contry: AT\nest"))
    world.run("git commit -qm Below -- teams/example-csirt.yaml", "editor/content", code=1)
    world.run("git reset -q --hard", "editor")
    # Without the program nothing is said to be well.
    said = world.run("git commit --allow-empty -qm Without", "editor", code=1, PATH="/usr/bin:/bin")
    held.that("which is not on the path" in said, said)


def owners(world, hub):
    """Who changes the editors is told to write CODEOWNERS anew."""
    world.run("git switch -q -c editors origin/main", "editor")
    path = world.folder / "editor" / ENTRY
    path.write_text(path.read_text(encoding="utf-8") + 'editors: ["@alice"]\n', encoding="utf-8")
    world.run("peerage fmt && git commit -qam Editors && git push -q origin editors", "editor")
    steps = {step.name: step for step in hub.pull_request("editors")}
    step = steps["Owners"]
    held.that(step.outcome == "failure" and step.output.startswith("::error file=CODEOWNERS,line=1,"), step.output)
    held.that("    /content/teams/example-csirt.* @alice" in step.summary, step.summary)
    held.that(steps["Trust"].outcome == "success", "the report is made all the same")
    world.run("peerage codeowners > CODEOWNERS && git commit -qam Owners && git push -q origin editors", "editor")
    went = outcomes(hub.pull_request("editors"))
    held.that(set(went.values()) == {"success"}, f"all is well then: {went}")
    # Another file that GitHub would obey in its place, or that a link only seems to bring.
    world.run("mkdir docs && cp CODEOWNERS docs/ && git add docs && git commit -qm Two && git push -q origin editors", "editor")
    step = {step.name: step for step in hub.pull_request("editors")}["Owners"]
    held.that(step.outcome == "failure" and "GitHub obeys CODEOWNERS and not docs/CODEOWNERS." in step.output, step.output)
    world.run("git rm -q docs/CODEOWNERS && git mv CODEOWNERS .github/ && git commit -qm One && git push -q origin editors", "editor")
    went = outcomes(hub.pull_request("editors"))
    held.that(set(went.values()) == {"success"}, f"all is well with the one that counts: {went}")
    world.run("git mv .github/CODEOWNERS owners && ln -s ../owners .github/CODEOWNERS && git add --all && git commit -qm Link && "
              "git push -q origin editors", "editor")
    step = {step.name: step for step in hub.pull_request("editors")}["Owners"]
    held.that(step.outcome == "failure" and step.output.startswith("::error file=.github/CODEOWNERS,line=1,"), step.output)


def form(world, hub):
    """Whose file has another form sees in the summary how it is written."""
    world.run("git switch -q -c form origin/main", "editor")
    world.edit("editor", ("name: Example CSIRT", "name:   Example CSIRT"))
    world.run("git commit -qam Form --no-verify && git push -q origin form", "editor")
    steps = {step.name: step for step in hub.pull_request("form")}
    step = steps["Form"]
    held.that(step.outcome == "failure" and "example-csirt.yaml" in step.output, step.output)
    held.that("    +name: Example CSIRT" in step.summary, step.summary)
    held.that(steps["Check"].outcome == "success" and steps["Build"].outcome == "success", "it is no mistake")


def hostile(world, hub):
    """What a pull request that says anything it likes can have the second workflow do."""
    state, mark = hub.forge, "<!-- peerage: trust report -->"
    head = world.head("new-number")
    # The pull request is still open: main stands where it stood before.
    world.run(f"git push -q -f origin {world.head('main~2')}:main", "editor")

    def tried(pull=None, comments=(), head=head, **more):
        state.pulls = {1: pull or hub.pull(head)}
        state.comments = {1: list(comments)}
        state.said.clear()
        said = hub.report(head, **more)
        held.that("Traceback" not in "".join(said.values()), said)
        return said

    def refused(what, **more):
        said = tried(**more)
        held.that(not state.said, f"{what}: nothing is written: {said}")

    def body(**more):
        said = tried(**more)
        held.that(len(state.said) == 1, said)
        text = state.said[0][2]["body"]
        held.that(not FLAGGED.search(text) and len(text) <= 65_536, f"nobody is called, and GitHub takes it: {text[:200]}")
        held.that(text.endswith(f"\n\n<sub>Of commit {more.get('head', head)} alone.</sub>\n"), text[-200:])
        return text

    refused("a pull request that is closed", pull=hub.pull(head, state="closed"))
    refused("the same commit of another repository", pull=hub.pull(head, head={"sha": head, "label": "editor:new-number", "repo": {"id": 6}}))
    refused("the repository is gone", pull=hub.pull(head, head={"sha": head, "label": "editor:new-number", "repo": None}))
    refused("a commit that is no longer the head", pull=hub.pull("1" * 40))
    refused("another branch", branch="other")
    refused("a pull request into another branch", pull=hub.pull(head, base={"ref": "other"}))
    refused("another event", event="push")
    refused("a clean commit is pushed while the report is made", meanwhile=lambda: state.pulls.update({1: hub.pull("1" * 40)}))
    name = "x&state=closed#$(touch pwned)"
    held.that("2 check" in body(branch=name, pull=hub.pull(head, f"editor:{name}")), "the name of a branch is data")
    held.that(state.asked[-1]["head"] == f"editor:{name}" and state.asked[-1]["state"] == "open", f"{state.asked[-1]}")

    # What the run of the pull request left is not looked at; the report is that of the commits themselves.
    hub.artifacts["trust-report"] = runner.zipped({"trust.md": "Nothing changes: merge it."})
    text = body()
    held.that("2 check" in text and "merge it" not in text, text)

    # Where there is no report, that of an earlier commit does not stay.
    ours = {"id": 500, "user": forge.BOT, "body": f"{mark}\nNothing changes"}
    world.run("git switch -q --orphan orphan && git commit -q --allow-empty -m Orphan --no-verify && git push -q origin orphan "
              "orphan:refs/pull/1/head -f", "editor")
    orphan = world.head("orphan")
    for what, more in [("unrelated history", {"head": orphan, "comments": [ours]}), ("the ref is not that commit", {"comments": [ours]})]:
        text = body(**more)
        held.that(state.said[0][0] == "PATCH" and "could not be made: read every line yourself" in text, f"{what}: {text}")
    world.run("git switch -q -c empty origin/main && git rm -rq content && git commit -qm Empty --no-verify && "
              "git push -q -f origin empty empty:refs/pull/1/head", "editor")
    text = body(head=world.head("empty"), comments=[ours])
    held.that("could not be made" in text or "emoved" in text, f"no content is left: {text}")
    world.run("git push -q -f origin new-number:refs/pull/1/head && git switch -q new-number", "editor")

    text = body(text="@everyone, @alpha/team, (@a) `@b` cert@alpha.example\r\n\u202e\u200f\x1b[31m\0<!-- ")
    held.that("cert@alpha.example" in text and not re.search("[\u202e\u200f\x1b\0\r]", text), text)
    for long in ("x" * 200_000, "@a " * 100_000, "\U0001f511" * 70_000):
        held.that("not the whole report: read every line" in body(text=long), "what was cut says so")
    held.that("could not be made" in body(text=" \n"), "nothing is no report")
    held.that("\ufffd" in body(text=b"\xff\xfe\n"), "what is not UTF-8 is no reason to fail")

    # Somebody has put a comment with our mark there before us, and a hundred others stand before ours.
    others = [{"id": at, "user": {"login": "mallory", "id": at}, "body": f"{mark}\nAll is well"} for at in range(150)]
    body(text="x", comments=others)
    held.that(state.said[0][0] == "POST", "nobody else's comment is taken for ours")
    body(text="x", comments=[*others, ours])
    held.that(state.said[0][:2] == ("PATCH", "/repos/alpha/directory/issues/comments/500"), f"ours is renewed: {state.said}")
    body(text="x", comments=[{"id": 501, "user": forge.BOT, "body": f"Somebody said: {mark}"}])
    held.that(state.said[0][0] == "POST", "a comment that quotes the mark is not ours")
    world.run(f"git push -q -f origin {head}:main", "editor")


def strangers(world, hub):
    """What an entry, the name of a file and CODEOWNERS say is neither run nor a command to GitHub."""
    evil = "::error::x ##[add-mask]y $(touch pwned) `touch pwned`; touch pwned"
    world.run("git switch -q -c strange origin/main", "editor")
    world.edit("editor", ("name: Example CSIRT", f"name: '{evil}'"), ("host: Example Network", f"host: >\n  {evil}\n  a\n\n  ::debug::b"))
    folder = world.folder / "editor"
    (folder / "content/teams/::warning::$(touch pwned).yaml").write_text("name: X\ncountry: AT\n", encoding="utf-8")
    (folder / "CODEOWNERS").write_text(f"::set-output name=x::y\n  ::error::z\n{evil}\n", encoding="utf-8")
    world.run("git add --all && git commit -qm Strange --no-verify && git push -q origin strange", "editor")
    steps = hub.pull_request("strange")
    for step in steps:
        for line in step.output.splitlines():
            ours = re.match(r"::(error|warning) file=(content/|CODEOWNERS,)", line)
            held.that(ours or not line.lstrip().startswith("::") and "##[" not in line, f"{step.name}: {line}")
        held.that("pwned: " not in step.output, f"{step.name}: {step.output}")
    held.that(not list(world.folder.rglob("pwned")), "nothing was run")
    held.that(outcomes(steps)["Trust"] == "success", f"the report is made all the same: {steps[-2].output}")


def due(world, hub):
    """The issue that says what is due is opened, left, renewed with its ticks, and closed."""
    state = hub.forge
    state.said.clear()
    world.run("git switch -q -c due origin/main", "editor")
    path = world.folder / "editor" / ENTRY
    entry = path.read_text(encoding="utf-8")
    history = "  - {level: listed, since: 2016-02-01}\n"
    held.that(entry.count(history) == 1, "the entry has its history")
    more = "  - {level: accredited, since: 2017-02-01}\n  - {level: certified, since: 2024-01-20, until: 2027-01-20}\n"
    path.write_text(entry.replace(history, f"{history}{more}"), encoding="utf-8")
    world.run("git commit -qam Certified --no-verify && git push -q origin due:main", "editor")
    step = hub.due(DAY)
    held.that(step.outcome == "success" and "Opened issue 40" in step.output, step.output)
    issue = state.issues[0]
    held.that("2027-01-20" in issue["body"] and "- [ ]" in issue["body"], issue["body"])
    step = hub.due(DAY)
    held.that("says so already" in step.output and len(state.said) == 1, step.output)
    # Somebody ticks the first line in the browser, which sends other line breaks.
    issue["body"] = issue["body"].replace("- [ ]", "- [x]", 1).replace("\n", "\r\n")
    step = hub.due(DAY)
    held.that("says so already" in step.output, f"a tick is no change: {step.output}")
    tasks, before = issue["body"].count("- ["), issue["body"]
    step = hub.due(str(int(DAY) + 86400))
    held.that("Renewed issue 40" in step.output and issue["body"] != before, step.output)
    held.that(issue["body"].count("- [x]") == 1 and issue["body"].count("- [") == tasks, f"a tick stays on the next day: {issue['body']}")
    state.issues.insert(0, {"number": 39, "state": "open", "user": {"login": "mallory"}, "body": issue["body"]})
    state.issues.insert(0, {"number": 38, "state": "open", "user": forge.BOT, "body": issue["body"], "pull_request": {}})
    world.run("git reset -q --hard HEAD^ && git push -q -f origin due:main", "editor")
    step = hub.due(DAY)
    held.that("closed issue 40" in step.output and issue["state"] == "closed", step.output)
    step = hub.due(DAY)
    held.that(step.output.strip() == "Nothing is due." and len(state.issues) == 3, step.output)


def gitlab(world):
    """The same on GitLab: jobs of a merge request, and comments from the schedule."""
    world.run("git switch -q -c gitlab origin/main && peerage init . --forge gitlab && git add --all && git commit -qm GitLab --no-verify && "
              "git push -q -f origin gitlab:main", "editor")
    pipeline = runner.read(world.folder / "editor/.gitlab-ci.yml")
    world.run("git switch -q -c broken", "editor")
    world.edit("editor", ("+1 202 555 0101", "202 555 0101"))
    world.run("git commit -qam Broken --no-verify && git push -q origin broken", "editor")
    world.run("git switch -q -c good gitlab", "editor")
    world.edit("editor", ("+1 202 555 0101", "+1 202 555 0102"))
    world.run("git commit -qam Good --no-verify && git push -q origin good", "editor")

    def checkout(ref):
        folder = Path(tempfile.mkdtemp(dir=world.folder))
        world.run(f"git clone -q {world.origin} . && git checkout -q {ref}", folder)
        (folder / ".peerage-bin/bin").mkdir(parents=True)
        (folder / ".peerage-bin/bin/peerage").symlink_to(PEERAGE)
        return folder

    main = world.head("main")
    environment = {**world.environment, "CI_MERGE_REQUEST_DIFF_BASE_SHA": main}
    for ref, code in [("broken", "failure"), ("good", "success")]:
        folder = checkout(f"origin/{ref}")
        for name in ("trust", "check", "owners", "preview"):
            if "check" in pipeline[name].get("needs", []) and code == "failure":
                continue
            step = runner.gitlab_job(pipeline, name, folder, {**environment, "CI_COMMIT_SHA": world.head(ref)})
            held.that(step.outcome == ("success" if name == "trust" else code), f"{ref}, {name}: {step.output}")
        report = json.loads((folder / "gl-code-quality-report.json").read_text(encoding="utf-8"))
        held.that([issue["location"]["path"] for issue in report] == ([ENTRY] if ref == "broken" else []), f"{ref}: {report}")
        held.that((folder / "trust-report.md").read_text(encoding="utf-8").strip() != "", "there is a report")
    held.that((folder / "preview/index.html").is_file(), "there is a preview")
    step = runner.gitlab_job(pipeline, "due", folder, environment)
    held.that(step.outcome == "success" and (folder / "due.md").is_file(), step.output)

    # A branch that brings a program along has it run nowhere.
    bad = checkout("origin/good")
    world.run("git add --force .peerage-bin", bad)
    for name in ("check", "trust"):
        step = runner.gitlab_job(pipeline, name, bad, environment)
        held.that(step.outcome == "failure" and "take it out of the repository" in step.output, step.output)

    # The schedule, on the default branch. The third merge request has moved on, the fourth is of no commit, the fifth is of another
    # history.
    state = forge.Forge()
    folder = checkout("origin/main")
    for number, ref in enumerate(["broken", "good", "good"], 1):
        world.run(f"git push -q origin origin/{ref}:refs/merge-requests/{number}/head", "editor")
    world.run("git push -q origin origin/orphan:refs/merge-requests/5/head", "editor")
    heads = [world.head("broken"), world.head("good"), main, "; reboot", world.head("orphan")]
    state.merge_requests = [{"iid": number, "sha": head} for number, head in enumerate(heads, 1)]
    mark = "<!-- peerage: trust report -->"
    state.notes[1] = [{"id": 9, "author": {"id": 8}, "body": f"{mark}\nAll is well"}]
    environment = {**world.environment, "CI_API_V4_URL": state.url(), "CI_PROJECT_ID": "12", "CI_DEFAULT_BRANCH": "main",
                   "PEERAGE_TOKEN": forge.TOKEN}

    def comments():
        step = runner.gitlab_job(pipeline, "trust-comments", folder, environment)
        held.that(step.outcome == "success", step.output)
        return step.output

    said = comments()
    held.that([line.split(" ", 3)[3] for line in said.splitlines()] ==
              ["has a new report.", "has a new report.", "has moved on.", "has no commit.", "has a new report."], said)
    bodies = [body["body"] for _, _, body in state.said]
    held.that("shares no history" in bodies[2], f"{bodies}")
    held.that(len(bodies) == 3 and all(body.startswith(mark) for body in bodies), f"{bodies}")
    held.that("0102" in bodies[1] and not any(re.search(r"(?m)^[ \t]*/", body) or FLAGGED.search(body) for body in bodies), f"{bodies}")
    held.that(len(comments().splitlines()) == 5 and len(state.said) == 3, "what says so already is left alone")
    state.notes[2][0]["body"] += "old"
    held.that("Merge request 2 has its report renewed." in comments() and state.said[-1][0] == "PUT", f"{state.said[-1]}")
    held.that(not (folder / "content/teams/example-csirt.yaml").read_text(encoding="utf-8").count("0102"), "nothing was checked out")
    state.close()


def below(world):
    """A project that is a folder of its repository: the same, with paths from the root."""
    entry = f"data/csirts/{ENTRY}"
    world.run("git init -q --bare -b main forge/directory.git && git init -q directory && cd directory && "
              "peerage init data/csirts --forge github && git add --all && git commit -qm Begin && "
              "git push -q ../forge/directory.git main && git clone -q ../forge/directory.git ../editor")
    world.run("git config core.hooksPath data/csirts/.githooks && git switch -q -c wrong", "editor")
    path = world.folder / "editor" / entry
    path.write_text(path.read_text(encoding="utf-8").replace("country: AT\nest", "contry: AT\nest"), encoding="utf-8")
    said = world.run("git commit -qam Wrong", "editor/data", code=1)
    held.that(f"--> {ENTRY}:" in said, said)
    world.run("git commit -qam Wrong --no-verify && git push -q origin wrong", "editor")
    guide = (world.folder / "directory/data/csirts/EDITING.md").read_text(encoding="utf-8")
    for said in (f"`{entry.replace('example-csirt', 'ID')}`", "cd directory/data/csirts/", "core.hooksPath data/csirts/.githooks"):
        held.that(said in guide, said)
    held.that(not re.search(r"(?<![/\w])(content/teams/ID|\.githooks)", guide), "no path is from another folder")
    hub = Hub(world, world.folder / "directory/.github/workflows")
    steps = {step.name: step for step in hub.pull_request("wrong")}
    held.that(f"::error file={entry}," in steps["Check"].output, steps["Check"].output)
    held.that(steps["Trust"].outcome == "success" and "example-csirt" in steps["Trust"].summary, steps["Trust"].output)
    path.write_text(path.read_text(encoding="utf-8").replace("contry", "country").replace("0100", "0101"), encoding="utf-8")
    # From a worktree, which has no folder .git.
    world.run("git commit -qam Right && git worktree add -q ../tree -b tree && git push -q origin wrong", "editor")
    (world.folder / "tree" / entry).write_text("name: X\n", encoding="utf-8")
    world.run("git commit -qam Wrong", "tree", code=1)
    steps = {step.name: step for step in hub.pull_request("wrong")}
    held.that({step.outcome for step in steps.values()} == {"success"}, f"all is well: {outcomes(steps.values())}")
    held.that("0101" in steps["Trust"].summary, steps["Trust"].summary)
    hub.forge.close()


def transcript():
    """The day is as it is expected."""
    told = "\n".join(held.lines) + "\n"
    if os.environ.get("PEERAGE_BLESS"):
        EXPECTED.write_text(told, encoding="utf-8")
    expected = EXPECTED.read_text(encoding="utf-8") if EXPECTED.exists() else ""
    if told != expected:
        sys.stderr.writelines(difflib.unified_diff(expected.splitlines(True), told.splitlines(True), str(EXPECTED), "this day"))
        raise SystemExit("the day is not as expected; PEERAGE_BLESS=1 writes it anew, and then look at the difference")
    held.count += 1


def main():
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder).resolve())
        hub = day(world)
        transcript()
        staged_alone(world)
        owners(world, hub)
        form(world, hub)
        hostile(world, hub)
        strangers(world, hub)
        due(world, hub)
        hub.forge.close()
        gitlab(world)
        apart = world.folder / "apart"
        apart.mkdir()
        below(World(apart))
    print(f"the kit: {held.count} things held, in {len(held.lines)} lines of a day")


main()
