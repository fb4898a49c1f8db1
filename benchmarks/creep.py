"""The record of creep.c with NumPy and SciPy: set points by a running median, then a robust line (Tukey's bisquare) of
L0/L in each segment with its uncertainty for correlated noise. No test of steadiness, no transient. Argument: the folder
with creep.bin."""

import sys
import time

import numpy as np
from scipy.ndimage import median_filter

with open(f"{sys.argv[1]}/creep.bin", "rb") as f:
    n = int(np.fromfile(f, float, 1)[0])
    t, e, force, power = (np.fromfile(f, float, n) for _ in range(4))

begin = time.process_time()


def edges(x, step, width=101):
    smooth = median_filter(x, width)
    jump = np.abs(smooth[2 * width:] - smooth[:-2 * width]) > step * np.abs(smooth[:-2 * width])
    ends = np.flatnonzero(np.diff(jump.astype(int)))
    return (ends[::2] + ends[1::2]) // 2 + width if len(ends) % 2 == 0 else ends + width


def line(t, y):
    w = np.ones_like(y)
    for _ in range(20):
        W = w.sum()
        tm, ym = (w * t).sum() / W, (w * y).sum() / W
        slope = (w * (t - tm) * (y - ym)).sum() / (w * (t - tm) ** 2).sum()
        r = y - ym - slope * (t - tm)
        u = r / (4.685 * 1.4826 * np.median(np.abs(r)))
        new = np.where(np.abs(u) < 1, (1 - u**2) ** 2, 0.0)
        if np.max(np.abs(new - w)) < 1e-3:
            break
        w = new
    r1 = (r[1:] * r[:-1]).sum() / (r * r).sum()
    u = np.sqrt((r * r).sum() / (len(r) - 2) / ((t - tm) ** 2).sum() * (1 + r1) / (1 - r1))
    return slope, u


cuts = np.unique(np.concatenate([[0], edges(force, 0.05), edges(power, 0.01), [n]]))
lines = [line(t[a + 15000:b - 100], 1 / (1 + e[a + 15000:b - 100])) for a, b in zip(cuts[:-1], cuts[1:]) if b - a > 30000]
print(f"creep.scipy\t{time.process_time() - begin:.6g}")
print(f"creep.scipy.segments\t{len(lines)}")
