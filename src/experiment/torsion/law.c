/* Torque of a section of elastic-plastic zones, with derivatives. */
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/torsion_law.h>

static double cubes(double b, double a) /* b^3 - a^3, without loss where they are close */
{
    return (b - a) * (b * b + a * b + a * a);
}

static double fourths(double b, double a)
{
    return (b - a) * (b + a) * (b * b + a * a);
}

static double stress(const vt_torsion_zone *z, double gamma)
{
    return gamma <= z->gamma ? z->G * gamma : z->G * z->gamma + z->H * (gamma - z->gamma);
}

static vt_torsion_response respond(const vt_torsion_zone *z, double theta)
{
    const double w = 2.0 * VT_PI;
    const double p = z->gamma > theta * z->b ? z->b : fmax(z->a, z->gamma / theta);
    const double elastic = fourths(p, z->a) / 4.0, plastic = fourths(z->b, p) / 4.0;
    const double c = cubes(z->b, p) / 3.0, gamma_c = c > 0.0 ? z->gamma * c : 0.0; /* gamma may be infinite */
    vt_torsion_response r = {.T = w * (z->G * theta * elastic + (z->G - z->H) * gamma_c + z->H * theta * plastic),
                             .theta = w * (z->G * elastic + z->H * plastic),
                             .G = w * (theta * elastic + gamma_c),
                             .gamma = w * (z->G - z->H) * c,
                             .H = w * (theta * plastic - gamma_c),
                             .a = -w * stress(z, z->a * theta) * z->a * z->a,
                             .b = w * stress(z, z->b * theta) * z->b * z->b};
    return r;
}

static vt_status check(size_t n, const vt_torsion_zone *zone, double theta, vt_error *err)
{
    if (!(theta >= 0.0) || isinf(theta)) return vt_fail(err, VT_EDOMAIN, "twist theta = %g 1/m must be >= 0", theta);
    for (size_t i = 0; i < n; i++) {
        const vt_torsion_zone *z = &zone[i];
        if (!(z->a >= 0.0) || !(z->b >= z->a) || isinf(z->b))
            return vt_fail(err, VT_EDOMAIN, "zone %zu from %g m to %g m: need 0 <= a <= b", i, z->a, z->b);
        if (!(z->G > 0.0) || isinf(z->G) || !(z->gamma > 0.0) || !(z->H < z->G) || isinf(z->H))
            return vt_fail(err, VT_EDOMAIN, "zone %zu: G = %g Pa and gamma = %g must be > 0, H = %g Pa below G", i,
                           z->G, z->gamma, z->H);
    }
    return VT_OK;
}

vt_status vt_torsion_torque(size_t n, const vt_torsion_zone *zone, double theta, vt_torsion_response *sum,
                            vt_torsion_response *each, vt_error *err)
{
    if (n == 0 || !zone || !sum) return vt_fail(err, VT_EARG, "zones or result is NULL, or there are no zones");
    const vt_status st = check(n, zone, theta, err);
    if (st != VT_OK) return st;
    vt_torsion_response total = {0};
    for (size_t i = 0; i < n; i++) {
        const vt_torsion_response r = respond(&zone[i], theta);
        total.T += r.T;
        total.theta += r.theta;
        if (each) each[i] = r;
    }
    *sum = total;
    return VT_OK;
}
