# Lines "id<TAB>number" of several rounds to one table of medians: vitrum with its spread, the goal, the peers and how
# many times vitrum is faster. "one core": processor time; "all cores": time on the wall.

{ value[$1, ++count[$1]] = $2 }

# Sets least and most as well.
function median(id,    n, i, j, x, v) {
    n = count[id]
    if (n == 0) return ""
    for (i = 1; i <= n; i++) v[i] = value[id, i] + 0
    for (i = 2; i <= n; i++) {
        x = v[i]
        for (j = i - 1; j > 0 && v[j] > x; j--) v[j + 1] = v[j]
        v[j + 1] = x
    }
    least = v[1]
    most = v[n]
    return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
}

function number(x, factor) { return sprintf("%.3g", x * factor) }

# "GSL 0.15 (4.1x; 187 wrong)" or ""; peer: "name=id"
function beside(peer, own, factor, rate,    part, p, text) {
    split(peer, part, "=")
    p = median(part[2])
    if (p == "") return ""
    text = sprintf("%s %s (%.3gx", part[1], number(p, factor), rate ? own / p : p / own)
    if (median(part[2] ".failed") > 0) text = text "; " most " failed"
    if (median(part[2] ".missed") > 0) text = text "; " most " wrong"
    return text ")"
}

function row(what, id, unit, factor, goal, peers, rate,    own, spread, n, i, list, text, all) {
    own = median(id)
    if (own == "") return
    spread = number(least, factor) " to " number(most, factor)
    n = split(peers, list, ";")
    for (i = 1; i <= n; i++) {
        text = beside(list[i], own, factor, rate)
        if (text != "") all = all (all == "" ? "" : ", ") text
    }
    printf "%-50s %7s %-5s %-18s %-8s %s\n", what, number(own, factor), unit, spread, goal, all
}

# Largest over the rounds.
function failed(id) {
    if (median(id) != "") printf "%-50s %7d\n", "  failed", most
}

END {
    printf "%-50s %7s %-5s %-18s %-8s %s\n", "medians of " rounds " rounds", "vitrum", "", "least to most", "goal",
           "peers (vitrum is so many times faster)"
    row("kink fit, 5 parameters, 15 points, one core", "kink.five.fit", "ms", 1e3, "<= 0.3")
    row("  1000 bootstraps, one core", "kink.five.boot1", "s", 1, "", "GSL=kink.five.gsl;SciPy=kink.five.scipy")
    row("  1000 bootstraps, all cores", "kink.five.boot", "s", 1, "<= 0.15")
    failed("kink.five.failed")
    row("kink fit, 4 parameters, 7 points, one core", "kink.four.fit", "ms", 1e3, "<= 0.3")
    row("  1000 bootstraps, one core", "kink.four.boot1", "s", 1, "", "GSL=kink.four.gsl;SciPy=kink.four.scipy")
    row("  1000 bootstraps, all cores", "kink.four.boot", "s", 1, "<= 0.15")
    failed("kink.four.failed")
    row("nonlinear fit, 2 parameters, 10 points, one core", "nlfit.fit", "ms", 1e3, "")
    row("study, lengths to laws, one refit, one core", "bootstrap.core", "ms", 1e3, "", "SciPy=bootstrap.scipy")
    row("  10 000 refits, all cores", "bootstrap", "s", 1, "<= 4")
    failed("bootstrap.failed")
    row("whole study without figures, all cores", "study", "s", 1, "<= 0.5")
    row("  read", "study.read", "s", 1, "")
    row("  run", "study.run", "s", 1, "")
    row("  write the folder", "study.save", "s", 1, "")
    row("  processor time of it all", "study.core", "s", 1, "")
    row("1000 indentation curves x 800: phases, fits; 1 core", "curve.core", "s", 1, "", "SciPy, fits alone=curve.scipy")
    row("  all cores", "curve.all", "s", 1, "<= 0.06")
    row("  wrongly segmented (1 nm, 0.1 %)", "curve.wrong", "", 1, "<= 10")
    row("  with 1 to 5 cycles each, one core", "curve.any.core", "s", 1, "")
    row("  wrongly segmented", "curve.any.wrong", "", 1, "<= 10")
    row("NanoSuite .xls of 4 MB, 9 tests x 31, one core", "workbook.xls", "s", 1, "<= 0.3", "xlrd=workbook.xlrd")
    row("InView .xlsx of 1.7 MB, 16 tests, one core", "workbook.xlsx", "s", 1, "", "openpyxl=workbook.openpyxl")
    row("1000 Hysitron .hld x 2800 readings: read, all cores", "hysitron.read", "s", 1, "")
    row("  read, processor time", "hysitron.read.core", "s", 1, "")
    row("  read and reduced, all cores", "hysitron.reduce", "s", 1, "<= 1")
    row("  read and reduced, processor time", "hysitron.reduce.core", "s", 1, "")
    row("free-volume flow, one curve at 1e-8, one core", "free_volume.curve", "ms", 1e3, "<= 1",
        "SciPy LSODA=free_volume.scipy.lsoda;Radau=free_volume.scipy.radau")
    row("  largest error of the nine peaks", "free_volume.error", "", 1, "")
    row("  10 000 curves, all cores", "free_volume.many", "s", 1, "<= 5")
    row("  10 000 curves, processor time", "free_volume.many.core", "s", 1, "")
    row("1000 relaxation scans of 3801 points, one core", "relaxation_scan.many", "s", 1, "<= 5",
        "superposition as it stands=relaxation_scan.direct")
    row("  error of Tf', K", "relaxation_scan.error", "", 1, "<= 1e-3")
    row("  error of the superposition, K", "relaxation_scan.direct_error", "", 1, "")
    row("1000 scans of 10 000 points, 500 pieces, one core", "calorimetry.core", "s", 1, "<= 5")
    row("  points", "calorimetry.points", "", 1, "")
    row("  enthalpies found, of 500", "calorimetry.enthalpies", "", 1, "500")
    row("creep record of 1e6 samples, reduced, one core", "creep.core", "s", 1, "<= 1", "SciPy, lines alone=creep.scipy")
    row("  segments with a viscosity, of 16", "creep.segments", "", 1, "")
    row("torsion record of 1e5 readings, reduced, one core", "torsion.core", "s", 1, "<= 0.5",
        "GSL, three of the five fits, no intervals=torsion.gsl")
    row("  stiffness of the layer, GPa um (truth 44)", "torsion.stiffness", "", 1, "", "")
    row("text table, 6 decimals, one core", "table_read comma, 6 decimals", "MB/s", 1, ">= 100",
        "numpy.loadtxt=numpy.loadtxt comma, 6 decimals;csv and float=python csv and float, 6 decimals", 1)
    row("  17 digits", "table_read comma, 17 digits", "MB/s", 1, ">= 100")
    row("  tabs, decimal comma", "table_read tab, decimal comma", "MB/s", 1, ">= 100")
}
