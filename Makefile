# Every target sets up what it needs: Python 3.11 or newer, make and git are enough.
# Another interpreter: make PYTHON=python3.12 test

PYTHON ?= python3
PYTEST_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
BROWSER_STAMP := $(VENV)/.installed-browser
HOOKS_STAMP := $(VENV)/.installed-hooks
MULTITOOL := $(VENV)/multitool
MULTITOOL_STAMP := $(VENV)/.installed-multitool

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup check test test-browser test-hooks test-sarif lint types format reports reports-check golden bench clean distclean

help:
	@echo "make check          what the checker says about the memo in specs/ice-ero-2017"
	@echo "make test           run the tests (PYTEST_ARGS='-k name' to choose)"
	@echo "make test-browser   open the report page in Chromium, which has to be installed"
	@echo "make test-hooks     try the hooks, the action and the template for GitLab: installs them"
	@echo "make test-sarif     validate SARIF documents with sarif-multitool; needs Node.js and npm"
	@echo "make lint           check style and format, of the code and of the specs"
	@echo "make types          check types"
	@echo "make format         put the code into the one format"
	@echo "make golden         renew what tests compare with (findings, snapshots, documents);"
	@echo "                    read the diff before you commit it"
	@echo "make reports        write reports/ again"
	@echo "make reports-check  fail if reports/ is not what the checker says today"
	@echo "make bench          run the benchmarks"
	@echo "make clean          remove caches and builds (make distclean: $(VENV) too)"

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { \
	  echo "antinomy: there is no '$(PYTHON)'. Install Python 3.11 or newer, or name one: make PYTHON=python3.12" >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "antinomy: Python 3.11 or newer is needed, but '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Name a newer one: make PYTHON=python3.12" >&2; \
	  exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { \
	  echo "antinomy: '$(PYTHON) -m venv' failed. On Debian and Ubuntu, install python3-venv." >&2; \
	  exit 1; }
	@echo "Setting up $(VENV) ..."
	@# The build tool is installed first and by its pin, so that the build does not fetch another.
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt setuptools
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --editable '.[dev]'
	@touch $@

check: $(STAMP)
	$(BIN)/antinomy check specs/ice-ero-2017 --fail-on never

test: $(STAMP)
	$(BIN)/python -m pytest tests -n auto --dist worksteal $(PYTEST_ARGS)

$(BROWSER_STAMP): $(STAMP)
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --editable '.[browser]'
	@touch $@

# The browser itself comes from the system; without one, these tests fail.
test-browser: $(BROWSER_STAMP)
	$(BIN)/mypy tests/browser/*.py
	$(BIN)/python -m pytest tests/browser $(PYTEST_ARGS)

$(HOOKS_STAMP): $(STAMP)
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --editable '.[hooks]'
	@touch $@

test-hooks: $(HOOKS_STAMP)
	$(BIN)/python -m pytest tests/hooks $(PYTEST_ARGS)

# Exactly what tests/sarif/package.json pins, kept out of the project; without npm, this fails.
$(MULTITOOL_STAMP): $(STAMP) tests/sarif/package.json
	@command -v npm >/dev/null || { \
	  echo "antinomy: there is no 'npm'. Install Node.js and npm (on Debian: apt-get install nodejs npm)." >&2; \
	  exit 1; }
	@mkdir -p $(MULTITOOL)
	@cp tests/sarif/package.json $(MULTITOOL)/package.json
	@npm install --prefix $(MULTITOOL) --no-package-lock --no-save --no-audit --no-fund --loglevel=error
	@touch $@

test-sarif: $(MULTITOOL_STAMP)
	$(BIN)/python -m pytest tests/sarif $(PYTEST_ARGS)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/antinomy fmt --check specs

types: $(STAMP)
	$(BIN)/mypy

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: $(STAMP)
	ANTINOMY_RENEW=1 $(BIN)/python -m pytest tests/golden tests/verifier tests/docs $(PYTEST_ARGS)

reports: $(STAMP)
	$(BIN)/python -m verifier.reports --output reports

reports-check: $(STAMP)
	@fresh=$$(mktemp -d) && trap 'rm -rf "$$fresh"' EXIT && \
	$(BIN)/python -m verifier.reports --output "$$fresh" && \
	if diff -r -u reports "$$fresh"; then \
	  echo "reports/ is up to date"; \
	else \
	  echo "reports/ is out of date: run 'make reports', read the diff and commit it" >&2; exit 1; \
	fi

bench: $(STAMP)
	$(BIN)/python -m benchmarks

clean:
	rm -rf build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage htmlcov
	find . -path ./$(VENV) -prune -o -type d -name __pycache__ -print | xargs rm -rf

distclean: clean
	rm -rf $(VENV)
