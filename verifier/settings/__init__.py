"""What a project's maintainers have settled for every run: see ``Settings``."""

from verifier.settings.find import Choice, settings_for
from verifier.settings.model import NO_SETTINGS, Problem, Settings, SettingsError
from verifier.settings.read import read_settings

__all__ = [
    "NO_SETTINGS",
    "Choice",
    "Problem",
    "Settings",
    "SettingsError",
    "read_settings",
    "settings_for",
]
