# What there is to do: make help. Steps that are done already are not done again.

PYTHON ?= python3
PORT ?= 8000

PY := .venv/bin/python
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

.PHONY: help serve book lite lab test test-lite test-binder js lock bench clean lint types types-js \
	pytest notebooks python port node env-bench env-book env-lab env-lock env-test

help:
	@echo "make serve   build the book and show it on http://127.0.0.1:$(PORT)/ (PORT=8001 for another port)"
	@echo "make book    build the book into _build/html, with warnings as errors"
	@echo "make lite    build the book with a JupyterLite in it, into _build/site (needs npm; FULL=folder for pictures)"
	@echo "make lab     open the chapters and exercises in JupyterLab"
	@echo "make test    everything that is checked before a change is accepted (needs Node.js)"
	@echo "make test-lite    build the book with a JupyterLite, and work through a notebook in it"
	@echo "make test-binder  make the environment of Binder afresh, and work through notebooks in it"
	@echo "make js      build the front end into pvwidgets/static (needs Node.js)"
	@echo "make lock    choose the packages of Binder and JupyterLite anew (UPGRADE=1 for the newest)"
	@echo "make bench   compare sizes and times with others', and write BENCHMARKS.md (needs Node.js)"
	@echo "make clean   remove everything that make made"
	@echo
	@echo "Parts of make test: lint, types, types-js, book, pytest, notebooks."
	@echo "PYTHON=python3.12 chooses the Python that .venv is made with."

# For readers and authors

serve: python port env-book
	@exec $(PY) -m tools.serve --port "$(PORT)"

book: env-book
	@$(PY) -m tools.build_book

lite: env-book
	@$(PY) -m tools.build_lite $(if $(FULL),--full "$(FULL)")

# Chapters are Markdown: without the setting, a double click opens them as plain text.
lab: env-lab
	@.venv/bin/jupytext-config --settings-file \
		.venv/etc/jupyter/labconfig/default_setting_overrides.json set-default-viewer markdown myst
	@echo "== Starting JupyterLab; Ctrl-C stops it"
	@exec $(PY) -m jupyterlab

# The checks: each can be run alone

test: python node env-test js-ready lint types types-js book pytest notebooks
	@echo "== All checks passed"

lint: env-test
	@echo "== Checking the style of the Python code"
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet . || { \
		$(PY) -m ruff format --check . ; \
		echo "To lay the code out: $(PY) -m ruff format ." >&2; exit 1; }

types: env-test
	@echo "== Checking the types of the Python code"
	@$(PY) -m mypy

types-js: js-ready
	@echo "== Checking the types of the front end"
	@cd js && npm run --silent check

# Named one by one, so that a folder that is missing fails; a skipped test fails too. Whole files are
# given out in this order, each to the next process that is free: the slow ones first, so that none
# of them is left to the end.
pytest: env-test js-ready book
	@echo "== Looking for a browser"
	@browser="$$($(PY) tools/find_browser.py)" && export PV_BROWSER="$$browser" && \
	echo "== Running the tests: handin, lab, book, graders, browser, binder, content, unit" && \
	$(PY) -m pytest -p tools.no_skip -n 2 --dist loadfile --no-loadscope-reorder tests/handin \
		tests/lab tests/book tests/graders tests/browser tests/binder/test_reading.py \
		tests/binder/test_wheel.py tests/content tests/unit

test-lite: env-test lite
	@echo "== Looking for a browser"
	@browser="$$($(PY) tools/find_browser.py)" && export PV_BROWSER="$$browser" && \
	echo "== Running the tests of the book with a JupyterLite" && \
	$(PY) -m pytest -p tools.no_skip tests/lite

test-binder: env-test
	@echo "== Looking for a browser"
	@browser="$$($(PY) tools/find_browser.py)" && export PV_BROWSER="$$browser" && \
	echo "== Making the environment of Binder and working in it" && \
	$(PY) -m pytest -s -p tools.no_skip tests/binder

notebooks: env-test
	@echo "== Running the exercise notebooks"
	@test -n "$$(find exercises -name '*.ipynb' -not -path '*/.*' 2>/dev/null)" || { \
		echo "There is no notebook in exercises/, so nothing would be checked." >&2; exit 1; }
	@$(PY) -m pytest -p tools.no_skip --nbval-lax --nbval-current-env \
		--ignore-glob='*/.ipynb_checkpoints/*' exercises

# The front end

js: js-ready
	@echo "== Building the front end into pvwidgets/static"
	@cd js && npm run --silent build

.PHONY: js-ready
js-ready: node js/node_modules/.pv-stamp

js/node_modules/.pv-stamp: js/package.json js/package-lock.json
	@echo "== Installing what the front end is built with"
	@cd js && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# What is installed where nobody chooses: each package with its hash

lock: env-lock
	@echo "== Choosing the packages"
	@$(PY) -m tools.lock $(if $(UPGRADE),--upgrade)

# How it compares: nothing here passes or fails by its time

bench: env-bench js-ready
	@echo "== Looking for a browser"
	@browser="$$($(PY) tools/find_browser.py)" && export PV_BROWSER="$$browser" && \
	$(PY) -m bench

# What the steps above stand on

python:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
		echo "There is no $(PYTHON) here: install Python 3.11 or newer, or name one, for example PYTHON=python3.12." >&2; \
		exit 1; }
	@"$(PYTHON)" tools/check_python.py

port: python
	@"$(PYTHON)" -m tools.serve --check --port "$(PORT)"

node:
	@command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 && \
	node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' || { \
		echo "The front end needs Node.js 20 or newer with npm: install it from your system's packages or nodejs.org." >&2; \
		exit 1; }

env-bench env-book env-lab env-lock env-test: env-%: python
	@"$(PYTHON)" tools/setup_env.py $*

clean:
	rm -rf .venv .venv-lite _build dist js/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find bench pvwidgets tests tools exercises -name __pycache__ -type d -prune -exec rm -rf {} +
