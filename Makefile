# Every command sets up what it needs first; see README.md.

PORT ?= 8080
FUZZ_SECONDS ?= 60

# /usr/sbin holds nft and ip, which a user's PATH on Debian leaves out.
CARGO_BIN := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin
export PATH := $(CURDIR)/.tools/bin:$(CARGO_BIN):$(PATH):/usr/sbin:/sbin

WASM := --target wasm32-unknown-unknown
# CI must not change what was committed.
LOCKED := $(if $(CI),--locked)
# Trunk takes its tools from the PATH and downloads none.
export TRUNK_OFFLINE := true

.PHONY: help serve test test-vendors fuzz bench bench-search audit dist fmt clean setup-build setup-test setup-vendors setup-fuzz setup-bench

help:
	@echo 'make serve   the site on http://127.0.0.1:$(PORT)/ (PORT=…)'
	@echo 'make test    all tests but those of the vendors'
	@echo 'make test-vendors   the vendors'"'"' own tools read every text (installs 2 GB of them)'
	@echo 'make fuzz    random input for everything that reads text (FUZZ_SECONDS=… for each parser)'
	@echo 'make bench   how fast the site is, as a table (about ten minutes)'
	@echo 'make bench-search  the search beside other libraries (part of make bench)'
	@echo 'make dist    the release site in dist/ (SITE=https://…/)'
	@echo 'make audit   known advisories about the dependencies'
	@echo 'make fmt     format the sources'
	@echo 'make clean   delete what was built, but not the tools'

serve: setup-build
	@setup/serve.sh $(PORT)

test: setup-test
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo clippy --lib --bin exchange-ports $(WASM) -- -D warnings
	cargo deny check --hide-inclusion-graph licenses bans sources
	trunk build --release --dist target/site
	EXCHANGE_PORTS_SITE='$(CURDIR)/target/site' cargo test

test-vendors: setup-vendors
	cargo test --test vendors

# What it finds stands under fuzz/artifacts/; keep it under tests/corpus/. No sanitizer: the code is without unsafe.
fuzz: setup-fuzz
	@for parser in connections links addresses ports; do \
		seeds="tests/corpus/$$parser"; \
		[ "$$parser" != connections ] || seeds="$$seeds tests/expected/connections"; \
		mkdir -p "fuzz/corpus/$$parser"; \
		RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none "$$parser" "fuzz/corpus/$$parser" $$seeds -- \
			-max_total_time=$(FUZZ_SECONDS) -timeout=10 -max_len=20000 -verbosity=0 -print_funcs=0 -print_final_stats=1 || exit; \
	done

# The dev profile: only Chromium is measured, and the tests share its artifacts.
bench: setup-bench
	trunk build --release --dist target/site
	EXCHANGE_PORTS_SITE='$(CURDIR)/target/site' cargo bench --profile dev --bench page
	@$(MAKE) --no-print-directory bench-search

bench-search: setup-bench
	@cargo build --quiet --release --example search --example without-search $(WASM)
	@for example in search:ours without-search:without; do \
		wasm-bindgen --target web --no-typescript --out-dir target/search --out-name $${example#*:} \
			target/wasm32-unknown-unknown/release/examples/$${example%:*}.wasm || exit 1; \
	done
	cargo bench --profile dev --bench search

audit: setup-build
	@setup/tools.sh cargo-deny
	cargo deny check advisories

dist: setup-build
	trunk build --release --dist dist
	@cargo build --quiet --release --example counter $(WASM)
	@wasm-bindgen --target web --no-typescript --out-dir target/counter \
		target/wasm32-unknown-unknown/release/examples/counter.wasm
	@cargo run --quiet --bin site -- sizes dist target/counter

fmt:
	cargo fmt

clean:
	rm -rf target dist

setup-build:
	@setup/debian.sh cc='gcc libc6-dev'
	@setup/wasm-target.sh
	@setup/tools.sh wasm-bindgen trunk
	@cargo fetch $(LOCKED)
	@cargo fetch $(LOCKED) $(WASM)

setup-test: setup-build
	@setup/debian.sh chromium=chromium chromedriver=chromium-driver \
		nft=nftables ip=iproute2 iptables=iptables ufw=ufw firewalld=firewalld dbus-daemon=dbus-daemon netstat=net-tools
	@setup/tools.sh cargo-deny
	@cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 \
		|| rustup component add rustfmt clippy

setup-vendors: setup-build
	@setup/debian.sh firewall-offline-cmd=firewalld
	@setup/vendors.sh

setup-fuzz:
	@setup/debian.sh cc='gcc libc6-dev' c++=g++
	@setup/tools.sh cargo-fuzz

setup-bench: setup-build
	@setup/debian.sh chromium=chromium chromedriver=chromium-driver
	@setup/lighthouse.sh
	@setup/node.sh benches/search .tools/search
