#!/usr/bin/python3
"""Reference fits of ten series of the silicate-melt viscosity database, with SciPy, for
tests/experiment/test_viscosity_data.c.

    viscosity_scipy.py DATABASE.xlsx > tests/reference/viscosity_scipy.csv

VFT in its own constants, log10 eta = A + B/(T - T0), by scipy.optimize.curve_fit; T12 and fragility follow from them.
MYEGA (Mauro et al., PNAS 106 (2009) 19780) by curve_fit in A, T12, m. Profile-likelihood intervals of T12 and m of the
VFT fit at 95 %: the other constants are refitted (least_squares) for each trial, brentq finds where chi2 exceeds its
minimum by t^2 chi2/(n - 3)."""
import re
import sys
import zipfile

import numpy as np
from scipy import optimize, stats

SERIES = ["Wo 50b", "CAS", "CAS+7.7Ca", "CAS+10.8Ca", "Urbain n_28", "Rhyo-dac", "NAK75_12_0", "Dacite", "P-MORB",
          "CN60.20"]
L = 12.0


def read(path):
    """Name, Name_publi, T, log10 viscosity of sheet lp."""
    archive = zipfile.ZipFile(path)
    strings = ["".join(re.findall(r"<t[^>]*>([^<]*)</t>", s))
               for s in re.findall(r"<si>(.*?)</si>", archive.read("xl/sharedStrings.xml").decode(), re.S)]
    rows = []
    for body in re.findall(r"<row [^>]*>(.*?)</row>", archive.read("xl/worksheets/sheet1.xml").decode(), re.S)[1:]:
        row = {}
        for column, attributes, value in re.findall(r'<c r="([A-Z]+)\d+"([^>]*)>(?:<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>', body):
            row[column] = strings[int(value)] if 't="s"' in attributes else value
        rows.append((row["A"], row.get("S", ""), float(row["P"]), float(row["Q"])))
    return rows


def vft(T, A, B, T0):
    return A + B / (T - T0)


def vft_m(x, T):
    A, Tg, m = x
    return A + (L - A) ** 2 / (m * (T / Tg - 1.0) + L - A)


def myega(T, A, Tg, m):
    return A + (L - A) * Tg / T * np.exp((m / (L - A) - 1.0) * (Tg / T - 1.0))


def profile(T, y, x, chi2, j, sign, u):
    """End of the interval of x[j] on one side."""
    others = [k for k in range(3) if k != j]
    limit = chi2 * (1.0 + stats.t.ppf(0.975, len(T) - 3) ** 2 / (len(T) - 3))
    start = [x[k] for k in others]

    def excess(value):
        def residual(z):
            full = np.empty(3)
            full[j] = value
            full[others] = z * np.array([x[k] for k in others])
            return vft_m(full, T) - y
        fit = optimize.least_squares(residual, np.ones(2), xtol=1e-14, ftol=1e-14, gtol=1e-14)
        return 2.0 * fit.cost - limit

    far = x[j] + sign * u
    while excess(far) < 0.0:
        far += sign * u
    return optimize.brentq(excess, x[j], far, xtol=1e-10)


def main():
    rows = read(sys.argv[1])
    print("# SciPy %s" % __import__("scipy").__version__)
    print("label,series,points [1],A [1],T12 [K],m [1],T12_low [K],T12_high [K],m_low [1],m_high [1],chi2 [1],"
          "myega_A [1],myega_T12 [K],myega_m [1]")
    for label in SERIES:
        names = [r[0] for r in rows]
        name = max({r[0] for r in rows if r[1] == label}, key=names.count)  # several melts are called "CAS"
        T = np.array([r[2] for r in rows if r[0] == name])
        y = np.array([r[3] for r in rows if r[0] == name])
        (A, B, T0), _ = optimize.curve_fit(vft, T, y, p0=(-4.0, 6000.0, 0.4 * T.min()), maxfev=100000, xtol=1e-14,
                                           ftol=1e-14, gtol=1e-14)
        Tg = T0 + B / (L - A)
        x = np.array([A, Tg, B * Tg / (Tg - T0) ** 2])
        chi2 = np.sum((vft_m(x, T) - y) ** 2)
        J = optimize.approx_fprime(x, lambda z: vft_m(z, T), 1e-6 * np.abs(x))
        u = np.sqrt(np.diag(np.linalg.inv(J.T @ J)) * chi2 / (len(T) - 3))
        ends = [profile(T, y, x, chi2, j, s, u[j]) for j in (1, 2) for s in (-1.0, 1.0)]
        g, _ = optimize.curve_fit(myega, T, y, p0=x, maxfev=100000, xtol=1e-14, ftol=1e-14, gtol=1e-14)
        print(",".join([label, '"%s"' % name, str(len(T))] + ["%.12g" % v for v in [*x, *ends, chi2, *g]]))


main()
