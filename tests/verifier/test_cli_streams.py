"""The command line and its streams: bytes, colour, progress, closed pipes and interrupts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.verifier.command import CLASH, READ, ROOT, environment, policy, run


def test_output_is_the_same_bytes_wherever_it_goes(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", READ)
    plain = run("check", str(path))
    assert plain == run("check", str(path), COLUMNS="200", TERM="xterm-256color")
    assert plain == run("check", str(path), NO_COLOR="1", FORCE_COLOR="1", PYTHONHASHSEED="7")
    assert "\x1b" not in plain.out
    assert plain.err == ""
    assert max(len(line) for line in plain.out.splitlines()) <= 80
    assert plain.out.isascii()


def test_colour_is_shown_when_asked_for(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", CLASH)
    assert "\x1b[" in run("check", str(path), "--color", "always").out
    assert "\x1b[" not in run("check", str(path), "--color", "never").out


def test_on_a_terminal_there_is_colour_and_progress_unless_refused(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    path = policy(tmp_path, "p", CLASH)

    def shown(*arguments: str, **more: str) -> bytes:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "verifier.cli", "check", str(path), *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment({"TERM": "xterm", **more}),
        )
        os.close(theirs)
        found = b""
        with open(ours, "rb", buffering=0) as stream:
            while True:
                try:
                    data = stream.read(4096)
                except OSError:
                    break
                if not data:
                    break
                found += data
        assert process.wait() == 1
        return found

    assert b"p.policy: " in shown()
    assert b"\x1b[1" in shown("--no-progress")
    assert b"\x1b" not in shown("--no-progress", NO_COLOR="1")
    assert b"\x1b" not in shown("--no-progress", TERM="dumb")


def test_a_reader_that_has_gone_is_no_fault(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", CLASH)
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(
        [sys.executable, "-m", "verifier.cli", "check", str(path)],
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=environment({}),
        check=False,
    )
    os.close(theirs)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_a_full_disk_is_told() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "verifier.cli", "explain", "C01"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment({}),
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"antinomy: the output cannot be written")
    assert b"Traceback" not in done.stderr


def test_an_interrupt_ends_quietly() -> None:
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "verifier.cli",
            "eval",
            "specs/ice-ero-2017/ice-ero-2017.policy",
            "-",
        ],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment({}),
    )
    time.sleep(1.5)  # it waits for the case by then
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert process.returncode == 130
    assert out == b""
    assert b"Traceback" not in err
