"""The settings, and the page that lists them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from execution.budgets import Budget
from server.budgets import allowance_of
from server.settings import (
    ContractSettings,
    Profile,
    Settings,
    SettingsError,
    load_settings,
    setting_name,
)

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def no_settings_around(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    for name in names():
        monkeypatch.delenv(name, raising=False)


def names() -> set[str]:
    """Return every environment variable that a setting is read from."""
    found: set[str] = set()
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        choices = getattr(alias, "choices", None) or ([alias] if alias else [setting_name(name)])
        found.update(str(choice) for choice in choices)
    return found


def test_the_page_lists_exactly_the_settings() -> None:
    """What is documented exists, and what exists is documented."""
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `([A-Z0-9_]+)`", page, flags=re.MULTILINE))
    assert listed == names()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("off", {}),
        ("anonymous=500/2.5", {"anonymous": Budget(500, 2.5)}),
        (
            "anonymous=500/5, service=1000/50",
            {"anonymous": Budget(500, 5), "service": Budget(1_000, 50)},
        ),
    ],
)
def test_budgets_are_said_by_role(
    monkeypatch: pytest.MonkeyPatch, said: str, meant: dict[str, Budget]
) -> None:
    """Or not at all, by a word."""
    monkeypatch.setenv("CONTENT_GRAPH_BUDGETS", said)
    assert load_settings().budgets_in_force == meant


@pytest.mark.parametrize(
    "said",
    [
        "500",
        "anonymous=500",
        "service=500/5",
        "anonymous=500/5, partner=1000/50",
        "anonymous=5/5",
        "anonymous=500/0",
        "anonymous=500/5;",
    ],
)
def test_what_is_no_budget_is_told(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    """Anonymous callers always have one."""
    monkeypatch.setenv("CONTENT_GRAPH_BUDGETS", said)
    with pytest.raises(SettingsError, match="CONTENT_GRAPH_BUDGETS: must be"):
        load_settings()


def test_nobody_is_charged_in_development_unless_it_is_said() -> None:
    """In production everybody is."""
    assert load_settings().budgets_in_force == {}
    production = ContractSettings(profile=Profile.PRODUCTION)
    assert production.budgets_in_force["anonymous"].size > production.max_nodes


def test_a_wrong_address_of_redis_is_told_without_showing_it() -> None:
    """It may hold a password."""
    with pytest.raises(SettingsError, match="CONTENT_GRAPH_BUDGETS_REDIS: must be") as refused:
        allowance_of(load_settings(budgets={"anonymous": Budget(500, 5)}, budgets_redis="secret"))
    assert "secret" not in str(refused.value)


def test_development_needs_no_setting() -> None:
    """The embedded engine, the explorer and the sample are there without a word."""
    settings = load_settings()
    assert settings.embedded
    assert settings.development
    assert settings.load_sample


def test_the_port_comes_by_its_plain_name_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """`make run PORT=…` and most platforms pass `PORT`; our own name goes before it."""
    monkeypatch.setenv("PORT", "9001")
    assert load_settings().port == 9001
    monkeypatch.setenv("CONTENT_GRAPH_PORT", "9002")
    assert load_settings().port == 9002
    assert load_settings(port=9003).port == 9003


@pytest.mark.parametrize(
    "uri", ["bolt://db", "neo4j://db:7687", "neo4j+s://db.example", "bolt+ssc://10.0.0.1:7687"]
)
def test_every_scheme_of_the_driver_is_known(uri: str) -> None:
    """Each of them is an outside database, which gets no sample unasked."""
    settings = load_settings(uri=uri)
    assert not settings.embedded
    assert not settings.load_sample


@pytest.mark.parametrize(
    "uri",
    [
        "http://db",
        "db:7687",
        "bolt://",
        "neo4j://user:secret@db",
        "bolt://db:bolt",
        "bolt://db:70000",
        "neo4j://db/graph",
        "bolt://db?region=eu",
    ],
)
def test_another_address_is_refused_without_showing_it(uri: str) -> None:
    """An address may hold a password; a message must not."""
    with pytest.raises(SettingsError, match=r"^CONTENT_GRAPH_URI: ") as refused:
        load_settings(uri=uri)
    assert uri not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, ["CONTENT_GRAPH_URI"]),
        ({"uri": "neo4j://db"}, ["CONTENT_GRAPH_PASSWORD"]),
        ({"uri": "neo4j://db", "password": "Neo4j"}, ["CONTENT_GRAPH_PASSWORD"]),
        ({"uri": "embedded"}, ["CONTENT_GRAPH_DATA"]),
        ({"sample": True}, ["CONTENT_GRAPH_URI", "CONTENT_GRAPH_SAMPLE"]),
    ],
)
def test_production_refuses_what_suits_a_desk_only(
    given: dict[str, object], wrong: list[str]
) -> None:
    """Each wrong setting has a line of its own."""
    with pytest.raises(SettingsError) as refused:
        load_settings(profile=Profile.PRODUCTION, **given)
    assert [line.partition(":")[0] for line in str(refused.value).splitlines()] == wrong


@pytest.mark.parametrize(
    "given",
    [{"uri": "embedded", "data": "/srv/graph"}, {"uri": "neo4j://db", "password": "a8Fz-long"}],
)
def test_production_takes_what_was_chosen(given: dict[str, object]) -> None:
    """Neither the explorer nor the sample is there then."""
    settings = load_settings(profile=Profile.PRODUCTION, **given)
    assert not settings.development
    assert not settings.load_sample


def test_the_password_shows_nowhere() -> None:
    """Not in the text of the settings, whoever prints them."""
    given = {"uri": "neo4j://db", "password": "hush"}
    assert "hush" not in repr(load_settings(**given))


def test_each_wrong_setting_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """All at once, by the name it is set with."""
    monkeypatch.setenv("CONTENT_GRAPH_PORT", "a lot")
    monkeypatch.setenv("CONTENT_GRAPH_HEAP_MB", "1")
    with pytest.raises(SettingsError) as refused:
        load_settings()
    told = [line.partition(":")[0] for line in str(refused.value).splitlines()]
    assert sorted(told) == ["CONTENT_GRAPH_HEAP_MB", "CONTENT_GRAPH_PORT"]


def test_the_name_that_was_used_is_blamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port has two names; whoever set one is not told of the other."""
    monkeypatch.setenv("PORT", "abc")
    with pytest.raises(SettingsError, match=r"^PORT: "):
        load_settings()
    with pytest.raises(SettingsError, match=r"^CONTENT_GRAPH_PORT: "):
        load_settings(port=70_000)


def test_a_wrong_log_level_is_told_the_right_ones() -> None:
    """All four words."""
    with pytest.raises(SettingsError, match=r"'DEBUG', 'INFO', 'WARNING' or 'ERROR'"):
        load_settings(log_level="LOUD")
