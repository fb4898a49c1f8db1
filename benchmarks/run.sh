#!/bin/sh
# Runs the benchmark programs and their peers in turn, several rounds, and prints one table of medians.
#   benchmarks/run.sh FOLDER [ROUNDS]     FOLDER: the programs; `make benchmark` builds them there
# Peers in SciPy and NumPy run where a python3 has them (Debian: python3-scipy). Nothing here is a test: a busy machine
# is slow, and the spread says how busy it was.
set -eu

programs=${1:?usage: run.sh FOLDER [ROUNDS]}
rounds=${2:-5}
here=$(cd "$(dirname "$0")" && pwd)
study=$here/../studies/liu2023/study.yaml
data=${VITRUM_DATA:-$here/../../shared/data} # real instrument files
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export OPENBLAS_NUM_THREADS=1 OMP_WAIT_POLICY=passive

python=
for p in /usr/bin/python3 python3; do
    if [ -z "$python" ] && "$p" -c 'import scipy' 2>/dev/null; then python=$p; fi
done
[ -n "$python" ] || echo "No python3 with SciPy here: its columns stay empty (Debian: apt install python3-scipy)."

# Each command prints lines "id<TAB>number"; the table reader prints "name, size, seconds, MB/s".
tables() { sed -n 's|^\(.*\), [0-9.]* MB, [0-9.]* s, \([0-9.]*\) MB/s$|\1\t\2|p'; }

round() {
    "$programs/kink" "$work"
    "$programs/kink_gsl" "$work"
    "$programs/bootstrap" "$study" "$work"
    "$programs/study" "$study" "$work"
    "$programs/indent_curve" "$work"
    "$programs/workbook" "$data"
    "$programs/hysitron" "$work"
    "$programs/free_volume"
    "$programs/relaxation_scan"
    "$programs/calorimetry"
    "$programs/creep" "$work"
    "$programs/torsion" "$work"
    "$programs/torsion_gsl" "$work"
    "$programs/table_read" 50 | tables
    [ -n "$python" ] || return 0
    "$python" "$here/kink.py" "$work"
    "$python" "$here/bootstrap.py" "$work"
    "$python" "$here/indent_curve.py" "$work"
    "$python" "$here/workbook.py" "$data"
    "$python" "$here/free_volume.py"
    "$python" "$here/creep.py" "$work"
    "$python" "$here/table_read.py" | tables
}

for i in $(seq "$rounds"); do
    if [ -t 2 ]; then printf "round %s of %s\r" "$i" "$rounds" >&2; fi
    round >>"$work/lines"
done

awk -F '\t' -v rounds="$rounds" -f "$here/table.awk" "$work/lines"
