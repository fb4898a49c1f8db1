# vitrum. `make run` and `make check` need nothing but Debian, git and make: they install what is missing.

BUILD := build/release
STUDY := studies/liu2023/study.yaml
OUT := out/liu2023
PREFIX ?= /usr/local
CMAKE_FLAGS ?=
FUZZ_SECONDS ?= 60
FUZZERS := $(notdir $(basename $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_SEEDS := alloys studies/liu2023 tests/cli/fixtures
TESTS := ctest --output-on-failure --no-tests=error -j$(shell nproc)
SOURCES = $(shell git ls-files '*.c' '*.h')

.DEFAULT_GOAL := all
.PHONY: all run check check-long benchmark asan asan-clang format format-check docs install setup setup-check setup-ci fuzz \
        clean

# $(call configure,preset,flags): the generator is chosen once; later calls only take over the flags.
configure = cmake --preset $(1) $(if $(wildcard build/$(1)/CMakeCache.txt),,-G Ninja) $(CMAKE_FLAGS) $(2)

$(BUILD)/CMakeCache.txt:
	@$(call configure,release)

# Sources are globbed: a new file is picked up by itself.
all: $(BUILD)/CMakeCache.txt
	@cmake --build $(BUILD) --target vitrum_cli vitrum_shared

setup:
	@scripts/setup.sh run

setup-check:
	@scripts/setup.sh check

setup-ci:
	@scripts/setup.sh ci

run: setup
	@$(MAKE) --no-print-directory all
	@$(BUILD)/vitrum run $(STUDY) -o $(OUT) --force
	@echo "Open in a browser: file://$(CURDIR)/$(OUT)/report.html"

check: setup-check
	@$(call configure,release,-DBUILD_TESTING=ON)
	@cmake --build $(BUILD)
	@cd $(BUILD) && $(TESTS) -LE long

check-long: setup-ci fuzz
	@$(call configure,release,-DBUILD_TESTING=ON)
	@cmake --build $(BUILD)
	@cd $(BUILD) && $(TESTS)

# Every reader against 60 s of libFuzzer; what breaks it is left in build/fuzz/.
fuzz: setup-ci
	@$(call configure,fuzz)
	@cmake --build build/fuzz --target $(FUZZERS)
	@for fuzzer in $(FUZZERS); do \
	    mkdir -p build/fuzz/corpus/$$fuzzer; \
	    echo "$$fuzzer: $(FUZZ_SECONDS) s"; \
	    build/fuzz/tests/$$fuzzer -max_total_time=$(FUZZ_SECONDS) -verbosity=0 -artifact_prefix=build/fuzz/$$fuzzer- \
	        $$(test -f tests/fuzz/$$fuzzer.dict && echo -dict=tests/fuzz/$$fuzzer.dict) build/fuzz/corpus/$$fuzzer \
	        $$(test -d tests/fuzz/seeds/$$fuzzer && echo tests/fuzz/seeds/$$fuzzer) $(FUZZ_SEEDS) || exit 1; \
	done

benchmark: setup
	@$(call configure,release,-DVITRUM_BENCHMARKS=ON)
	@cmake --build $(BUILD) --target benchmark

asan asan-clang: setup-check
	@$(call configure,$@,-DBUILD_TESTING=ON)
	@cmake --build build/$@
	@cd build/$@ && $(TESTS) -LE long

format:
	@clang-format -i $(SOURCES)

format-check:
	@clang-format --dry-run -Werror $(SOURCES)

docs: all
	@$(BUILD)/vitrum docs --markdown docs

install:
	@$(call configure,release,-DCMAKE_INSTALL_PREFIX=$(PREFIX))
	@cmake --build $(BUILD) --target vitrum_cli vitrum_shared vitrum_static vitrum_docs
	@cmake --install $(BUILD)

clean:
	rm -rf build out
