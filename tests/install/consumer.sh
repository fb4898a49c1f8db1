#!/usr/bin/env bash
# Installs into a fresh prefix and builds a small program against it, by pkg-config and by find_package (shared and
# static). tests/install/consumer.sh BUILD_DIR SOURCE_DIR
set -euo pipefail
build=$1 here=$2/tests/install
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix
unset DESTDIR

cmake --install "$build" --prefix "$prefix" >/dev/null
for path in bin/vitrum include/vitrum/experiment.h include/vitrum/version.h share/man/man1/vitrum.1 \
    share/man/man1/vitrum-reduce.1 share/bash-completion/completions/vitrum share/zsh/site-functions/_vitrum \
    share/fish/vendor_completions.d/vitrum.fish share/vitrum/alloys share/vitrum/studies; do
    [ -e "$prefix/$path" ] || { echo "not installed: $path"; exit 1; }
done

config=$(find "$prefix" -name vitrum.pc)
library=$(dirname "$(dirname "$config")")
export PKG_CONFIG_PATH=$library/pkgconfig LD_LIBRARY_PATH=$library
cc -std=c17 -Wall -Wextra -Werror -o "$work/by_pkg_config" "$here/consumer.c" $(pkg-config --cflags --libs vitrum)
"$work/by_pkg_config"

cmake -S "$here" -B "$work/build" -DCMAKE_PREFIX_PATH="$prefix" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
cmake --build "$work/build" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
"$work/build/by_shared"
unset LD_LIBRARY_PATH
"$work/build/by_static"

# The installed program finds its own cards: not those of a source tree.
"$prefix/bin/vitrum" --version | grep -q '^vitrum [0-9]'
