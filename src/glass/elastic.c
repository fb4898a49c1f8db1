/* Isotropic elasticity, density, and Park's correlation. */
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/elastic.h>

static const char *const PAIR[][2] = {
    [VT_ELASTIC_EG] = {"E", "G"}, [VT_ELASTIC_EK] = {"E", "K"},   [VT_ELASTIC_ENU] = {"E", "nu"},
    [VT_ELASTIC_GK] = {"G", "K"}, [VT_ELASTIC_GNU] = {"G", "nu"}, [VT_ELASTIC_KNU] = {"K", "nu"}};

static vt_status check(vt_elastic_pair pair, double first, double second, vt_error *err)
{
    if ((unsigned)pair > VT_ELASTIC_KNU) return vt_fail(err, VT_EARG, "unknown pair %d", (int)pair);
    if (!(first > 0.0) || isinf(first))
        return vt_fail(err, VT_EARG, "%s = %g Pa must be > 0 and finite", PAIR[pair][0], first);
    if (PAIR[pair][1][0] == 'n') {
        if (!(second > -1.0 && second < 0.5)) return vt_fail(err, VT_EARG, "nu = %g is not in (-1, 1/2)", second);
    } else if (!(second > 0.0) || isinf(second)) {
        return vt_fail(err, VT_EARG, "%s = %g Pa must be > 0 and finite", PAIR[pair][1], second);
    }
    return VT_OK;
}

vt_status vt_elastic_from(vt_elastic_pair pair, double first, double second, vt_elastic *out, vt_error *err)
{
    const vt_status st = check(pair, first, second, err);
    if (st != VT_OK) return st;
    if (!out) return vt_fail(err, VT_EARG, "out is NULL");
    vt_elastic e = {0};
    switch (pair) {
    case VT_ELASTIC_EG: e = (vt_elastic){.E = first, .G = second, .nu = first / (2.0 * second) - 1.0}; break;
    case VT_ELASTIC_EK: e = (vt_elastic){.E = first, .K = second, .nu = 0.5 - first / (6.0 * second)}; break;
    case VT_ELASTIC_ENU: e = (vt_elastic){.E = first, .nu = second}; break;
    case VT_ELASTIC_GK:
        e = (vt_elastic){.G = first, .K = second, .nu = (3.0 * second - 2.0 * first) / (2.0 * (3.0 * second + first))};
        break;
    case VT_ELASTIC_GNU: e = (vt_elastic){.G = first, .nu = second}; break;
    case VT_ELASTIC_KNU: e = (vt_elastic){.K = first, .nu = second}; break;
    }
    if (!(e.nu > -1.0 && e.nu < 0.5))
        return vt_fail(err, VT_EUNPHYSICAL, "%s = %g Pa and %s = %g Pa give nu = %g, outside (-1, 1/2)", PAIR[pair][0],
                       first, PAIR[pair][1], second, e.nu);
    if (e.E == 0.0) e.E = e.G > 0.0 ? 2.0 * e.G * (1.0 + e.nu) : 3.0 * e.K * (1.0 - 2.0 * e.nu);
    if (e.G == 0.0) e.G = e.E / (2.0 * (1.0 + e.nu));
    if (e.K == 0.0) e.K = e.E / (3.0 * (1.0 - 2.0 * e.nu));
    *out = e;
    return VT_OK;
}

vt_status vt_atomic_volume(double M, double rho, double *Omega, vt_error *err)
{
    if (!Omega) return vt_fail(err, VT_EARG, "Omega is NULL");
    if (!(M > 0.0) || !(rho > 0.0))
        return vt_fail(err, VT_EARG, "molar mass %g kg/mol and density %g kg/m^3 must be > 0", M, rho);
    *Omega = M / (VT_AVOGADRO * rho);
    return VT_OK;
}

vt_status vt_vegard_density(size_t n, const double *x, const double *M, const double *rho, double *density,
                            double *M_mean, vt_error *err)
{
    if (n == 0 || !x || !M || !rho || !density) return vt_fail(err, VT_EARG, "no components, or an array is NULL");
    double total = 0.0, mass = 0.0, volume = 0.0; /* 1, kg/mol, m^3/mol */
    for (size_t i = 0; i < n; i++) {
        if (!(x[i] >= 0.0) || !(M[i] > 0.0) || !(rho[i] > 0.0))
            return vt_fail(err, VT_EARG,
                           "component %zu: fraction %g must be >= 0, molar mass %g kg/mol and density %g kg/m^3 > 0", i,
                           x[i], M[i], rho[i]);
        total += x[i];
        mass += x[i] * M[i];
        volume += x[i] * M[i] / rho[i];
    }
    if (!(fabs(total - 1.0) <= 1e-6)) return vt_fail(err, VT_EARG, "atomic fractions sum to %.9g, not 1", total);
    *density = mass / volume;
    if (M_mean) *M_mean = mass / total;
    return VT_OK;
}

vt_status vt_park_poisson(double m, double *nu, vt_error *err)
{
    if (!nu) return vt_fail(err, VT_EARG, "nu is NULL");
    if (!(m > 0.0) || isinf(m)) return vt_fail(err, VT_EDOMAIN, "fragility m = %g is not > 0", m);
    *nu = -0.179 + 0.312 * log10(m);
    return VT_OK;
}

vt_status vt_park_fragility(double nu, double *m, vt_error *err)
{
    if (!m) return vt_fail(err, VT_EARG, "m is NULL");
    if (!(nu > -1.0 && nu < 0.5)) return vt_fail(err, VT_EDOMAIN, "nu = %g is not in (-1, 1/2)", nu);
    *m = pow(10.0, (nu + 0.179) / 0.312);
    return VT_OK;
}
