/* What two scans of one piece should look like, and do not (P21, sanity and pitfalls). */
#include "release_internal.h"
#include <math.h>

/* A second scan may sag below a straight line by this share of its step (a bent baseline, the begin of the step); both
 * crystallize within so many kelvin. */
static const double SAG = 0.2, APART = 5.0;

/* Both runs coincide in the liquid, but for their baselines. */
static vt_status agreement(const vti_calorimetry_run *run, const vti_difference *d, vt_error *err)
{
    const vti_scan *a = d->first;
    double diff = 0.0, level = 0.0, n = 0.0;
    for (size_t i = 0; i < d->n; i++)
        if (d->T[i] >= d->w2.low && d->T[i] <= d->w2.high) diff += d->d[i];
    for (size_t i = a->from; i < a->to; i++)
        if (a->T[i] >= d->w2.low && a->T[i] <= d->w2.high) {
            level += a->y[i] / a->q;
            n += 1.0;
        }
    if (!(n > 0.0) || fabs(diff) <= 0.02 * fabs(level)) return VT_OK;
    return vt_result_warn(run->result, err, "W_ANCHORS",
                          "%s%sthe scans differ by %.1f %% in the liquid, where they should coincide within 2 %%: the "
                          "baseline takes it off, but look at pan and contact",
                          a->specimen, a->specimen[0] ? ": " : "", 100.0 * fabs(diff / level));
}

/* The second scan shows the glass transition only: it neither releases nor melts below it. */
static vt_status second_scan(const vti_calorimetry_run *run, const vti_difference *d, vt_error *err)
{
    const vti_scan *b = d->second;
    const char *name = b->specimen, *colon = name[0] ? ": " : "";
    if (!b->has_step) return VT_OK;
    for (size_t k = 0; k < b->npeaks; k++)
        if (b->T[b->peak[k].apex] < b->step.onset)
            return vt_result_warn(
                run->result, err, "W_SECOND_SCAN",
                "%s%sthe second scan has a peak at %.1f K, below its glass transition, where it should "
                "show the step only: the enthalpy counts from it; look at the piece and its cooling",
                name, colon, b->T[b->peak[k].apex]);
    const double low = 0.5 * (d->w1.low + d->w1.high), high = b->step.onset;
    const double y0 = vti_scan_fit(b, low), slope = (vti_scan_fit(b, high) - y0) / (high - low);
    double sag = 0.0, at = low;
    for (size_t i = b->from; i < b->to; i++) {
        const double below = y0 + slope * (b->T[i] - low) - b->fit[i];
        if (b->T[i] < low || b->T[i] > high || !(below > sag)) continue;
        sag = below;
        at = b->T[i];
    }
    if (!(sag > SAG * b->step.step)) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_SECOND_SCAN",
        "%s%sthe second scan sags by %.0f %% of its step near %.0f K, below its glass transition, where "
        "it should show the step only: something is released still, and the enthalpy counts from it; "
        "end the first scan in the liquid and cool slowly before the second",
        name, colon, 100.0 * sag / b->step.step, at);
}

/* Both scans crystallize at one temperature, if both do. */
static vt_status crystallization(const vti_calorimetry_run *run, const vti_difference *d, vt_error *err)
{
    const double a = d->first->T_x, b = d->second->T_x;
    if (!isfinite(a) || !isfinite(b) || fabs(a - b) <= APART) return VT_OK;
    return vt_result_warn(run->result, err, "W_CRYSTALLIZATION",
                          "%s%sthe first scan crystallizes at %.1f K, the second at %.1f K: the piece changed between "
                          "them, or their temperatures do not belong together",
                          d->first->specimen, d->first->specimen[0] ? ": " : "", a, b);
}

/* Of the heat of crystallization a fifth is stored in the glass at most. */
static vt_status share(const vti_calorimetry_run *run, const vti_difference *d, double H, vt_error *err)
{
    const vti_scan *s = d->first;
    if (!(H > 0.2 * s->H_x)) return VT_OK;
    return vt_result_warn(run->result, err, "W_ENTHALPY_RANGE",
                          "%s%s%.3g J/g released below the glass transition is more than a fifth of the heat of "
                          "crystallization, %.3g J/g (P21): look at the anchors",
                          s->specimen, s->specimen[0] ? ": " : "", 1e-3 * H, 1e-3 * s->H_x);
}

vt_status vti_release_sanity(const vti_calorimetry_run *run, const vti_difference *d, double H, vt_error *err)
{
    vt_status st = agreement(run, d, err);
    if (st == VT_OK) st = second_scan(run, d, err);
    if (st == VT_OK) st = crystallization(run, d, err);
    return st == VT_OK ? share(run, d, H, err) : st;
}
