#!/usr/bin/env python3
"""Creates Weir's questions and dashboard in Metabase, or brings them up to date. Run it as often as you like.

    METABASE_API_KEY=… bi/metabase/create.py https://metabase.example.org [--database NAME]
        [--host HOST --user USER --port PORT --dbname NAME --ssl]

Without METABASE_API_KEY it takes METABASE_USER and METABASE_PASSWORD. The database NAME (default: Weir) must be in
Metabase; with --host it is added. USER is then a user that may only read, a member of weir_reader, and
WEIR_READER_PASSWORD has its password; with --ssl Metabase asks PostgreSQL for TLS. Questions and dashboard are found by
their names in the collection "Weir". A question's SQL is replaced; where you put it on the dashboard, and what you
added to the dashboard, stays. Needs nothing but Python 3.8.
"""

import argparse
import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
QUESTIONS = HERE / "questions.json"
SQL = HERE.parent / "sql"
NAME = "Weir"
KEPT = ("id", "card_id", "dashboard_tab_id", "row", "col", "size_x", "size_y", "series", "parameter_mappings",
        "visualization_settings")


class Metabase:
    def __init__(self, url, environment):
        self.url = url.rstrip("/")
        self.headers = {"Content-Type": "application/json"}
        key = environment.get("METABASE_API_KEY")
        if key:
            self.headers["x-api-key"] = key
        else:
            body = {"username": environment.get("METABASE_USER"), "password": environment.get("METABASE_PASSWORD")}
            if not all(body.values()):
                sys.exit("set METABASE_API_KEY, or METABASE_USER and METABASE_PASSWORD")
            self.headers["X-Metabase-Session"] = self.ask("POST", "/api/session", body)["id"]

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, self.headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            sys.exit(f"{method} {path}: {error.code} {error.read().decode(errors='replace')[:1000]}")
        except urllib.error.URLError as error:
            sys.exit(f"{method} {self.url + path}: {error.reason}")


def rows(answer):
    """Lists come bare or, where they may have pages, under data."""
    return answer["data"] if isinstance(answer, dict) else answer


def database(metabase, options):
    for one in rows(metabase.ask("GET", "/api/database")):
        if one["name"] == options.database:
            return one["id"]
    if not options.host:
        sys.exit(f"Metabase has no database '{options.database}': add it, or give --host, --dbname and --user")
    details = {"host": options.host, "port": options.port, "dbname": options.dbname, "user": options.user,
               "password": os.environ.get("WEIR_READER_PASSWORD", ""), "ssl": options.ssl}
    body = {"engine": "postgres", "name": options.database, "details": details}
    return metabase.ask("POST", "/api/database", body)["id"]


def collection(metabase):
    for one in rows(metabase.ask("GET", "/api/collection")):
        if one["name"] == NAME and not one.get("archived") and one.get("location", "/") == "/":
            return one["id"]
    return metabase.ask("POST", "/api/collection", {"name": NAME})["id"]


def items(metabase, collection_id, model):
    """The ids of the questions or dashboards of a collection by name."""
    found = rows(metabase.ask("GET", f"/api/collection/{collection_id}/items?models={model}"))
    return {one["name"]: one["id"] for one in found if one["model"] == model}


def question(one, database_id, collection_id):
    settings = {}
    if one["dimensions"]:
        settings = {"graph.dimensions": one["dimensions"], "graph.metrics": one["metrics"]}
        if one["name"] == "Carts":
            settings["stackable.stack_type"] = "stacked"
    native = {"query": (SQL / one["sql"]).read_text(encoding="utf-8").strip().rstrip(";")}
    return {"name": one["name"], "description": one["description"], "display": one["display"],
            "dataset_query": {"type": "native", "database": database_id, "native": native},
            "visualization_settings": settings, "collection_id": collection_id}


def questions(metabase, database_id, collection_id):
    """Creates or replaces all questions; returns their ids in the order of the file."""
    known = items(metabase, collection_id, "card")
    ids = []
    for one in json.loads(QUESTIONS.read_text(encoding="utf-8")):
        body = question(one, database_id, collection_id)
        if one["name"] in known:
            ids.append(known[one["name"]])
            metabase.ask("PUT", f"/api/card/{ids[-1]}", body)
        else:
            ids.append(metabase.ask("POST", "/api/card", body)["id"])
    return ids


def dashboard(metabase, collection_id, cards):
    """Makes the dashboard and puts the questions on it that it does not show yet, below all others."""
    known = items(metabase, collection_id, "dashboard")
    body = {"name": NAME, "description": "Made by bi/metabase/create.py of Weir.", "collection_id": collection_id}
    dashboard_id = known[NAME] if NAME in known else metabase.ask("POST", "/api/dashboard", body)["id"]
    state = metabase.ask("GET", f"/api/dashboard/{dashboard_id}")
    shown = [{key: one[key] for key in KEPT if key in one} for one in state.get("dashcards") or []]
    tabs = [{"id": one["id"], "name": one["name"]} for one in state.get("tabs") or []]
    missing = [card for card in cards if card not in [one.get("card_id") for one in shown]]
    bottom = max([one["row"] + one["size_y"] for one in shown], default=0)
    added = [{"id": -1 - index, "card_id": card, "row": bottom + 7 * (index // 2), "col": 12 * (index % 2),
              "size_x": 12, "size_y": 7, "series": [], "parameter_mappings": [], "visualization_settings": {},
              **({"dashboard_tab_id": tabs[0]["id"]} if tabs else {})}
             for index, card in enumerate(missing)]
    if added:
        change = {"dashcards": shown + added, **({"tabs": tabs} if tabs else {})}
        metabase.ask("PUT", f"/api/dashboard/{dashboard_id}", change)
    return dashboard_id


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--database", default=NAME)
    parser.add_argument("--host")
    parser.add_argument("--port", type=int, default=5432)
    parser.add_argument("--dbname", default="weir")
    parser.add_argument("--user")
    parser.add_argument("--ssl", action="store_true")
    options = parser.parse_args(arguments)
    if options.host and not options.user:
        parser.error("--host needs --user, a user that may only read: CREATE USER … IN ROLE weir_reader")
    metabase = Metabase(options.url, os.environ)
    database_id = database(metabase, options)
    collection_id = collection(metabase)
    cards = questions(metabase, database_id, collection_id)
    dashboard_id = dashboard(metabase, collection_id, cards)
    print(f"{len(cards)} questions, dashboard: {metabase.url}/dashboard/{dashboard_id}")


if __name__ == "__main__":
    main(sys.argv[1:])
