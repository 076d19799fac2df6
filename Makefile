# Madoguchi: `make help` lists what can be made.
.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
OUT ?= out

.PHONY: help setup run test test-deps lint bench lock

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(VENV)/.done ## Build .venv; afterwards .venv/bin/madoguchi is the program

# The newest interpreter that really starts (a shim may exist and not run). A Debian without python3-venv is helped by uv.
$(VENV)/.done: requirements.lock pyproject.toml
	@set -e; python=''; \
	for name in python3.14 python3.13 python3.12 python3.11 python3; do \
	  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo 'Python 3.11 以上が見つかりません。python3 を入れてから、もう一度 make setup を実行してください。 / no Python 3.11 or newer was found; install python3, then run make setup again' >&2; exit 1; fi; \
	if [ ! -x $(PY) ] || ! $(PY) -m pip --version >/dev/null 2>&1; then \
	  rm -rf $(VENV); \
	  $$python -m venv $(VENV) 2>/dev/null || { \
	    rm -rf $(VENV); $$python -m pip install --quiet --target .tools uv; PYTHONPATH=.tools $$python -m uv venv --quiet --seed --python $$python $(VENV); }; \
	fi
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: setup ## Set up, run the whole story on the sample shop, and say where its papers lie
	$(VENV)/bin/madoguchi demo --out $(OUT)

test: setup test-deps lint ## Everything: lint, types, the rooms' arrows, all tests on SQLite and on PostgreSQL
	$(PY) -m pytest -q -n 2
	MADOGUCHI_TEST_DATABASE=postgresql MADOGUCHI_TEST_POSTGRESQL_REQUIRED=1 $(PY) -m pytest -q -n 2 tests/app

# System programs the tests really use; installed where we may, named and stopped at where we may not.
test-deps: setup ## Install what the tests need from the system, and fill the wheelhouse
	@missing=''; \
	[ -n "$$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null; command -v initdb)" ] || missing="$$missing postgresql"; \
	command -v openssl >/dev/null || missing="$$missing openssl"; \
	[ -x /usr/sbin/dovecot ] || command -v dovecot >/dev/null || missing="$$missing dovecot-imapd"; \
	if [ -n "$$missing" ]; then \
	  echo "tests need these system packages:$$missing"; \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	  else echo "install them (Debian: sudo apt-get install$$missing), then run make test again" >&2; exit 1; fi; \
	fi
	$(PY) tests/wheelhouse.py wheelhouse

lint: setup ## Form, types, and who may look into whom
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache

bench: setup ## Print the table of measured ratios
	$(PY) bench/table.py

lock: ## Pin what pyproject.toml names (needs uv in .venv)
	$(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --all-extras --group test pyproject.toml -o requirements.lock
