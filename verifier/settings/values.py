"""Values of settings, one after the other: each is looked at, and every problem is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path as FilePath

from policy_dsl.diagnostics import did_you_mean
from policy_dsl.paths import BadPath, beside, outside
from policy_dsl.source import Place, Source, Span
from verifier.settings.model import Problem, SettingsError
from verifier.settings.places import Path, key_places, offset_of

MOST = 1000
"""How many entries a list may have, and how many characters a text."""

MOST_PROBLEMS = 50
"""How many problems are told of one file; nothing more is looked at then."""

LARGEST_NUMBER = 2**32 - 1


class Table:
    """A table of the settings. ``path`` is its way in the file, which problems name."""

    def __init__(self, notes: Notes, data: Mapping[str, object], path: Path) -> None:
        self._notes = notes
        self._data = data
        self.path = path

    def only(self, known: Collection[str]) -> None:
        """Complain of every key that is not known."""
        for key in self._data:
            if key not in known:
                near = did_you_mean(key, known)
                meant = f"Did you mean '{near}'?" if near else f"Known are: {', '.join(known)}."
                self.wrong(key, "there is no such setting.", meant)

    def wrong(self, key: str, message: str, remedy: str = "") -> None:
        """Note what is wrong with a key, or with the table where there is no key."""
        self._notes.wrong((*self.path, key) if key else self.path, message, remedy)

    def has(self, key: str) -> bool:
        """Whether a key is there."""
        return key in self._data

    def is_false(self, key: str) -> bool:
        """Whether a key says false."""
        return self._data.get(key) is False

    def names(self) -> tuple[str, ...]:
        """All its keys."""
        return tuple(self._data)

    def place(self) -> Place:
        """Where it stands."""
        return self._notes.place(self.path)

    def text(self, key: str) -> str | None:
        """A text with something in it; None if there is none, or a problem was noted."""
        value = self._data.get(key)
        if value is None:
            return None
        return self._text(value, key)

    def _text(self, value: object, key: str) -> str | None:
        if not isinstance(value, str):
            self.wrong(
                key, f"this is {_kind(value)}.", 'It must be a text in quotation marks: "...".'
            )
        elif not value.strip():
            self.wrong(key, "this is empty.", "It must say something.")
        elif len(value) > MOST:
            self.wrong(key, f"this has {len(value)} characters.", f"At most {MOST} are allowed.")
        else:
            return value
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._data.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.wrong(key, f"this is {_kind(value)}.", 'It must be a list: ["...", "..."].')
            return ()
        if len(value) > MOST:
            self.wrong(key, f"this has {len(value)} entries.", f"At most {MOST} are allowed.")
            return ()
        found = [self._text(each, key) for each in value]
        return tuple(each for each in found if each is not None)

    def word(
        self, key: str, allowed: Collection[str], instead: Mapping[str, str] | None = None
    ) -> str | None:
        """One of some words; ``instead`` says of words that others allow what to write for them."""
        value = self.text(key)
        if value is None or value in allowed:
            return value
        near = did_you_mean(value, allowed)
        meant = f"Did you mean '{near}'? " if near else ""
        remedy = (instead or {}).get(value) or f"{meant}Allowed are: {', '.join(allowed)}."
        self.wrong(key, f"'{value[:80]}' is not allowed.", remedy)
        return None

    def number(self, key: str) -> int | None:
        """A whole number from 1."""
        value = self._data.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST_NUMBER:
            return value
        whole = _kind(value) == "a whole number"
        said = "this is out of range." if whole else f"this is {_kind(value)}."
        self.wrong(key, said, f"It must be a whole number from 1 to {LARGEST_NUMBER}.")
        return None

    def truth(self, key: str) -> bool | None:
        """Yes or no."""
        value = self._data.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.wrong(key, f"this is {_kind(value)}.", "It must be true or false.")
        return None

    def day(self, key: str) -> date | None:
        """A day."""
        value = self._data.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.wrong(
            key, f"this is {_kind(value)}.", "It must be a day without quotation marks: 2027-01-31."
        )
        return None

    def file(self, key: str) -> str | None:
        """A path in the project, with forward slashes and relative to the settings."""
        value = self.text(key)
        return value if value is not None and self._inside(value, key) else None

    def files(self, key: str) -> tuple[str, ...]:
        """Paths in the project."""
        return tuple(each for each in self.texts(key) if self._inside(each, key))

    def _inside(self, path: str, key: str) -> bool:
        try:
            if beside("settings", path).startswith("..") or not self._leads_inside(path):
                raise BadPath(*outside())
        except BadPath as error:
            remedy = "Write the way from the folder of the settings, with forward slashes."
            self.wrong(key, f"'{path[:80]}' cannot be used: {error}.", remedy)
            return False
        return True

    def _leads_inside(self, path: str) -> bool:
        """Whether a path stays in the project by whatever links it goes."""
        root = self._notes.root.resolve()
        try:
            return (root / path).resolve().is_relative_to(root)
        except (OSError, RuntimeError, ValueError):
            return False

    def table(self, key: str) -> Table:
        """A table within; an empty one if there is none."""
        value = self._data.get(key, {})
        if not isinstance(value, dict):
            self.wrong(key, f"this is {_kind(value)}.", f"It must be a table: [{key}].")
            value = {}
        return Table(self._notes, value, (*self.path, key))

    def tables(self, key: str) -> list[Table]:
        """A list of tables."""
        value = self._data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.wrong(key, f"this is {_kind(value)}.", f"Each must be a table: [[{key}]].")
            return []
        if len(value) > MOST:
            self.wrong(key, f"there are {len(value)}.", f"At most {MOST} are allowed.")
            return []
        return [Table(self._notes, each, (*self.path, key, at)) for at, each in enumerate(value)]


class Notes:
    """Collects what is wrong in one file of settings; paths in it start from ``root``."""

    def __init__(self, source: Source, root: FilePath) -> None:
        self.problems: list[Problem] = []
        self.root = root
        self._source = source
        self._places = key_places(source.text)

    def place(self, path: Path) -> Place:
        """Where a key stands, or the nearest thing around it that has a place."""
        at = offset_of(self._places, path)
        line = self._source.text.find("\n", at)
        return Place(self._source, Span(at, line if line >= 0 else len(self._source.text)))

    def wrong(self, path: Path, message: str, remedy: str) -> None:
        """Note a problem. Raises ``SettingsError`` where there are too many."""
        called = ""
        for each in path:
            called += f"[{each + 1}]" if isinstance(each, int) else f"{'.' if called else ''}{each}"
        place = self.place(path)
        self.problems.append(Problem(key=called[:120], place=place, message=message, remedy=remedy))
        if len(self.problems) >= MOST_PROBLEMS:
            raise SettingsError(self.problems)


def _kind(value: object) -> str:
    """What a value is, as a person says it."""
    match value:
        case bool():
            return "true or false"
        case int():
            return "a whole number"
        case float():
            return "a number with a point"
        case str():
            return "a text"
        case datetime():
            return "a day with a time"
        case date():
            return "a day"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a time"
