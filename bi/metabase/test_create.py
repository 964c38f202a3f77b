"""create.py against a small server with the shapes of Metabase's REST API, as its sources publish them (the bodies that
it accepts are closed: an unknown key is refused). This is not a Metabase."""

import contextlib
import io
import json
import os
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import create

CARD = {"name", "type", "dataset_query", "parameters", "parameter_mappings", "description", "display",
        "visualization_settings", "collection_id", "collection_position", "result_metadata", "cache_ttl"}
DASHCARD = {"id", "card_id", "dashboard_tab_id", "row", "col", "size_x", "size_y", "series", "parameter_mappings",
            "visualization_settings"}


class Fake(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, value, code=200):
        body = json.dumps(value).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_all(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "null")
        if self.path != "/api/session" and self.headers.get("x-api-key") != "key":
            return self.answer({"message": "Unauthenticated"}, 401)
        try:
            self.answer(self.server.state.do(self.command, self.path, body))
        except AssertionError as error:
            self.answer({"errors": str(error)}, 400)

    do_GET = do_POST = do_PUT = handle_all


class State:
    """What the server keeps, and the rules by which it refuses a body."""

    def __init__(self):
        self.databases, self.collections, self.cards, self.dashboards, self.changes = {}, {}, {}, {}, []

    def add(self, kind, body):
        new = len(kind) + 1
        kind[new] = dict(body, id=new)
        return kind[new]

    def do(self, method, path, body):
        if method != "GET":
            self.changes.append(f"{method} {path}")
        path, _, query = path.partition("?")
        parts = path.split("/")[2:]
        if parts == ["database"]:
            return {"data": list(self.databases.values()), "total": 1} if method == "GET" else self.database(body)
        if parts == ["collection"]:
            return list(self.collections.values()) if method == "GET" else self.add(self.collections, body)
        if parts[0] == "collection":
            kind, model = (self.cards, "card") if query == "models=card" else (self.dashboards, "dashboard")
            here = [one for one in kind.values() if one["collection_id"] == int(parts[1])]
            return {"data": [{"id": one["id"], "name": one["name"], "model": model} for one in here], "total": 1}
        if parts[0] == "card":
            return self.card(parts, body)
        return self.dashboard(method, parts, body)

    def database(self, body):
        assert {"engine", "name", "details"} <= set(body), body
        return self.add(self.databases, body)

    def card(self, parts, body):
        assert set(body) <= CARD, set(body) - CARD
        assert body["name"] and body["display"] and isinstance(body["visualization_settings"], dict)
        query = body["dataset_query"]
        assert query["type"] == "native" and query["database"] in self.databases and query["native"]["query"]
        if len(parts) == 1:
            return self.add(self.cards, body)
        self.cards[int(parts[1])].update(body)
        return self.cards[int(parts[1])]

    def dashboard(self, method, parts, body):
        if method == "POST":
            return self.add(self.dashboards, dict(body, dashcards=[]))
        one = self.dashboards[int(parts[1])]
        if method == "PUT":
            for card in body["dashcards"]:
                assert set(card) <= DASHCARD, set(card) - DASHCARD
                assert card["size_x"] > 0 and card["size_y"] > 0 and card["row"] >= 0 and card["col"] >= 0
                assert card["col"] + card["size_x"] <= 24, "the grid has 24 columns"
            one["dashcards"] = [dict(card, id=100 + index, card={"name": "…"}, created_at="…")
                                for index, card in enumerate(body["dashcards"])]
        return one


class CreateTest(unittest.TestCase):
    def setUp(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Fake)
        self.server.state = self.state = State()
        self.state.add(self.state.databases, {"name": "Weir"})
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        os.environ["METABASE_API_KEY"] = "key"

    def run_create(self, *options):
        self.state.changes.clear()
        with contextlib.redirect_stdout(io.StringIO()) as out:
            create.main([f"http://127.0.0.1:{self.server.server_port}", *options])
        return out.getvalue()

    def test_first_run_creates_all(self):
        out = self.run_create()

        self.assertIn("8 questions", out)
        self.assertEqual(8, len(self.state.cards))
        self.assertEqual(list(range(1, 9)), [one["card_id"] for one in self.state.dashboards[1]["dashcards"]])
        self.assertNotIn(";", self.state.cards[1]["dataset_query"]["native"]["query"])

    def test_second_run_adds_nothing(self):
        self.run_create()
        self.run_create()

        self.assertEqual([f"PUT /api/card/{card}" for card in range(1, 9)], self.state.changes)
        self.assertEqual((1, 8, 1), (len(self.state.collections), len(self.state.cards), len(self.state.dashboards)))

    def test_changed_question_gets_its_sql_again(self):
        self.run_create()
        self.state.cards[2]["dataset_query"] = {}
        self.run_create()

        self.assertIn("duration_ms", self.state.cards[2]["dataset_query"]["native"]["query"])

    def test_dashboard_keeps_what_people_put_there(self):
        self.run_create()
        mine = {"id": 7, "card_id": 99, "row": 0, "col": 3, "size_x": 5, "size_y": 9, "card": {}, "created_at": "…"}
        self.state.dashboards[1]["dashcards"] = [mine]
        self.run_create()

        shown = self.state.dashboards[1]["dashcards"]
        self.assertEqual([99, *range(1, 9)], [one["card_id"] for one in shown])
        self.assertEqual((3, 9), (shown[0]["col"], shown[1]["row"]))

    def test_database_is_added_when_its_address_is_given(self):
        self.state.databases.clear()
        with self.assertRaisesRegex(SystemExit, "no database 'Weir'"):
            self.run_create()
        self.run_create("--host", "db.example.org", "--user", "tool")

        details = self.state.databases[1]["details"]
        self.assertEqual(("db.example.org", "tool", False), (details["host"], details["user"], details["ssl"]))

    def test_database_is_reached_with_tls_when_that_is_asked_for(self):
        self.state.databases.clear()
        self.run_create("--host", "db.example.org", "--user", "tool", "--ssl")

        self.assertIs(True, self.state.databases[1]["details"]["ssl"])

    def test_host_without_a_user_is_refused(self):
        self.state.databases.clear()
        errors = io.StringIO()
        with contextlib.redirect_stderr(errors), self.assertRaises(SystemExit):
            self.run_create("--host", "db.example.org")

        self.assertIn("--host needs --user", errors.getvalue())
        self.assertEqual([], self.state.changes)

    def test_refusal_names_the_request(self):
        os.environ["METABASE_API_KEY"] = "wrong"
        with self.assertRaisesRegex(SystemExit, "GET /api/database: 401"):
            self.run_create()


if __name__ == "__main__":
    unittest.main()
