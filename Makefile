# Everything a developer does every day. Each target prepares .venv by itself; nothing else is needed first.
PY := .venv/bin/python
LOCK := -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help demo test check format lint types imports e2e serve playground manifest bench lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

.venv/ready: .ci/venv pyproject.toml requirements-dev.lock
	@.ci/venv

demo: .venv/ready ## try the bot in this terminal, with invented people and contracts
	@$(PY) -m bot demo

test: .venv/ready ## run the tests on SQLite and on a throw-away PostgreSQL
	$(PY) -m pytest -n 2

check: lint imports types test ## what CI runs: format, lint, imports, types, tests

lint: .venv/ready ## formatting and lint
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .

imports: .venv/ready ## who may import what (docs/architecture.md)
	.venv/bin/lint-imports

types: .venv/ready ## mypy, strict
	$(PY) -m mypy

format: .venv/ready ## let ruff mend what it can
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

e2e: .venv/ready ## the whole story in a browser, over Microsoft 365 Agents Playground (Node needed)
	tests/e2e/run.sh

playground: .venv/ready ## open the bot in Microsoft 365 Agents Playground (Node needed)
	tests/e2e/playground.sh

serve: .venv/ready ## serve on http://127.0.0.1:3978, this machine only
	AVTALSBOT_LOCAL=1 $(PY) -m bot migrate
	AVTALSBOT_LOCAL=1 $(PY) -m bot serve --local

manifest: .venv/ready ## build/avtalsbot.zip for Teams; AVTALSBOT_APP_ID names the bot
	$(PY) -m bot manifest --out build/avtalsbot.zip

bench: .venv/ready ## measure, and print ratios
	$(PY) -m benchmarks

lock: .venv/ready ## resolve dependencies anew into the two lock files
	$(PY) -m uv pip compile $(LOCK) pyproject.toml -o requirements.lock
	$(PY) -m uv pip compile $(LOCK) pyproject.toml --group dev -o requirements-dev.lock

clean: ## remove everything that was built
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
