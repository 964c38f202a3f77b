#!/usr/bin/env python3
"""Puts Weir's datasets, charts and dashboard into a Superset, or brings them up to date:

    SUPERSET_USER=… SUPERSET_PASSWORD=… bi/superset/install.py https://superset.example.org [DATABASE_URI]

DATABASE_URI is where Superset finds PostgreSQL, for example postgresql+psycopg2://tool:PASSWORD@HOST/weir. It is better
given as WEIR_DATABASE_URI, because every user of the machine sees arguments. Without both it is the demo. What was
changed in these charts by hand is replaced. Needs nothing but Python 3.8.
"""

import http.cookiejar
import json
import os
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import bundle


class Superset:
    def __init__(self, url, user, password):
        self.url = url.rstrip("/")
        self.headers = {"Referer": self.url}
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        body = {"username": user, "password": password, "provider": "db", "refresh": False}
        self.headers["Authorization"] = "Bearer " + self.ask("/api/v1/security/login", body)["access_token"]
        self.headers["X-CSRFToken"] = self.ask("/api/v1/security/csrf_token/")["result"]

    def ask(self, path, body=None, method=None, kind="application/json"):
        data = json.dumps(body).encode() if kind == "application/json" and body is not None else body
        headers = dict(self.headers, **({"Content-Type": kind} if data is not None else {}))
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with self.opener.open(request, timeout=120) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            sys.exit(f"{path}: {error.code} {error.read().decode(errors='replace')[:2000]}")
        except urllib.error.URLError as error:
            sys.exit(f"{self.url + path}: {error.reason}")

    def send(self, path, field, uri):
        """Sends the bundle as the file of a form."""
        boundary = "weir-bundle"
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "weir.zip")
            bundle.pack(file, uri)
            archive = file.read_bytes()
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="weir.zip"\r\n'
            "Content-Type: application/zip\r\n\r\n"
        )
        body = head.encode() + archive + f"\r\n--{boundary}--\r\n".encode()
        self.ask(path, body, kind="multipart/form-data; boundary=" + boundary)

    def install(self, uri):
        """The endpoint of assets replaces what is there; that of dashboards would leave old charts as they are."""
        self.send("/api/v1/assets/import/", "bundle", uri)


def main(url, uri=None):
    user, password = os.environ.get("SUPERSET_USER"), os.environ.get("SUPERSET_PASSWORD")
    if not user or not password:
        sys.exit("set SUPERSET_USER and SUPERSET_PASSWORD")
    superset = Superset(url, user, password)
    superset.install(uri or os.environ.get("WEIR_DATABASE_URI"))
    print(f"{superset.url}/superset/dashboard/weir/")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
