"""A hundred thousand findings in one run, in each form in which they are told, and a gigabyte of rubbish: time and memory are bounded."""
import json
import os
import shutil
import subprocess

from _core import FAULTS, TODAY, all_of, build, fail, limit_of_files, project, run, sane

# In MB. A debug build takes more than one that is released.
MOST = 1000

limit_of_files()
EACH = 200


def findings(name, count):
    """A project with so many findings: a mistake on each line, and two at the end, where a name and a country are missed."""
    source = project(FAULTS / name, ["mbuyu-cert"])
    lines = "".join(f"unknown{line}: {line}\n" for line in range(EACH - 2))
    for number in range(count // EACH):
        (source / f"content/teams/t{number}.yaml").write_text(lines)
    return source


def counted(form, text):
    """How many findings are told, where the form has one for each."""
    if form == "short":
        return len(text.splitlines())
    told = json.loads(text)
    return len(told["runs"][0]["results"] if form == "sarif" else told["diagnostics"] if form == "rdjson" else told)


def told(form, source, expected):
    result = sane(run("check", "--quiet", "--today", TODAY, "--format", form, source), form)
    if result.code != 1:
        fail(f"many findings as {form}: {result.told()}")
    if form == "human" and f"{expected} errors" not in result.err:
        fail(f"the number of findings is not told: {result.err[-200:]}")
    if form not in ("human", "github") and counted(form, result.out) < expected:
        fail(f"of {expected} findings {counted(form, result.out)} are told as {form}")
    if result.peak > MOST:
        fail(f"many findings as {form} take {result.peak:.0f} MB")
    return f"{expected} as {form} {result.seconds:.1f} s {result.peak:.0f} MB"


# Those that take longest are told of all; the others of fewer, as this is no test of speed.
large, small = findings("large", 100_000), findings("small", 20_000)
jobs = [lambda form=form: told(form, large, 100_000) for form in ("sarif", "human")]
jobs += [lambda form=form: told(form, small, 20_000) for form in ("short", "json", "github", "gitlab", "rdjson")]
print(f"findings: {', '.join(all_of(jobs))}: nothing was lost")
shutil.rmtree(large)
shutil.rmtree(small)

# A gigabyte that takes no room: files with holes, of which some are copied; and folders, links and names without end.
source = project(FAULTS / "rubbish", ["mbuyu-cert"])
holes = {"content/teams/huge.yaml": 200, "content/teams/huge.asc": 100, "content/rubbish.bin": 100, "content/pages/huge.md": 100,
         "content/heap/x": 100, "content/authorities/huge.yaml": 100, "content/profiles/huge.yaml": 100, "content/editions/2026-01-01.yaml": 100,
         "static/huge.bin": 100}
for name, size in holes.items():
    (source / name).parent.mkdir(exist_ok=True)
    with (source / name).open("wb") as file:
        file.truncate(size << 20)
for top in ("content", "static"):
    here = os.open(source / top, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("deep", dir_fd=here)
        below = os.open("deep", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    os.makedirs(source / top / "links")
    for number in range(5000):
        os.symlink("/dev/zero" if number % 2 else "..", source / top / f"links/{number}")
    for number in range(2000):
        (source / top / f"links/f{number}").write_bytes(b"\x99\xff\x30\x00"[number % 4 :])
    os.mkfifo(source / top / "pipe")
    (source / top / os.fsdecode(b"\xff\xfe\x1b[2J")).touch()
for command, args in {"check": ["check", "--quiet", "--today", TODAY, source], "build": None}.items():
    result = sane(run(*args) if args else build(source, FAULTS / "rubbish-out/site"), f"{command} of rubbish")
    if result.code != 1:
        fail(f"{command} of rubbish: {result.told()}")
    for name in ("content/teams/huge.yaml", "content/rubbish.bin", "content/pages/huge.md", "content/heap", "static/pipe", "static/links/0"):
        if name not in result.err:
            fail(f"{command} of rubbish says nothing of {name}")
    if result.peak > MOST:
        fail(f"{command} of rubbish takes {result.peak:.0f} MB")
    if "\x1b[2J" in result.err:
        fail(f"{command} of rubbish shows a file name that clears the terminal")
    print(f"{command} of a gigabyte of rubbish: {result.seconds:.1f} s, {result.peak:.0f} MB: told, and nothing was lost")
# Deeper than rmtree can go.
subprocess.run(["rm", "-rf", source], check=True)
