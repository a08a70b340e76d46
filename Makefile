# `make demo` shows what Muniment does; `make test` is the gate. Both install what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TESTED := $(VENV)/.tested
DEMO := demo

.PHONY: help demo test format lint types layers unit docs pictures night bench house lock clean

help: ## show what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

demo: $(READY) ## write a simulated leak, run the main job on it, and show what came of it
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tools/demo.sh $(DEMO)

test: $(TESTED) ## the gate: format, lint, types, import layers, tests, documentation
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist worksteal -m "not night"

night: $(TESTED) ## the heavy suites
	HYPOTHESIS_PROFILE=night $(BIN)/pytest -n 2 --dist worksteal -m "night or not night" --timeout 7200

bench: $(READY) ## measure; prints ratios and scaling
	for each in benchmarks/*.py; do $(BIN)/python $$each || exit 1; done

format: $(READY) ## format the source
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

house: $(READY) ## the longest files and functions, for review; fails nothing
	$(BIN)/python tools/house.py

pictures: $(TESTED) ## take the pictures of the reading room for the documentation
	$(BIN)/python -m tools.pictures

docs: $(READY) ## write the reference pages, and into every page what its commands print
	$(BIN)/python -m tools.reference
	$(BIN)/python -m tests.docs.console

lock: ## pin every dependency with hashes, for Python 3.11 and later
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url pyproject.toml --all-extras --group dev -o requirements/dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url requirements/ftm.in -o requirements/ftm.txt

clean: ## remove what was made, not what was received
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache $(DEMO)

$(READY): pyproject.toml requirements/dev.txt tools/prepare.sh
	sh tools/prepare.sh "$(PYTHON)" "$(VENV)"
	@touch $(READY)

$(TESTED): $(READY) tools/prepare_tests.sh requirements/ftm.txt
	sh tools/prepare_tests.sh "$(VENV)"
	@touch $(TESTED)
