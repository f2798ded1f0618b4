"""YAML as editors read it: the core schema of YAML 1.2.2 (section 10.3.2), over PyYAML, which by itself has that of 1.1."""
import re

import yaml


class Core(yaml.CSafeLoader):
    """A loader in which `NO` and `2004-03-01` are texts, and keys are always texts."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


def _integer(loader, node):
    text = node.value
    return int(text, 8 if text.startswith("0o") else 16 if text.startswith("0x") else 10)


TRUTH = ("true", "True", "TRUE")
for tag, form, first in [
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789")),
    (
        "float",
        r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
        list("-+.0123456789"),
    ),
]:
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(form), first)
Core.add_constructor("tag:yaml.org,2002:int", _integer)
Core.add_constructor("tag:yaml.org,2002:bool", lambda loader, node: node.value in TRUTH)
Core.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node))


def read(text):
    """The value of a text, typed as editors type it."""
    return yaml.load(text, Core)
