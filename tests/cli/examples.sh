#!/usr/bin/env bash
# Every example that the program or the README prints works: tests/cli/examples.sh VITRUM SOURCE_DIR
# Runs, in a folder with the delivered studies, alloys and some tables, each line that starts with `vitrum` in a code
# block of the generated pages and of README.md. Whole studies are tests of their own.
set -u
vitrum=$1 source=$2
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/docs"
ln -s "$vitrum" "$work/bin/vitrum"
export PATH="$work/bin:$PATH" VITRUM_GNUPLOT=/nonexistent # figures are drawn in other tests
cd "$work" || exit 1
cp -r "$source/studies" "$source/alloys" .
for table in lengths.csv day1.csv day2.csv; do cp "$source/tests/cli/fixtures/lengths.csv" $table; done
cp alloys/ni45pd35p16b4.yaml mine.yaml
mkdir -p share/man/man1 out
vitrum simulate indentation --quiet --set modulus=72GPa --set hardness=9.5GPa --set poisson_ratio=0.17 --set cycles=6 \
    --set loads=50mN --set indents=6 --set state=material --set sampling=8Hz -o fused_silica.csv || exit 1
vitrum calibrate indentation fused_silica.csv --replicates 20 --quiet -o tip >/dev/null 2>&1 || exit 1
[ -e wires.csv ] || vitrum simulate indentation --quiet --set state=material -o wires.csv || exit 1
cp fused_silica.csv day2_silica.csv
vitrum docs --markdown docs || exit 1

count=0 failures=0
while IFS= read -r line; do
    count=$((count + 1))
    if ! bash -o pipefail -c "$line" >log 2>&1 </dev/null; then
        failures=$((failures + 1))
        printf 'does not work: %s\n%s\n' "$line" "$(head -3 log)"
    fi
    rm -rf out/*
done < <(sed -n '/^```/,/^```/p' "$source/README.md" docs/*/*.md | grep '^vitrum ' | sort -u |
    grep -vE '^vitrum (run|docs|COMMAND|help COMMAND)|OPTION')
echo "$count examples, $failures failed"
[ "$count" -gt 15 ] && [ "$failures" -eq 0 ]
