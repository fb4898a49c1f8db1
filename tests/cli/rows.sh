#!/usr/bin/env bash
# Runs rows of commands: tests/cli/rows.sh VITRUM FIXTURES FILE.rows
#
# A row is a block of lines `key: text`, blocks are parted by an empty line; '#' starts a comment line.
#   run: COMMAND          bash, in a fresh folder with copies of FIXTURES; vitrum is in PATH; may stand more than once
#   exit: N               expected exit status of the last command (default 0)
#   out: TEXT             standard output contains TEXT; `out! TEXT` must not contain; `out= TEXT` is exactly TEXT
#   err: TEXT             the same for standard error; err=, with nothing behind, means silent
#   errlines: N           standard error has N lines
#   file: PATH            exists afterwards; `file! PATH` must not exist
#   same: A B             two files hold the same bytes
# Every failed expectation is printed; the script fails if there was one.
set -u
vitrum=$1 fixtures=$2 rows=$3
SOURCE=$(cd "$(dirname "$0")/../.." && pwd) # for rows that use delivered files
export SOURCE
export LC_ALL=C.UTF-8
unset VITRUM_HOME SOURCE_DATE_EPOCH
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$vitrum" "$work/bin/vitrum"
export PATH="$work/bin:$PATH"

count=0 failures=0 number=0 row_line=0
commands=() checks=()

fail() {
    failures=$((failures + 1))
    printf '%s:%d: %s\n    %s\n' "$rows" "$row_line" "$*" "${commands[*]}" >&2
    sed 's/^/    stdout: /' "$work/out" | head -5 >&2
    sed 's/^/    stderr: /' "$work/err" | head -5 >&2
}

contains() { # file, text
    grep -qF -e "$2" "$1"
}

judge() { # key, text, exit status
    case $1 in
    exit) [ "$3" = "$2" ] || fail "exit status $3, expected $2" ;;
    out | err) contains "$work/$1" "$2" || fail "std$1 does not contain: $2" ;;
    out! | err!) contains "$work/${1%!}" "$2" && fail "std${1%!} contains: $2" ;;
    out= | err=) [ "$(cat "$work/${1%=}")" = "$2" ] || fail "std${1%=} is not exactly: $2" ;;
    errlines) [ "$(wc -l <"$work/err")" = "$2" ] || fail "stderr has $(wc -l <"$work/err") lines, expected $2" ;;
    file) [ -e "$work/dir/$2" ] || fail "no file $2" ;;
    file!) [ -e "$work/dir/$2" ] && fail "file $2 was left behind" ;;
    same) cmp -s "$work/dir/${2% *}" "$work/dir/${2#* }" || fail "files differ: $2" ;;
    *) fail "unknown key $1" ;;
    esac
    return 0
}

finish() { # runs the block collected so far
    [ ${#commands[@]} -gt 0 ] || return 0
    count=$((count + 1))
    rm -rf "$work/dir"
    cp -r "$fixtures" "$work/dir"
    : >"$work/out"
    : >"$work/err"
    local status=0 command wanted=no check
    for command in "${commands[@]}"; do
        (cd "$work/dir" && bash -c "$command") >"$work/out" 2>"$work/err" </dev/null
        status=$?
    done
    for check in "${checks[@]}"; do
        [ "${check%% *}" = exit ] && wanted=yes
        judge "${check%% *}" "${check#* }" "$status"
    done
    [ $wanted = yes ] || judge exit 0 "$status"
    # A crash or a sanitizer's report is never what a row expects.
    [ "$status" -lt 128 ] || [ "$status" = 141 ] || fail "killed by signal $((status - 128))"
    grep -qE 'runtime error|AddressSanitizer|LeakSanitizer' "$work/err" && fail "a sanitizer complains"
    find "$work/dir" -name '.*.new.??????' -o -name '.*.old.??????' | grep -q . && fail "a temporary folder is left behind"
    commands=() checks=()
}

while IFS= read -r line || [ -n "$line" ]; do
    number=$((number + 1))
    case $line in
    '#'*) ;;
    '') finish ;;
    'run: '*)
        [ ${#commands[@]} -gt 0 ] || row_line=$number
        commands+=("${line#run: }")
        ;;
    *'! '* | *'= '* | *': '* | *=)
        key=${line%% *}
        text=${line#"$key"}
        checks+=("${key%:} ${text# }")
        ;;
    *) row_line=$number && fail "line $number is not 'key: text': $line" ;;
    esac
done <"$rows"
finish
echo "$count rows, $failures failed expectations"
[ "$count" -gt 0 ] && [ "$failures" -eq 0 ]
