# One command for each thing a visitor or a developer wants; `make` alone lists them.

PYTHON ?= python3
WORKSPACE ?= demo/workspace
WORKERS ?= 2
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

.DEFAULT_GOAL := help
.PHONY: help demo app neo4j test check lint bench bench-detection docs package readme clean

help: ## List the targets
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

demo: $(VENV)/.run ## From nothing to ranked leads on an invented population, in ./demo
	$(BIN)/graphfraud demo --out demo

app: $(VENV)/.run ## Show the results of $(WORKSPACE) in a browser on this machine
	$(BIN)/graphfraud app --workspace $(WORKSPACE)

neo4j: $(VENV)/.run ## Run a Neo4j server on $(WORKSPACE) for this machine (Java 17 or 21, Maven)
	$(BIN)/graphfraud neo4j --workspace $(WORKSPACE)

test: $(VENV)/.develop ## Run every test with branch coverage
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup --cov --cov-report=term

check: $(VENV)/.develop ## Run every gate: format, lint, types, layers; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lint: $(VENV)/.develop ## Format the code and repair what ruff can repair
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.bench ## Run the benchmarks and print their ratios
	$(BIN)/python benchmarks/run_all.py

bench-detection: $(VENV)/.bench ## Power curves, baselines and calibration, as a report (40 minutes)
	$(BIN)/python -m benchmarks.detection $(ARGS)

docs: $(VENV)/.develop ## Write the generated pages of docs/ and statements of cypher/ again
	$(BIN)/python docs/pages.py
	$(BIN)/python docs/statements.py

package: $(VENV)/.develop ## Build sdist and wheel, install it elsewhere, run the main job there
	$(BIN)/python tests/commands/run_package.py

readme: $(VENV)/.develop ## Run the commands of the README in a fresh clone
	$(BIN)/python tests/commands/run_readme.py

clean: ## Remove the environment, the demo and every cache
	rm -rf $(VENV) demo build dist .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "graphfraud needs Python 3.11 or newer; this is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.develop: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test,lint]"
	@touch $@ $(VENV)/.run

$(VENV)/.bench: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[bench]"
	@touch $@
