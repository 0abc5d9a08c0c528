#!/usr/bin/env bash
# The trial on a fresh machine: a bare Debian 12 in a folder gets this project, and nothing is typed in it but
# `make pdf`, `make test` and `make check`. Ends with the seconds that each took; exits with the first failure.
#
#   scripts/fresh-machine.sh [--worktree] [--keep] [--cache FILE] [TARGET ...]
#
#   --worktree    try the files as they lie here (without ignored ones) instead of a clone of HEAD
#   --keep        leave the folder there at the end, and say where it is
#   --cache FILE  the bare Debian as a tarball (.tar, .tar.gz …): unpacked if it is there, otherwise made and put there
#   TARGET        make these instead of: pdf test check
#
# The mirror and the settings of apt, pip, npm, certificates and proxies are the ones of this machine
# (DEBIAN_MIRROR=URL names another mirror). Needs root; every mount is made in a mount namespace of its own,
# so that none outlives its command, however it ends, and the folder can be removed without fear.
set -euo pipefail

RELEASE=bookworm
PACKAGES=python3,python3-venv,make,git,ca-certificates
HOME_OF_PROJECT=/srv/paperbuild

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
worktree=no keep=no cache='' targets=()

say() { printf '== %s\n' "$*" >&2; }

give_up() {
    printf 'fresh-machine: %s\n' "$1" >&2
    exit "${2:-2}"
}

read_arguments() {
    while [ $# -gt 0 ]; do
        case $1 in
            --worktree) worktree=yes ;;
            --keep) keep=yes ;;
            --cache) shift && cache=${1:?--cache needs a file} ;;
            -*) give_up "unknown option $1; see the head of $0" ;;
            *) targets+=("$1") ;;
        esac
        shift
    done
    [ ${#targets[@]} -gt 0 ] || targets=(pdf test check)
}

require_tools() {
    [ "$(id -u)" = 0 ] || give_up "needs root to change the root folder: sudo make fresh" 3
    command -v debootstrap >/dev/null || give_up "debootstrap is missing: apt-get install -y debootstrap" 3
    unshare --mount true 2>/dev/null || give_up "this machine allows no mount namespaces (a container?)" 3
}

# The mirror that this machine's apt takes the release from, or its first Debian one.
mirror() {
    if [ -n "${DEBIAN_MIRROR:-}" ]; then
        printf '%s\n' "$DEBIAN_MIRROR"
        return
    fi
    # shellcheck disable=SC2016  # apt fills these in
    apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        awk -v release="$RELEASE" '$1 == release { print $2; exit }'
}

bare_debian() {
    if [ -n "$cache" ] && [ -f "$cache" ]; then
        tar --numeric-owner -xpf "$cache" -C "$root"
        return
    fi
    local from part
    from=$(mirror)
    [ -n "$from" ] || give_up "apt knows no mirror of Debian $RELEASE here; name one in DEBIAN_MIRROR" 3
    unshare --mount debootstrap --variant=minbase --include="$PACKAGES" "$RELEASE" "$root" "$from" >"$root.log" ||
        { tail -n 20 "$root.log" >&2 && give_up "debootstrap failed" 3; }
    if [ -n "$cache" ]; then
        part=$(dirname "$cache")/part-$$-$(basename "$cache")
        tar --numeric-owner --one-file-system -caf "$part" -C "$root" . && mv "$part" "$cache"
    fi
}

# Copies what is there of the paths given, links resolved, to the same place in the new root.
take_along() {
    local path
    for path in "$@"; do
        [ -e "$path" ] || continue
        mkdir -p "$root$(dirname "$path")"
        cp -RL --remove-destination "$path" "$root$(dirname "$path")/" 2>/dev/null || true
    done
}

take_settings_along() {
    local file
    take_along /etc/resolv.conf /etc/hosts /etc/ssl/certs /usr/local/share/ca-certificates /etc/apt/auth.conf.d
    take_along /etc/pip.conf /etc/xdg/pip /etc/npmrc /usr/etc/npmrc
    for file in /etc/apt/apt.conf /etc/apt/apt.conf.d/*; do
        if grep -q 'Acquire::' "$file" 2>/dev/null; then take_along "$file"; fi
    done
    for file in .config/pip .pip; do
        [ ! -e "$HOME/$file" ] || { mkdir -p "$root/root/.config" && cp -RL "$HOME/$file" "$root/root/$file"; }
    done
    [ ! -e "$HOME/.npmrc" ] || { mkdir -p "$root/root" && cp -L "$HOME/.npmrc" "$root/root/.npmrc"; }
}

take_project_along() {
    local there=$root$HOME_OF_PROJECT
    if [ "$worktree" = no ]; then
        git clone --quiet --no-hardlinks "$project" "$there"
        return
    fi
    mkdir -p "$there"
    git -C "$project" ls-files -z --cached --others --exclude-standard --deduplicate |
        tar -C "$project" --null --files-from=- --ignore-failed-read -cf - | tar -C "$there" -xf -
}

# The proxies, certificates, pip and npm settings among the environment variables, as NAME=VALUE.
settings_in_environment() {
    local name
    while IFS= read -r name; do
        case $name in
            PIP_* | NPM_CONFIG_* | npm_config_* | NODE_EXTRA_CA_CERTS | *_proxy | *_PROXY | SSL_CERT_FILE | SSL_CERT_DIR | REQUESTS_CA_BUNDLE | CURL_CA_BUNDLE)
                printf '%s=%s\n' "$name" "${!name}"
                ;;
        esac
    done < <(compgen -e)
}

# Runs a command in the project's folder of the new root, with a clean environment and nothing of this machine.
inside() {
    local settings
    mapfile -t settings < <(settings_in_environment)
    # shellcheck disable=SC2016  # the inner shell expands these
    unshare --mount --pid --fork --kill-child sh -c '
        set -e
        mount -t proc proc "$1/proc"
        mount --rbind /dev "$1/dev"
        root=$1 folder=$2
        shift 2
        exec chroot "$root" env -C "$folder" -i "$@"
    ' sh "$root" "$HOME_OF_PROJECT" HOME=/root LANG=C.UTF-8 TERM=dumb CI=true \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${settings[@]}" "$@" </dev/null
}

clean_up() {
    rm -f "$root.log"
    if [ "$keep" = yes ]; then say "the folder is $root"; else rm -rf --one-file-system "$root"; fi
}

# Runs the rest of the words as a command, and notes its seconds under the name that comes first.
timed() {
    local name=$1 begin=$SECONDS
    shift
    say "$name"
    "$@" || give_up "'$name' failed on a bare Debian 12" 1
    times+=("$(printf '%6d s  %s' $((SECONDS - begin)) "$name")")
}

read_arguments "$@"
require_tools
root=$(mktemp -d "${TMPDIR:-/tmp}/paperbuild-fresh.XXXXXX")
chmod 755 "$root"
trap clean_up EXIT
trap 'exit 130' INT TERM
times=()

timed "bare Debian 12" bare_debian
take_settings_along
take_project_along
for target in "${targets[@]}"; do
    timed "make $target" inside make "$target"
done
printf '%s\n' "${times[@]}"
