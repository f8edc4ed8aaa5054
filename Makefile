# Estafette. Needs git, make and Python 3.11 or later; everything else is brought along.

PORT ?= 8000
DEMO_DIR ?= .demo
ONLY ?=
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
NEXT := .venv-next

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test test-next check bench lock

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.runtime ## Start the whole site with demo content [PORT=8000] [DEMO_DIR=.demo]
	@PORT=$(PORT) DEMO_DIR=$(DEMO_DIR) $(BIN)/python -m config.prepare
	@PORT=$(PORT) DEMO_DIR=$(DEMO_DIR) exec $(BIN)/python -m config.supervisor

demo-reset: $(VENV)/.runtime ## Forget the demo's data [DEMO_DIR=.demo]
	@DEMO_DIR=$(DEMO_DIR) $(BIN)/python -m config.prepare --reset

test: $(VENV)/.dev ## Run the whole suite, on SQLite and on PostgreSQL [QUICK=1] [ARGS="tests/blog -x"]
	@$(BIN)/python -m tests.run $(ARGS)

test-next: $(NEXT)/.dev ## Run the suite on Python 3.12 or later with Django 6.1 [ARGS=…]
	@$(NEXT)/bin/python -m tests.run $(ARGS)

check: $(VENV)/.dev ## Lint, format, types, import contracts, templates, migrations, translations
	@$(BIN)/python -m tests.check

bench: $(VENV)/.dev ## Measure; one JSON object a line [ONLY=name]
	@ONLY="$(ONLY)" $(BIN)/python -m tests.bench

LOCK := uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate
BUILD := hatchling editables
MORE := --extra storage --extra sentry --extra provider

lock: ## Renew the lock files (needs uv)
	echo "$(BUILD) django<5.3" | tr ' ' '\n' | $(LOCK) --upgrade --python-version 3.11 \
		--extra demo -o requirements.lock pyproject.toml -
	echo "$(BUILD) django<5.3" | tr ' ' '\n' | $(LOCK) --upgrade --python-version 3.11 \
		$(MORE) -c requirements.lock -o requirements-extras.lock pyproject.toml -
	echo "$(BUILD) django<5.3" | tr ' ' '\n' | $(LOCK) --upgrade --python-version 3.11 \
		--extra demo $(MORE) --extra dev -c requirements-extras.lock -o requirements-dev.lock pyproject.toml -
	echo "$(BUILD) django>=6.1" | tr ' ' '\n' | $(LOCK) --upgrade --python-version 3.12 \
		--extra demo $(MORE) --extra dev -o requirements-next.lock pyproject.toml -

# The virtual environments. A stamp is older than its lock file when that has changed.
# `site` cannot be built apart from its tools, so these come from the lock file as well.
define install
	@$(1)/bin/python -m pip --version >/dev/null 2>&1 || $(1)/bin/python -m ensurepip
	@echo "installing $(2) …"
	@$(1)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(2)
	@$(1)/bin/python -m pip install --quiet --disable-pip-version-check \
		--no-deps --no-build-isolation --no-index --editable .
	@touch $@
endef

$(VENV)/bin/python:
	@python=$$(sh deploy/find-python 11) && "$$python" -m venv $(VENV)

$(NEXT)/bin/python:
	@python=$$(sh deploy/find-python 12) && "$$python" -m venv $(NEXT)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(call install,$(VENV),requirements.lock)

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(call install,$(VENV),requirements-dev.lock)
	@touch $(VENV)/.runtime

$(NEXT)/.dev: requirements-next.lock pyproject.toml | $(NEXT)/bin/python
	$(call install,$(NEXT),requirements-next.lock)
