# What people run. `make demo` and `make test` install what they need from Debian first, and say so.

PACKAGES = libxml2-dev libsqlite3-dev libarchive-dev pkg-config
# What the tests run beside the toolkit.
TEST_PACKAGES = curl openssl bsdutils util-linux chromium zstd valgrind openjdk-17-jre-headless
# Libraries from PyPI that judge what the toolkit writes.
PYTHON_LIBRARIES = jsonpatch jsonschema junitparser requests
# What the sample of a cluster runs on.
SPARK_LIBRARIES = pyspark==4.0.1 pyarrow==26.0.1
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
RELEASE = .build/release/nctsbridge
DEMO = .build/demo

.PHONY: help demo test test-library test-spark counts bench build check-format format install-needs install-python clean

help:
	@echo "make demo    convert the sample archive to v2.0 and back, then compare both APIs, simulated"
	@echo "make test    check the format, build, and run every test"
	@echo "make bench   measure the toolkit beside its peers"
	@echo "make counts  count the hot path's instructions; RENEW=--renew writes the table anew"
	@echo "make build   build in release mode: $(RELEASE)"
	@echo "make format  format the sources"
	@echo "make clean   remove what was built"

# Installs the Debian packages that are missing: as root, or with sudo; else says what to install.
install-needs:
	@missing=""; \
	for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if ! command -v apt-get >/dev/null 2>&1; then \
	  echo "nctsbridge needs the headers of libxml2, libarchive and SQLite, and pkg-config; on Debian they are:$$missing." >&2; \
	  echo "There is no apt-get here: install them with this system's package manager, then run make again." >&2; \
	  pkg-config --exists libxml-2.0 libarchive sqlite3 2>/dev/null && exit 0; exit 1; \
	fi; \
	if [ "$$(id -u)" = 0 ]; then as=""; \
	elif command -v sudo >/dev/null 2>&1 && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then as="sudo"; \
	else \
	  echo "nctsbridge needs these Debian packages:$$missing" >&2; \
	  echo "Installing them takes root, and neither root nor sudo is at hand. Ask for: apt-get install$$missing" >&2; \
	  exit 1; \
	fi; \
	echo "Installing from Debian:$$missing"; \
	$$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq --no-install-recommends $$missing || exit 1; \
	case "$$missing " in *" nginx "*) \
	  echo "nginx is wanted as a program, not as a service: it is stopped, and not started with the system"; \
	  $$as update-rc.d nginx disable; $$as service nginx stop >/dev/null 2>&1 || true;; \
	esac

# Installs the Python libraries, all of them in a folder of the project's own, where the system's Python lacks one.
install-python:
	@for python in .build/python/bin/python3 python3; do \
	  $$python -c "import $$(echo $(PYTHON_LIBRARIES) | tr ' ' ',')" 2>/dev/null && exit 0; \
	  [ ! -e .build/python ] || break; \
	done; \
	[ -x .build/python/bin/python3 ] || python3 -m venv .build/python || exit 1; \
	echo "Installing from PyPI: $(PYTHON_LIBRARIES)"; \
	.build/python/bin/pip install -q $(PYTHON_LIBRARIES)

# Swift's own libraries go into the program, where the system has them to link: it starts sooner, and runs where no Swift is.
ifeq ($(shell uname -s),Linux)
RELEASE_BUILD = -c release --static-swift-stdlib
else
RELEASE_BUILD = -c release
endif

build: install-needs
	@command -v swift >/dev/null 2>&1 || { echo "Swift 6.2 or later is needed: see https://www.swift.org/install" >&2; exit 1; }
	swift build $(RELEASE_BUILD) --product nctsbridge

demo: build
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@echo
	@echo "== The sample archive to v2.0 (20 of its records are bad on purpose)"
	@$(RELEASE) convert samples/archive/archive.ndjson --to v2-json --context samples/archive/context.yaml \
	  --output $(DEMO)/v2.ndjson --remainder $(DEMO)/remainder.ndjson --rejects $(DEMO)/rejects.ndjson \
	  --report $(DEMO)/report.json --findings $(DEMO)/findings.ndjson --verify; test $$? -le 1
	@echo
	@echo "== And back to NCTS4 XML, with the remainder"
	@$(RELEASE) convert $(DEMO)/v2.ndjson --to v1-xml --context samples/archive/context.yaml \
	  --remainder $(DEMO)/remainder.ndjson --output $(DEMO)/back.ndjson --rejects $(DEMO)/back-rejects.ndjson; test $$? -le 1
	@echo
	@echo "== One record's way: an answer of NCTS4 to v2.0"
	@$(RELEASE) explain samples/v1-xml/CD037A-type-0.xml --to v2-json
	@echo
	@echo "== Both APIs, simulated on this machine, asked about 320 guarantees by a clock that runs 60 times as fast"
	@$(RELEASE) simulate --scenario samples/dual-run/scenario.yaml --listen 127.0.0.1:0 2> $(DEMO)/simulator.log & \
	simulator=$$!; trap 'kill $$simulator 2>/dev/null' EXIT; \
	for attempt in 1 2 3 4 5 6 7 8 9 10; do \
	  url=$$(sed -n 's/.*\(http:[^;]*\);.*/\1/p' $(DEMO)/simulator.log); [ -n "$$url" ] && break; sleep 0.3; \
	done; \
	ACCESS_CODE=DM01 WRONG_ACCESS_CODE=DM99 NCTSBRIDGE_V1_TOKEN=demo NCTSBRIDGE_V2_TOKEN=demo \
	$(RELEASE) compare --queries samples/dual-run/queries.csv --v1 "$$url" --v2 "$$url" --time-scale 60 \
	  --population 320 --store $(DEMO)/run.evidence; test $$? -le 1
	@$(RELEASE) report $(DEMO)/run.evidence --format html --output $(DEMO)/run.html; test $$? -le 1
	@echo
	@echo "All of it is in $(DEMO): v2.ndjson, back.ndjson, remainder.ndjson, rejects.ndjson, findings.ndjson, report.json,"
	@echo "run.evidence; and the report of the comparison, for a browser: $(DEMO)/run.html"

bench: PACKAGES += wrk nginx xsltproc gcc
bench: PYTHON_LIBRARIES += lxml xmltodict
bench: build install-python
	swift build $(RELEASE_BUILD) --product pass-through
	swift build $(RELEASE_BUILD) --product hot-path
	swift build $(RELEASE_BUILD) --product benchmarks
	.build/release/benchmarks --json .build/benchmarks.json
	@echo "The figures of convert are in .build/benchmarks.json too."

check-format:
	swift format lint --strict --parallel --recursive Sources Tests samples/library-adapter Package.swift

format:
	swift format format --in-place --parallel --recursive Sources Tests samples/library-adapter Package.swift

# The laws run on hundreds of thousands of generated messages, schedules on as many calls: with optimisation, in a folder of their own.
LAWS = XSDAgreementTests|LawOneTests|LawTwoTests|LenientLawTests|MaximalRepeatTests|PacerScheduleTests|PlainLawTests|PlainExchangeTests
# Without what debuggers need: valgrind can't read Swift's.
LAW_BUILD = --scratch-path .build/laws -c release -Xswiftc -enable-testing -Xswiftc -gnone -Xcc -g0

# Tests that run the binary wait for it on threads that the others, whose clocks run a thousand times as fast, can't do
# without, and those of the gateway load the machine: both go by themselves, and some of the latter one after the other.
test: PACKAGES += $(TEST_PACKAGES)
test: install-needs install-python check-format
	swift build --build-tests
	swift test --skip-build --skip '$(LAWS)|EndToEndTests|^GatewayTests'
	swift test --skip-build --filter '^GatewayTests' --skip UnderLoad
	swift test --skip-build --filter UnderLoad
	swift test --skip-build --filter EndToEndTests
	$(MAKE) --no-print-directory test-library test-spark
	NCTSBRIDGE_LAWS=1 swift build $(LAW_BUILD) --build-tests
	NCTSBRIDGE_LAWS=1 swift test $(LAW_BUILD) --skip-build --filter '$(LAWS)'
	python3 Sources/HotPath/counts.py .build/laws/release/hot-path

counts: PACKAGES += valgrind
counts: install-needs
	NCTSBRIDGE_LAWS=1 swift build $(LAW_BUILD) --build-tests
	python3 Sources/HotPath/counts.py .build/laws/release/hot-path $(RENEW)

# The job of the sample, on two executors of this machine, one of which is killed in between.
test-spark: PACKAGES += openjdk-17-jre-headless
test-spark: install-needs
	@.build/spark/bin/python3 -c 'import pyspark, pyarrow' 2>/dev/null || { \
	  [ -x .build/spark/bin/python3 ] || python3 -m venv .build/spark || exit 1; \
	  echo "Installing from PyPI: $(SPARK_LIBRARIES)"; .build/spark/bin/pip install -q $(SPARK_LIBRARIES) || exit 1; }
	NCTSBRIDGE=$(CURDIR)/.build/debug/nctsbridge timeout 900 .build/spark/bin/python3 samples/spark/test_spark.py

# The sample that uses the library, built as a stranger builds it: a copy, two folders below the package that it depends on, and
# nothing of the network with it. Then it is run against the simulator.
LIBRARY = .build/library-adapter

test-library:
	@mkdir -p $(LIBRARY) && rm -rf $(LIBRARY)/Sources && cp -Rp samples/library-adapter/. $(LIBRARY)
	swift build --package-path $(LIBRARY) --disable-index-store -debug-info-format none
	@if ls $(LIBRARY)/.build/checkouts | grep -E 'nio|http|hummingbird|lifecycle|configuration|GRDB|argument'; then \
	  echo "A program that depends on the library with no traits fetches what it does not need." >&2; exit 1; \
	fi
	@.build/debug/nctsbridge simulate --listen 127.0.0.1:0 2> $(LIBRARY)/simulator.log & \
	simulator=$$!; trap 'kill $$simulator 2>/dev/null' EXIT; \
	for attempt in 1 2 3 4 5 6 7 8 9 10; do \
	  url=$$(sed -n 's/.*\(http:[^;]*\);.*/\1/p' $(LIBRARY)/simulator.log); [ -n "$$url" ] && break; sleep 0.3; \
	done; \
	NCTS_TOKEN=sample $(LIBRARY)/.build/debug/LibraryAdapter "$$url" > $(LIBRARY)/told.txt; \
	diff -u samples/library-adapter/expected.txt $(LIBRARY)/told.txt && echo "The library's sample tells what it should."

clean:
	rm -rf .build
