/* Temperature along a heated wire: finite volumes, Newton, tridiagonal elimination. */
#include <math.h>
#include <stdbool.h>
#include <vitrum/constants.h>
#include <vitrum/joule.h>

#define STEFAN_BOLTZMANN 5.670374419e-8 /* W/(m^2 K^4), CODATA 2018 */

enum { MOST_ITERATIONS = 60, MOST_SCALINGS = 200 };

struct grid {
    const vt_joule_wire *w;
    size_t n;
    double h, area; /* m, m^2 */
    double q;       /* W/m^3: power density where the resistivity is that of T_ref */
};

static double resistivity(const vt_joule_wire *w, double T)
{
    return 1.0 + w->rho_slope * (T - w->T_ref);
}

static double conductivity(const vt_joule_wire *w, double T)
{
    return w->kappa * (1.0 + w->kappa_slope * (T - w->T_ref));
}

/* Power that leaves node i by radiation, W, and its derivative. */
static double radiation(const struct grid *g, double width, double T, double *slope)
{
    const vt_joule_wire *w = g->w;
    const double c = w->emissivity * STEFAN_BOLTZMANN * VT_PI * w->d * width, a = w->T_ambient;
    *slope = 4.0 * c * T * T * T;
    return c * (T * T * T * T - a * a * a * a);
}

/* Flow from node i to i + 1, W, and its derivatives. */
static double conduction(const struct grid *g, double T0, double T1, double *by0, double *by1)
{
    const double c = g->area / g->h, k = conductivity(g->w, 0.5 * (T0 + T1));
    const double bend = 0.5 * g->w->kappa * g->w->kappa_slope * (T0 - T1);
    *by0 = c * (bend + k);
    *by1 = c * (bend - k);
    return c * k * (T0 - T1);
}

/* Balance of node i, W, with the entries of its row of the Jacobian. */
static double balance(const struct grid *g, const double *T, size_t i, double row[3])
{
    const vt_joule_wire *w = g->w;
    const bool end = i == 0 || i == g->n - 1;
    const double width = end ? 0.5 * g->h : g->h;
    double slope, by0, by1, r = g->q * resistivity(w, T[i]) * g->area * width;
    row[0] = row[2] = 0.0;
    row[1] = g->q * w->rho_slope * g->area * width;
    if (end && !(w->R_contact > 0.0)) {
        row[1] = 1.0;
        return T[i] - w->T_grip[i != 0];
    }
    r -= radiation(g, width, T[i], &slope);
    row[1] -= slope;
    if (i > 0) {
        r += conduction(g, T[i - 1], T[i], &by0, &by1);
        row[0] = by0;
        row[1] += by1;
    }
    if (i + 1 < g->n) {
        r -= conduction(g, T[i], T[i + 1], &by0, &by1);
        row[1] -= by0;
        row[2] = -by1;
    }
    if (end) {
        r += w->P_contact - (T[i] - w->T_grip[i != 0]) / w->R_contact;
        row[1] -= 1.0 / w->R_contact;
    }
    return r;
}

/* One Newton step (Thomas elimination); the largest relative change of T, or NaN. */
static double newton(const struct grid *g, double *T, double *upper, double *step)
{
    double worst = 0.0;
    for (size_t i = 0; i < g->n; i++) {
        double row[3];
        const double r = balance(g, T, i, row);
        const double pivot = row[1] - (i ? row[0] * upper[i - 1] : 0.0);
        upper[i] = row[2] / pivot;
        step[i] = (-r - (i ? row[0] * step[i - 1] : 0.0)) / pivot;
    }
    for (size_t i = g->n; i-- > 0;) {
        if (i + 1 < g->n) step[i] -= upper[i] * step[i + 1];
        const double limited = fmax(step[i], -0.5 * T[i]); /* temperatures stay positive */
        T[i] += limited;
        worst = fmax(worst, fabs(limited) / T[i]);
        if (!isfinite(T[i])) return (double)NAN;
    }
    return worst;
}

static double integral(const struct grid *g, const double *T, double (*f)(const vt_joule_wire *, double))
{
    double sum = 0.0;
    for (size_t i = 0; i < g->n; i++) sum += (i == 0 || i == g->n - 1 ? 0.5 : 1.0) * f(g->w, T[i]);
    return sum * g->h;
}

static vt_status check(const vt_joule_wire *w, size_t n, const double *T, const double *scratch, vt_error *err)
{
    if (!w || !T || !scratch || n < 5) return vt_fail(err, VT_EARG, "wire or array is NULL, or %zu nodes are < 5", n);
    if (!(w->d > 0.0) || !(w->L > 0.0) || !(w->power >= 0.0) || !(w->kappa > 0.0) ||
        isinf(w->d + w->L + w->power + w->kappa))
        return vt_fail(err, VT_EARG, "d = %g m, L = %g m, kappa = %g W/(m K) must be > 0 and power = %g W >= 0", w->d,
                       w->L, w->kappa, w->power);
    if (!(w->T_grip[0] > 0.0) || !(w->T_grip[1] > 0.0) || !(w->T_ambient > 0.0) || !(w->T_ref > 0.0))
        return vt_fail(err, VT_EARG, "temperatures %g, %g, %g and %g K must be > 0", w->T_grip[0], w->T_grip[1],
                       w->T_ambient, w->T_ref);
    if (!(w->emissivity >= 0.0) || !(w->emissivity <= 1.0) || !(w->R_contact >= 0.0) || !(w->P_contact >= 0.0) ||
        !isfinite(w->kappa_slope) || !isfinite(w->rho_slope) || isinf(w->R_contact + w->P_contact))
        return vt_fail(err, VT_EARG, "emissivity %g must be 0 to 1, contact %g K/W and %g W >= 0, slopes finite",
                       w->emissivity, w->R_contact, w->P_contact);
    return VT_OK;
}

static vt_status solve(const struct grid *g, double *T, double *scratch, vt_error *err)
{
    double change = INFINITY;
    for (int k = 0; k < MOST_ITERATIONS && change > 1e-14; k++) {
        const double before = change;
        change = newton(g, T, scratch, scratch + g->n);
        if (!isfinite(change)) return vt_fail(err, VT_EDOMAIN, "no steady temperature: the wire runs away");
        if (k > 4 && change < 1e-10 && change >= before) break; /* rounding */
    }
    if (!(change < 1e-10)) return vt_fail(err, VT_ENOCONV, "temperatures still change by %.2g of themselves", change);
    for (size_t i = 0; i < g->n; i++)
        if (!(conductivity(g->w, T[i]) > 0.0) || !(resistivity(g->w, T[i]) > 0.0))
            return vt_fail(err, VT_EDOMAIN, "at %.4g K the conductivity or the resistivity is not > 0", T[i]);
    return VT_OK;
}

static void summarize(const struct grid *g, const double *T, vt_joule_profile *out)
{
    const vt_joule_wire *w = g->w;
    size_t top = 0;
    double mean = 0.0, slope;
    *out = (vt_joule_profile){0};
    for (size_t i = 0; i < g->n; i++) {
        const double share = i == 0 || i == g->n - 1 ? 0.5 : 1.0;
        if (T[i] > T[top]) top = i;
        mean += share * T[i];
        out->radiated += radiation(g, share * g->h, T[i], &slope);
    }
    /* Trapezium, corrected at its ends (Euler and Maclaurin): fourth order. */
    const size_t n = g->n;
    const double left = (-3.0 * T[0] + 4.0 * T[1] - T[2]) / 2.0,
                 right = (3.0 * T[n - 1] - 4.0 * T[n - 2] + T[n - 3]) / 2;
    out->T_mean = (mean - (right - left) / 12.0) / (double)(n - 1);
    out->T_max = T[top];
    out->x_max = g->h * (double)top;
    if (top > 0 && top + 1 < n) {
        const double a = T[top - 1], b = T[top], c = T[top + 1], bend = a - 2.0 * b + c;
        const double u = bend < 0.0 ? 0.5 * (a - c) / bend : 0.0;
        out->T_max = b - 0.25 * (a - c) * u;
        out->x_max += u * g->h;
    }
    out->conducted = w->power - out->radiated;
}

vt_status vt_joule_temperature(const vt_joule_wire *wire, size_t n, double *T, double *scratch, vt_joule_profile *out,
                               vt_error *err)
{
    vt_status st = check(wire, n, T, scratch, err);
    if (st != VT_OK) return st;
    struct grid g = {wire, n, wire->L / (double)(n - 1), 0.25 * VT_PI * wire->d * wire->d, 0.0};
    for (size_t i = 0; i < n; i++)
        T[i] = wire->T_grip[0] + (wire->T_grip[1] - wire->T_grip[0]) * (double)i / (double)(n - 1);
    const int scalings = wire->rho_slope == 0.0 ? 1 : MOST_SCALINGS;
    double change = INFINITY;
    for (int k = 0; k < scalings && change > 1e-13; k++) {
        const double length = integral(&g, T, resistivity);
        if (!(length > 0.0)) return vt_fail(err, VT_EDOMAIN, "the resistivity is not > 0 along the wire");
        const double q = wire->power / (g.area * length);
        change = g.q > 0.0 ? fabs(q / g.q - 1.0) : q > 0.0 ? INFINITY : 0.0;
        g.q = q;
        st = solve(&g, T, scratch, err);
        if (st != VT_OK) return st;
    }
    if (scalings > 1 && change > 1e-10)
        return vt_fail(err, VT_ENOCONV, "the share of each part in the power still changes by %.2g", change);
    if (out) summarize(&g, T, out);
    return VT_OK;
}
