# Every target sets up what it needs by itself; `make help` lists them.

PORT ?= 8000
SANDBOX_PORT ?= 8001
# PYTHON=python3.13 chooses an interpreter; each version has an environment of its own.
ifdef PYTHON
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
$(if $(VERSION),,$(error PYTHON=$(PYTHON) does not start))
VENV := .venv-$(VERSION)
else
VENV := .venv
endif
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
# The HTML checker, a Java program, and the vendors' own clients come from npm, for every version alike; package.json
# pins them.
TOOLS := .venv/tools
HTML_CHECKER := $(TOOLS)/.installed
IMAGE ?= order-items-portal
SOURCES := ercportal orders tests manage.py gunicorn.conf.py docs/nginx_watch.py
# A developer's .env connects a real account; demo and tests must not reach it.
SANDBOXED := ENV_FILE=/dev/null DEBUG=1

.DEFAULT_GOAL := help
.PHONY: help demo run desktop sandbox serve image test lint format types quick unit fuzz browser chaos screenshots messages lighthouse bench mutants clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

demo: $(RUNTIME) ## the portal with a sandbox, sign-ins, texts to search for and a desktop that embeds it; PORT=, SANDBOX_PORT= and DESKTOP_PORT= choose others
	@exec env $(SANDBOXED) DATABASE_URL=sqlite:///demo.sqlite3 $(BIN)/python manage.py demo --port $(PORT) --sandbox-port $(SANDBOX_PORT) $(if $(DESKTOP_PORT),--desktop-port $(DESKTOP_PORT))

run: $(RUNTIME) ## the portal with the settings of the environment and .env
	$(BIN)/python manage.py migrate
	$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	exec $(BIN)/python manage.py runserver $(PORT)

serve: $(RUNTIME) ## the portal as in production, with gunicorn.conf.py and the settings of the environment and .env
	$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	$(BIN)/python manage.py check --deploy --fail-level ERROR
	exec env MALLOC_ARENA_MAX=1 $(BIN)/gunicorn --config gunicorn.conf.py ercportal.wsgi

image: ## the container image IMAGE (order-items-portal) with docker, podman or buildah; ENGINE= and BASE= choose
	@sh .ci/build-image $(IMAGE)

desktop: $(RUNTIME) ## the make-believe desktop alone, on DESKTOP_PORT, for the portal on PORT
	exec env $(SANDBOXED) $(BIN)/python manage.py desktop --port $(or $(DESKTOP_PORT),8002) --portal http://127.0.0.1:$(PORT)

sandbox: $(RUNTIME) ## the sandbox alone, on SANDBOX_PORT; DELAY_MS=150 makes every answer that much slower
	exec env $(SANDBOXED) $(BIN)/python manage.py sandbox --port $(SANDBOX_PORT) --delay-ms $(or $(DELAY_MS),0)

test: lint types unit browser ## everything that CI checks: lint, types, tests, browser tests; PYTHON=python3.13 chooses the interpreter, for the other targets, too

lint: $(DEV) ## ruff, the layers, the templates
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/djlint orders/templates --profile django --lint --quiet

messages: $(DEV) ## the words of the sources into the catalogues of orders/locale, which are then compiled
	$(BIN)/pybabel -q extract -F babel.cfg -k gettext -k ngettext:1,2 -k say_count:1,2 -k _ -k pgettext:1c,2 -k npgettext:1c,2,3 -c Translators: --sort-output --no-location -o messages.pot .
	@for folder in orders/locale/*/; do language=$$(basename $$folder); \
	  $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete -w 110 -i messages.pot -l $$language -o $$folder/LC_MESSAGES/django.po; done
	@rm messages.pot
	$(BIN)/pybabel -q compile -D django -d orders/locale

format: $(DEV) ## ruff rewrites the sources
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

types: $(DEV) ## mypy --strict
	$(SANDBOXED) $(BIN)/mypy $(SOURCES)

quick: $(DEV) ## the tests that are neither slow nor start a server: under a minute on two cores
	$(BIN)/pytest -q -n auto -m "not slow and not server"

unit: $(DEV) $(HTML_CHECKER) ## the tests that need no browser
	$(BIN)/pytest -n auto --dist loadgroup --ignore tests/browser

fuzz: export FUZZ_EXAMPLES := 2000
fuzz: $(DEV) ## answers that nobody thought of, in rounds of 2,000: EXAMPLES= of them (20,000), or for SECONDS=
	@until=$$(( $$(date +%s) + $(or $(SECONDS),0) )); rounds=$$(( ($(or $(EXAMPLES),20000) + 1999) / 2000 )); round=0; \
	while [ $(if $(SECONDS),$$(date +%s) -lt $$until,$$round -lt $$rounds) ]; do \
	  $(BIN)/pytest -q -n auto tests/fuzz || exit 1; \
	  round=$$((round + 1)); echo "$$((round * FUZZ_EXAMPLES)) examples, and nothing found"; \
	done

browser: $(DEV) $(HTML_CHECKER) ## the tests in a real Chromium; installs it where there is none
	@sh .ci/need-chromium
	$(BIN)/pytest -n auto --dist loadfile -m "not timed" tests/browser
	$(BIN)/pytest -n 0 -m timed tests/browser

chaos: $(DEV) ## what agents see while each thing that the portal needs fails, as a table in test-output/chaos.txt; about four minutes
	$(BIN)/pytest -n 0 -s -p no:randomly tests/cluster/test_chaos.py

screenshots: $(DEV) ## pictures of every state, light and dark, wide and narrow, from left and from right, in test-output/screenshots; a few of them for the README
	@sh .ci/need-chromium
	$(BIN)/pytest -n auto tests/browser/test_look.py tests/browser/test_embed_look.py tests/browser/test_languages.py tests/browser/test_admin.py
	@mkdir -p docs/screenshots
	@cp test-output/screenshots/three-deliveries-light-en-640.png docs/screenshots/portal.png
	@cp test-output/screenshots/embed-dora-dark-ar.png docs/screenshots/panel-arabic.png
	@cp test-output/screenshots/one-item-light-en-360.png docs/screenshots/narrow.png

lighthouse: $(DEV) ## Lighthouse's accessibility and best-practices scores; fetches it with npm
	@sh .ci/need-chromium
	@npm install --silent --no-audit --no-fund --prefix $(TOOLS)/lighthouse lighthouse@12.8.2
	$(BIN)/python -m tests.benchmarks.lighthouse

bench: $(DEV) ## how fast the portal is, as ratios; less than ten minutes
	@sh .ci/need-bench
	$(BIN)/python -m tests.benchmarks.portal

mutants: $(DEV) ## whether the tests notice changes of the code; a quarter of an hour; SAMPLE= changes of each module (0: all)
	$(BIN)/python -m tests.mutation $(if $(SAMPLE),--sample $(SAMPLE))

clean: ## remove everything that the targets made
	rm -rf .venv .venv-* mutants staticfiles test-output demo.sqlite3 .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(VENV)/bin/python:
	@sh .ci/make-venv $(VENV) $(PYTHON)

$(RUNTIME): requirements.txt | $(VENV)/bin/python
	@echo "Installing the portal's packages …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(HTML_CHECKER): package.json
	@sh .ci/need-html-checker $(TOOLS)
	@touch $@

$(DEV): requirements-dev.txt $(RUNTIME)
	@echo "Installing the packages for tests …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
