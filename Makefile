# One command each, from a machine with Python 3.11+, make and the package registries.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
SUDO := $(shell [ "$$(id -u 2>/dev/null)" = 0 ] || echo sudo)
APT := $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq
# Without apt-get the tests that need the package are skipped.
packaged = if command -v apt-get >/dev/null; then $(APT) $(1); \
	else echo 'No apt-get here: install $(1) by hand for the tests in the browser.'; fi
INDEX ?= data/index
PORT ?= 8000

.PHONY: demo test lint bench samples browser clean

demo: $(VENV)/.installed ## index the samples and serve the page
	$(BIN)/tifa index data/reports --index $(INDEX)
	$(BIN)/tifa serve --index $(INDEX) --port $(PORT)

test: $(VENV)/.dev browser ## everything the tests need, then the tests
	$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.bench ## 1,000 synthetic reports; more: make bench ARGS='--sizes 10000,100000'
	$(BIN)/python -m tests.benchmarks $(ARGS)

samples: $(VENV)/.dev ## write data/reports anew
	$(BIN)/python data/make_samples.py

clean: ## what can be made again; not the index, which holds texts whose files may be gone
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Tifa needs Python 3.11 or later: make PYTHON=/path/to/python3'; exit 1; }
	@# Debian keeps venv in a package of its own.
	$(PYTHON) -m venv $(VENV) || { $(APT) python3-venv && $(PYTHON) -m venv --clear $(VENV); }

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.bench: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@

browser: ## Chromium and Chinese fonts for the page's tests, where they are absent
	@for name in chromium chromium-browser google-chrome; do \
		command -v $$name >/dev/null && exit; \
	done; $(call packaged,chromium)
	@fc-list :lang=zh family 2>/dev/null | grep -q . || { $(call packaged,fonts-noto-cjk); }
