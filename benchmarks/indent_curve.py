"""The unloading fits of indent_curve.c with SciPy's curve_fit: the samples that vitrum found, started at the truth; no
segmentation. Argument: the folder."""

import sys
import time
import warnings

import numpy as np
from scipy.optimize import OptimizeWarning, curve_fit


def law(x, h_f, D, m):
    return h_f + D * x ** (1 / m)


warnings.simplefilter("ignore", (OptimizeWarning, RuntimeWarning))
data = np.fromfile(f"{sys.argv[1]}/indent_curve.bin")
at = count = failed = missed = 0
spent = 0.0
while at < len(data):
    n, P_max, D, m, S = data[at : at + 5]
    n = int(n)
    x, h = data[at + 5 : at + 5 + n] / P_max, data[at + 5 + n : at + 5 + 2 * n] * 1e9
    at += 5 + 2 * n
    count += 1
    begin = time.process_time()
    try:
        p, cov = curve_fit(law, x, h, p0=(h[0] - D * 1e9, D * 1e9, m))
        missed += not abs(p[2] * P_max / p[1] / (S * 1e-9) - 1) < 1e-3
    except (RuntimeError, ValueError):
        failed += 1
    spent += time.process_time() - begin
print(f"curve.scipy\t{spent * 1000 / count:.6g}")
print(f"curve.scipy.failed\t{failed}")
print(f"curve.scipy.missed\t{missed}")
