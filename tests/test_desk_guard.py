"""Who gets in at the desk, from where, and with what: refusals, sessions, limits, settings; and the API against its
own description."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from reportedly._cli import main
from reportedly._settings import Settings
from reportedly.collect import collect
from reportedly.demo import coverage
from reportedly.desk import Config, ConfigError, load_config, make_app
from reportedly.desk._guard import COOKIE, Keys
from reportedly.desk._openapi import description
from reportedly.desk._resources import RESOURCES
from reportedly.library import Library, _articles, _stories, work
from tests._stored import articles, clocked

TOKEN = "a-token-for-tests"  # noqa: S105 - opens nothing
BASE = "http://127.0.0.1:8765"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = clocked(tmp_path_factory.mktemp("guard") / "library.sqlite")
    for one in (*articles(), *collect([str(path) for path in coverage()], Settings(), print)):
        _articles.store(opened, one)
    work(opened, Settings())
    yield opened
    opened.close()


def visitor(library: Library, base: str = BASE, **config: Any) -> TestClient:
    app = make_app(library, Settings(), Config(**{"token": TOKEN, "rate": 1e6, "burst": 100_000, **config}))
    return TestClient(app, base_url=base, follow_redirects=False)


def entered(library: Library, **config: Any) -> TestClient:
    client = visitor(library, **config)
    assert client.get("/", params={"token": TOKEN}).status_code == 303
    return client


def form_token(client: TestClient) -> str:
    found = re.search(r'name="form_token" value="(\w+)"', client.get("/people/p-ottilie-brandvold").text)
    assert found
    return found[1]


# ---------------------------------------------------------------- who gets in


def test_nothing_is_shown_without_a_session(library: Library) -> None:
    client = visitor(library)
    for path in ("/", "/search?q=ferry", "/articles/h1", "/nowhere"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login"), path
    for path in ("/api/stories", "/api/articles/h1", "/openapi.json"):
        assert client.get(path).status_code == 401, path
    assert client.get("/login").status_code == 200


def test_the_printed_link_opens_a_session_and_leaves_the_address(library: Library) -> None:
    client = visitor(library)
    answer = client.get("/search", params={"q": "ferry road", "token": TOKEN})
    assert answer.headers["location"] == "/search?q=ferry+road"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert "Secure" not in cookie
    assert TOKEN not in cookie
    assert client.get("/").status_code == 200
    assert client.get("/", params={"token": TOKEN}).headers["location"] == "/"


def test_over_https_the_cookie_goes_over_nothing_else(library: Library) -> None:
    assert "Secure" in visitor(library, https=True).get("/", params={"token": TOKEN}).headers["set-cookie"]


def test_a_program_comes_in_with_a_bearer_token(library: Library) -> None:
    client = visitor(library)
    assert client.get("/api/stories", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert client.get("/api/stories", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/api/stories").status_code == 401


def test_a_password_opens_it_and_guessing_is_stopped(library: Library) -> None:
    client = visitor(library, password="correct horse battery")  # noqa: S106 - opens nothing
    tries = [
        client.post("/login", data={"secret": f"guess {n}"}, headers={"origin": BASE}).status_code for n in range(7)
    ]
    assert tries == [403] * 5 + [429] * 2
    other = visitor(library, password="correct horse battery")  # noqa: S106 - opens nothing
    answer = other.post("/login", data={"secret": "correct horse battery"}, headers={"origin": BASE})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert other.get("/").status_code == 200


def test_guessing_the_token_is_stopped_wherever_it_is_tried(library: Library) -> None:
    by_link = visitor(library)
    assert [by_link.get("/", params={"token": f"guess {n}"}).status_code for n in range(6)] == [403] * 5 + [429]
    by_header = visitor(library)
    codes = [by_header.get("/api/stories", headers={"authorization": f"Bearer {n}"}).status_code for n in range(6)]
    assert codes == [401] * 5 + [429]


def test_sessions_are_made_here_end_and_cannot_be_forged() -> None:
    clock = [1_000_000.0]
    keys, others = (Keys(Config(token=TOKEN), lambda: clock[0]) for _ in range(2))
    session = keys.session()
    assert keys.holds(session)
    assert not others.holds(session)
    ends, rest = session.split(".", 1)
    assert not keys.holds(f"{int(ends) + 9}.{rest}")
    for forged in ("", ".", "..", "x.y.z", "é.é.é"):
        assert not keys.holds(forged)
    clock[0] += 31 * 86400
    assert not keys.holds(session)


def test_logging_out_ends_what_the_browser_has(library: Library) -> None:
    client = entered(library)
    answer = client.post("/logout", data={"form_token": form_token(client)}, headers={"origin": BASE})
    assert f'{COOKIE}=""' in answer.headers["set-cookie"]
    assert client.get("/").headers["location"] == "/login"


# ---------------------------------------------------------------- from where


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8765", "", "localhost@evil.example"])
def test_a_name_that_is_not_the_desks_is_refused(library: Library, host: str) -> None:
    client = entered(library)
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8765", "[::1]:8765", "LOCALHOST"])
def test_the_desks_own_names_are_known(library: Library, host: str) -> None:
    assert entered(library).get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", f"{BASE}.evil.example"])
def test_a_form_of_another_site_is_refused(library: Library, origin: str | None) -> None:
    client = entered(library)
    fields = {"form_token": form_token(client), "form": "tag", "kind": "story", "about": "s", "words": "x"}
    answer = client.post("/notes", data=fields, headers={"origin": origin} if origin else {})
    assert answer.status_code == 403


@pytest.mark.parametrize("given", ["", "0" * 64, "é"])
def test_a_form_without_its_sessions_token_is_refused(library: Library, given: str) -> None:
    fields = {"form_token": given, "form": "tag", "kind": "story", "about": "s", "words": "x"}
    assert entered(library).post("/notes", data=fields, headers={"origin": BASE}).status_code == 403
    assert library.db.execute("SELECT count(*) FROM notes").fetchone()[0] == 0


def test_a_bearer_token_changes_nothing(library: Library) -> None:
    headers = {"origin": BASE, "authorization": f"Bearer {TOKEN}"}
    answer = visitor(library).post("/notes", data={"form": "tag", "kind": "story", "about": "s"}, headers=headers)
    assert answer.headers["location"] == "/login"


def test_other_methods_and_large_forms_are_refused(library: Library) -> None:
    client = entered(library)
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        for path, allowed in (("/", "GET, HEAD, POST"), ("/api/people", "GET, HEAD")):
            refused = client.request(method, path)
            assert (refused.status_code, refused.headers["allow"]) == (405, allowed)
    data = {"form_token": form_token(client), "words": "x" * 70_000}
    assert client.post("/notes", data=data, headers={"origin": BASE}).status_code == 403


# ---------------------------------------------------------------- on the way out, and how often


def test_every_answer_carries_the_policy(library: Library) -> None:
    client = entered(library)
    for path in ("/", "/nowhere", "/api/stories", "/openapi.json", "/login"):
        headers = client.get(path).headers
        policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'", path
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert headers["x-content-type-options"] == "nosniff"
        assert "private" in headers["cache-control"]


def test_an_address_that_asks_too_often_has_to_wait(library: Library) -> None:
    client = entered(library, rate=0.001, burst=4)
    assert [client.get("/").status_code for _ in range(5)] == [200] * 3 + [429] * 2


# ---------------------------------------------------------------- settings


def test_settings_come_from_a_file_then_the_environment_then_the_command(tmp_path: Path) -> None:
    file = tmp_path / "desk.toml"
    file.write_text('port = 1\nhost = "::1"\nrate = 5\nnames = ["desk.example"]\n')
    config = load_config(str(file), {"REPORTEDLY_PORT": "2", "REPORTEDLY_RATE": "7.5"}, port=3, host=None)
    assert (config.port, config.host, config.rate, config.names) == (3, "::1", 7.5, ("desk.example",))


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"REPORTEDLY_HOST": "192.0.2.7"}, "192.0.2.7: others could reach the desk"),
        ({"REPORTEDLY_HOST": "0.0.0.0", "REPORTEDLY_TOKEN": "x" * 12}, "by which names"),  # noqa: S104
        ({"REPORTEDLY_PASSWORD": "short"}, "password: too short"),
        ({"REPORTEDLY_PORT": "eighty"}, "not a number: eighty"),
        ({"REPORTEDLY_RATE": "-1"}, "have to be positive"),
    ],
)
def test_a_desk_that_would_be_open_to_others_is_not_served(environment: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(words)) as caught:
        load_config(None, environment)
    assert "short" not in str(caught.value).replace("too short", "")  # no secret is repeated


@pytest.mark.parametrize("line", ["colour = 1", "port = 'x'", "port = true", "names = 'x'", "token = 5", "= ="])
def test_a_setting_that_cannot_be_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "desk.toml"
    file.write_text(line)
    with pytest.raises(ConfigError):
        load_config(str(file), {})


def test_the_command_refuses_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("TOKEN", "PASSWORD"):
        monkeypatch.delenv(f"REPORTEDLY_{name}", raising=False)
    library = str(tmp_path / "library.sqlite")
    assert main(["serve", "--library", library, "--host", "192.0.2.7"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["serve", "--library", library, "--config", str(tmp_path / "no.toml")]) == 1
    assert "no.toml: no such file" in capsys.readouterr().err


def test_the_documentation_has_every_setting_and_every_page() -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "desk.md").read_text("utf-8")
    for field in dataclasses.fields(Config):
        assert f"| `{field.name}` | `REPORTEDLY_{field.name.upper()}`" in page, field.name
    for resource in RESOURCES:
        path = resource.path.replace("{id}", "ID")
        assert f"`{path}`" in page or path in ("/people", "/issues", "/outlets", "/stories/ID/readout"), path


# ---------------------------------------------------------------- the API as described

ANY = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


def known(library: Library) -> st.SearchStrategy[str]:
    stories = [row.id for row in _stories.find(library.db, _stories.Filter(), None)]
    return st.sampled_from(
        [*stories, "h1", "v1", "p-ottilie-brandvold", "skarnes-post", "cable", "../h1", "a/b", "%2e"]
    )


def test_the_descriptions_schemas_are_schemas() -> None:
    for schema in description()["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    assert description()["openapi"].startswith("3.1.")


@pytest.mark.parametrize("path", sorted(description()["paths"]))
def test_the_api_answers_as_described_whatever_it_is_asked(library: Library, path: str) -> None:
    client = visitor(library)
    client.headers["authorization"] = f"Bearer {TOKEN}"
    operation = description()["paths"][path]["get"]
    parameters = [one["name"] for one in operation["parameters"] if one["in"] == "query"]
    values = ANY | st.sampled_from(["1", "2", "true", "2031-02-03", "ferry", '"a b" -c*', "9" * 30, "x" * 600])

    def answered(identifier: str, query: dict[str, str]) -> int:
        answer = client.get(path.replace("{id}", quote(identifier, safe="") or "x"), params=query)
        schema = operation["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
        jsonschema.validate(answer.json(), {**schema, "components": description()["components"]})
        return answer.status_code

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(known(library) | ANY, st.dictionaries(st.sampled_from(parameters or ["none"]), values))
    def ask(identifier: str, query: dict[str, str]) -> None:
        answered(identifier, query)

    ask()
    there = {"people": "p-ottilie-brandvold", "issues": "cable", "articles": "h1", "outlets": "skarnes-post"}
    collection = path.split("/")[2]
    assert answered(there.get(collection) or _stories.story_of(library.db, "h1") or "", {}) == 200
