#!/usr/bin/env bash
# One direction: an object of a layer uses only symbols of its own layer and of those below; only io opens files.
# tests/install/layers.sh OBJECTS (the folder that holds base/, stats/, ... with their object files)
set -euo pipefail
cd "$1"
table=$(mktemp)
trap 'rm -f "$table"' EXIT

find . -name '*.o' -print0 | xargs -0 nm -A --format=posix | sed 's|^\./||; s|: | |' | awk '
    $3 ~ /^[TDRBVW]$/ && $2 ~ /^vti?_/ { print "D", $2, $1 }
    $3 == "U" && $2 ~ /^vti?_/ { print "U", $2, $1 }
    $3 == "U" && $2 ~ /^(fopen|fopen64|open|open64|openat|creat|mkstemp|mkostemp|freopen|opendir|scandir)$/ {
        print "F", $2, $1 }' >"$table"

awk '
    function rank(object,   part) { split(object, part, "/"); return part[1] in order ? order[part[1]] : -1 }
    BEGIN {
        n = split("base stats signal glass io experiment process field map report study", name, " ")
        for (i = 1; i <= n; i++) order[name[i]] = i
    }
    $1 == "D" { home[$2] = $3; if (rank($3) < 0) { print $3 ": its layer is not in the list"; bad = 1 } objects[$3] = 1 }
    $1 == "U" { use[++uses] = $2 " " $3 }
    $1 == "F" && $3 !~ /^io\// { print $3 " calls " $2 ": only src/io opens files"; bad = 1 }
    END {
        for (i = 1; i <= uses; i++) {
            split(use[i], u, " ")
            # The registry is the one table that names every descriptor, wherever it lives.
            if (u[2] == "experiment/registry.c.o") continue
            if (u[1] in home && rank(home[u[1]]) > rank(u[2])) {
                print u[2] " calls up: " u[1] " of " home[u[1]]
                bad = 1
            }
        }
        for (o in objects) count++
        print count " objects, " uses " uses, one direction: " (bad ? "no" : "yes")
        exit bad || count < 10
    }' "$table"
