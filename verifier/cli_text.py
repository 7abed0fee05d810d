"""What ``antinomy --help`` says about each command."""

MAIN = """\
Finds contradictions, gaps and dead letters in written policy.

A finding comes with a case that shows it. Where nothing is found, that is
proved; where it could not be proved, that is said."""

MAIN_EXAMPLES = """\
examples:
  antinomy check housing.policy             what is wrong with one policy
  antinomy check specs/                     every policy of a folder
  antinomy eval housing.policy case.json    what it says about one case
  antinomy explain C01                      what a finding means
  antinomy trace housing.policy             what became of each sentence
  antinomy fmt housing.policy               put a policy into the one format
  antinomy diff main..HEAD specs/           what a change does to outcomes
  antinomy baseline specs/                  record what is found, for later runs
  antinomy fixtures housing.policy          edge cases of it, for tests
  antinomy compile housing.policy           the policy as a Python program

'antinomy COMMAND --help' says more about a command.
"""

CHECK_FORMATS = (
    "terminal",
    "github",
    "gitlab",
    "html",
    "json",
    "junit",
    "markdown",
    "sarif",
)

CHECK = "Say what is contradictory, missing or dead in policies."
CHECK_EXAMPLES = """\
examples:
  antinomy check housing.policy
  antinomy check specs/ --fail-on warning
  antinomy check housing.policy --code C01,G01
  antinomy check housing.policy --as-of 2024-03-01
  antinomy check housing.policy --format html --output report.html
  antinomy check housing.policy --format json > report.json
  antinomy check specs/ --also junit=report.xml --also markdown=comment.md
  antinomy check specs/ --format sarif -o antinomy.sarif   for code scanning
  antinomy check specs/ --baseline antinomy-baseline.json

Settings stand in antinomy.toml or in [tool.antinomy] of pyproject.toml; what
the command line says counts before them. Findings that are waived there, or
known from a baseline, are shown and do not count.

exit status:
  0  nothing at or above the severity of --fail-on
  1  something at or above it was found
  2  a policy cannot be read or is wrong, or the command is
  3  something was not settled, and nothing at or above the severity was found
"""

EVAL = "Say what a policy demands in one case, by which clauses, and why."
EVAL_EXAMPLES = """\
examples:
  antinomy eval housing.policy case.json
  antinomy eval housing.policy case.json --why B.5
  echo '{"tenant": true}' | antinomy eval housing.policy - --complete

A case is {"facts": {...}, "readings": {...}}: yes/no is true or false, a value
of a list is its name, a set is a list of names, a number is a number, and null
is "not established".

exit status:
  0  all that must be done in the case can be done together
  1  it cannot
  2  the policy or the case cannot be read or is wrong, or the command is
"""

EXPLAIN = "Say what a code means, and how to mend what it finds."
EXPLAIN_EXAMPLES = """\
examples:
  antinomy explain                  all codes
  antinomy explain C01
  antinomy explain opposed-duties
  antinomy explain L03              an error in the language of a policy
"""

TRACE = "Show a text sentence by sentence, with what became of each."
TRACE_EXAMPLES = """\
examples:
  antinomy trace housing.policy
  antinomy trace specs/
  antinomy trace housing.policy --format json > trace.json

The text is the file that the policy's header names behind 'text'. A policy that
names none has nothing to trace.

exit status:
  0  every sentence is accounted for, and every quote is found
  1  something is not
  2  a policy cannot be read or is wrong, or the command is
"""

FMT = "Put policies into the one format, in place."
FMT_EXAMPLES = """\
examples:
  antinomy fmt housing.policy
  antinomy fmt specs/ --check       only say what would change
  antinomy fmt specs/ --diff        only show the changes

exit status:
  0  all is in the format now
  1  with --check or --diff: something is not
  2  a file cannot be read, written or parsed and was left as it was, or the
     command is wrong
"""

PATHS_HELP = (
    "a .policy or .policy.md file, or a folder with such files (default: what the settings name)"
)

BASELINE = "Record the findings that policies have today, so that only new ones count."
BASELINE_EXAMPLES = """\
examples:
  antinomy baseline specs/
  antinomy baseline specs/ -o antinomy-baseline.json
  antinomy check specs/ --baseline antinomy-baseline.json

What is waived is not recorded, nor what is not settled (X01), nor that no case
is left (V01). Where the settings say 'baseline', 'antinomy check' takes it by
itself.

exit status:
  0  the file was written
  2  a policy cannot be read or is wrong, or the command is: no file was written
  3  the file was written, and something was not settled
"""

REPAIR = "Show changes to a policy that were shown to mend a finding."
REPAIR_EXAMPLES = """\
examples:
  antinomy repair housing.policy 516a9e3326e2
  antinomy repair housing.policy 516a9e3326e2 --apply 1
  antinomy repair housing.policy 516a9e3326e2 --number 2 | patch -p1

Each change was made in memory and the whole policy was checked again: the
finding is gone and none has come. Which of them is right is yours to say.

exit status:
  0  there is a repair, or it was applied
  1  no change that was tried is one
  2  the policy cannot be read or has no such finding, or the command is wrong
"""
