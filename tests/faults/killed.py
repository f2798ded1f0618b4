"""A build that is killed at each of 200 random moments: half of them of its time, half of its calls to the system, so that the short
time in which files get to their places is met as often."""
import signal
import subprocess
import time

from _core import AT_ONCE, PEERAGE, SEED, TODAY, Pair, all_of, build, chance, fail, mended, preload, run, whole

MOMENTS = 200
CALLS = ["open", "write", "rename", "sync", "mkdir", "remove"]

pair = Pair("killed")
begin = time.monotonic()
count = pair.folder / "count"
for source in pair.sources:
    build(source, pair.folder / "measured/site", env=preload(CALLS, "site", count=count))
took, calls = (time.monotonic() - begin) / 2, int(count.read_text())


def killed_in_time(source, target, random):
    """Whether the build was killed before it ended."""
    command = [PEERAGE, "build", "--quiet", "--today", TODAY, "--out", target, source]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(random.uniform(0, took))
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def killed_at_a_call(source, target, random):
    env = preload(CALLS, "site", random.randint(1, calls), "kill")
    return build(source, target, env=env).code == -signal.SIGKILL


def worker(number):
    random, target = chance("killed", number), pair.target(f"target-{number}")
    was, dead, old, between, new = 0, 0, 0, 0, 0
    for moment in range(number, MOMENTS, AT_ONCE):
        now = 1 - was
        how = killed_in_time if moment % 4 < 2 else killed_at_a_call
        dead += how(pair.sources[now], target, random)
        what = f"moment {moment}: {how.__name__} of seed {SEED}"
        found = whole(target, pair.sites[was], pair.sites[now], what)
        old, new = old + (found == pair.sites[was]), new + (found == pair.sites[now])
        between += found not in pair.sites
        mended(pair.sources[now], target, pair.sites[now], what)
        was = now
    return dead, old, between, new


dead, old, between, new = (sum(part) for part in zip(*all_of([lambda number=number: worker(number) for number in range(AT_ONCE)])))
# A kill that always comes too early or too late shows nothing.
if dead < MOMENTS // 2 or between < 10:
    fail(f"only {dead} of {MOMENTS} builds were killed, and {between} while they put files in place: no test")
if run("check", "--quiet", "--today", TODAY, pair.sources[0]).code != 0:
    fail("the project does not pass its own check")
print(f"{dead} of {MOMENTS} builds killed in time, by seed {SEED}: {old} left the old site, {new} the new one, {between} one between, every file whole: nothing was lost")
