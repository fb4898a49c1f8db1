
# Independent code behind the liu2023_*.csv tables of this folder: the script of procedures 10.5 (pure Python 3, no
# packages), which fits one set of constants to the numbers that Liu et al., Nat. Commun. 14 (2023) state, and prints
# pulls, laws and lengths. Usage: python3 liu2023.py (writes the tables into the working directory).
from math import log, exp, pi, sqrt
k, kB = 1.380649e-23, 8.617333262e-5           # J/K, eV/K
Tg, OM, TAUG, TEXP, C = 590.15, 1.233e-29, 76.0, 36000.0, 6.0
DC = {317: 19e-9, 307: 31e-9, 297: 62e-9, 287: 97e-9, 267: 85e-9}
def unpack(x):  return dict(zip("lg D T0 Qg Tk lB ld lR QI".split(), x))
def vft(T, p):  return p["lg"] + p["D"]*p["T0"]*(1/(T-p["T0"]) - 1/(Tg-p["T0"]))
def leta(T, p): return vft(T, p) if T >= p["Tk"] else vft(p["Tk"], p) + p["Qg"]/kB*(1/T-1/p["Tk"])
def lB(T, p):   return p["lB"] - p["QI"]/kB*(1/T-1/Tg)                 # ln(delta*D_I)
def ldc(T, p):  return (log(256*OM/(k*T)) + leta(T, p) + lB(T, p))/3   # Eq. 3
def bis(f, a, b):
    fa = f(a)
    for _ in range(80):
        m = .5*(a+b); fm = f(m)
        if (fa > 0) == (fm > 0): a, fa = m, fm
        else: b = m
    return .5*(a+b)
def tser(p):    return bis(lambda T: kB*(p["D"]*p["T0"]*(T/(T-p["T0"]))**2+T)-2*p["QI"], p["T0"]+80, 1100)
def lDB(T, p):  # Arrhenius line with Q_B=2 Q_I touching D_SER at T_SER
    ts = tser(p); return log(k*ts/(C*pi))-p["lR"]-vft(ts, p) - 2*p["QI"]/kB*(1/T-1/ts)
def ltB(T, p):  return log(TAUG)+vft(T, p)-p["lg"]
def ltI(T, p):  return ltB(T, p)+lDB(T, p)-(lB(T, p)-p["ld"])          # tau_I = tau_B D_B/D_I
def tgb(p):     return bis(lambda T: ltB(T, p)-log(TEXP), p["T0"]+60, 620)
def tgi(p):     return bis(lambda T: ltI(T, p)-log(TEXP), p["T0"]+60, 620)
def resid(x):
    p = unpack(x)
    r = [("dc%d" % t, (ldc(t+273.15, p)-log(d))/.05) for t, d in DC.items()]
    r += [("eta287", (leta(560.15, p)-log(1e12))/.345), ("Tg_bulk", tgb(p)-561.15),
          ("T_SER", (tser(p)-681.15)/3), ("Tg_int", (tgi(p)-527.15)/2), ("T_kink", p["Tk"]-560.15),
          ("Q_I", (p["QI"]-1.58)/.005), ("delta~.5nm", (p["ld"]-log(.5e-9))/.5), ("R~.13nm", (p["lR"]-log(.13e-9))/.1),
          ("eta0~4e-5", (vft(1e12, p)-log(4e-5))/4.6), ("dc327<10", max(0., ldc(600.15, p)-log(1e-8))/.2),
          ("dc100~10", (ldc(373.15, p)-log(1e-8))/.3)]
    return r
def solve(A, b):
    n = len(b); A = [r[:]+[v] for r, v in zip(A, b)]
    for i in range(n):
        j = max(range(i, n), key=lambda q: abs(A[q][i])); A[i], A[j] = A[j], A[i]
        for q in range(i+1, n):
            f = A[q][i]/A[i][i]; A[q] = [u-f*v for u, v in zip(A[q], A[i])]
    x = [0]*n
    for i in range(n-1, -1, -1): x[i] = (A[i][n]-sum(A[i][j]*x[j] for j in range(i+1, n)))/A[i][i]
    return x
x = [log(1.6e9), 13., 416., .9, 560.2, log(1.27e-26), log(.4e-9), log(.13e-9), 1.58]
st = [1e-3*v for v in (.01, .01, .1, .002, .05, .01, .01, .01, .0005)]; lam = 1e-2
cost = lambda r: sum(v*v for _, v in r)
r = resid(x); c = cost(r)
for it in range(300):
    J = []
    for i in range(9):
        y = x[:]; y[i] += st[i]; J.append([(b-a)/st[i] for (_, a), (_, b) in zip(r, resid(y))])
    H = [[sum(a*b for a, b in zip(J[i], J[j])) for j in range(9)] for i in range(9)]
    g = [-sum(a*v for a, (_, v) in zip(J[i], r)) for i in range(9)]
    dx = solve([[H[i][j]*(1+lam*(i == j)) for j in range(9)] for i in range(9)], g)
    y = [a+b for a, b in zip(x, dx)]; ry = resid(y); cy = cost(ry)
    if cy < c: x, r, done, c, lam = y, ry, c-cy < 1e-13, cy, lam/3
    else: lam *= 4; done = lam > 1e9
    if done: break
p = unpack(x)
SOURCE = "# source: Liu et al. Nat. Commun. 14 (2023) doi 10.1038/s41467-023-41582-2, joint fit by liu2023.py\n"
with open("liu2023_pulls.csv", "w") as f:
    f.write(SOURCE + "observation,pull [1]\n")
    for n_, v in r: f.write("%s,%.6f\n" % (n_, v))
with open("liu2023_laws.csv", "w") as f:
    f.write(SOURCE + "temperature [degC],viscosity [Pa s],interface_mobility [m3 s-1],critical_diameter [nm]\n")
    for t in (337, 327, 317, 307, 297, 287, 277, 267, 254, 200, 100, 25):
        T = t+273.15; f.write("%d,%.9g,%.9g,%.9g\n" % (t, exp(leta(T, p)), exp(lB(T, p)), 1e9*exp(ldc(T, p))))
with open("liu2023_constants.csv", "w") as f:
    f.write(SOURCE + "constant,value [1],unit\n")
    for n_, v, u in (("chi_squared", c, "1"), ("vft_viscosity_at_reference", exp(p["lg"]), "Pa s"), ("vft_strength", p["D"], "1"),
                     ("vft_T0", p["T0"], "K"), ("vft_viscosity_infinite", exp(vft(1e12, p)), "Pa s"), ("kink_temperature", p["Tk"], "K"),
                     ("glass_activation_energy", p["Qg"]*1.602176634e-19, "J"), ("interface_mobility_at_reference", exp(p["lB"]), "m3 s-1"),
                     ("interface_thickness", exp(p["ld"]), "m"), ("atomic_radius", exp(p["lR"]), "m"),
                     ("interface_activation_energy", p["QI"]*1.602176634e-19, "J"), ("stokes_einstein_breakdown", tser(p), "K"),
                     ("bulk_glass_transition", tgb(p), "K"), ("interface_glass_transition", tgi(p), "K")):
        f.write("%s,%.9g,%s\n" % (n_, v, u))
with open("liu2023_lengths.csv", "w") as f:
    f.write(SOURCE + "temperature [degC],pressure [GPa],time [s],diameter [nm],length [nm],viscous [nm],diffusion [nm]\n")
    for t, P, tt in ((327,1e9,300),(317,1e9,300),(307,2e9,900),(297,1.25e9,36e3),(287,2e9,36e3),(277,2e9,36e3),(267,2e9,36e3)):
        T = t+273.15; e, B = exp(leta(T, p)), exp(lB(T, p))
        for d in (10, 20, 40, 60, 80, 100, 120, 160, 200, 250):
            q = d*1e-9; lc = q*sqrt(P*tt/32/e); li = sqrt(8*B*P*tt*OM/(q*k*T))
            f.write("%d,%g,%g,%d,%.9g,%.9g,%.9g\n" % (t, P/1e9, tt, d, 1e9*sqrt(lc*lc+li*li), 1e9*lc, 1e9*li))
