# Plenum's tasks. `make` alone lists them. Every task sets up what it needs and works a second time without a network.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PY := .venv/bin/python
RUN := .venv/bin

# Three workers on two cores: tests of real processes wait much of their time.
.PHONY: openapi bundle faults help setup demo test test-fast lint fix verify bench bench-kiosk doctor vectors golden mutation load load-intake load-smoke load-pages migration lock clean

help:  ## list the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: .venv/.ready  ## make the virtual environment and install the locked packages

.venv/.ready: requirements.lock pyproject.toml tools/setup.sh
	@bash tools/setup.sh
	@touch $@

demo: setup  ## run both example sessions through a real server and verify their records
	$(RUN)/plenum demo

serve: setup  ## a rehearsal on this machine: server, scrutineers' stations, a kiosk (SESSION=examples/qinglan-congress for the full one)
	$(RUN)/plenum rehearse $(if $(SESSION),--session "$(SESSION)" --dir "build/rehearsal-$(notdir $(SESSION:/=))")

test: setup lint test-tools  ## everything that must be green: lint, types, layers, all tests
	$(RUN)/pytest tests -n 3 --dist loadfile

test-fast: setup test-tools  ## the tests without the slow ones
	$(RUN)/pytest tests -n 3 --dist loadfile -m "not slow"

.PHONY: test-tools
test-tools:
	@bash tools/test_tools.sh

lint: setup  ## ruff, types, layers
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	@$(MAKE) --no-print-directory -j2 -O types layers

.PHONY: types layers
types:
	$(RUN)/mypy

layers:
	$(RUN)/lint-imports --config .importlinter

fix: setup  ## let ruff mend and format what it can
	$(RUN)/ruff check --fix .
	$(RUN)/ruff format .

verify: setup  ## verify a record: make verify RECORD=path [FINGERPRINT=...]
	@test -n "$(RECORD)" || { echo "Say which record: make verify RECORD=path/to/record.zip [FINGERPRINT=...]"; exit 2; }
	$(RUN)/plenum verify "$(RECORD)" $(if $(FINGERPRINT),--fingerprint "$(FINGERPRINT)")

bench: setup  ## milliseconds and bytes per ballot, with their limits (FULL=1 for the long ones)
	$(RUN)/plenum bench $(if $(FULL),--full)

bench-kiosk: setup  ## how long a delegate waits at a kiosk, with the limits
	$(RUN)/python -m tests.kiosk.kiosk_page.bench

doctor: setup  ## what is missing or wrong on this machine
	$(RUN)/plenum doctor

vectors: setup  ## make the test vectors again and check them with the independent program
	$(PY) -m tests.vectors.generate
	$(PY) -m tests.independent.check
	@git --no-pager diff --stat -- tests/vectors || true

golden: setup  ## make the golden record again
	$(PY) -m tests.golden.make_golden
	@git --no-pager diff --stat -- tests/golden || true

bundle: setup  ## everything for an installation without a network, in build/bundle (DEBIAN=1 with the browser's packages)
	$(PY) -m tools.bundle build/bundle $(if $(DEBIAN),--debian)

openapi: setup  ## write the published description of the HTTP interface again
	$(PY) -m tests.contract.make_openapi
	@git --no-pager diff --stat -- tests/contract || true

mutation: setup  ## change the decision code in every small way and see that a test notices (15 to 40 minutes)
	rm -rf mutants
	mkdir -p build
	$(RUN)/mutmut run --max-children 2 > build/mutation.log || { tail -20 build/mutation.log; exit 1; }
	@if $(RUN)/mutmut results | grep -E "survived|no tests|suspicious|timeout"; then echo "These changes went unnoticed: write a test for each, or say in a comment why it can have none (# pragma: no mutate)."; exit 1; fi

pictures: setup test-tools  ## take the pictures of docs/screens.md again with the browser tests
	$(RUN)/pytest tests/browser -n 2 --dist loadfile
	$(PY) -m tools.pictures

faults: setup test-tools  ## kill -9 server, database, readers (50 times each) and kiosk (200), and all other faults (KILLS=, SEED=; 30 minutes)
	FAULTS=all $(RUN)/pytest tests/faults -s

scan-study: setup  ## read 10,000 simulated scans of paper records (SCANS=200 for fewer; long)
	$(PY) -m tools.scan_study $(if $(SCANS),--scans $(SCANS))

load-smoke: setup  ## 50 delegates at a real server by Locust, ending in a verified record
	$(PY) -m loadtests smoke --out build/load

# In the order of their length, so that the figures of the short ones are there first.
PROFILES := smoke close-and-publish last-minute doors-open session-peak large-assembly soak

load: setup  ## load tests of docs/load-tests.md, each ending in a verified record (PROFILE="doors-open soak" or all, KEEP=1, DATABASE=postgresql WORKERS=2)
	@test -n "$(PROFILE)" || { echo "Say which: make load PROFILE=all, or some of $(PROFILES)"; exit 2; }
	@failed=""; for profile in $(if $(filter all,$(PROFILE)),$(PROFILES),$(PROFILE)); do \
		$(PY) -m loadtests $$profile --out build/load/$$profile $(if $(MINUTES),--minutes $(MINUTES)) $(if $(DATABASE),--database $(DATABASE)) $(if $(WORKERS),--workers $(WORKERS)) $(if $(KEEP),--keep docs/load-reports) \
			|| failed="$$failed $$profile"; \
	done; test -z "$$failed" || { echo "These load tests failed:$$failed"; exit 1; }

load-intake: setup  ## ballots a second that a server accepts, proofs verified and durable (ROWS=60 RATE=120)
	$(PY) -m loadtests.intake --out build/intake --rows $(or $(ROWS),60) --rate $(or $(RATE),120)

load-pages: setup  ## how long pages take in a large session (10 minutes on an idle machine)
	$(PY) -m loadtests.pages --out build/pages

migration: setup  ## write the database revision for new tables and columns: make migration NAME="What they get"
	@$(PY) -m tools.migration $(NAME)

lock:  ## resolve the packages again (needs a network)
	$(RUN)/pip install -q uv
	$(RUN)/uv pip compile -q pyproject.toml --all-extras --group dev --generate-hashes --no-header --no-annotate --python-version 3.11 -o requirements.lock

clean:  ## remove what the tasks made (not the virtual environment)
	rm -rf build mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis
