#!/usr/bin/env bash
# Names: what the shared library exports starts with vt_; globals of the static library with vt_ or vti_ (tables VTI_).
# tests/install/symbols.sh SHARED STATIC
set -euo pipefail
shared=$1 static=$2
status=0

exported=$(nm -D --defined-only "$shared" | awk '{print $NF}' | sed 's/@.*//')
foreign=$(grep -vE '^vt_' <<<"$exported" || true)
[ "$(wc -l <<<"$exported")" -gt 50 ] || { echo "only few symbols in $shared: is it the right file?"; status=1; }
if [ -n "$foreign" ]; then
    echo "exported by $shared without vt_:" $foreign
    status=1
fi

foreign=$(nm --defined-only --extern-only "$static" 2>/dev/null | awk 'NF == 3 {print $3}' |
    grep -vE '^(vt_|vti_|VTI_|\.gomp_critical_user_vitrum_|__odr_asan)' | sort -u || true)
if [ -n "$foreign" ]; then
    echo "global in $static without vt_, vti_ or VTI_:" $foreign
    status=1
fi
[ $status -eq 0 ] && echo "$(wc -l <<<"$exported") exported symbols, all vt_"
exit $status
