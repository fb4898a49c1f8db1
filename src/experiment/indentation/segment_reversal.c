/* Peaks of load: where the load falls by a good part of itself and the depth recovers with it. */
#include "curve_internal.h"
#include <math.h>

/* A cycle peaks at this fraction of the largest load at least, and is this many times stiffer than the self-similar
 * guess S ~ P_top/travel sqrt(P/P_top): a load that wanders while the tip travels through air is softer. */
static const double LEAST_PEAK = 1e-3, LEAST_STIFFNESS = 0.3;

static double mean_of_three(const vt_indent_curve *c, const double *y, size_t i)
{
    const size_t from = i > 0 ? i - 1 : 0, to = i + 2 < c->n ? i + 2 : c->n;
    double sum = 0.0;
    for (size_t k = from; k < to; k++) sum += y[k];
    return sum / (double)(to - from);
}

/* Is the fall from r->peak to r->after an unloading? A pop-in under slow control loses load too, but goes deeper. */
static bool is_unloading(const vt_indent_curve *c, const vti_reversal_rule *rule, const vti_reversal *r)
{
    const double peak = c->P[r->peak] - rule->zero, fall = c->P[r->peak] - c->P[r->after];
    if (!(peak >= LEAST_PEAK * rule->top) || !(peak >= rule->least)) return false;
    double deepest = mean_of_three(c, c->h, r->peak);
    for (size_t i = r->peak + 1; i < r->after; i++) deepest = vti_max(deepest, mean_of_three(c, c->h, i));
    const double recovered = deepest - mean_of_three(c, c->h, r->after);
    if (!(recovered > 3.0 * rule->noise_h)) return false;
    const double stiffness = LEAST_STIFFNESS * rule->top / rule->travel * sqrt(fmin(peak / rule->top, 1.0));
    if (!(fall >= stiffness * recovered)) return false;
    const double rise = c->P[r->peak] - c->P[r->before];
    return rise >= 0.5 * fall || peak > 0.5 * rule->top;
}

typedef struct search {
    vti_reversal now;
    bool falling;
    size_t count;
} search;

/* The fall of s->now has ended at sample i (a rise, or the end of the record). */
static void close_fall(const vt_indent_curve *c, const vti_reversal_rule *rule, search *s, size_t i,
                       vti_reversal *found, size_t room)
{
    const bool real = is_unloading(c, rule, &s->now);
    if (real && s->count < room) found[s->count] = s->now;
    if (real && s->count <= room) s->count++;
    if (real) s->now.before = s->now.after;
    s->now.peak = i;
    s->falling = false;
}

size_t vti_reversals(const vt_indent_curve *c, const vti_reversal_rule *rule, vti_reversal *found, size_t room)
{
    search s = {0};
    for (size_t i = 1; i < c->n; i++) {
        const double P = c->P[i];
        if (!s.falling) {
            if (P < c->P[s.now.before] && s.count == 0) s.now.before = i;
            if (P > c->P[s.now.peak]) s.now.peak = i;
            const double top = c->P[s.now.peak];
            s.falling = top - P > vti_max(rule->fall * (top - rule->zero), rule->least);
            s.now.after = i;
            continue;
        }
        if (P < c->P[s.now.after]) s.now.after = i;
        const double low = c->P[s.now.after], rise = P - low;
        if (rise > vti_max(rule->fall * (c->P[s.now.peak] - low), rule->least)) close_fall(c, rule, &s, i, found, room);
    }
    if (s.falling) close_fall(c, rule, &s, c->n - 1, found, room);
    return s.count;
}
