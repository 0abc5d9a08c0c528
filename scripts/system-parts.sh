#!/bin/sh
# Finds out which system parts are missing: the libraries that set pages, and the fonts of the layouts.
# Silent where all are there. As root on Debian and Ubuntu it installs what is missing; elsewhere it prints
# the one line to type and exits 3. SKIP_SYSTEM_PARTS=1 does without (the PDF then gets other fonts, or fails).
#
#   scripts/system-parts.sh [TABLE]
set -eu

# The table: how a part is found, and its packages for each tool.
table=${1:-$(dirname "$0")/../src/paperbuild/system-parts.txt}
parts() {
    grep -v '^#' "$table"
}

PATH=$PATH:/usr/sbin:/sbin

known_libraries() {
    ldconfig -p 2>/dev/null || true
    ls /opt/homebrew/lib /opt/local/lib /usr/local/lib /usr/lib 2>/dev/null || true
}

# Families, one a line; a family may have several names, separated by commas.
known_fonts() {
    fc-list : family 2>/dev/null | tr ',' '\n' || true
}

# The package names of missing parts for the tool $1, each once, on one line.
missing() {
    column=$(column_of "$1")
    libraries=$(known_libraries)
    fonts=$(known_fonts)
    parts | while IFS='|' read -r part names; do
        name=${part#* }
        case $part in
            "library "*) case $libraries in *"$name.so"* | *"$name."*dylib*) continue ;; esac ;;
            "font "*) case $fonts in *"$name"*) continue ;; esac ;;
            "command "*) ! command -v "$name" >/dev/null 2>&1 || continue ;;
        esac
        printf '%s\n' "$names" | cut -d '|' -f "$column"
    done | sort -u | tr '\n' ' ' | sed 's/ $//'
}

system() {
    for tool in apt-get dnf pacman brew; do
        if command -v "$tool" >/dev/null 2>&1; then
            printf '%s\n' "$tool"
            return
        fi
    done
}

# The line that installs packages $2 with the tool $1.
line_to_type() {
    case $1 in
        apt-get) printf 'sudo apt-get update && sudo apt-get install -y --no-install-recommends %s\n' "$2" ;;
        dnf) printf 'sudo dnf install -y %s\n' "$2" ;;
        pacman) printf 'sudo pacman -S --needed %s\n' "$2" ;;
        brew) printf 'brew install %s\n' "$2" ;;
    esac
}

# apt-get with the arguments given, its output in the file $log; waits up to 5 minutes for another one to end.
apt() {
    tries=60
    until DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" >"$log" 2>&1 </dev/null; do
        tries=$((tries - 1))
        if [ "$tries" = 0 ] || ! grep -q 'Could not get lock' "$log"; then
            cat "$log" >&2
            return 1
        fi
        sleep 5
    done
}

install_as_root() {
    printf 'paperbuild: installing %s\n' "$1" >&2
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    # shellcheck disable=SC2086  # the names are meant to be split
    apt update && apt install -y --no-install-recommends $1
}

can_install() {
    [ "$1" = apt-get ] && [ "$(id -u)" = 0 ]
}

column_of() {
    case $1 in
        dnf) echo 2 ;;
        pacman) echo 3 ;;
        brew) echo 4 ;;
        *) echo 1 ;;
    esac
}

[ -z "${SKIP_SYSTEM_PARTS:-}" ] || exit 0
tool=$(system)
names=$(missing "$tool")
[ -n "$names" ] || exit 0
if can_install "$tool" && install_as_root "$names"; then
    names=$(missing "$tool")
    [ -n "$names" ] || exit 0
fi

printf 'paperbuild: system parts are missing: %s\n' "$names" >&2
[ -z "$tool" ] || printf 'Install them with:  %s\n' "$(line_to_type "$tool" "$names")" >&2
exit 3
