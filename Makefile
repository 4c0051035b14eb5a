# Two commands matter: `make chat` and `make test`. Each does its whole set-up on a fresh machine.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CORPORA ?= ../shared/corpora
PASSAGES ?= 50000
SECONDS ?= 600

.PHONY: chat test check bench bench-reading bench-retrieval bench-completeness bench-clauses bench-scale bench-writing bench-breaking bench-load bench-memory bench-wide bench-sharing bench-text-search clean

chat: $(VENV)/.installed
	$(BIN)/baogao index seeds/reports
	$(BIN)/baogao chat

test: $(VENV)/.installed-dev
	$(BIN)/python -m tests.browser
	BAOGAO_CORPORA="$(realpath $(CORPORA))" $(BIN)/python -m pytest -n auto --dist worksteal

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks $(CORPORA)

bench-retrieval: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks.retrieval $(CORPORA)/eval \
		--reports $(wildcard $(CORPORA)/reports/shanghai $(CORPORA)/reports/provinces_2025)

bench-reading: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.reading $(CORPORA)

bench-completeness: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.completeness $(CORPORA)

# How well clauses are chosen for questions, each set judged with weights fitted on the others:
# QUESTIONS is pairs of a question set and the data folder of its reports, set.jsonl=folder.
bench-clauses: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.clauses $(QUESTIONS)

bench-scale: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.scale --passages $(PASSAGES)

bench-breaking: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.breaking

bench-load: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.load --seconds $(SECONDS) --plot docs/load.svg

# Questions over all places, from files and from servers.
bench-wide: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.wide $(CORPORA)/reports/gov_md
	$(BIN)/python -m benchmarks.wide $(CORPORA)/reports/gov_md --servers

# Two pages and an indexer on one PostgreSQL and one Chroma server.
bench-sharing: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.sharing --seconds $(SECONDS)

bench-text-search: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.text_search $(CORPORA)/eval

bench-memory: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.memory --plot docs/memory.svg

bench-writing: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.writing $(CORPORA)/eval/gwr_tmx

# The constraints file pins every package; a change there or in pyproject.toml installs anew.
$(VENV)/.installed: pyproject.toml constraints.txt
	@echo "Installing some 2 GB of packages into $(VENV), which takes a few minutes"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

# What the benchmark compares with: no test needs it.
$(VENV)/.installed-bench: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench]'
	touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info
