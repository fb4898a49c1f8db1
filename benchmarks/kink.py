"""The kink fits of kink.c with SciPy's Levenberg-Marquardt: same data, from the true law. Argument: their folder."""

import sys
import time
import warnings

import numpy as np
from scipy.optimize import OptimizeWarning, curve_fit

K = 8.617333262e-5  # eV/K


def law(T, ln_eta0, B, T0, Tk, Qg):
    return ln_eta0 + B / (np.maximum(T, Tk) - T0) + np.where(T < Tk, Qg / K * (1 / T - 1 / Tk), 0.0)


def run(folder, name):
    with open(f"{folder}/kink.{name}.txt") as f:
        n, count, held = (int(word) for word in f.readline().split())
        T, u, truth = (np.array(f.readline().split(), float) for _ in range(3))
        rows = np.array([f.readline().split() for _ in range(count)], float)

    def four(T, *rest):
        return law(T, truth[0], *rest)

    model, start = (four, truth[1:]) if held else (law, truth)
    failed = missed = 0
    begin = time.process_time()
    for chi2, y in zip(rows[:, 0], rows[:, 1:]):
        try:
            x, _ = curve_fit(model, T, y, p0=start, sigma=u, absolute_sigma=True)
        except (RuntimeError, ValueError):
            failed += 1
            continue
        missed += not np.sum(((model(T, *x) - y) / u) ** 2) <= chi2 * 1.001 + 1e-3
    print(f"kink.{name}.scipy\t{time.process_time() - begin:.6g}")
    print(f"kink.{name}.scipy.failed\t{failed}")
    print(f"kink.{name}.scipy.missed\t{missed}")


warnings.simplefilter("ignore", (OptimizeWarning, RuntimeWarning))
run(sys.argv[1], "five")
run(sys.argv[1], "four")
