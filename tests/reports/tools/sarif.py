"""Holds a SARIF log against the schema: `sarif.py SCHEMA FILE`.

Places have to be sound as well: the schema doesn't say that a place ends behind its beginning.
"""

import json
import sys

import jsonschema

schema, file = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:])
checks = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
problems = [f"{error.json_path}: {error.message}" for error in checks.iter_errors(file)]


def regions(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("region", "deletedRegion"):
                yield inner
            yield from regions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from regions(inner)


for region in regions(file):
    start = (region["startLine"], region["startColumn"])
    if (region["endLine"], region["endColumn"]) < start:
        problems.append(f"ends before it begins: {region}")
print("\n".join(problems))
sys.exit(1 if problems else 0)
