"""What the counters of tests/coverage say of `src`: the share of lines that were run, by part and by file, and each line
that was not. The tests that stand in `src` themselves are left out.   coverage.py LCOV ROOT UNCOVERED LEAST"""
import re
import sys
from collections import defaultdict
from pathlib import Path


def counted(lcov, root):
    """The lines of each file of `src` that have counters, with how often they were run."""
    counts, file = defaultdict(dict), None
    for line in lcov.splitlines():
        if line.startswith("SF:"):
            path = root / line[3:]
            file = path.relative_to(root).as_posix() if path.is_relative_to(root / "src") else None
        elif line.startswith("DA:") and file:
            number, count = map(int, line[3:].split(",")[:2])
            # Each program that was run has counters of its own.
            counts[file][number] = max(count, counts[file].get(number, 0))
    return counts


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


def tests(root):
    """The files that are modules of tests as a whole."""
    for path in root.glob("src/**/*.rs"):
        folder = path.parent if path.name in ("mod.rs", "lib.rs", "main.rs") else path.with_suffix("")
        for name in re.findall(r"^#\[cfg\(test\)\]\n(?:#\[.*\]\n)*mod (\w+);", path.read_text(), re.MULTILINE):
            yield (folder / f"{name}.rs").relative_to(root).as_posix()


def main(lcov, root, uncovered, least):
    counts = counted(lcov.read_text(), root)
    total, parts, files, missed = [0, 0], defaultdict(lambda: [0, 0]), [], []
    for file in sorted(counts.keys() - set(tests(root))):
        lines, of = (root / file).read_text().splitlines(), counts[file]
        kept = [number for number in shipped(lines) if number in of]
        run = sum(of[number] > 0 for number in kept)
        for sums in (total, parts[file.split("/")[1].removesuffix(".rs")]):
            sums[0] += run
            sums[1] += len(kept)
        files.append((len(kept) - run, len(kept), file))
        missed += [f"{file}:{number}: {lines[number - 1].strip()}" for number in kept if of[number] == 0]
    if not total[1]:
        sys.exit("nothing of src was counted")
    uncovered.write_text("".join(f"{line}\n" for line in missed))
    for part, (run, of) in sorted(parts.items()):
        print(f"{100 * run / max(of, 1):6.1f} % of {of:6} lines  {part}")
    print("the files with the most lines that nothing ran:")
    for missing, of, file in sorted(files, reverse=True)[:20]:
        print(f"{missing:6} of {of:6} lines  {file}")
    share = 100 * total[0] / total[1]
    print(f"{share:.1f} % of the {total[1]} lines of src are run by the tests; the others stand in {uncovered}")
    if share < least:
        sys.exit(f"that is below {least} %")


main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4]))
