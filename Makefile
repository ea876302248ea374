# Two commands do everything on a fresh Debian machine: make demo, make test.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
MEETING := meetings/2026-10-12-cabinet-member-green-spaces
APT := libreoffice-writer-nogui libreoffice-calc-nogui fonts-liberation fonts-crosextra-carlito fonts-crosextra-caladea \
       fontconfig libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 poppler-utils python3-venv

# What only the slow tests and the benchmarks ask for.
APT_TESTS := tesseract-ocr qpdf

.PHONY: demo test test-all lint types docs check setup clean lock bench-build bench-assembly

demo: setup
	@$(VENV)/bin/civicpack build $(MEETING)

test: setup
	$(VENV)/bin/pytest -q -n 2 -m "not slow"

test-all: APT += $(APT_TESTS)
test-all: setup
	$(VENV)/bin/pytest -q -n 2

setup: .setup-apt $(VENV)/.ready

# apt is asked only when something is missing; sudo only when we are not root.
.PHONY: .setup-apt
.setup-apt:
	@missing=$$(for p in $(APT); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  echo "Installing with apt: $$missing"; \
	  $$sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -q -y --no-install-recommends $$missing; \
	fi

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(VENV)/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

lint: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: setup
	$(VENV)/bin/mypy

docs: setup
	$(VENV)/bin/cog --check README.md docs/commands.md
	$(VENV)/bin/python -m pipeline.manifest.reference --check

check: test lint types docs

# Prints how long a build takes, by part, against the papers converted one by one.
bench-build: setup
	$(VENV)/bin/python benchmarks/build

# Assembly against PDFBox, pikepdf, pypdf, qpdf and pdftk; those that are not installed are left out, and that is said.
bench-assembly: setup
	$(VENV)/bin/python benchmarks/assembly

lock:
	$(VENV)/bin/pip-compile -q --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --extra dev --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) build/*/ build/.cache
