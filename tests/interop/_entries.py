"""The entries as they stand in the files, for the checks beside this file: read by PyYAML, without what we make of them."""
from pathlib import Path

import yaml


def entries(content):
    """Every team's entry by its id, in the order of ids; every value a text, as it is written."""
    files = sorted(Path(content, "teams").glob("*.yaml"), key=lambda file: file.stem)
    return {file.stem: yaml.load(file.read_text("utf-8"), yaml.BaseLoader) for file in files}


def has_withdrawn(entry):
    """Whether the last that is said of a team is that it has left."""
    return (entry.get("status") or [{}])[-1].get("state") == "withdrawn"


def present(content):
    """Those that have not withdrawn."""
    return {team: entry for team, entry in entries(content).items() if not has_withdrawn(entry)}


def main_email(entry):
    """The first address for contact; an address without a use is one."""
    emails = entry.get("contact", {}).get("emails", [])
    return next((one["address"] for one in emails if "contact" in one.get("usage", ["contact"])), None)


def numbers(entry, use):
    """The telephone numbers for a use; one without is for calls."""
    phones = entry.get("contact", {}).get("phones", [])
    return [one["number"] for one in phones if use in one.get("usage", ["voice"])]


def fingerprints(entry):
    """The fingerprints of the OpenPGP keys, without blanks."""
    return [key["fingerprint"].replace(" ", "") for key in entry.get("keys", [])]


class Held:
    """Counts what was held against what, and shows what differs."""

    def __init__(self):
        self.count = self.wrong = 0

    def equal(self, where, found, expected):
        self.count += 1
        if found != expected:
            self.wrong += 1
            print(f"{where}: {found!r} instead of {expected!r}")

    def holds(self, fact, what):
        self.count += 1
        if not fact:
            self.wrong += 1
            print(what)

    def finish(self, what):
        print(f"{what}: {self.count} facts, {self.wrong} other than in the entries")
        return 1 if self.wrong or not self.count else 0
