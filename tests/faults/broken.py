"""A disk that refuses one call, or all from one on, with EIO or ENOSPC: each kind of call, while reading and while writing."""
import errno

from _core import Pair, all_of, build, chance, fail, mended, preload, sane, whole

# Of each kind of call, how many are made to fail, beside the first and the last.
EACH = 2

pair = Pair("broken")
# What is to fail, under which part of the path, and by which error. `site` is the target and what lies beside it.
CASES = [
    (["write"], "site", "on", errno.ENOSPC), (["write"], "site", "once", errno.EIO), (["open"], "site", "once", errno.EIO),
    (["rename"], "site", "once", errno.EIO), (["rename"], "site", "on", errno.EROFS), (["sync"], "site", "once", errno.EIO),
    (["mkdir"], "site", "on", errno.ENOSPC), (["remove"], "site", "once", errno.EIO), (["stat"], "site", "once", errno.EIO),
    (["lock"], "site", "once", errno.EIO), (["read", "readdir"], "site", "once", errno.EIO),
    (["open"], "SOURCE", "once", errno.EIO), (["read"], "SOURCE", "once", errno.EIO), (["readdir"], "SOURCE", "once", errno.EIO),
    (["stat"], "SOURCE", "once", errno.EIO),
]


def case(number):
    calls, under, how, error = CASES[number]
    target = pair.target(f"target-{number}")
    at_work = "/a/" if under == "SOURCE" else "site"
    count = pair.folder / f"count-{number}"
    # From the second version to the first and back, as often as needed; each time one call more fails.
    was, turn, tried, failed = 0, 0, 0, 0
    total, points = None, [0]
    while points:
        at = points.pop(0)
        now = 1 - was
        source = pair.sources[now]
        part = f"{source}/" if under == "SOURCE" else at_work
        env = preload(calls, part, at, how, error, count)
        what = f"{'+'.join(calls)} under {under} refused {how} with {errno.errorcode[error]} at {at}"
        result = sane(build(source, target, env=env), what)
        whole(target, pair.sites[was], pair.sites[now], what)
        if total is None:
            # The first time nothing fails, and the calls are counted.
            total = int(count.read_text())
            if result.code != 0 or total == 0:
                fail(f"{what}: nothing calls it, {result.told()}")
            random = chance("broken", number)
            points = sorted({1, total, *random.sample(range(1, total + 1), min(EACH, total))} - {0})
        else:
            tried += 1
            failed += result.code != 0
            # Nothing is left out in silence: what says that it is well has made the whole site.
            if result.code == 0 and whole(target, {}, pair.sites[now], f"{what}, and all is said to be well") != pair.sites[now]:
                fail(f"{what}: all is said to be well, and the site is not the new one")
            if result.code != 0 and not any(word in result.err for word in ("cannot", "could not")):
                fail(f"{what}: what it says is no help: {result.told()}")
        mended(source, target, pair.sites[now], what)
        was, turn = now, turn + 1
    if failed == 0:
        fail(f"{'+'.join(calls)} under {under}: none of {tried} refusals was noticed")
    return tried, failed


results = all_of([lambda number=number: case(number) for number in range(len(CASES))])
tried, failed = (sum(part) for part in zip(*results))
print(f"{tried} calls of {len(CASES)} kinds refused, {failed} told and the others without harm: nothing was lost")
