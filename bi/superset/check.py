#!/usr/bin/env python3
"""Imports the bundle into a running Superset as its page does and as install.py does, and reads the data of every chart
through its REST API: check.py SUPERSET_URL USER PASSWORD DATABASE_URI.
"""

import json
import sys

import bundle
from install import Superset

CHARTS = len(list((bundle.FOLDER / "charts").glob("*.yaml")))


def charts(superset):
    found = superset.ask("/api/v1/dashboard/weir/charts")["result"]
    return sorted(found, key=lambda one: one["id"])


def read(superset, chart):
    """Prints what a chart shows; returns whether that is data."""
    answer = superset.ask(f"/api/v1/chart/{chart['id']}/data/")["result"][0]
    rows = answer["data"] or []
    first = json.dumps(rows[0], default=str) if rows else answer.get("error")
    print(f"  {answer['status']} {len(rows):3} rows  {chart['slice_name']}: {first}"[:118])
    return answer["status"] == "success" and bool(rows) and any(v is not None for v in rows[0].values())


def main(url, user, password, uri):
    superset = Superset(url, user, password)
    superset.send("/api/v1/dashboard/import/", "formData", uri)
    before = charts(superset)
    superset.ask(f"/api/v1/chart/{before[0]['id']}", {"slice_name": "changed by hand"}, "PUT")
    superset.install(uri)
    after = charts(superset)
    print(f"{len(after)} charts of the dashboard 'weir'")
    good = [read(superset, chart) for chart in after]
    if len(after) != CHARTS or not all(good):
        sys.exit(f"expected {CHARTS} charts with data, found {sum(good)} of {len(after)}")
    names = [[(one["id"], one["slice_name"]) for one in found] for found in (before, after)]
    if names[0] != names[1]:
        sys.exit("the second import did not replace the charts of the first")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
