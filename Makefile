# `make` alone lists the targets. Everything is installed into .venv/ from requirements.lock, by hash.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALLED := .venv/.installed
TOOLS := .venv/.installed-tools

.DELETE_ON_ERROR:
.PHONY: help install run demo test check bench figures format words schemas mutants lock audit clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(TOOLS) ## set up .venv/ (again: at once, and offline)
	@echo "Ready: $(BIN)/depositary"

run: $(INSTALLED) ## load data/ and serve the site (PORT=8000) and the desk (DESK_PORT=8001)
	@$(BIN)/depositary run $(if $(PORT),--port $(PORT)) $(if $(DESK_PORT),--desk-port $(DESK_PORT))

demo: $(INSTALLED) ## make an invented world and serve it, apart from every register (PORT, DESK_PORT)
	@$(BIN)/depositary demo $(if $(PORT),--port $(PORT)) $(if $(DESK_PORT),--desk-port $(DESK_PORT))

test: $(TOOLS) ## run the whole test suite, PostgreSQL and browser included
	@.ci/browser
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest

check: $(TOOLS) ## format, lint, types, tests: what CI runs
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	@$(MAKE) --no-print-directory test

bench: $(TOOLS) ## measure, as ratios; also written to var/bench.json
	@$(BIN)/python -m benchmarks

figures: $(TOOLS) ## write the last run of `make bench` into docs/performance.md
	@$(BIN)/python -m benchmarks.table

format: $(TOOLS) ## rewrite the code in the project's format
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format

words: $(TOOLS) ## bring the catalogues in line with the messages; what is new is left to be translated
	@mkdir -p var
	$(BIN)/pybabel -q extract $(EXTRACT) --output-file var/depositary.pot depositary templates
	for language in depositary/words/catalogues/*.po; do \
		$(BIN)/pybabel -q update --no-fuzzy-matching --no-wrap --ignore-obsolete --input-file var/depositary.pot \
			--locale $$(basename $$language .po) --output-file $$language; \
		sed -i '/^"\(Project\|Report\|POT\|PO\|Last\|Language-Team\|Generated\)/d' $$language; done

schemas: $(TOOLS) ## write data/schemas/ anew, after a change to the clause file or the codes
	$(BIN)/python -c 'from pathlib import Path; from depositary.treaties.file_schemas import write_schemas; write_schemas(Path("data"))'

mutants: $(TOOLS) ## change the law bit by bit and list what no test notices
	rm -rf mutants
	$(BIN)/mutmut run
	$(BIN)/mutmut results

lock: $(TOOLS) ## bring the locks and the bill of materials in line with pyproject.toml
	$(BIN)/uv pip compile $(LOCK) --group build --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile $(LOCK) --group dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
	$(BIN)/python deploy/sbom.py requirements.lock >deploy/sbom.cdx.json

audit: ## ask a database of weaknesses about the libraries; says what it could not check
	@$(PYTHON) deploy/audit.py

clean: ## remove .venv/ and all caches; var/ and its register stay
	rm -rf .venv .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache .schemathesis
	rm -rf dist htmlcov mutants test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

EXTRACT := --mapping-file depositary/words/catalogues/babel.cfg --keywords N_ --keywords say --keywords Sentence --no-location --sort-output

LOCK := --extra pdf --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

$(INSTALLED): requirements.lock .ci/uv.lock pyproject.toml
	@.ci/install requirements.lock '$(PYTHON)'
	@touch $@

$(TOOLS): requirements-dev.lock .ci/uv.lock pyproject.toml
	@.ci/install requirements-dev.lock '$(PYTHON)'
	@touch $@ $(INSTALLED)
