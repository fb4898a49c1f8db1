#!/usr/bin/env bash
# The committed pages are those that the program prints; man pages and completion scripts are well formed.
# tests/install/docs.sh VITRUM SOURCE_DIR BUILD_DIR
set -euo pipefail
vitrum=$1 source=$2 build=$3
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
status=0

"$vitrum" docs --markdown "$fresh"
while IFS= read -r page; do
    cmp -s "$fresh/$page" "$source/docs/$page" || { echo "docs/$page is not what the program says; run: make docs"; status=1; }
done < <(cd "$fresh" && find . -name '*.md' | sed 's|^\./||')
while IFS= read -r page; do
    [ -e "$fresh/$page" ] || { echo "docs/$page describes what is gone"; status=1; }
done < <(cd "$source/docs" && find commands experiments processes maps -name '*.md' 2>/dev/null)

pages=0
for page in "$build"/share/man/man1/*.1; do
    pages=$((pages + 1))
    if command -v groff >/dev/null; then
        complaints=$(groff -man -Tutf8 -ww -K utf8 "$page" 2>&1 >/dev/null | grep -v 'cannot adjust line\|break .* paragraph' || true)
        [ -z "$complaints" ] || { echo "$complaints"; status=1; }
    fi
done
bash -n "$build/share/completion/vitrum.bash" || status=1
for shell in zsh fish; do # checked where the shell is at hand
    script=$build/share/completion/$([ $shell = zsh ] && echo _vitrum || echo vitrum.fish)
    [ -s "$script" ] || { echo "$script is empty"; status=1; }
    if command -v $shell >/dev/null; then $shell -n "$script" || status=1; fi
done
echo "$pages man pages"
exit $status
