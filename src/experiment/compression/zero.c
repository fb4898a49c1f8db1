/* P06, step 1: where contact begins, and the force before it. */
#include "compression_internal.h"
#include <math.h>
#include <string.h>
#include <vitrum/median.h>

/* Largest force while the crosshead moves a tenth of the height from where the force first reaches a tenth of its
 * maximum: the level that loading ends at, not that of the end of the test. */
static double early_force(const vti_disc_test *s, size_t *top)
{
    double most = 0.0, early = 0.0, from = NAN;
    for (size_t i = 0; i < s->n; i++) most = fmax(most, s->F[i] - s->F[0]);
    for (size_t i = 0; i < s->n; i++) {
        if (isnan(from) && s->F[i] - s->F[0] > 0.1 * most) from = s->u[i];
        if (s->u[i] - from > 0.1 * s->disc.height) break;
        if (s->F[i] - s->F[0] > early) early = s->F[ *top = i] - s->F[0];
    }
    return early;
}

/* Force before contact: median of the readings that lie well before the rise; 0, the load cell's own zero, where the
 * record begins in contact. */
static double baseline(vti_disc_test *s, double early, size_t *before)
{
    size_t k = 0;
    while (k < s->n && s->F[k] - s->F[0] < 0.02 * early) k++;
    *before = k * 4 / 5;
    if (*before < 5) return 0.0;
    vt_median m;
    memcpy(s->strain, s->F, *before * sizeof *s->strain);
    return vt_median_interval(*before, s->strain, 0.95, s->stress, &m, NULL) == VT_OK ? m.median : 0.0;
}

/* Least squares of force on displacement over samples a ... b - 1: slope, means, standard error of the intersection. */
struct chord {
    double slope, u, F, error;
    size_t from, to;
};

static struct chord fit(const vti_disc_test *s, size_t a, size_t b)
{
    struct chord c = {.from = a, .to = b};
    const double n = (double)(b - a);
    double suu = 0.0, suF = 0.0, rss = 0.0;
    for (size_t i = a; i < b; i++) c.u += s->u[i] / n, c.F += s->F[i] / n;
    for (size_t i = a; i < b; i++) {
        suu += (s->u[i] - c.u) * (s->u[i] - c.u);
        suF += (s->u[i] - c.u) * (s->F[i] - c.F);
    }
    c.slope = suu > 0.0 ? suF / suu : 0.0;
    for (size_t i = a; i < b; i++) rss += pow(s->F[i] - c.F - c.slope * (s->u[i] - c.u), 2.0);
    c.error = n > 2.0 && suu > 0.0 ? sqrt(rss / (n - 2.0) / suu) : 0.0; /* of the slope */
    return c;
}

/* Does the force turn into its plateau between a and b: is the last step less than half as steep as the first? Then
 * the loading is shorter than this stretch, whose slope would put the zero many steps early. */
static bool flows(const vti_disc_test *s, size_t a, size_t b)
{
    return (s->F[b] - s->F[b - 1]) * (s->u[a + 1] - s->u[a]) < 0.5 * (s->F[a + 1] - s->F[a]) * (s->u[b] - s->u[b - 1]);
}

/* Steepest stretch of the loading that rises by a fifth of the early force: after the toe-in, before flow. Of long ones
 * every hundredth part begins one: those between differ by less, and the cost stays linear. */
static struct chord steepest(const vti_disc_test *s, double F0, double early, size_t top)
{
    struct chord best = {0};
    size_t b = 0, step = 1;
    for (size_t a = 0; a < top; a += step) {
        step = 1;
        if (s->F[a] - F0 < 0.05 * early) continue;
        if (s->F[a] - F0 > 0.6 * early) break;
        if (b < a + 3) b = a + 3;
        while (b <= top && s->F[b] - s->F[a] < 0.2 * early) b++;
        if (b > top) break;
        if (s->F[b - 1] - s->F[a] >= 0.2 * early && flows(s, a, b)) break;
        const struct chord c = fit(s, a, b + 1);
        if (c.slope > best.slope) best = c;
        step = (b - a) / 100 + 1;
    }
    return best;
}

/* Way of the crosshead from the first reading above 2 % of the early force to the zero, or one step if that is more. */
static double toe(const vti_disc_test *s, double early)
{
    size_t k = 0;
    while (k + 1 < s->n && s->F[k] - s->F0 < 0.02 * early) k++;
    const double step = k > 0 ? s->u[k] - s->u[k - 1] : 0.0;
    return fmax(fabs(s->u0 - s->u[k]), fabs(step));
}

/* Loading shorter than four readings. If its steepest step is that into the first reading above a tenth of the rise,
 * contact lies within that step, no place more likely than another: the middle, and a rectangle. Else it rises after a
 * toe, and the next step is continued to the force before contact. */
static void between_readings(vti_disc_test *s, double early)
{
    size_t k = 0;
    while (k < s->n && s->F[k] - s->F0 < 0.1 * early) k++;
    const double next = k < s->n ? s->u[k] : s->u[s->n - 1], last = k > 0 ? s->u[k - 1] : next;
    s->u0 = 0.5 * (last + next);
    s->u_u0 = (next - last) / sqrt(12.0);
    s->modulus = NAN;
    if (k == 0 || k + 1 >= s->n) return;
    const double into = (s->F[k] - s->F[k - 1]) / (next - last), after = (s->F[k + 1] - s->F[k]) / (s->u[k + 1] - next);
    if (after > into) s->u0 = next - (s->F[k] - s->F0) / after;
    if (after > into || s->F[k - 1] - s->F0 > 0.02 * early) s->u_u0 = toe(s, early) / sqrt(3.0);
}

vt_status vti_compression_zero(vti_compression_run *run, vti_disc_test *s, vt_error *err)
{
    size_t top = 0, before;
    if (s->n < 20) return vt_fail(err, VT_EDOF, "specimen '%.60s' has %zu readings; need 20", s->name, s->n);
    const double early = early_force(s, &top);
    if (!(early > 0.0))
        return vt_fail(err, VT_EREFERENCE, "specimen '%.60s': the force never rises: no contact in the record",
                       s->name);
    s->F0 = baseline(s, early, &before);
    const struct chord c = steepest(s, s->F0, early, top);
    if (c.slope > 0.0) {
        const double rise = c.F - s->F0;
        s->u0 = c.u - rise / c.slope;
        /* The platens bear at the first contact if they are rigid there, at the intersection if they tilt until they
         * bear, and beyond it by as much as the toe began before if half of the way that they give is left then: a
         * rectangle of half width toe about the intersection, sqrt(3) standard deviations. Nothing in the record tells
         * more: exponential seating s (1 - exp(-F/Fs)) leaves s (1 + x) exp(-x) beyond the tangent at x = F/Fs, less
         * than before it from x = 1.7 on. */
        s->u_u0 = hypot(rise / c.slope * (c.error / c.slope), toe(s, early) / sqrt(3.0));
        const double area = 0.785398163397448 * s->disc.diameter * s->disc.diameter;
        const double whole = 1.0 / c.slope - s->disc.compliance; /* m/N, of the specimen */
        s->modulus = whole > 0.0 ? s->disc.height / (area * whole) : (double)INFINITY;
    } else
        between_readings(s, early);
    for (size_t i = 0; i < s->n; i++) {
        s->u[i] -= s->u0;
        s->F[i] -= s->F0;
    }
    while (s->contact + 1 < s->n && s->u[s->contact] < 0.0) s->contact++;
    (void)run;
    return VT_OK;
}
