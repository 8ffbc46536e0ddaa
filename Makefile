# `make run` and `make test` set up all they need; `make help` lists the rest.
# Needed beforehand: Python 3.11, 3.12 or 3.13 and make. After the first set-up no network is needed.

SHELL := /bin/bash
# The newest that is found makes the environment; `make PYTHON=…` names another one.
PYTHON := python3.13 python3.12 python3.11 python3
VENV := .venv
BIN := $(VENV)/bin
# Set, it would make pip's compiled bytecode the last there is: every import would compile anew.
unexport PYTHONDONTWRITEBYTECODE
export TF_CPP_MIN_LOG_LEVEL := 3

CHAPTERS := $(wildcard solutions/*/*.ipynb)
PAGES := $(shell find book -type f -not -path '*/__pycache__/*' 2>/dev/null) _config.yml _toc.yml

# Of the grader, what the pages run: see book/_ext/solve.py.
GRADER := autograder/checks.py autograder/hints.toml autograder/names.py $(wildcard autograder/diagnosis/*.py) \
    autograder/notebook/relied_on.py

.DEFAULT_GOAL := help
.PHONY: help run test test-fast pythons setup book release class check coverage nbval pdf epub zip parity benchmark fuzz stock-attacks kill-matrix mutants pictures social lighthouse links train evaluate digit pyodide lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: book class  ## build the book, grade a sample class, say where to look
	@echo
	@echo "The book:            $(CURDIR)/_build/html/index.html"
	@echo "The class report:    $(CURDIR)/grading/report.html"
	@echo "A student's feedback: $$(find $(CURDIR)/grading/feedback -name '*.html' | sort | head -1)"

# More tests at a time than there are cores: many of them wait. The longest files come first (in
# tests/conftest.py), so that no core is idle at the end. TensorFlow has one thread, since the cores are busy:
# more of them would only wait for each other, at full speed. The notebooks in notebooks/ are not run:
# their cells are compared with the source's. Kernels are forks: see tests/support/forked_kernels.py.
test: $(VENV)/ready  ## run every test
	$(MAKE) --jobs 2 --output-sync check book
	TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTEROP_THREADS=1 \
	    $(BIN)/python -m pytest --nbval --nbval-kernel-name forked -n 3 --dist loadfile --no-loadscope-reorder \
	    tests solutions

test-fast: $(VENV)/ready  ## run the tests that take a minute together, for the day's work
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow" \
	    --ignore tests/site --ignore tests/models --ignore tests/attacks

setup: $(VENV)/ready  ## make .venv from the lock

book: _build/site  ## build the website

release: _build/released  ## write notebooks/ from solutions/

class: _build/released  ## grade a generated sample class into grading/
	$(BIN)/autograder sample _build/sample-class --assignment q2
	$(BIN)/autograder grade _build/sample-class --out grading

check: $(VENV)/ready  ## linter, formatter, type hints, imports, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/codespell

pythons: $(VENV)/ready  ## try every other supported Python that is found: set-up, fast tests, a class, check
	$(BIN)/python -m tests.pythons

coverage: $(VENV)/ready  ## run the grader's tests and say which of its lines they run (20 minutes)
	$(BIN)/python -m tests.measure

nbval: $(VENV)/ready  ## run every notebook and compare its outputs
	$(BIN)/pytest --nbval -n 2 --dist loadfile solutions notebooks

pdf: $(VENV)/ready  ## print the book: _build/course.pdf (needs Chromium)
	rm -rf _build/singlehtml
	$(BIN)/python book/build.py build --all -W -n --keep-going --quiet --builder singlehtml .
	$(BIN)/python book/print/make_pdf.py _build/singlehtml _build/course.pdf

epub: $(VENV)/ready  ## make the book for book readers: _build/course.epub (checked by Debian's epubcheck)
	rm -rf _build/epub
	$(BIN)/python book/build.py build --all -W -n --keep-going --quiet --builder custom --custom-builder epub .
	cp _build/epub/convolutional-networks-in-nine-questions.epub _build/course.epub
	$(BIN)/python book/print/check_epub.py _build/course.epub

zip: book  ## pack the site and all a student needs: _build/course.zip
	$(BIN)/python book/print/make_zip.py _build/html _build/course.zip

parity: $(VENV)/ready  ## compare the answer banks' scores with stock nbgrader's (20 minutes)
	$(BIN)/python -m tests.grading.parity

fuzz: $(VENV)/ready  ## read a million damaged messages as the test process does (2 minutes)
	$(BIN)/python -W error -m tests.sandbox.fuzz_wire 1000000

benchmark: $(VENV)/ready  ## time grading beside nbgrader and otter-grader, write benchmarks/README.md (an hour)
	$(BIN)/python -m benchmarks.grading
	$(BIN)/python -m benchmarks.check
	$(BIN)/python -m benchmarks.chart
	$(BIN)/python -m benchmarks.where
	$(BIN)/python -m benchmarks.growth

stock-attacks: $(VENV)/ready  ## try the forging attacks on stock nbgrader, write book/threat-model.md
	$(BIN)/python -m tests.attacks.against_stock

kill-matrix: $(VENV)/ready  ## grade the answer banks, write book/kill-matrix/
	$(BIN)/python -m autograder.authoring.kill_matrix book/kill-matrix

mutants: $(VENV)/ready  ## test the tests with mutants of the solutions, write book/kill-matrix/mutants.md
	$(BIN)/python -m autograder.authoring.mutants --page book/kill-matrix/mutants.md

pictures: run  ## take README's pictures from the running product
	$(BIN)/python -m tests.site.take_pictures

social: $(VENV)/ready  ## make the picture of a shared link from book/social.html
	$(BIN)/python -m tests.site.social_picture

lighthouse: book _build/lighthouse/ready  ## Lighthouse's scores, medians of three (needs Node.js 20)
	$(BIN)/python -m tests.site.lighthouse_scores

links: book  ## list the links to other hosts, and ask each whether it is there
	$(BIN)/python -m tests.site.external_links

train: $(VENV)/ready  ## train question 9's networks: hours; goes on where it was stopped
	for recipe in 3x3 long; do for seed in 1 2 3; do \
	    $(BIN)/python -m models.train --recipe $$recipe --seed $$seed || exit; \
	done; done
	$(BIN)/python -m models.side_by_side
	$(BIN)/python -m models.ablate
	$(BIN)/python -m models.compare
	for recipe in 5x5 7x7; do $(BIN)/python -m models.train --recipe $$recipe --seed 1 || exit; done
	$(BIN)/python -m models.vote

evaluate: $(VENV)/ready  ## test the trained networks, fill the tables of models/README.md
	$(BIN)/python -m models.evaluate
	$(BIN)/python -m models.tables

digit: $(VENV)/ready  ## build the drawing of question 9 anew (needs Node.js 20)
	mkdir -p _build/digit && cp book/digit/package.json book/digit/package-lock.json _build/digit/
	cd _build/digit && npm ci --ignore-scripts --no-audit --no-fund --loglevel error
	NODE_PATH=$(CURDIR)/_build/digit/node_modules node book/digit/build.cjs
	$(BIN)/python -m models.export_web
	$(BIN)/python -m models.export_landing
	$(BIN)/python -m models.export_preview

PYODIDE := pyodide.mjs pyodide.asm.mjs pyodide.asm.wasm python_stdlib.zip pyodide-lock.json package.json
pyodide:  ## renew the Python of the reader's browser from book/solve/package-lock.json (needs Node.js 20)
	mkdir -p _build/solve && cp book/solve/package.json book/solve/package-lock.json _build/solve/
	cd _build/solve && npm ci --ignore-scripts --no-audit --no-fund --loglevel error
	install -m 644 $(addprefix _build/solve/node_modules/pyodide/,$(PYODIDE)) book/_static/solve/python/
	cd book/_static/solve/python && sha256sum $(PYODIDE) > SHA256SUMS

# The least version of the Python is pyproject.toml's own, as are the packages.
LOCK = $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --quiet
lock: $(VENV)/ready  ## write both locks anew from pyproject.toml
	$(LOCK) --all-extras --group chapters --group book --group dev --upgrade -o requirements.txt
	$(MAKE) requirements-students.txt

requirements-students.txt: requirements.txt
	$(LOCK) --group chapters --constraints requirements.txt -o $@

clean:  ## remove what was built and graded (not .venv)
	rm -rf _build grading

# uv takes half of pip's time, and takes out what an earlier lock had. Where only pip is told how to
# reach packages, pip does it.
$(VENV)/ready: requirements.txt
	@test -x $(BIN)/python || { for python in $(PYTHON); do \
	    $$python -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && \
	    $$python -m venv $(VENV) && exit; done; \
	    echo "Python 3.11, 3.12 or 3.13 is needed and was not found: install one, with its venv module, and run make again (or name it: make PYTHON=…)."; exit 1; }
	sed -n '/^uv==/,/[^\]$$/p' requirements.txt > $(VENV)/uv.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.txt
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.txt || \
	    $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

_build/released: $(CHAPTERS) autograder/authoring/release.py nbgrader_config.py | $(VENV)/ready
	$(BIN)/autograder release
	@mkdir -p _build && touch $@

# --all: a page that failed must fail again the next time, and Sphinx would take it as read.
# And a page that was taken out must be gone.
_build/site: $(PAGES) $(GRADER) _build/released $(wildcard notebooks/*/*.ipynb) | $(VENV)/ready
	rm -rf _build/html
	$(BIN)/python book/build.py build --all -W -n --keep-going --quiet . >_build/book.log 2>&1 || { cat _build/book.log; exit 1; }
	@touch $@

_build/lighthouse/ready: tests/site/lighthouse/package-lock.json
	mkdir -p _build/lighthouse && cp tests/site/lighthouse/package.json $< _build/lighthouse/
	cd _build/lighthouse && npm ci --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@
