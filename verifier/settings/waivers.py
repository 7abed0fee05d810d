"""Waivers as the settings declare them."""

from __future__ import annotations

import re

from verifier.gating import Waiver
from verifier.settings.codes import ABOUT_SETTINGS, ALWAYS, named, unknown
from verifier.settings.values import Table

_KEYS = ("fingerprint", "code", "clauses", "policy", "reason", "owner", "expires")
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")


def waiver(table: Table) -> Waiver | None:
    """One waiver; None where a problem was noted."""
    table.only(_KEYS)
    missing = [each for each in ("reason", "owner", "expires") if not table.has(each)]
    if missing:
        said = f"it has no {' and no '.join(repr(each) for each in missing)}."
        table.wrong("", said, "A waiver says why it stands, who answers for it, and until when.")
    reason, owner, expires = table.text("reason"), table.text("owner"), table.day("expires")
    fingerprint, code, clauses = _fingerprint(table), _code(table), table.texts("clauses")
    if table.has("fingerprint") == table.has("code"):
        both = table.has("code")
        said = "it names both a fingerprint and a code." if both else "it names no finding."
        table.wrong("", said, "Give 'fingerprint', or else 'code' and 'clauses'.")
    elif table.has("code") and not clauses:
        table.wrong(
            "",
            "it names no clauses.",
            "Add 'clauses', or give the 'fingerprint' of one finding. "
            "To leave out a whole code, use 'ignore'.",
        )
    elif table.has("fingerprint") and table.has("clauses"):
        table.wrong("clauses", "a fingerprint says already which finding it is.", "Delete this.")
    policy = table.text("policy")
    if reason is None or owner is None or expires is None or (fingerprint or code) is None:
        return None
    return Waiver(
        fingerprint=fingerprint,
        code=code,
        clauses=clauses,
        policy=policy,
        reason=reason,
        owner=owner,
        expires=expires,
        place=table.place(),
    )


def _fingerprint(table: Table) -> str | None:
    text = table.text("fingerprint")
    if text is None or _FINGERPRINT.fullmatch(text.strip().lower()):
        return None if text is None else text.strip().lower()
    table.wrong(
        "fingerprint", f"'{text[:80]}' is no fingerprint.", "It has 12 digits, 0 to 9 or a to f."
    )
    return None


def _code(table: Table) -> str | None:
    text = table.text("code")
    if text is None:
        return None
    found = named(text)
    if len(found) != 1 or len(text.strip()) == 1:
        table.wrong("code", *unknown(text))
        return None
    (code,) = found
    if code in ALWAYS:
        table.wrong("code", f"{code} cannot be waived: {ALWAYS[code]}.")
    elif code in ABOUT_SETTINGS:
        table.wrong("code", f"{code} cannot be waived.", "Mend the waiver that it is about.")
    return code
