"""What the one layout looks like, by example."""

from __future__ import annotations

import pytest

from policy_dsl.format import format_file
from policy_dsl.parse import parse
from policy_dsl.source import Source


def formatted(text: str) -> str:
    source = Source("spec.policy", text)
    tree, problems = parse(source)
    assert problems == ()
    return format_file(source, tree)


SLOPPY = """\
-- head of the file
--   indented remark


policy   p
  "A title that is long enough to be wrapped somewhere, since it says a great many things"
    authority agency_memo
    issued 2017-02-21   -- the day
    text "p.txt"
authorities statute>memo
type Custody is one of held "held in custody", free "at liberty",   -- see B.1
   gone "gone abroad"
subject person   -- the noun is the author's:
                 -- person, request, packet
fact age: 0..120 years
-- about custody
fact custody : Custody "is {}"   -- from the register
judgment   calm:yes/no by officer "is calm"
 otherwise "is agitated, and has been so for quite a while"

fact x : yes/no
define child is (age<18 years)
define covered is child and custody is held and (calm or x) and not (any of x, calm)
  and age >= 7 years "is covered"
assume ((child implies not x)) because "INA 101"
action release "release" by officer
action detain
decision d is exactly 1 of release,detain when child
cannot detain when x
 because "There is no space in any place where anybody could be held at all."
clause B.1 "Release"
  quote "The officer shall
         release \\"the child\\""
  -- as the memo says
  must release
    when child    -- why child
     and (calm or x)
  unless ((custody is free))
  under should is binding
    -- that is all

clause B.2
 may release, detain when any of B.1, (all of x, calm)
 provided at least one of x, calm overrides B.1
note N.1 background
note N.2 background "why" quote "Whereas"
in order rules "The first wins"
-- the first
clause O.1 must release
clause O.2 must detain
end order
-- beliefs
expect always (must release and x)
expect never must release and x
expect B.1 is reachable
-- the end"""

NEAT = """\
-- head of the file
--   indented remark

policy p "A title that is long enough to be wrapped somewhere, since it says a great many
          things"
  authority agency_memo
  issued    2017-02-21  -- the day
  text      "p.txt"

authorities statute > memo
type Custody is one of
  held "held in custody",
  free "at liberty",  -- see B.1
  gone "gone abroad"
subject person  -- the noun is the author's:
                -- person, request, packet
fact     age     : 0 .. 120 years
-- about custody
fact     custody : Custody "is {}"  -- from the register
judgment calm : yes/no by officer
         "is calm"
         otherwise "is agitated, and has been so for quite a while"

fact     x : yes/no
define child is age < 18 years
define covered is
           child
       and custody is held
       and (calm or x)
       and not (any of x, calm)
       and age >= 7 years
       "is covered"
assume child implies not x because "INA 101"
action release "release" by officer
action detain
decision d is exactly 1 of release, detain when child
cannot detain when x
  because "There is no space in any place where anybody could be held at all."

clause B.1 "Release"
  quote "The officer shall release \\"the child\\""
  -- as the memo says
  must release
  when   child  -- why child
     and (calm or x)
  unless custody is free
  under  should is binding
  -- that is all

clause B.2
  may release, detain
  when     any of B.1, (all of x, calm)
  provided at least one of x, calm
  overrides B.1

note N.1 background

note N.2 background "why"
  quote "Whereas"

in order rules "The first wins"

  -- the first
  clause O.1
    must release

  clause O.2
    must detain

end order

-- beliefs
expect always (must release and x)
expect never (must release and x)
expect B.1 is reachable
-- the end
"""


def test_a_whole_file() -> None:
    assert formatted(SLOPPY) == NEAT
    assert formatted(NEAT) == NEAT


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        # Brackets: none too many, and none that a reader needs.
        ("(a) and ((b)) and (c and d)", "a and b and c and d"),
        ("(a and b) or c", "(a and b) or c"),
        ("(not a) and not (b)", "not a and not b"),
        ("not (a and b)", "not (a and b)"),
        ("not (not a)", "not not a"),
        ("not (any of a, b)", "not any of a, b"),
        ("not not (any of a, b)", "not not (any of a, b)"),
        ("(any of a, b) and c", "(any of a, b) and c"),
        ("a and (any of b, c)", "a and any of b, c"),
        ("any of a, (all of b, c), (d and e)", "any of a, (all of b, c), (d and e)"),
        ("(any of a, b) implies c", "(any of a, b) implies c"),
        ("(a or b) implies (c or d)", "a or b implies c or d"),
        ("(a or b) implies (c and d)", "(a or b) implies (c and d)"),
        ("a implies (b implies c)", "a implies (b implies c)"),
        ("(a + b) + c - (d + e) > (x * (y))", "a + b + c - (d + e) > x * y"),
        ("a * (b + c) = -(-(3 days))", "a * (b + c) = -(-3 days)"),
        ("(a is b) is yes", "(a is b) is yes"),
        ("number of (s) > number of (-x)", "number of s > number of -x"),
        # Spellings are the author's.
        ("at least 1 of a, b", "at least 1 of a, b"),
        ("at  least   one of a, b", "at least one of a, b"),
        ("a=b", "a = b"),
        ("a is not one of(b,none)", "a is not one of (b, none)"),
    ],
)
def test_conditions(written: str, shown: str) -> None:
    assert formatted(f"assume {written}") == f"assume {shown}\n"


def test_a_broken_condition_shows_how_it_is_built() -> None:
    long = "considered_at_length"
    text = (
        f"clause A\n  must go\n  when {long} and ({long} or {long} or {long} or {long}) and "
        f"at least 2 of {long}, {long}, {long}, {long} is one of ({long}, {long}, {long}, {long})"
    )
    assert formatted(text) == (
        "clause A\n"
        "  must go\n"
        "  when considered_at_length\n"
        "   and (considered_at_length\n"
        "        or considered_at_length\n"
        "        or considered_at_length\n"
        "        or considered_at_length)\n"
        "   and at least 2 of considered_at_length, considered_at_length, considered_at_length,\n"
        "                     considered_at_length is one of (considered_at_length,\n"
        "                                                     considered_at_length,\n"
        "                                                     considered_at_length,\n"
        "                                                     considered_at_length)\n"
    )


def test_no_line_of_ordinary_length_is_too_long() -> None:
    words = " ".join(["release"] * 60)
    text = f'clause A "{words}"\n quote "{words}"\n must go\nfact a : yes/no "{words}"\n'
    assert max(map(len, formatted(text).splitlines())) <= 92


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        # At the end of a line, above what it stood above, or below what it is indented under.
        ("fact a : yes/no--x", "fact a : yes/no  -- x\n"),
        ("-- x\n\nfact a : yes/no", "-- x\n\nfact a : yes/no\n"),
        ("fact a : yes/no\n\n\n-- x\n", "fact a : yes/no\n\n-- x\n"),
        ("fact a : yes/no\n   -- x\n", "fact a : yes/no\n  -- x\n"),
        ("---- rule ----\n--\n--- x", "---- rule ----\n--\n--- x\n"),
        # Comments of neighbouring lines are aligned.
        (
            "fact a : yes/no --x\nfact bb : date --y",
            "fact a  : yes/no  -- x\nfact bb : date    -- y\n",
        ),
        # Only one can stand behind a line; the others go above it.
        (
            "assume a --x\n > -- y\n b -- z",
            "-- x\n-- y\nassume a > b  -- z\n",
        ),
        ("assume (a\n-- x\n)\nassume b", "-- x\nassume a\nassume b\n"),
        # Where the author broke the line for a comment, it stays broken.
        (
            "assume a -- x\n and b -- y\n",
            "assume a  -- x\n   and b  -- y\n",
        ),
        (
            "assume any of a, -- x\n b,\n -- y\n c\n",
            "assume any of a,  -- x\n              b,\n              -- y\n              c\n",
        ),
        (
            "type T is one of a, -- x\n b -- y",
            "type T is one of\n  a,  -- x\n  b   -- y\n",
        ),
    ],
)
def test_comments(written: str, shown: str) -> None:
    assert formatted(written) == shown
    assert formatted(shown) == shown


def test_blank_lines_are_the_author_s_but_blocks_stand_alone() -> None:
    text = (
        "\n\nsubject a\n\n\n\nfact b : yes/no\nfact c : yes/no\nclause D must e\nfact f : yes/no\n"
    )
    assert formatted(text) == (
        "subject a\n\nfact b : yes/no\nfact c : yes/no\n\nclause D\n  must e\n\nfact f : yes/no\n"
    )


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_an_empty_file_stays_empty(text: str) -> None:
    assert formatted(text) == ""


def test_line_ends_and_byte_order_mark_are_white_space() -> None:
    assert formatted("\ufeffsubject a\r\n-- b\r\nfact c : yes/no\r\n") == (
        "subject a\n-- b\nfact c : yes/no\n"
    )


def test_a_comment_behind_a_lone_bracket_stays_below_the_one_above_it() -> None:
    text = formatted("expect x is one of (a,\n-- first\n( -- second\nnot b))\n")
    assert text.index("-- first") < text.index("-- second")
    assert formatted(text) == text
