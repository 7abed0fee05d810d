"""What a project's maintainers have settled for every run: see ``Settings``."""

from verifier.settings.find import Choice, settings_for
from verifier.settings.model import NO_SETTINGS, Problem, Settings, SettingsError

__all__ = [
    "NO_SETTINGS",
    "Choice",
    "Problem",
    "Settings",
    "SettingsError",
    "settings_for",
]
