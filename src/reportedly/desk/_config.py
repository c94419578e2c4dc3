"""The desk's settings: from a TOML file, then the environment, then the command line. No secret comes by the last."""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from reportedly._errors import ReportedlyError

LEAST = 12
"""Characters of a password or token that is not made by the desk itself."""


SECRETS = ("token", "password", "feed_token", "webhook_secret")


class ConfigError(ReportedlyError):
    """A setting is missing or cannot be as it is."""


@dataclass(frozen=True, slots=True)
class Config:
    """How the desk is served.

    ``names`` are the hosts that a request may name (a proxy's, say); the address served on is one. ``https``: people
    reach it over HTTPS, so that cookies go over nothing else. ``rate`` is in requests a second of one address,
    ``burst`` how many may come at once. ``token`` and ``password`` open the desk; ``feed_token`` opens the feeds of
    what changed and nothing else; each may be None. ``webhook`` is where a watcher posts what changed, signed with
    ``webhook_secret``.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()
    https: bool = False
    rate: float = 50.0
    burst: int = 200
    token: str | None = None
    password: str | None = None
    feed_token: str | None = None
    webhook: str | None = None
    webhook_secret: str | None = None

    @property
    def loopback(self) -> bool:
        """Whether only this machine reaches it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def hosts(self) -> frozenset[str]:
        """The values of a Host header, without the port, that are answered."""
        own = {"127.0.0.1", "localhost", "[::1]"} if self.loopback else {_bracketed(self.host)}
        return frozenset({*own, *(name.lower() for name in self.names)} - {"0.0.0.0", "[::]"})  # noqa: S104


def load_config(file: str | None, environment: Mapping[str, str], **given: Any) -> Config:
    """The settings of a file, with those of the environment and the given ones (None: not given) over them.

    Raises:
        ConfigError: the file cannot be read, or a setting is unknown or wrong, or the desk would be open to others.
    """
    config = Config()
    if file:
        config = _with(config, _of_file(file), file)
    named = {field.name: f"REPORTEDLY_{field.name.upper()}" for field in fields(Config)}
    set_there = {name: value for name, variable in named.items() if (value := environment.get(variable))}
    found = {name: _parsed(name, value) for name, value in set_there.items()}
    config = _with(config, found, "the environment")
    config = replace(config, **{name: value for name, value in given.items() if value is not None})
    return _checked(config)


def _of_file(file: str) -> dict[str, Any]:
    try:
        with open(file, "rb") as stream:
            return tomllib.load(stream)
    except OSError as problem:
        raise ConfigError(f"{file}: {(problem.strerror or str(problem)).lower()}") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ConfigError(f"{file}: not TOML: {problem}") from problem


def _with(config: Config, values: Mapping[str, Any], source: str) -> Config:
    words = dict.fromkeys((*SECRETS, "host", "webhook"), str)
    types = {**words, "port": int, "names": list, "https": bool, "burst": int}
    for name, value in values.items():
        if name not in {field.name for field in fields(Config)}:
            raise ConfigError(f"{source}: no such setting: {name}")
        if not isinstance(value, types.get(name, (int, float))) or (isinstance(value, bool) and name != "https"):
            raise ConfigError(f"{source}: {name} cannot be {value!r}" if name not in SECRETS else name)
    changes: dict[str, Any] = {name: tuple(value) if name == "names" else value for name, value in values.items()}
    return replace(config, **changes)


def _parsed(name: str, value: str) -> Any:
    try:
        if name in ("port", "burst"):
            return int(value)
        if name == "rate":
            return float(value)
    except ValueError as problem:
        raise ConfigError(f"REPORTEDLY_{name.upper()}: not a number: {value}") from problem
    if name == "names":
        return value.split()
    return value.lower() in ("1", "true", "yes") if name == "https" else value


def _checked(config: Config) -> Config:
    for name in SECRETS:
        secret = getattr(config, name)
        if secret is not None and len(secret) < LEAST:
            raise ConfigError(f"{name}: too short: {LEAST} characters at least")
    if config.feed_token and config.feed_token in (config.token, config.password):
        raise ConfigError("feed_token: it is also what opens the desk: make another one")
    if not 0 <= config.port < 65536 or config.rate <= 0 or config.burst < 1:
        raise ConfigError("port, rate and burst have to be positive")
    if not config.loopback and not (config.token or config.password):
        raise ConfigError(
            f"{config.host}: others could reach the desk: set REPORTEDLY_PASSWORD or REPORTEDLY_TOKEN first"
        )
    if not config.hosts:
        raise ConfigError(f"{config.host}: say by which names the desk is reached (REPORTEDLY_NAMES)")
    return config


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host.lower()
