"""The same kind of table read by numpy and by Python's csv module, on one core: name, size, processor seconds, MB/s."""
import csv
import os
import random
import tempfile
import time

import numpy

random.seed(12345)
rows = [",".join("%.6f" % random.uniform(-0.25, 0.75) for _ in range(5)) + "\n" for _ in range(20000)]
block = "".join(rows)
with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as f:
    f.write("t [s],F [mN],h [nm],T [degC],I [A]\n")
    for _ in range(5):
        f.write(block)
size = os.path.getsize(f.name)


def measure(name, read):
    start = time.process_time()
    read()
    seconds = time.process_time() - start
    print("%s, %.1f MB, %.3f s, %.1f MB/s" % (name, 1e-6 * size, seconds, 1e-6 * size / seconds))


def with_csv():
    with open(f.name, newline="") as g:
        reader = csv.reader(g)
        next(reader)
        return [[float(c) for c in row] for row in reader]


measure("numpy.loadtxt comma, 6 decimals", lambda: numpy.loadtxt(f.name, delimiter=",", skiprows=1))
measure("numpy.genfromtxt comma, 6 decimals", lambda: numpy.genfromtxt(f.name, delimiter=",", skip_header=1))
measure("python csv and float, 6 decimals", with_csv)
os.remove(f.name)
