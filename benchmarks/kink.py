"""The kink bootstrap of kink.c with SciPy's Levenberg-Marquardt, for comparison: same law, same noise level."""
import time

import numpy as np
from scipy.optimize import curve_fit

K = 8.617333262e-5  # eV/K
T = np.array([600.15, 590.15, 580.15, 570.15, 560.15, 550.15, 540.15])
TRUTH = np.array([5477.08, 415.56, 560.65, 0.884])  # B, T0, Tk, Qg
COUNT = 1000


def law(temperature, B, T0, Tk, Qg):
    liquid = np.maximum(temperature, Tk)
    glass = np.where(temperature < Tk, Qg / K * (1 / temperature - 1 / Tk), 0.0)
    return np.log(3.969e-5) + B / (liquid - T0) + glass


rng = np.random.default_rng(42)
data = law(T, *TRUTH) + 0.1 * rng.standard_normal((COUNT, T.size))
failed = 0
start = time.perf_counter()
for y in data:
    try:
        curve_fit(law, T, y, p0=TRUTH, sigma=np.full(T.size, 0.1))
    except RuntimeError:
        failed += 1
print(f"{'SciPy curve_fit, 1000 bootstraps':44s} {time.perf_counter() - start:10.4g} s   {'':17s} failed {failed}")
