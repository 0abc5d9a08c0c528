#!/bin/sh
# Brings what `make conform-word` runs with: npm as a system part (tests/word/parts.txt), and the packages of
# tests/word/package.json, whose versions are exact, into build/word/node_modules. Quick where all of it is there.
set -eu

cd "$(dirname "$0")/.."
home=build/word

sh scripts/system-parts.sh tests/word/parts.txt
! cmp -s tests/word/package.json "$home/node_modules/.complete" || exit 0
printf 'paperbuild: installing npm packages into %s\n' "$home" >&2
mkdir -p "$home"
cp tests/word/package.json "$home/"
# There is no lock: it would name the binary of one platform alone. Scripts of packages aren't run.
npm install --prefix "$home" --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error
cp tests/word/package.json "$home/node_modules/.complete"
