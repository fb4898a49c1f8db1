/* After the peak: low-load hold, end of the unloading, loss of contact. */
#include "curve_internal.h"
#include <math.h>

/* A hold lies below this fraction of the peak and above CONTACT of it; its load stays within BAND of the peak, and it
 * lasts LONGER times what the unloading takes to cross that band, and SHARE of the unloading. */
static const double BELOW = 0.6, CONTACT = 0.01, BAND = 0.004, LONGER = 4.0, SHARE = 0.1;

/* Time at sample i, or i itself. */
static double clock_at(const vt_indent_curve *c, size_t i)
{
    return c->t ? c->t[i] : (double)i;
}

typedef struct run {
    size_t from, to;
} run;

/* Longest run of samples in from ... to - 1 whose loads differ by at most width: two queues keep the running extremes
 * (the front of each is the extreme of the window). */
static run longest_run(vt_indent_work *ws, const vt_indent_curve *c, size_t from, size_t to, double width)
{
    run best = {from, from};
    size_t l0 = 0, l1 = 0, h0 = 0, h1 = 0, a = from;
    for (size_t i = from; i < to; i++) {
        while (l1 > l0 && c->P[ws->low[l1 - 1]] >= c->P[i]) l1--;
        while (h1 > h0 && c->P[ws->high[h1 - 1]] <= c->P[i]) h1--;
        ws->low[l1++] = i;
        ws->high[h1++] = i;
        while (c->P[ws->high[h0]] - c->P[ws->low[l0]] > width) {
            if (ws->high[h0] == a) h0++;
            if (ws->low[l0] == a) l0++;
            a++;
        }
        if (clock_at(c, i) - clock_at(c, a) >
                clock_at(c, best.to > best.from ? best.to - 1 : from) - clock_at(c, best.from) ||
            best.to == best.from)
            best = (run){a, i + 1};
    }
    return best;
}

/* Takes what the run has of the ramps at its ends off: samples above or below its median load by more than noise. */
static double trim(vt_indent_work *ws, const vt_indent_curve *c, double noise, run *r)
{
    const size_t n = r->to - r->from;
    for (size_t i = 0; i < n; i++) ws->a[i] = c->P[r->from + i];
    const double level = vti_median(ws->a, n), slack = vti_max(1.5 * noise, 1e-9 * fabs(level));
    while (r->from + 1 < r->to && c->P[r->from] > level + slack) r->from++;
    while (r->from + 1 < r->to && c->P[r->to - 1] < level - slack) r->to--;
    return level;
}

static bool find_hold(vt_indent_work *ws, const vt_indent_curve *c, double noise_P, double P_air, size_t end,
                      vt_indent_cycle *cycle)
{
    const double peak = c->P[cycle->unload_from] - P_air;
    size_t from = cycle->unload_from, stop = end;
    while (from < end && c->P[from] > P_air + BELOW * peak) from++;
    while (stop > from && c->P[stop - 1] <= P_air + vti_max(4.0 * noise_P, 0.5 * CONTACT * peak)) stop--;
    if (stop < from + 8) return false;
    const double width = vti_max(10.0 * noise_P, 2.0 * BAND * peak);
    run r = longest_run(ws, c, from, stop, width);
    if (r.to < r.from + 8) return false;
    const double level = trim(ws, c, noise_P, &r) - P_air;
    if (!(level > vti_max(CONTACT * peak, 5.0 * noise_P))) return false;
    const double lasts = clock_at(c, r.to - 1) - clock_at(c, r.from);
    const double unloading = clock_at(c, r.from) - clock_at(c, cycle->unload_from);
    if (!(lasts > LONGER * unloading * width / (peak - level)) || !(lasts > SHARE * unloading)) return false;
    cycle->drift_from = r.from;
    cycle->drift_to = r.to;
    return true;
}

void vti_tail(vt_indent_work *ws, const vt_indent_curve *c, const vt_indent_noise *noise, double P_air, size_t end,
              vt_indent_cycle *cycle)
{
    const double peak = c->P[cycle->unload_from] - P_air;
    cycle->drift_from = cycle->drift_to = end;
    cycle->unload_to = end;
    if (find_hold(ws, c, noise->P, P_air, end, cycle)) {
        cycle->unload_to = cycle->drift_from;
        return;
    }
    const double air = P_air + vti_max(3.0 * noise->P, 2e-3 * peak);
    size_t i = end;
    while (i > cycle->unload_from && c->P[i - 1] <= air) i--;
    if (end - i >= 5) cycle->unload_to = i;
    cycle->drift_from = cycle->drift_to = cycle->unload_to;
}
