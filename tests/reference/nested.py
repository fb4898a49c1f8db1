#!/usr/bin/python3
"""Reference values of nested random effects, with SciPy, for tests/stats/test_random_effects.c.

    nested.py > tests/reference/nested.csv

Case bcg: 13 trials of BCG vaccine (Colditz et al., JAMA 271 (1994) 698), log risk ratio and its variance from the
counts: one value per specimen, u known; Paule-Mandel and Q profile by brentq on the textbook sums. Case wires: made-up
unbalanced indents in specimens in two groups with u of their own; the interval of tau by 40000 Monte Carlo draws of
the generalised pivot instead of quadrature."""
import numpy as np
from scipy import optimize, stats

BCG = [(4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
       (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232),
       (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825)]


def zero_or_root(f, high):
    return 0.0 if f(0.0) <= 0.0 else optimize.brentq(f, 0.0, high, xtol=1e-15, rtol=1e-13)


def within(values, sigma2):
    q = 0.0
    for y, u in values:
        w = 1 / (sigma2 + u**2)
        q += (w * (y - np.average(y, weights=w))**2).sum()
    return q


def means(values, sigma2):
    m, v = [], []
    for y, u in values:
        w = 1 / (sigma2 + u**2)
        m.append(np.average(y, weights=w))
        v.append(1 / w.sum())
    return np.array(m), np.array(v)


def between(m, v, tau2):
    w = 1 / (tau2 + v)
    return (w * (m - np.average(m, weights=w))**2).sum()


def hartung_knapp(m, v, tau2):
    w = 1 / (tau2 + v)
    dof = len(m) - 1
    mu = np.average(m, weights=w)
    u = np.sqrt((w * (m - mu)**2).sum() / (dof * w.sum()))
    return mu, u, mu - stats.t.ppf(0.975, dof) * u, mu + stats.t.ppf(0.975, dof) * u


def row(case, name, value):
    print(f"result,{case},{name},{value:.12g},0")


def bcg():
    y = np.array([np.log(a / (a + b) / (c / (c + d))) for a, b, c, d in BCG])
    v = np.array([1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) for a, b, c, d in BCG])
    for k in range(13):
        print(f"data,bcg,{k},{y[k]:.17g},{np.sqrt(v[k]):.17g}")
    tau2 = zero_or_root(lambda t: between(y, v, t) - 12, 10)
    row("bcg", "tau", np.sqrt(tau2))
    for name, p in (("tau_low", 0.975), ("tau_high", 0.025)):
        row("bcg", name, np.sqrt(zero_or_root(lambda t: between(y, v, t) - stats.chi2.ppf(p, 12), 100)))
    for name, x in zip(("mean", "u", "low", "high"), hartung_knapp(y, v, tau2)):
        row("bcg", name, x)


def wires():
    rng = np.random.default_rng(20260131)
    counts = [5, 3, 8, 1]
    values = []
    for s, n in enumerate(counts):
        u = np.round(rng.uniform(0.4, 1.6, n), 3)
        y = np.round(91.3 + 1.7 * rng.normal() + 0.8 * rng.normal(size=n) + u * rng.normal(size=n), 3)
        values.append((y, u))
        for a, b in zip(y, u):
            print(f"data,wires,{s},{a},{b}")
    n, S = sum(counts), len(counts)
    sigma2 = zero_or_root(lambda t: within(values, t) - (n - S), 100)
    row("wires", "sigma", np.sqrt(sigma2))
    for name, p in (("sigma_low", 0.975), ("sigma_high", 0.025)):
        row("wires", name, np.sqrt(zero_or_root(lambda t: within(values, t) - stats.chi2.ppf(p, n - S), 1e4)))
    m, v = means(values, sigma2)
    tau2 = zero_or_root(lambda t: between(m, v, t) - (S - 1), 100)
    row("wires", "tau", np.sqrt(tau2))
    for name, x in zip(("mean", "u", "low", "high"), hartung_knapp(m, v, tau2)):
        row("wires", name, x)
    draws = 40000
    tau = np.empty(draws)
    ratio = np.empty(draws)
    for k in range(draws):
        target = rng.chisquare(n - S)
        s2 = zero_or_root(lambda t: within(values, t) - target, 1e5)
        m, v = means(values, s2)
        target = rng.chisquare(S - 1)
        t2 = zero_or_root(lambda t: between(m, v, t) - target, 1e9)
        tau[k] = np.sqrt(t2)
        ratio[k] = np.inf if s2 == 0 else np.sqrt(t2 / s2)
    row("wires", "tau_low", np.quantile(tau, 0.025))
    row("wires", "tau_high", np.quantile(tau, 0.975))
    row("wires", "ratio_low", np.quantile(ratio, 0.025))
    row("wires", "ratio_median", np.quantile(ratio, 0.5))


print("# SciPy", __import__("scipy").__version__)
print("kind,case,name,a,b")
bcg()
wires()
