#!/usr/bin/env python3
"""Imports the bundle into a running Superset twice, and reads the data of every chart through its REST API:
check.py SUPERSET_URL USER PASSWORD DATABASE_URI.
"""

import json
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import bundle

CHARTS = len(list((bundle.FOLDER / "charts").glob("*.yaml")))


class Superset:
    def __init__(self, url, user, password):
        self.url = url
        self.headers = {}
        body = {"username": user, "password": password, "provider": "db", "refresh": False}
        token = self.ask("/api/v1/security/login", json.dumps(body).encode(), "application/json")["access_token"]
        self.headers = {"Authorization": "Bearer " + token}

    def ask(self, path, body=None, kind=None):
        headers = dict(self.headers, **({"Content-Type": kind} if kind else {}))
        request = urllib.request.Request(self.url + path, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            sys.exit(f"{path}: {error.code} {error.read().decode()[:2000]}")

    def import_bundle(self, uri):
        boundary = "weir-bundle"
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "weir.zip")
            bundle.pack(file, uri)
            archive = file.read_bytes()
        body = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="overwrite"\r\n\r\ntrue\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="formData"; filename="weir.zip"\r\n'
            "Content-Type: application/zip\r\n\r\n"
        ).encode() + archive + f"\r\n--{boundary}--\r\n".encode()
        self.ask("/api/v1/dashboard/import/", body, "multipart/form-data; boundary=" + boundary)


def read(superset, chart):
    """Prints what a chart shows; returns whether that is data."""
    answer = superset.ask(f"/api/v1/chart/{chart['id']}/data/")["result"][0]
    rows = answer["data"] or []
    first = json.dumps(rows[0], default=str)[:120] if rows else answer.get("error")
    print(f"  {answer['status']:8} {len(rows):5} rows  {chart['slice_name']}: {first}")
    return answer["status"] == "success" and bool(rows) and any(v is not None for v in rows[0].values())


def main(url, user, password, uri):
    superset = Superset(url, user, password)
    for _ in range(2):  # the second time must change nothing
        superset.import_bundle(uri)
    charts = superset.ask("/api/v1/dashboard/weir/charts")["result"]
    print(f"{len(charts)} charts of the dashboard 'weir'")
    good = [read(superset, chart) for chart in sorted(charts, key=lambda one: one["id"])]
    if len(charts) != CHARTS or not all(good):
        sys.exit(f"expected {CHARTS} charts with data, found {sum(good)} of {len(charts)}")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
