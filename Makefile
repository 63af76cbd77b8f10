# Gemelo's commands. `make help` lists them.
# One lock (requirements.lock) pins every package by version and hash; docs/decisions/01-one-lock.md says how.
SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := .venv/bin
SIDE_BY_SIDE := -p tests.side_by_side -p tests.patience -n 2 --no-loadscope-reorder
NEWEST := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do $$p -c '$(NEWEST)' 2>/dev/null && command -v $$p && break; done)
UV := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --no-build-isolation -c requirements.lock
BUILD := awk '/^(setuptools|uv)==/ {on = 1} on {print} !/\\$$/ {on = 0}' requirements.lock

.PHONY: run test quick pytest bench lint types lock clean help

run: .venv/run  ## start the demo field and everything around it (ARGS="--data … --api-port …")
	@$(BIN)/gemelo up $(ARGS)

test: .venv/test  ## install what the tests need, check style and types, run the tests (ARGS="-k …")
	@bash .ci/packages
	@$(MAKE) --no-print-directory --jobs 3 lint types pytest

quick: .venv/test  ## the same without the tests that start a whole field, for while you write
	@$(MAKE) --no-print-directory --jobs 3 lint types pytest ARGS="-m 'not whole_field' $(ARGS)"

pytest: .venv/test
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) $(ARGS)

bench: .venv/test  ## measure: every bench, short form (long: gemelo bench NAME)
	@for name in $$($(BIN)/gemelo bench --list); do $(BIN)/gemelo bench $$name --seconds 30; done

lint: .venv/test  ## style, format and which folder may import which
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/lint-imports > .venv/lint-imports.log || { cat .venv/lint-imports.log; exit 1; }

types: .venv/test  ## static types
	nice $(BIN)/mypy

lock: .venv/made  ## pin the newest versions that pyproject.toml allows
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --all-extras \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header -o requirements.lock pyproject.toml

clean:  ## remove the environment and every cache (data stays)
	rm -rf .venv *.egg-info build node_modules .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

help:  ## list the commands
	@awk -F':.*##' '/^[a-z-]+:.*##/ {printf "  make %-8s%s\n", $$1, $$2}' Makefile

.venv/made: requirements.lock
	@[ -n "$(PYTHON)" ] || { echo "Gemelo needs Python 3.11 or later; none is on PATH (or say make PYTHON=/where/it/is)"; exit 1; }
	@$(PYTHON) -c '$(NEWEST)' || { echo "Gemelo needs Python 3.11 or later; $(PYTHON) is older"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' || { echo "$(PYTHON) cannot make environments; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv
	@$(BUILD) > .venv/build.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/build.lock
	@touch $@

.venv/run: .venv/made pyproject.toml
	@echo "installing what Gemelo runs on"
	@$(UV) -e ".[screens]"
	@echo "compiling the plant's equations"
	@$(BIN)/python -m plant.process.compilation
	@touch $@

.venv/test: .venv/made pyproject.toml
	@echo "installing what the tests need"
	@$(UV) -e ".[screens,server,test,peers]"
	@echo "compiling the plant's equations"
	@$(BIN)/python -m plant.process.compilation
	@touch $@ .venv/run
