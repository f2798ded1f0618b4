"""A disk that is really full: small file systems, without room or without room for names, into which a site does not go."""
import shutil
import subprocess
import sys

from _core import FAULTS, Pair, build, fail, files, mended, run, sane, whole

pair = Pair("disk")
size = sum(map(len, pair.sites[0].values()))


def mount(name, *options):
    """A small file system, in a folder of its own."""
    folder = FAULTS / name
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", folder], capture_output=True, text=True)
    if made.returncode != 0:
        sys.exit(f"a full disk is played by a small file system, and none can be mounted here: {made.stderr.strip()}. Run this as root, in a container that may mount")
    return folder


def unmount(folder):
    subprocess.run(["umount", folder], check=True)
    folder.rmdir()


tried = full = 0
for inside in (False, True):
    # From one on which the old site has hardly room to one on which both have.
    for tenths in (0, 4, 8, 10, 14):
        disk = mount(f"full-{inside}-{tenths}", f"size={4 * size}")
        target = disk if inside else disk / "site"
        if build(pair.sources[0], target).code != 0:
            fail("the first site does not go onto an empty disk")
        used = shutil.disk_usage(disk).used
        subprocess.run(["mount", "-o", f"remount,size={used + size * tenths // 10 + 4096}", disk], check=True)
        what = f"a disk with room for {tenths} tenths of a site"
        result = sane(build(pair.sources[1], target), what)
        whole(target, *pair.sites, what)
        tried, full = tried + 1, full + (result.code == 2)
        if result.code == 2:
            if "Make room on the disk" not in result.err:
                fail(f"{what}: what it says is no help: {result.told()}")
            if files(target) not in pair.sites and "Build again" not in result.err:
                fail(f"{what}: it does not say that it is half done: {result.told()}")
        subprocess.run(["mount", "-o", f"remount,size={6 * size}", disk], check=True)
        mended(pair.sources[1], target, pair.sites[1], what)
        unmount(disk)

# Room, but none for names.
for names in (1, 40, len(pair.sites[1])):
    disk = mount(f"names-{names}", "size=64m", "nr_inodes=100000")
    build(pair.sources[0], disk / "site")
    used = int(subprocess.run(["df", "--output=iused", disk], capture_output=True, text=True, check=True).stdout.split()[-1])
    subprocess.run(["mount", "-o", f"remount,nr_inodes={used + names}", disk], check=True)
    what = f"a disk with room for {names} names"
    result = sane(build(pair.sources[1], disk / "site"), what)
    whole(disk / "site", *pair.sites, what)
    tried, full = tried + 1, full + (result.code == 2)
    subprocess.run(["mount", "-o", "remount,nr_inodes=100000", disk], check=True)
    mended(pair.sources[1], disk / "site", pair.sites[1], what)
    unmount(disk)

# What programs read is written to a full disk as well, and so are new projects.
for args in (["check", "--format", "json"], ["schema", "entry"], ["man"], ["completions", "bash"]):
    project = [pair.sources[0]] if args[0] == "check" else []
    result = sane(run(*args, *project, out="/dev/full"), " ".join(args))
    if args[0] != "check" and result.code != 2:
        fail(f"`{' '.join(args)}` onto a full disk is said to be well: {result.told()}")
disk = mount("new", "size=16k")
if sane(run("init", disk / "project"), "init").code != 2:
    fail("a new project on a full disk is said to be well")
unmount(disk)

# A disk that is mounted for reading only.
disk = mount("read-only", "size=64m")
build(pair.sources[0], disk / "site")
subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
result = sane(build(pair.sources[1], disk / "site"), "a disk for reading only")
if result.code != 2 or files(disk / "site") != pair.sites[0]:
    fail(f"a disk for reading only: {result.told()}")
unmount(disk)
if full < 5:
    fail(f"of {tried} disks only {full} were full: no test")
print(f"{full} of {tried} disks were full, one was for reading only, and the next build made the new site each time: nothing was lost")
