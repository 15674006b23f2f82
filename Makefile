# Everything a contributor runs, and all that .ci/run runs. `make help` lists it.
#
# Tools are pinned by modules of their own in tools/, what comes from npm by lock
# files beside what uses it; both are fetched by the ordinary clients.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

GO        ?= go
WALLET    := internal/e2e/wallet
ANVIL     := tools/anvil
CONTRACTS := contracts
VECTORS   := contracts/vectors

# Folders whose package.json names what npm installs into them.
NPM := $(WALLET) $(ANVIL) $(CONTRACTS) $(VECTORS)
installed = $(1)/node_modules/.package-lock.json

# tool NAME runs a pinned tool from the root of the repository.
tool = $(GO) tool -modfile=tools/$(1)/go.mod $(1)

# Third-party test data; tests that need it are skipped, saying so, without it.
ifneq ($(wildcard ../shared/data),)
CANDELA_TESTDATA ?= $(abspath ../shared/data)
endif
export CANDELA_TESTDATA

# Packages, and what is added to `go test`: make test PKG=./wire/... FLAGS=-v
PKG   ?= ./...
FLAGS ?=

# Rooms that start goroutines. node and the end-to-end tests are left out: they
# start what is raced here already, and take minutes more to compile.
RACE ?= ./chain/... ./pay ./pay/watch/... ./ledger ./ledger/sqlite ./server ./server/integration ./server/till ./client/... ./rpc/... ./node/admin ./node/devp2p ./node/discovery ./node/bench ./sim

FUZZTIME  ?= 5s
BENCH     ?= .
BENCHTIME ?= 1s

.PHONY: build
build: ## build bin/candela
	$(GO) build -trimpath -ldflags '-s -w' -o bin/candela ./cmd/candela

.PHONY: test
test: deps ## install what the tests need, and run them all, or those of PKG=./room/... with FLAGS='-run TestName -v'
	@[ '$(PKG)' != ./... ] || $(MAKE) contracts
	@# These run many processes, each by itself: nothing else beside them.
	@alone='/internal/(e2e|interop|oldblocks|attacks)$$'; all=$$($(GO) list $(PKG)); \
	rooms=$$(grep -Ev "$$alone" <<<"$$all" || true); \
	[ -z "$$rooms" ] || $(GO) test -timeout 20m $(FLAGS) $$rooms; \
	for one in $$(grep -E "$$alone" <<<"$$all" || true); do $(GO) test -timeout 20m $(FLAGS) $$one; done

.PHONY: deps
deps: programs $(foreach folder,$(NPM),$(call installed,$(folder))) ## install what the tests need: Node.js, wallet libraries, anvil, forge, curl, Python, PostgreSQL

# Only what is missing is installed, each as the command that is looked for and the
# package that has it. Debian keeps PostgreSQL's server where no PATH leads; tests start
# clusters of their own.
.PHONY: programs
programs:
	@missing=; \
	for want in node:nodejs npm:npm curl:curl python3:python3; do \
		command -v "$${want%%:*}" >/dev/null || missing="$$missing $${want##*:}"; \
	done; \
	compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing="$$missing postgresql"; \
	if [ -n "$$missing" ]; then \
		echo "installing$$missing"; \
		sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		$$sudo apt-get update -q && $$sudo apt-get install -qy --no-install-recommends $$missing; \
	fi

# npm rewrites this file at each install, so it is as new as what is installed.
%/node_modules/.package-lock.json: %/package-lock.json | programs
	cd $* && npm ci --no-audit --no-fund --loglevel=error
	touch $@

.PHONY: contracts
contracts: $(call installed,$(CONTRACTS)) ## build the contracts and test them: unit, fuzz, invariants, gas
	cd $(CONTRACTS) && ./forge test

.PHONY: snapshots
snapshots: $(call installed,$(CONTRACTS)) ## write the gas that the contracts use anew
	cd $(CONTRACTS) && ./forge test --match-path 'test/**/*.gas.t.sol' --gas-snapshot-check false

.PHONY: race
race: ## run the rooms with goroutines under the race detector
	$(GO) test -race -timeout 20m $(FLAGS) $(RACE)

.PHONY: fuzz
fuzz: ## run every fuzz target for FUZZTIME (5s)
	FUZZTIME=$(FUZZTIME) tools/fuzz.sh $(PKG)

.PHONY: bench
bench: ## run the benchmarks; compare two runs with `make benchstat OLD=a NEW=b`
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchtime $(BENCHTIME) $(FLAGS) $(PKG)

.PHONY: attacks
attacks: ## play the attacks and put their figures into docs/bench/attacks.md
	$(GO) test ./internal/attacks -count=1 -v -args -table $(CURDIR)/docs/bench/attacks.md

.PHONY: benchstat
benchstat: ## compare two files written by `make bench`
	$(call tool,benchstat) $(OLD) $(NEW)

.PHONY: lint
lint: $(call installed,$(CONTRACTS)) ## run the linters and check the formatting
	$(call tool,golangci-lint) run
	$(GO) mod tidy -diff
	cd $(CONTRACTS) && ./forge fmt --check && FOUNDRY_PROFILE=lint ./forge lint --quiet

.PHONY: fmt
fmt: $(call installed,$(CONTRACTS)) ## format the sources
	$(call tool,golangci-lint) fmt
	cd $(CONTRACTS) && ./forge fmt

.PHONY: deadcode
deadcode: ## list functions that no command and no test reaches
	$(call tool,deadcode) -test ./...

.PHONY: vuln
vuln: ## look for known vulnerabilities (asks vuln.go.dev)
	$(call tool,govulncheck) ./...

.PHONY: generate
generate: deps ## write all generated files anew
	$(GO) generate ./...
	cd $(WALLET) && npm run --silent generate
	cd $(VECTORS) && npm run --silent generate

.PHONY: generated-clean
generated-clean: generate ## fail if a generated file in the repository is stale
	git diff --exit-code
	@untracked="$$(git ls-files --others --exclude-standard)"; \
	if [ -n "$$untracked" ]; then echo "generated but not committed:"; echo "$$untracked"; exit 1; fi

.PHONY: clean
clean: ## remove what was built and installed here
	rm -rf bin dist $(addsuffix /node_modules,$(NPM)) $(CONTRACTS)/out $(CONTRACTS)/cache

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-16s %s\n", $$1, $$2}'
