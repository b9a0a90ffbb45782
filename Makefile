# What a developer types. `make demo` and `make test` do everything, from a bare clone on.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: demo test check bench prove gallery pictures programs schema manual clean help

help:  ## what one can type here
	@grep -E '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/' | sort | while IFS="$$(printf '\t')" read -r word about; do printf '  make %-10s %s\n' "$$word" "$$about"; done

demo: $(VENV)/.demo  ## a whole month on the sample issues, in outbox/demo/
	$(BIN)/newsletter demo

test: $(VENV)/.test  ## set up what the tests need, then run them all
	$(BIN)/python -m compileall -q newsletter  # the tests start the program hundreds of times
	$(BIN)/python -m pytest -n 3 $(PYTEST)

check: $(VENV)/.test  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.bench  ## measured claims, beside their peers, in one run
	$(BIN)/python benchmarks/compose.py
	$(BIN)/python benchmarks/weight.py
	$(BIN)/python benchmarks/check.py
	$(BIN)/python benchmarks/studio.py
	$(BIN)/python benchmarks/signing.py
	$(BIN)/python benchmarks/ledger.py
	$(BIN)/python benchmarks/delivery.py

prove: $(VENV)/.prove  ## slow proofs: a sender killed at two hundred places, the power failing after every commit, the network cut at every step; an issue to 1,000,000 readers; 2,000 letters through Postfix and Dovecot; 200,000 spoilt files; any text, 20,000 letters; the studio under saves and tabs; the pace of every profile over three days; signatures looked at by other verifiers; our table of MJML beside MJML's own (needs npm)
	$(BIN)/python tests/prove/kill9.py
	$(BIN)/python tests/prove/power_loss.py
	$(BIN)/python tests/prove/network_cut.py
	$(BIN)/python tests/prove/scale.py
	$(BIN)/python tests/prove/hostile.py
	$(BIN)/python tests/prove/real_servers.py
	$(BIN)/python tests/prove/any_file.py
	$(BIN)/python tests/prove/any_text.py
	$(BIN)/python tests/prove/mjml_validator.py
	$(BIN)/python tests/prove/studio.py
	$(BIN)/python tests/prove/pace.py
	$(BIN)/python tests/prove/signatures.py

gallery: $(VENV)/.test  ## pictures of the letter, the public page and the studio, in outbox/gallery/; the README's in docs/pictures/
	$(BIN)/python docs/gallery.py --readme

programs: $(VENV)/.test  ## write docs/manual/mail-programs.md again: what readers see in each mail program
	$(BIN)/python -m tests.mail_programs.page

schema: $(VENV)/.test  ## write templates/schema/ again, after a change of a section type's fields
	$(BIN)/python docs/schema.py

manual: $(VENV)/.test  ## write docs/manual/ again, with a picture of every section, after a change of what it tells of
	$(BIN)/python docs/manual.py
	$(BIN)/python -m tests.tour.page

pictures: $(VENV)/.test  ## draw the sample's pictures again from docs/drawings/
	$(BIN)/python docs/drawings/draw.py

clean:  ## remove what can be made again; records/ and .env stay
	rm -rf $(VENV) outbox dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis benchmarks/peers/node_modules benchmarks/peers/emails tests/editor/node_modules tests/prove/verifiers/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@.ci/system venv
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Setting up, once: about half a minute."
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt .ci/system tests/editor/package-lock.json | $(VENV)/bin/python
	@echo "Setting up, once: about two minutes."
	@.ci/system
	$(PIP) install -c constraints.txt -e '.[dev]'
	@cd tests/editor && npm ci --silent --no-audit --no-fund || echo "Not installed: yaml-language-server, which needs npm. Its tests are left out, and say so." >&2
	@touch $@ $(VENV)/.demo

$(VENV)/.bench: $(VENV)/.test
	$(PIP) install -c constraints.txt -e '.[bench]'
	@touch $@

$(VENV)/.prove: $(VENV)/.test tests/prove/verifiers/package-lock.json
	$(PIP) install -c constraints.txt -e '.[prove]'
	cd tests/prove/verifiers && npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@
