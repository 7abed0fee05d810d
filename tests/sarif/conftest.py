"""The validator that the authors of the standard keep. Without it, these tests fail and say so."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def packages() -> Path:
    """The folder with the packages that ``make test-sarif`` installs."""
    named = os.environ.get("ANTINOMY_MULTITOOL")
    folder = (Path(named) if named else ROOT / ".venv" / "multitool") / "node_modules"
    if shutil.which("node") is None:
        pytest.exit("There is no 'node'. Install Node.js (apt-get install nodejs npm).", 1)
    if not (folder / "@microsoft" / "sarif-multitool").is_dir():
        pytest.exit(f"The validator is not in {folder}: run 'make test-sarif'.", 1)
    return folder / "@microsoft"
