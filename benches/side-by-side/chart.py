#!/usr/bin/env python3
"""Draws how long each generator took, as a picture for docs/performance.md.

usage: chart.py RESULTS.tsv PICTURE.svg SIZE...

RESULTS.tsv is what measure.py wrote: the size, the tool, the run and its seconds, and whether all went well. Bars have the length of the median in
seconds, and one scale for each size, so that the shortest can still be seen.
"""
import statistics
import sys
from html import escape

NAMES = {"ours": "Peerage", "ours-usual": "Peerage, usual formats", "hugo-md": "hugo, from Markdown"}
WIDTH, LABEL, ROW, HEAD = 720, 190, 22, 34


def medians(path):
    """The median of the seconds of each tool that did its work, by size."""
    runs = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            size, tool, _run, seconds, *others = line.rstrip("\n").split("\t")
            if others and others[-1] == "ok":
                runs.setdefault(int(size), {}).setdefault(tool, []).append(float(seconds))
    return {size: {tool: statistics.median(all) for tool, all in tools.items()} for size, tools in runs.items()}


def panel(size, tools, top):
    """The bars of a size, the quickest first; and where they end."""
    longest = max(tools.values())
    yield f'<text class="head" x="0" y="{top + 14}">{size:,} teams</text>'
    for row, (tool, seconds) in enumerate(sorted(tools.items(), key=lambda item: item[1])):
        y = top + HEAD - 8 + row * ROW
        width = max(2, round((WIDTH - LABEL - 70) * seconds / longest))
        kind = "ours" if tool.startswith("ours") else "other"
        yield f'<text class="name" x="{LABEL - 10}" y="{y + 13}">{escape(NAMES.get(tool, tool))}</text>'
        yield f'<rect class="{kind}" x="{LABEL}" y="{y}" width="{width}" height="{ROW - 6}"/>'
        yield f'<text x="{LABEL + width + 8}" y="{y + 13}">{seconds:.2f} s</text>'


def main():
    results, picture, *sizes = sys.argv[1:]
    measured = medians(results)
    parts, top = [], 0
    # Of a size at which nothing went well there is nothing to show.
    sizes = [size for size in map(int, sizes) if size in measured]
    for size in sizes:
        parts.extend(panel(size, measured[size], top))
        top += HEAD + len(measured[size]) * ROW + 16
    words = "; ".join(
        f"{size} teams: " + ", ".join(f"{NAMES.get(tool, tool)} {seconds:.2f} s" for tool, seconds in sorted(measured[size].items(), key=lambda item: item[1]))
        for size in sizes
    )
    style = (
        "text{font:14px Georgia,serif;fill:#1d1a16}.head{font-weight:600}.name{text-anchor:end}.ours{fill:#6b1d2a}.other{fill:#b3a999}"
        "@media(prefers-color-scheme:dark){text{fill:#e6dfd2}.ours{fill:#d98b96}.other{fill:#6b6459}}"
    )
    with open(picture, "w", encoding="utf-8") as file:
        file.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img" aria-labelledby="t">'
            f'<title id="t">Seconds for a whole build. {escape(words)}</title><style>{style}</style>' + "".join(parts) + "</svg>\n"
        )


if __name__ == "__main__":
    main()
