#include "profile_internal.h"
#include <math.h>

/* Root of z - limit between a (below) and b (above): Illinois rule, to 1e-6 of the distance from the minimum. */
static double illinois(const vti_profile *p, double a, double za, double b, double zb)
{
    double fa = za - p->limit, fb = zb - p->limit;
    int side = 0;
    for (int k = 0; k < 60 && fabs(b - a) > 1e-6 * fabs(b); k++) {
        double c = (fa * b - fb * a) / (fa - fb), z;
        if (!p->z(c, &z, p->ctx)) { /* a hole in the domain: halve instead */
            c = 0.5 * (a + b);
            if (!p->z(c, &z, p->ctx)) break;
        }
        const double f = z - p->limit;
        if (fabs(f) <= 1e-7 * p->limit) return c;
        if (f > 0.0) {
            b = c, fb = f;
            if (side == 1) fa *= 0.5;
            side = 1;
        } else {
            a = c, fa = f;
            if (side == -1) fb *= 0.5;
            side = -1;
        }
    }
    return fabs(fa) < fabs(fb) ? a : b;
}

double vti_profile_end(const vti_profile *p, double sign, bool *closed)
{
    double lo = 0.0, zlo = 0.0, h = p->guess, bad = INFINITY;
    *closed = false;
    for (int k = 0; k < 80; k++) {
        double z;
        if (!p->z(sign * h, &z, p->ctx)) {
            bad = h;
            if (!(bad - lo > 1e-6 * bad)) break;
            h = 0.5 * (lo + bad);
        } else if (z < p->limit) {
            lo = h, zlo = z;
            if (h >= p->reach || (isfinite(bad) && bad - lo <= 1e-6 * bad)) break;
            h = isfinite(bad) ? 0.5 * (lo + bad) : fmin(2.0 * h, p->reach);
        } else {
            *closed = true;
            return illinois(p, sign * lo, zlo, sign * h, z);
        }
    }
    return sign * lo;
}
