"""Folders and files without rights, for somebody whom they bind: not root."""
import os
import shutil

from _core import FAULTS, TODAY, Pair, fail, files, run, sane, whole

NOBODY = 65534
AS_NOBODY = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
if os.geteuid() != 0:
    raise SystemExit("the tests give files to others, and so have to run as root")

pair = Pair("rights")


def build(source, target):
    return run("build", "--quiet", "--today", TODAY, "--out", target, source, before=AS_NOBODY, env={"HOME": "/nonexistent"})


def owned(folder):
    """Gives a folder and all in it to nobody."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    return folder


def fresh(name):
    """A folder of nobody, in which nobody has built the first site."""
    folder = FAULTS / "rights" / name
    folder.mkdir()
    owned(folder)
    result = build(pair.sources[0], folder / "site")
    if result.code != 0:
        fail(f"what others may read cannot be built from by them: {result.told()}")
    return folder


def refused(name, mode, path, harmless=False):
    """What a folder of the target without rights does to a build, and that the next one mends it. `harmless`: nothing is to be told."""
    folder = fresh(name)
    place = folder / path
    os.chmod(place, mode)
    result = sane(build(pair.sources[1], folder / "site"), name)
    now = whole(folder / "site", *pair.sites, name)
    if (result.code == 0) != harmless or (harmless and now != pair.sites[1]):
        fail(f"{name}: {result.told()}")
    if not harmless and "cannot" not in result.err:
        fail(f"{name}: what it says is no help: {result.told()}")
    os.chmod(place, 0o755)
    result = build(pair.sources[1], folder / "site")
    if result.code != 0 or files(folder / "site") != pair.sites[1]:
        fail(f"{name}, and then the next build fails: {result.told()}")


refused("the site may not be written to", 0o555, "site")
refused("a folder of the site may not be written to", 0o555, "site/teams")
refused("a folder of the site may not be entered", 0o000, "site/teams")
# What is done beside the site is then done in it.
refused("what lies beside the site may not be written to", 0o555, ".", harmless=True)
# Nobody writes into the file itself: another one takes its place.
refused("a file of the site may not be written to", 0o444, "site/index.html", harmless=True)

folder = fresh("the folder of a new site may not be written to")
os.chmod(folder, 0o555)
result = sane(build(pair.sources[0], folder / "other/site"), "a new site")
if result.code != 2 or "other" not in result.err or (folder / "other").exists():
    fail(f"a new site where none may be made: {result.told()}")


def unreadable(name, path, mode, word):
    """What a part of the project without rights does: no site is made without it."""
    folder = fresh(f"{name} may not be read")
    source = folder / "project"
    shutil.copytree(pair.sources[1], source)
    owned(source)
    os.chmod(source / path, mode)
    result = sane(build(source, folder / "site"), name)
    if result.code == 0 or word not in result.err:
        fail(f"{name} without rights: {result.told()}")
    if files(folder / "site") != pair.sites[0]:
        fail(f"{name} without rights: the site has changed")
    os.chmod(source / path, 0o755)
    if build(source, folder / "site").code != 0 or files(folder / "site") != pair.sites[1]:
        fail(f"{name} has its rights again, and the site is not the new one")


unreadable("an entry", "content/teams/nilgai-cirt.yaml", 0o000, "content/teams/nilgai-cirt.yaml")
unreadable("a key", "content/teams/nilgai-cirt.asc", 0o000, "content/teams/nilgai-cirt.asc")
unreadable("the settings", "content/site.yaml", 0o000, "content/site.yaml")
unreadable("the folder of entries", "content/teams", 0o000, "content/teams")
unreadable("the folder of pages", "content/pages", 0o000, "content/pages")
unreadable("the project", "content", 0o000, "content")
unreadable("a file that is copied", "static/large.bin", 0o000, "static/large.bin")
unreadable("the folder of what is copied", "static", 0o000, "static")

# A project that may only be read is enough.
folder = fresh("a project that may only be read")
source = folder / "project"
shutil.copytree(pair.sources[1], source)
for path in (source, *source.rglob("*")):
    os.chmod(path, 0o555 if path.is_dir() else 0o444)
before = files(source)
result = build(owned(source), folder / "site")
if result.code != 0 or files(folder / "site") != pair.sites[1] or files(source) != before:
    fail(f"a project that may only be read: {result.told()}")
print("14 folders and files without rights: told each time, and nothing was lost")
