#!/bin/sh
# Brings what the web tests run with: Chromium, Java and npm as system parts (tests/web/parts.txt), the packages
# of tests/web/package-lock.json into build/web/node_modules, and the extra `web` into the environment $VENV.
# Quick where all of it is there. Exits 3 where a system part is missing that it can't install.
set -eu

cd "$(dirname "$0")/.."
VENV=${VENV:-.venv}
home=build/web

# The lock names no addresses: packages come from wherever npm is set up to ask. Their scripts, which would
# download more, aren't run. The copy of the lock is written last, and says that all is there.
bring_packages() {
    ! cmp -s tests/web/package-lock.json "$home/node_modules/.complete" || return 0
    printf 'paperbuild: installing npm packages into %s\n' "$home" >&2
    mkdir -p "$home"
    cp tests/web/package.json tests/web/package-lock.json "$home/"
    npm ci --prefix "$home" --ignore-scripts --no-audit --no-fund --loglevel=error
    cp tests/web/package-lock.json "$home/node_modules/.complete"
}

bring_extra() {
    if [ -e "$VENV/.web" ] && [ ! pyproject.toml -nt "$VENV/.web" ] && [ ! constraints.txt -nt "$VENV/.web" ]; then
        return
    fi
    "$VENV/bin/python" -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[dev,web]'
    : >"$VENV/.web"
}

sh scripts/system-parts.sh tests/web/parts.txt
bring_packages
bring_extra
