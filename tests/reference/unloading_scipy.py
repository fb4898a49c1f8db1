#!/usr/bin/python3
"""Reference fits of the unloading law with SciPy, for tests/experiment/indentation/test_curve_unload.c.

    unloading_scipy.py > tests/reference/unloading_scipy.csv

Curves are made by a formula that the test repeats: x_i = 0.97 - 0.76 i/(n - 1), P = x P_max,
h = h_f + D x^(1/m) + a sin(2.4 i^1.1) + b x (1 - x). "h on P": depth regressed on load by curve_fit, stiffness and its
covariance with h_max = h_f + D by the delta method. "P on h": the load regressed on depth through the same points.
Fitted in nm and mN, written in SI."""
import numpy as np
import scipy
from scipy.optimize import curve_fit

# n, P_max (mN), h_f (nm), D (nm), m, a (nm), b (nm)
UNLOADING = [(40, 10.0, 250.0, 120.0, 1.37, 0.3, 0.0), (150, 3.5, 98.0, 16.0, 1.3, 0.8, 0.0),
             (200, 497.0, 1050.0, 1060.0, 1.24, 0.5, 4.0), (90, 48.0, 411.0, 390.0, 1.22, 0.25, -1.5),
             (60, 1.0, 20.0, 31.0, 1.85, 0.05, 0.0), (25, 300.0, 750.0, 788.0, 1.36, 0.2, 0.0)]


def unloading(n, P_max, h_f, D, m, a, b):
    i = np.arange(n)
    x = 0.97 - 0.76 * i / (n - 1)
    return x, h_f + D * x ** (1 / m) + a * np.sin(2.4 * i ** 1.1) + b * x * (1 - x)


def on_load(x, h_f, D, m):
    return h_f + D * x ** (1 / m)


def on_depth(h, h_f, D, m):
    return np.clip((h - h_f) / D, 1e-12, None) ** m


def fit(law, X, Y, start, P_max):
    p, cov = curve_fit(law, X, Y, p0=start, xtol=1e-15, ftol=1e-15, gtol=1e-15, maxfev=100000)
    S = p[2] * P_max / p[1]
    g = np.array([0.0, -S / p[1], P_max / p[1]])
    return p, np.sqrt(np.diag(cov)), S, np.sqrt(g @ cov @ g), g @ cov @ np.array([1.0, 1.0, 0.0])


print(f"# SciPy {scipy.__version__}")
print("label,n [1],P_max [N],truth_h_f [m],truth_D [m],truth_m [1],a [m],b [m],h_f [m],D [m],m [1],u_h_f [m],u_D [m],"
      "u_m [1],S [N/m],u_S [N/m],cov_S_h [N]")
NM, MN = 1e-9, 1e-3
SCALE = (1, MN, NM, NM, 1, NM, NM, NM, NM, 1, NM, NM, 1, MN / NM, MN / NM, MN)
for name in ("h on P", "P on h"):
    for case in UNLOADING:
        x, h = unloading(*case)
        p, u, S, u_S, c = fit(*((on_load, x, h) if name == "h on P" else (on_depth, h, x)), case[2:5], case[1])
        print(",".join([name] + ["%.13g" % (v * k) for v, k in zip((*case, *p, *u, S, u_S, c), SCALE)]))
