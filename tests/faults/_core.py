"""What the parts share: two versions of a small project, builds of them, and what must be true of a site whatever happened."""
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PEERAGE = os.environ["PEERAGE"]
FAULTS = Path(os.environ["FAULTS"])
SEED = os.environ["PEERAGE_SEED"]
CONTENT = Path(__file__).parents[2] / "content"
TODAY = "2026-11-21"
# How long a build may take, in seconds, before it counts as one that hangs.
LONGEST = 240
# How many are run at once.
AT_ONCE = os.cpu_count() or 2


def chance(*of):
    """A source of random numbers of its own, so that what one part draws does not change what another does."""
    return random.Random("/".join(map(str, (SEED, *of))))


def fail(what):
    sys.exit(f"LOST: {what}")


def project(folder, teams, change=""):
    """A small project with teams of the sample, and their keys. `change` stands on pages and in a file that is copied."""
    subprocess.run([PEERAGE, "init", folder], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    folder = Path(folder)
    site = folder / "content/site.yaml"
    site.write_text(re.sub("(?m)^(sample|title|description):.*", "", site.read_text()) + f"\nsample: true\ntitle: Directory {change}\n")
    for authority in (CONTENT / "authorities").glob("*"):
        shutil.copy(authority, folder / "content/authorities")
    for team in teams:
        for file in (CONTENT / "teams").glob(f"{team}.*"):
            shutil.copy(file, folder / "content/teams")
        entry = folder / f"content/teams/{team}.yaml"
        # Those who sponsored it are not here.
        entry.write_text(re.sub(r", sponsors: \[[^]]*\]", "", entry.read_text()))
    (folder / f"static/only{change}.txt").write_text(f"there is only {change}\n")
    (folder / "static/large.bin").write_bytes(f"{change or 'x'}\n".encode() * 40_000)
    return folder


# Both have teams that the other has not, so that files come, change and go. None of them names another as a sponsor.
OLD, NEW = ["mbuyu-cert", "nandu-csirt"], ["mbuyu-cert", "nilgai-cirt"]


class Result:
    """What came of a command."""

    def __init__(self, code, out, err, peak=0, seconds=0.0):
        self.code, self.out, self.err, self.peak, self.seconds = code, out, err, peak, seconds

    def told(self):
        """What was said on standard error, with the code."""
        return f"exit code {self.code}: {self.err.strip()[-600:]}"


def sane(result, what):
    """Whatever is in its way, a command ends by itself, with a code of ours and a word."""
    if result.code not in (0, 1, 2) or "panicked" in result.err:
        fail(f"{what}: {result.told()}")
    if result.code != 0 and not result.err.strip() and not result.out.strip():
        fail(f"{what}: it says nothing and exits with {result.code}")
    return result


def run(*args, env=None, before=(), out=None):
    """Runs `peerage`; `before` stands before it, and `out` is where its output goes, if nobody is to see it."""
    begin = time.monotonic()
    env = {**os.environ, **{key: str(value) for key, value in (env or {}).items()}}
    with tempfile.TemporaryFile(dir=FAULTS) as err, (open(out, "wb") if out else tempfile.TemporaryFile(dir=FAULTS)) as output:
        process = subprocess.Popen([*before, PEERAGE, *map(str, args)], env=env, stdout=output, stderr=err)
        peak = 0
        while process.poll() is None:
            peak = max(peak, _peak(process.pid))
            if time.monotonic() - begin > LONGEST:
                process.kill()
            time.sleep(0.005)
        err.seek(0)
        text = ""
        if not out:
            output.seek(0)
            text = output.read().decode(errors="replace")
        return Result(process.returncode, text, err.read().decode(errors="replace"), peak, time.monotonic() - begin)


def _peak(process):
    """The most memory that a process has had, in MB. What the system says at its end would count what Python had before."""
    try:
        return int(re.search(r"VmHWM:\s*(\d+) kB", Path(f"/proc/{process}/status").read_text())[1]) / 1024
    except (OSError, TypeError):
        return 0


def build(source, target, **more):
    """Builds the project at `source`, for the day of these tests."""
    return run("build", "--quiet", "--today", TODAY, "--out", target, source, **more)


def files(folder):
    """The bytes of every file of a site; what lies below `.peerage` is no part of it."""
    folder = Path(folder)
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if not name.startswith(".peerage") and path.is_file():
            found[name] = path.read_bytes()
    return found


def whole(target, old, new, what):
    """Every file of a site is that of the one or that of the other, and what both have is there."""
    now = files(target)
    for name, text in now.items():
        if text not in (old.get(name), new.get(name)):
            fail(f"{what}: {name} is neither old nor new: {len(text)} bytes")
    missing = [name for name in old if name in new and name not in now]
    if missing:
        fail(f"{what}: {missing[0]} and {len(missing) - 1} others are gone")
    return now


def mended(source, target, expected, what):
    """The next build makes the new site byte by byte, and leaves nothing beside it."""
    result = build(source, target)
    if result.code != 0:
        fail(f"{what}, and then the next build fails: {result.told()}")
    now = files(target)
    if now != expected:
        names = sorted(name for name in {*now, *expected} if now.get(name) != expected.get(name))
        fail(f"{what}, and then the next build makes another site: {names[:5]}")
    left = [path.name for path in (*Path(target).parent.iterdir(), *Path(target).iterdir()) if path.name.endswith(".peerage")]
    if left:
        fail(f"{what}, and then the next build leaves {left}")


class Pair:
    """Two versions of a project, the sites that belong to them, and a target which turns from the one into the other."""

    def __init__(self, name):
        self.folder = FAULTS / name
        self.folder.mkdir()
        self.sources = [project(self.folder / "a", OLD, "a"), project(self.folder / "b", NEW, "b")]
        self.sites = []
        for at, source in enumerate(self.sources):
            reference = self.folder / f"reference-{at}"
            result = build(source, reference)
            if result.code != 0:
                sys.exit(f"the project of these tests cannot be built: {result.told()}")
            self.sites.append(files(reference))
        shared = [name for name in self.sites[0] if name in self.sites[1]]
        if len(shared) < 20 or all(self.sites[0][name] == self.sites[1][name] for name in shared):
            sys.exit("the two versions are no test: they share too little or are equal")

    def target(self, name):
        """A new target in a folder of its own, with the site of the first version in it."""
        folder = self.folder / name
        folder.mkdir()
        if build(self.sources[0], folder / "site").code != 0:
            sys.exit("the first site cannot be built")
        return folder / "site"


def all_of(jobs):
    """Runs functions, a few at once; the first that fails ends it."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = [pool.submit(job) for job in jobs]
        try:
            return [one.result() for one in running]
        except SystemExit:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def preload(calls, under, at=0, how="once", error=5, count=None):
    """The environment in which calls fail; see failing.c."""
    # A comma behind each, since `read` begins `readdir`.
    env = {"LD_PRELOAD": FAULTS / "failing.so", "FAILING_CALLS": "".join(f"{call}," for call in calls), "FAILING_UNDER": under,
           "FAILING_AT": at, "FAILING_HOW": how, "FAILING_ERROR": error}
    return {**env, **({"FAILING_COUNT": count} if count else {})}


def limit_of_files():
    """Many files may be open, as where a test makes deep folders."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
