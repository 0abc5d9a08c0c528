# paperbuild: `make pdf` and `make test` set up what they need by themselves.
#
#   make pdf ARGS="manuscripts/NAME --style apa"     further arguments go to the command
#   make setup PYTHON=python3.12                     another Python, 3.11 or newer

PYTHON ?= python3
ARGS   ?=

VENV  := .venv
STAMP := $(VENV)/.complete
RUN   := $(VENV)/bin/python
PAPER := $(RUN) -m paperbuild

.DEFAULT_GOAL := help
.PHONY: help setup parts web-parts pdf docx preview all verify test test-web shots proofs check lint bench \
	agreement styles mutated corpus trial leaks pdfa pdfa-parts references conformance conform-word libreoffice fresh clean distclean FORCE

help:  ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: parts $(STAMP)  ## everything that the others need: system parts, .venv (done by them when needed)

pdf: setup  ## dist/NAME/NAME.pdf of every manuscript
	$(PAPER) export --to pdf $(ARGS)

docx: setup  ## dist/NAME/NAME.docx of every manuscript
	$(PAPER) export --to docx $(ARGS)

preview: setup  ## dist/NAME/NAME.preview.html of every manuscript
	$(PAPER) export --to preview $(ARGS)

all: setup  ## every format of every manuscript, verified
	$(PAPER) export --to pdf,docx,preview $(ARGS)

verify: setup  ## what stands in dist/, compared with the manuscripts again
	$(PAPER) verify $(ARGS)

test: setup  ## all tests, on every core (quick ones only: ARGS="-m 'not slow'")
	$(RUN) -m pytest -n auto --dist worksteal $(ARGS)

test-web: web-parts  ## the web pages in Chromium, in axe-core and in the Nu checker (quick ones only: ARGS="-m 'not slow'")
	$(RUN) -m pytest tests/web -n auto --dist loadfile $(ARGS)

shots: web-parts  ## pictures of the web pages at three widths, light and dark, in build/web/shots
	$(RUN) -m tests.web.shots $(ARGS)

proofs: setup  ## pictures of pages, PDF and Word one above the other, in build/proofs: ARGS="--layout all"
	$(RUN) -m tests.layouts.proofs $(ARGS)

check: setup  ## formatting, lint and types; changes nothing
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy

lint: setup  ## formats the code and mends what ruff can mend
	$(RUN) -m ruff format .
	$(RUN) -m ruff check --fix .

bench: setup  ## time of an export and of the citations beside pandoc's, of verifying, and of previews
	$(RUN) benchmarks/speed.py $(ARGS)
	$(RUN) benchmarks/citations.py
	$(RUN) benchmarks/verifying.py
	$(RUN) benchmarks/preview.py

agreement: setup  ## citations and lists beside citeproc-js's and pandoc's (needs Node): ARGS="--show 5"
	$(RUN) benchmarks/agreement.py $(ARGS)

styles: setup  ## a varied bibliography in every installed CSL style
	$(RUN) benchmarks/all_styles.py $(ARGS)

mutated: setup  ## damaged CSL styles and works: nothing may raise
	$(RUN) benchmarks/mutated_styles.py $(ARGS)

corpus: setup  ## exports a folder of real manuscripts, a row for each: ARGS="--corpus DIR"
	$(RUN) benchmarks/corpus.py $(ARGS)

trial: setup  ## faults injected into finished files, all of which must be told: ARGS="MANUSCRIPT ... --show"
	$(RUN) -m tests.mutation.trial $(ARGS)

leaks: setup  ## searches previews of a folder of real manuscripts for what they withhold: ARGS="--corpus DIR"
	$(RUN) -m tests.leak.corpus $(ARGS)

pdfa: pdfa-parts  ## PDFs of the samples held against PDF/A-3a and PDF/UA-1 by veraPDF; also a folder: ARGS="--corpus DIR"
	$(RUN) -m tests.pdfa.corpus $(ARGS)

references: setup  ## references that are left as typed in the files of a folder of manuscripts: ARGS="--corpus DIR"
	$(RUN) -m tests.references.corpus $(ARGS)

conformance: setup  ## the citation processor against the CSL test suite: ARGS="--only 'name_*' --show"
	$(RUN) -m conformance.run $(ARGS)

conform-word: setup  ## Word documents against Microsoft's validator and openxml-audit (needs npm): ARGS="--corpus DIR"
	@sh scripts/word-parts.sh
	$(RUN) -m tests.word.conform $(ARGS)

libreoffice: setup  ## Word documents that LibreOffice opens and saves: what it keeps of them (needs it): ARGS="--corpus DIR"
	$(RUN) -m tests.word.saved_again $(ARGS)

fresh:  ## `make pdf`, `make test`, `make check` on a bare Debian 12 (as root)
	scripts/fresh-machine.sh $(ARGS)

clean:  ## removes what was built and all caches
	rm -rf dist build .pytest_cache .mypy_cache .ruff_cache
	find src tests benchmarks conformance -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

distclean: clean  ## clean, and removes .venv
	rm -rf $(VENV)

parts:
	@sh scripts/system-parts.sh

web-parts: setup
	@VENV="$(VENV)" sh scripts/web-parts.sh

pdfa-parts: setup
	@VENV="$(VENV)" sh scripts/pdfa-parts.sh

# The stamp is written last and holds the folder it was made in: a .venv that is half-made,
# was moved, or whose Python is gone is made anew.
ifneq ($(shell test -x $(RUN) && cat $(STAMP) 2>/dev/null),$(CURDIR))
$(STAMP): FORCE
endif

$(STAMP): pyproject.toml constraints.txt
	@PYTHON="$(PYTHON)" VENV="$(VENV)" sh scripts/make-venv.sh
