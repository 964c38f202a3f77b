#!/usr/bin/env python3
"""Packs the folder weir into a file that Superset imports: bundle.py OUT.zip [DATABASE_URI].

Needs nothing but Python 3.8. DATABASE_URI replaces the address of the demo's PostgreSQL.
"""

import re
import sys
import zipfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "weir"


def content(file, uri):
    text = file.read_text(encoding="utf-8")
    if uri and file.parent.name == "databases":
        text = re.sub(r"(?m)^sqlalchemy_uri:.*$", lambda _: "sqlalchemy_uri: " + uri, text)
    return text


def pack(target, uri=None):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for file in sorted(FOLDER.rglob("*.yaml")):
            bundle.writestr("weir/" + file.relative_to(FOLDER).as_posix(), content(file, uri))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    pack(*sys.argv[1:])
