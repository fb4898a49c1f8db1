#!/usr/bin/env bash
# Installs through apt what vitrum needs and the machine does not have, and says so first.
#   scripts/setup.sh run     to build and run
#   scripts/setup.sh check   to run every test too
#   scripts/setup.sh ci      also clang, clang-format, clang-tidy, libFuzzer
# Installs nothing, and needs no network and no rights, if nothing is missing.
set -euo pipefail

level=${1:-run}

# package and a command of it that will do as well if it comes from elsewhere ("-": only the package will do)
run_packages='gcc:gcc libc6-dev:- cmake:cmake ninja-build:ninja pkg-config:pkg-config libgsl-dev:- libudunits2-dev:-
    libyaml-dev:- libjansson-dev:- libgsf-1-dev:- libxml2-dev:- zlib1g-dev:- libhdf5-dev:- libtiff-dev:- libpng-dev:-
    librandom123-dev:- gnuplot-nox:gnuplot'
check_packages='libcmocka-dev:- chromium:chromium nodejs:node npm:npm man-db:man groff-base:groff'
ci_packages='clang:clang clang-format:clang-format clang-tidy:clang-tidy libomp-dev:- libclang-rt-dev:-'

case $level in
run) wanted=$run_packages ;;
check) wanted="$run_packages $check_packages" ;;
ci) wanted="$run_packages $check_packages $ci_packages" ;;
*)
    echo "setup: $level: say run, check or ci" >&2
    exit 2
    ;;
esac

say() { echo "setup: $*" >&2; }

installed() { # package, command
    if [ "$2" != - ] && command -v "$2" >/dev/null 2>&1; then return 0; fi
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    say "this is not a Debian system; see docs/dependencies.md for what must be installed by hand"
    exit 0
fi

missing=()
for entry in $wanted; do
    installed "${entry%%:*}" "${entry##*:}" || missing+=("${entry%%:*}")
done
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi
say "installing through apt: ${missing[*]}"

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        say "neither root nor sudo: run as root: apt-get install --no-install-recommends ${missing[*]}"
        exit 1
    fi
    say "using sudo"
    as_root=(sudo)
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT

apt() { # quiet while it works; a mirror may be busy: three attempts
    local attempt
    for attempt in 1 2 3; do
        if "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=3 \
            -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" >"$log" 2>&1 </dev/null; then
            return 0
        fi
        tail -n 15 "$log" >&2
        say "apt-get $1 failed (attempt $attempt of 3)"
        sleep $((attempt * 5))
    done
    return 1
}

# A failed update is no reason to stop: the lists at hand may do.
apt update || say "the package lists could not be refreshed; trying with those at hand"
apt install --yes --no-install-recommends "${missing[@]}" || {
    say "could not install: ${missing[*]}"
    exit 1
}
say "done"
