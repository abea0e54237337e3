"""Holds JUnit's XML against a schema: `junit.py SCHEMA FILE`.

Not in the schema that Jenkins published are `file` and `line` of a test case, which GitLab and CircleCI read,
and `skipped` of all suites together, which later ones have. Any other attribute or element that it doesn't
know is an error. Counts are held against what they count.
"""

import sys
import xml.etree.ElementTree as ElementTree

import xmlschema

schema, file = sys.argv[1:]
root = ElementTree.parse(file).getroot()
root.attrib.pop("skipped", None)
for case in root.iter("testcase"):
    case.attrib.pop("file", None)
    case.attrib.pop("line", None)
for error in (problems := list(xmlschema.XMLSchema(schema).iter_errors(root))):
    print(error)
for suite in [root, *root.iter("testsuite")]:
    for name, what in [("tests", "testcase"), ("failures", "failure"), ("errors", "error")]:
        if int(suite.attrib[name]) != len(list(suite.iter(what))):
            sys.exit(f"{name} of {suite.attrib['name']}: {suite.attrib[name]}")
sys.exit(1 if problems else 0)
