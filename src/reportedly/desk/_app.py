"""The desk's application: routes, made from the resources, behind the guard."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from reportedly._errors import ReportedlyError
from reportedly._settings import Settings
from reportedly.desk import _article, _feeds, _jsonld, _openapi
from reportedly.desk._actions import FormError, act, form_of
from reportedly.desk._changes import ChangesData, groups
from reportedly.desk._config import Config
from reportedly.desk._data import ArticleData, HitData, IssueData, PersonData, SearchData, StoriesData, StoryData
from reportedly.desk._guard import COOKIE, Guard, Keys
from reportedly.desk._render import STATIC, address, render, static, static_path
from reportedly.desk._resources import RESOURCES, AskError, Desk, Parameter, Resource
from reportedly.library import Library, LibraryError, _articles, _decisions, _notes, _readouts, _said, _stories

FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}
COMPARE = Parameter("compare", "A version to compare an article's with.", "integer")
ACTIONS = ("/notes", "/notes/undo", "/decisions", "/decisions/undo")


def make_app(library: Library, settings: Settings, config: Config) -> ASGIApp:
    """The application over a library, for any ASGI server."""
    keys = Keys(config)
    desk = Desk(library, settings)
    routes = [Route("/openapi.json", lambda _: JSONResponse(_openapi.description()))]
    routes += [Route(static_path(name), partial(_static, name)) for name in STATIC]
    for suffix in _feeds.TYPES:
        routes.append(Route(f"/changes.{suffix}", _feed_of(desk, config, suffix)))
        routes.append(Route(f"/stories/{{id:path}}/changes.{suffix}", _feed_of(desk, config, suffix)))
    for resource in RESOURCES:
        path = resource.path.replace("{id}", "{id:path}")
        routes.append(Route(_openapi.api_path(resource).replace("{id}", "{id:path}"), _data_of(desk, resource)))
        if resource.template:
            routes.append(Route(path, _page_of(desk, resource)))
    routes += [Route(path, _action_of(desk), methods=["POST"]) for path in ACTIONS]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _problem, Exception: _fault})
    guard = Guard(app, config, keys)
    app.router.routes.append(Route("/login", _login_form))
    app.router.routes.append(Route("/login", _login_of(guard, keys), methods=["POST"]))
    app.router.routes.append(Route("/logout", _logout, methods=["POST"]))
    return guard


# ---------------------------------------------------------------- data and pages


def _data_of(desk: Desk, resource: Resource) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        data = _got(desk, resource, request)
        body = _openapi.adapter(resource.answer).dump_json(data)
        return Response(body, media_type="application/json")

    return answer


def _page_of(desk: Desk, resource: Resource) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        data = _got(desk, resource, request)
        given = request.path_params.get("id")
        if isinstance(data, StoryData | ChangesData) and data.story and data.story.id != given:
            return RedirectResponse(address("stories", data.story.id, *resource.path.split("/")[3:]), 307)
        values = _more(desk, data, request)
        return _html(request, resource.template or "", data=data, resource=resource, **values)

    return answer


def _got(desk: Desk, resource: Resource, request: Request) -> Any:
    try:
        return resource.get(desk, resource.ask(request.path_params, request.query_params))
    except AskError as problem:
        raise HTTPException(400, str(problem)) from problem
    except LibraryError as problem:
        raise HTTPException(404, str(problem)) from problem


def _more(desk: Desk, data: Any, request: Request) -> dict[str, Any]:
    """What a page shows beside its data: HTML that is made of it, and what its forms offer."""
    db = desk.library.db
    if isinstance(data, ChangesData):
        return {"groups": groups(data.changes)}
    if isinstance(data, StoryData):
        kept = _readouts.kept(db, data.story.id)
        if kept is None:
            raise HTTPException(404, "this story has just changed: load the page again")
        ld = _jsonld.script(_jsonld.of_readout(kept.readout))
        # The body was made by our own templates, which escaped all that is an article's.
        values = {"body": Markup(kept.body), "made_at": kept.made_at, "ld": ld, "groups": groups(data.changes)}  # noqa: S704
        about = {article for one in data.decisions for article in _decisions.named(one.line)}
        return {**values, "decided_about": {row.id: row.outlet for row in _stories.article_rows(db, about)}}
    if isinstance(data, ArticleData):
        old = _older(desk, data.article.id, request.query_params.get("compare", ""))
        text = _article.marked(data) if old is None else _article.edit(old, data.text)
        return {"text": text, "compared": old is not None, "ld": _jsonld.script(_jsonld.of_article(data))}
    if isinstance(data, PersonData | IssueData):
        return {"ld": _jsonld.script(_jsonld.of_said(data))}
    if isinstance(data, SearchData):
        return {"passages": [_passage(hit) for hit in data.hits]}
    if isinstance(data, StoriesData):
        carriers = _stories.outlets_of(db, [one.id for one in data.stories])
        return {"outlets": _said.outlets(db), "tags": _notes.tags(db), "carriers": carriers}
    return {}


def _feed_of(desk: Desk, config: Config, suffix: str) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        base = f"{'https' if config.https else request.url.scheme}://{request.headers['host']}"
        path = request.url.path.removesuffix(f".{suffix}")
        try:
            feed = _feeds.feed(desk.library.db, desk.library.now(), base, path, request.path_params.get("id", ""))
        except LibraryError as problem:
            raise HTTPException(404, str(problem)) from problem
        body = _feeds.atom(feed) if suffix == "atom" else _feeds.json_feed(feed)
        headers = {"etag": f'"{hashlib.sha256(body).hexdigest()[:32]}"'}
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=_feeds.TYPES[suffix], headers=headers)

    return answer


def _older(desk: Desk, article: str, version: str) -> str | None:
    """The text of the version that an article is to be compared with, or None."""
    if not version:
        return None
    try:
        return _articles.load(desk.library.db, article, COMPARE.parse(version)).text
    except AskError as problem:
        raise HTTPException(400, str(problem)) from problem
    except LibraryError as problem:
        raise HTTPException(404, str(problem)) from problem


def _passage(hit: HitData) -> Markup:
    start = hit.citation.spans[0][0]
    marks = [(a - start, b - start) for a, b in hit.marks]
    return _article.highlighted(hit.passage, marks)


def _html(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    query = {name: value for name, value in request.query_params.items() if name != "page" and value}
    page = render(
        template,
        form_token=request.scope["state"].get("form_token", ""),
        here=request.url.path + (f"?{urlencode(query)}" if query else ""),
        path=request.url.path,
        query=query,
        **values,
    )
    return HTMLResponse(page, status)


# ---------------------------------------------------------------- forms


def _action_of(desk: Desk) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        try:
            form = await form_of(request)
            back = await run_in_threadpool(act, desk.library, request.url.path, form)
        except FormError as problem:
            raise HTTPException(403, str(problem)) from problem
        except LibraryError as problem:
            raise HTTPException(400, str(problem)) from problem
        return RedirectResponse(back, 303)

    return answer


def _login_form(request: Request) -> Response:
    return _html(request, "login.html.j2", wrong=False)


def _login_of(guard: Guard, keys: Keys) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        try:
            form = await form_of(request)
        except FormError as problem:
            raise HTTPException(403, str(problem)) from problem
        if not keys.opens(form.get("secret", [""])[0]):
            return _html(request, "login.html.j2", 403, wrong=True)
        return guard.entered(RedirectResponse("/", 303))

    return answer


async def _logout(request: Request) -> Response:
    try:
        await form_of(request)
    except FormError as problem:
        raise HTTPException(403, str(problem)) from problem
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE)
    return response


def _static(name: str, _: Request) -> Response:
    return Response(static(name), media_type=STATIC[name], headers=FOR_EVER)


# ---------------------------------------------------------------- problems


def _problem(request: Request, problem: Exception) -> Response:
    status = problem.status_code if isinstance(problem, HTTPException) else 500
    reason = problem.detail if isinstance(problem, HTTPException) else "something went wrong"
    if reason == "Not Found":  # the router's words, where no page is of this address
        reason = "There is nothing at this address."
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": reason}, status)
    return _html(request, "problem.html.j2", status, reason=reason, code=status)


def _fault(request: Request, problem: Exception) -> Response:
    """What went wrong that a user can act on is said; anything else only in the server's log."""
    reason = str(problem) if isinstance(problem, ReportedlyError) else "something went wrong"
    return _problem(request, HTTPException(500, reason))
