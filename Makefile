# Python 3.11 or newer and make are all that this needs; everything else goes into .venv.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help run check test bench schema explorer lock clean

help: ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: $(RUNTIME) ## Serve the graph and its explorer on PORT (8000)
	@PORT=$(PORT) $(BIN)/python -m server serve

check: $(DEV) ## Format, lint, types and layers
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/pyright
	$(BIN)/lint-imports

test: check ## Everything in check, and every test
	$(BIN)/pytest

bench: $(DEV) ## Measure (the figures stand in docs)
	$(BIN)/python -m bench

schema: $(RUNTIME) ## Write the GraphQL schema to schema/schema.graphql
	$(BIN)/python -m server schema print > schema/schema.graphql.new
	mv schema/schema.graphql.new schema/schema.graphql

explorer: ## Build the explorer's bundle again (needs Node)
	cd explorer && npm ci && npm run build

lock: ## Resolve the dependencies again, with hashes (needs uv)
	uv pip compile --quiet --no-header --no-annotate --universal --python-version 3.11 --generate-hashes --group build pyproject.toml -o requirements.lock
	uv pip compile --quiet --no-header --no-annotate --universal --python-version 3.11 --generate-hashes --group dev pyproject.toml -o requirements-dev.lock

clean: ## Remove what was built or measured; var/, the data, stays
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache build dist

# The stamps are files inside .venv: installing happens again only when a lock has changed.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV)

$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked dependencies into $(VENV); later starts skip this."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	@echo "Installing the locked development tools into $(VENV)."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
