"""Files of a project written anew, safely."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from policy_dsl.load import project_root
from verifier.commands.common import Complaint


def real_file(path: Path) -> Path:
    """The real file behind a path. A link may not lead out of the project it stands in."""
    try:
        real = path.resolve(strict=True)
        root = project_root(path.parent.resolve() / "any")
    except (OSError, RuntimeError):
        raise Complaint(f"{path} cannot be read.") from None
    if path.is_symlink() and not real.is_relative_to(root):
        raise Complaint(
            f"{path} is a link that leads out of the project.", f"Name the file itself: {real}"
        )
    return real


def replace_file(target: Path, name: str, data: bytes) -> None:
    """Write a file anew, all of it or nothing, with the mode that it had."""
    temporary: str | None = None
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
        if not os.access(target, os.W_OK):
            raise PermissionError(13, "it is protected from writing")
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, target)
        temporary = None
    except OSError as error:
        raise Complaint(f"{name} cannot be written: {error.strerror}.") from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
