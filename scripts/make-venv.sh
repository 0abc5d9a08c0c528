#!/bin/sh
# Makes the environment $VENV (.venv) with the Python $PYTHON (python3), or brings a complete one up to date.
# Writes $VENV/.complete last, with the project's folder in it. Exits 3 where Python does not do.
set -eu

cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
VENV=${VENV:-.venv}
project=$(pwd)

give_up() {
    printf 'paperbuild: %s\n' "$@" >&2
    exit 3
}

require_python() {
    command -v "$PYTHON" >/dev/null 2>&1 ||
        give_up "there is no '$PYTHON' here; name a Python 3.11 or newer: make setup PYTHON=python3.12"
    "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        give_up "'$PYTHON' is $("$PYTHON" --version 2>&1); name a Python 3.11 or newer: make setup PYTHON=python3.12"
}

is_complete() {
    [ "$(cat "$VENV/.complete" 2>/dev/null)" = "$project" ] && "$VENV/bin/python" -c '' 2>/dev/null
}

make_empty() {
    require_python
    "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null ||
        give_up "'$PYTHON' has no venv module; on Debian and Ubuntu: sudo apt-get install -y python3-venv"
    rm -rf "$VENV"
    "$PYTHON" -m venv "$VENV"
}

is_complete || make_empty
rm -f "$VENV/.complete"
printf 'paperbuild: installing into %s (about a minute)\n' "$VENV" >&2
"$VENV/bin/python" -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[dev]'
printf '%s\n' "$project" >"$VENV/.complete"
