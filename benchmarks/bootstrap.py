"""Refits of the seven-temperature study with SciPy, as one writes them there. Argument: the folder with lengths.csv.

Per replicate: new lengths at seven temperatures, additive law at each (two parameters), then the kink law of the
viscosities (four) and the Arrhenius line of the mobilities (two). COUNT replicates on one core, time per replicate.
"""

import csv
import sys
import time
import warnings

import numpy as np
from scipy.optimize import OptimizeWarning, curve_fit

COUNT, OMEGA, K, EV = 100, 1.233e-29, 1.380649e-23, 8.617333262e-5
PORE, LN_ETA0, TG = 0.03, np.log(4e-5), 590.15
START = (5477.0, 415.6, 560.7, 0.884)  # B, T0, Tk, Qg


def additive(ln_d, ln_a, ln_b):
    return 0.5 * np.logaddexp(ln_a + 2 * ln_d, ln_b - ln_d)


def kink(T, B, T0, Tk, Qg):
    return LN_ETA0 + B / (np.maximum(T, Tk) - T0) + np.where(T < Tk, Qg / EV * (1 / T - 1 / Tk), 0.0)


def line(x, c, q):
    return c - q * x


def read(path):
    """Conditions by falling temperature: T, p t, ln d, ln L, standard error."""
    with open(path) as f:
        rows = [line for line in csv.reader(f) if line and not line[0].startswith("#")]
    names = [name.split(" ")[0] for name in rows[0]]
    table = {name: np.array([float(r[i]) for r in rows[1:]]) for i, name in enumerate(names)}
    L = np.sqrt(table["length"] ** 2 - table["imprint_length"] ** 2)
    s = table["length_sd"] / table["length"] / np.sqrt(table["count"])
    for T in sorted(set(table["temperature"]), reverse=True):
        at = table["temperature"] == T
        I = 1e9 * table["pressure"][at][0] * table["time"][at][0]
        yield T + 273.15, I, np.log(1e-9 * table["diameter"][at]), np.log(1e-9 * L[at]), np.maximum(s[at], 1e-3)


def fit(c, y):
    """Logarithms of a and b, with their standard uncertainties; the error of a pore enters with the slope."""
    T, I, ln_d, _, s = c
    x = np.array([2 * (y[-1] - ln_d[-1]), 2 * y[0] + ln_d[0]])
    for _ in range(3):
        viscous = 1 / (1 + np.exp(x[1] - x[0] - 3 * ln_d))
        u = np.hypot(s, PORE * (1.5 * viscous - 0.5))
        x, V = curve_fit(additive, ln_d, y, p0=x, sigma=u, absolute_sigma=True)
    return x, np.sqrt(np.diag(V))


def laws(conditions, lengths):
    T, eta, u_eta, mobility, u_mobility = [], [], [], [], []
    for c, y in zip(conditions, lengths):
        x, u = fit(c, y)
        T.append(c[0])
        eta.append(np.log(c[1] / 32) - x[0])
        mobility.append(x[1] - np.log(8 * OMEGA * c[1] / (K * c[0])))
        u_eta.append(u[0])
        u_mobility.append(u[1])
    T = np.array(T)
    viscosity, _ = curve_fit(kink, T, eta, p0=START, sigma=u_eta, absolute_sigma=True)
    diffusion, _ = curve_fit(line, (1 / T - 1 / TG) / EV, mobility, sigma=u_mobility, absolute_sigma=True)
    return viscosity, diffusion


warnings.simplefilter("ignore", (OptimizeWarning, RuntimeWarning))
rng = np.random.default_rng(1)
conditions = list(read(sys.argv[1] + "/lengths.csv"))
best = [fit(c, c[3])[0] for c in conditions]
failed = 0
start = time.process_time()
for _ in range(COUNT):
    lengths = [
        additive(c[2] + PORE * rng.standard_normal(c[2].size), *x) + c[4] * rng.standard_normal(c[2].size)
        for c, x in zip(conditions, best)
    ]
    try:
        laws(conditions, lengths)
    except (RuntimeError, ValueError):
        failed += 1
print(f"bootstrap.scipy\t{(time.process_time() - start) / COUNT:.6g}")
print(f"bootstrap.scipy.failed\t{failed}")
