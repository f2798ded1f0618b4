"""What the counters of tests/coverage say of `src`: the share of lines that were run, by folder and by file, and each line
that was not. The tests that stand in `src` themselves are left out.   coverage.py LCOV ROOT UNCOVERED LEAST"""
import re
import sys
from collections import defaultdict
from pathlib import Path

lcov, root, uncovered, least = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4])

counts = defaultdict(dict)
file = None
for line in lcov.read_text().splitlines():
    if line.startswith("SF:"):
        path = Path(line[3:])
        path = path if path.is_absolute() else root / path
        file = path.relative_to(root).as_posix() if path.is_relative_to(root / "src") else None
    elif line.startswith("DA:") and file:
        number, count = map(int, line[3:].split(",")[:2])
        counts[file][number] = max(count, counts[file].get(number, 0))


def shipped(lines):
    """The numbers of the lines that are no part of a module of tests."""
    inside = waits = False
    for number, line in enumerate(lines, 1):
        waits = waits or line.startswith("#[cfg(test)]")
        if waits and re.match(r"mod \w+ \{", line):
            inside, waits = True, False
        elif waits and re.match(r"mod \w+;|use ", line):
            waits = False
        if not inside:
            yield number
        elif line == "}":
            inside = False


total = [0, 0]
folders = defaultdict(lambda: [0, 0])
shares, missed = [], []
for file, of in sorted(counts.items()):
    lines = (root / file).read_text().splitlines()
    kept = [number for number in shipped(lines) if number in of]
    run = sum(of[number] > 0 for number in kept)
    for sums in (total, folders[file.split("/")[1]]):
        sums[0] += run
        sums[1] += len(kept)
    if kept:
        shares.append((len(kept) - run, run / len(kept), file))
    missed += [f"{file}:{number}: {lines[number - 1].strip()}" for number in kept if of[number] == 0]

if not total[1]:
    sys.exit("nothing of src was counted")
uncovered.write_text("\n".join(missed) + "\n")
for folder, (run, all_of) in sorted(folders.items()):
    print(f"{100 * run / max(all_of, 1):6.1f} % of {all_of:6} lines  {folder}")
print("the files with the most lines that nothing ran:")
for missing, share, file in sorted(shares, reverse=True)[:20]:
    print(f"{missing:6} lines, {100 * share:5.1f} % run  {file}")
share = 100 * total[0] / total[1]
print(f"{share:.1f} % of the {total[1]} lines of src are run by the tests; the others stand in {uncovered}")
if share < least:
    sys.exit(f"that is below {least} %")
