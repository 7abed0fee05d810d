"""The shell steps of the action and of the template for GitLab, run as they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import yaml

from tests.hooks.scratch import ROOT, Ran, Repository

ACTION = ROOT / "action.yml"
GITLAB = ROOT / "docs" / "ci" / "gitlab.yml"

_EXPRESSION = re.compile(r"\$\{\{ ([^}]+) \}\}")


@dataclass
class Runner:
    """What a runner of actions would do for one job in a repository, without the network's part.

    ``outputs`` are those of each step, by its id.
    """

    repository: Repository
    temp: Path
    source: Path
    inputs: Mapping[str, str]
    base: str = ""
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)

    def run(self, *names: str) -> Ran:
        """Run the steps of these names, one after the other; stops at the first that fails."""
        last = Ran(0, "")
        for name in names:
            last = self._run(name)
            if last.status:
                break
        return last

    @property
    def summary(self) -> str:
        """What the summary of the job shows."""
        path = self.temp / "summary"
        return path.read_text("utf-8") if path.exists() else ""

    def _run(self, name: str) -> Ran:
        step = next(each for each in _steps() if each["name"] == name)
        env = cast("Mapping[str, str]", step.get("env", {}))
        written = self.temp / "output"
        written.write_text("", "utf-8")
        ran = self.repository.run(
            *("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", str(step["run"])),
            env={
                **{key: self._filled(value) for key, value in env.items()},
                "RUNNER_TEMP": str(self.temp),
                "GITHUB_OUTPUT": str(written),
                "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
                "GITHUB_WORKSPACE": str(self.repository.folder),
                "GITHUB_ACTIONS": "true",
            },
        )
        lines = [line.partition("=") for line in written.read_text("utf-8").splitlines()]
        self.outputs[str(step.get("id", ""))] = {key: value for key, _, value in lines}
        return ran

    def _filled(self, text: str) -> str:
        return _EXPRESSION.sub(lambda found: self._value(found[1]), text)

    def _value(self, expression: str) -> str:
        for alternative in expression.split(" || "):
            match alternative.split("."):
                case ["inputs", name]:
                    value = self.inputs.get(name, defaults()[name])
                case ["steps", step, "outputs", name]:
                    value = self.outputs.get(step, {}).get(name, "")
                case ["github", "action_path"]:
                    value = str(self.source)
                case ["github", "event", "pull_request", "base", "sha"]:
                    value = self.base
                case _:
                    raise AssertionError(f"the tests do not know what {alternative} is")
            if value:
                return value
        return ""


def _steps() -> list[Mapping[str, object]]:
    action = yaml.safe_load(ACTION.read_text("utf-8"))
    return cast("list[Mapping[str, object]]", action["runs"]["steps"])


def scripts() -> dict[str, str]:
    """The script of each step of the action, and that of the template for GitLab, by name."""
    found = {str(each["name"]): str(each["run"]) for each in _steps() if "run" in each}
    return {**found, "GitLab": gitlab()}


def defaults() -> dict[str, str]:
    """The inputs of the action, and what each is where it is not given."""
    action = yaml.safe_load(ACTION.read_text("utf-8"))
    return {name: str(each.get("default", "")) for name, each in action["inputs"].items()}


def gitlab() -> str:
    """The script of the job for GitLab, as a runner puts it together."""
    job = yaml.safe_load(GITLAB.read_text("utf-8"))["antinomy"]
    return "\n".join([*job["before_script"], *job["script"]])
