"""Writes each script of workflows and pipelines into a file of its own, for linters.   scripts.py FOLDER FILE..."""
import sys
from pathlib import Path

import runner

folder = Path(sys.argv[1])
folder.mkdir()
for path in map(Path, sys.argv[2:]):
    document = runner.read(path)
    for name, job in document.get("jobs", {}).items():
        for at, step in enumerate(job["steps"]):
            if "run" in step:
                ending = {"python": "py"}.get(step.get("shell"), "sh")
                (folder / f"{path.stem}-{name}-{at}.{ending}").write_text(step["run"], encoding="utf-8")
    for name, job in document.items():
        if isinstance(job, dict) and "script" in job:
            (folder / f"gitlab-{name}.sh").write_text("\n".join(job["script"]) + "\n", encoding="utf-8")
written = len(list(folder.iterdir()))
assert written > 20, f"{written} scripts"
