/* P06, steps 2 to 5: where the test ends, true stress and strain, what was held constant, smoothing. */
#include "compression_internal.h"
#include <math.h>
#include <vitrum/line.h>
#include <vitrum/median.h>
#include <vitrum/smooth.h>

/* First reading at which the crosshead has gone back: by more than 1 % of its way and twice the step noise. */
static size_t reversal(const vti_disc_test *s, size_t *high)
{
    const double way = 0.01 * (s->u[s->n - 1] > 0.0 ? fmax(s->u[s->n - 1], 0.01 * s->disc.height) : s->disc.height);
    double most = s->u[s->contact];
    *high = s->contact;
    for (size_t i = s->contact; i < s->n; i++) {
        if (s->u[i] > most) most = s->u[ *high = i];
        if (s->u[i] < most - way) return i;
    }
    return s->n;
}

/* The test ends at the strain limit, or where the specimen is unloaded for good; unloading and going on is E_UNLOAD. */
static vt_status find_end(const vti_compression_run *run, vti_disc_test *s, vt_error *err)
{
    size_t high;
    const size_t back = reversal(s, &high);
    s->end = back < s->n ? high + 1 : s->n;
    for (size_t i = back; i < s->n; i++) {
        if (s->u[i] <= s->u[high] || s->strain[high] >= run->par.strain_limit) continue;
        return vt_fail_at(err, VT_EUNLOAD, vt_table_path(run->job->tables[s->table]),
                          vt_table_line(run->job->tables[s->table], s->line[high]), 0,
                          "specimen '%.60s' is unloaded at strain %.3f, t = %.6g s, and loaded again: give the part "
                          "before, or --set strain_limit=%.2f",
                          s->name, s->strain[high], s->t[high], fmax(0.05, floor(100.0 * s->strain[high]) / 100.0));
    }
    while (s->end > s->contact && s->strain[s->end - 1] > run->par.strain_limit) s->end--;
    return VT_OK;
}

/* P1.1: three equal readings in a row at the maximum, where noise would not leave them equal, are a clipped channel. */
static vt_status check_channel(const vti_compression_run *run, const vti_disc_test *s, vt_error *err)
{
    double top = 0.0, low = 0.0;
    size_t at = 0, equal = 0, same = 0;
    for (size_t i = 1; i < s->n; i++) {
        if (s->F[i] > top) top = s->F[at = i];
        low = fmin(low, s->F[i]);
        same += s->F[i] == s->F[i - 1];
    }
    for (size_t i = at; i < s->n && s->F[i] == top; i++) equal++;
    const char *path = vt_table_path(run->job->tables[s->table]);
    const long line = vt_table_line(run->job->tables[s->table], s->line[at]);
    /* Coarse steps leave neighbours equal all over the record: then a run of three says nothing. */
    if (equal >= 3 && (double)same < 0.05 * (double)s->n + (double)equal)
        return vt_fail_at(
            err, VT_ESATURATED, path, line, 0,
            "specimen '%.60s': %zu readings in a row at the largest force, %.6g N: the channel is clipped; "
            "repeat with a larger range",
            s->name, equal, top + s->F0);
    if (low < -0.1 * top)
        return vt_fail_at(
            err, VT_ESIGN, path, 0, 0,
            "specimen '%.60s': the force is %.4g N in tension and %.4g N in compression; tare the load cell", s->name,
            -low, top);
    return VT_OK;
}

/* Speed of the crosshead over samples a ... b - 1. */
static double speed(const vti_disc_test *s, size_t a, size_t b)
{
    vt_line l;
    return b > a + 2 && vt_line_ordinary(b - a, s->t + a, s->u + a, &l, NULL) == VT_OK ? l.slope : (double)NAN;
}

/* d ln(rate)/d strain from the speeds of the first and the last third: 1 at constant speed, 0 at constant true rate. */
static void find_control(const vti_compression_run *run, vti_disc_test *s)
{
    const size_t third = (s->end - s->yield) / 3, b = s->end - third;
    const double first = speed(s, s->yield, s->yield + third), last = speed(s, b, s->end);
    const double apart = s->strain[b + third / 2] - s->strain[s->yield + third / 2];
    s->steady.rise = first > 0.0 && last > 0.0 && apart > 0.02 ? 1.0 + log(last / first) / apart : 1.0;
    s->control = fabs(s->steady.rise - 1.0) < 0.25 ? VTI_PRESS_CROSSHEAD
                 : fabs(s->steady.rise) < 0.25     ? VTI_PRESS_TRUE_RATE
                                                   : VTI_PRESS_NEITHER;
    if (run->par.control != VTI_PRESS_AUTO && s->control == VTI_PRESS_NEITHER) s->control = (vti_press)run->par.control;
    if (s->control == VTI_PRESS_CROSSHEAD) s->steady.rise = 1.0;
    if (s->control == VTI_PRESS_TRUE_RATE) s->steady.rise = 0.0;
}

/* The loading ends where 85 % of the largest stress before overshoot_strain is reached. */
static void find_yield(const vti_compression_run *run, vti_disc_test *s)
{
    double most = 0.0;
    for (size_t i = s->contact; i < s->end && s->strain[i] < run->par.overshoot_strain; i++)
        most = fmax(most, s->stress[i]);
    s->yield = s->contact;
    while (s->yield + 1 < s->end && s->stress[s->yield] < 0.85 * most) s->yield++;
}

/* Steps of the channel as noise (P1.1, 7): smallest difference, if it exceeds three standard deviations. */
static double quantisation(const vti_disc_test *s)
{
    double step = INFINITY;
    for (size_t i = s->yield + 1; i < s->end; i++)
        if (s->F[i] != s->F[i - 1]) step = fmin(step, fabs(s->F[i] - s->F[i - 1]));
    if (!isfinite(step) || !(s->F[s->yield] > 0.0)) return 0.0;
    const double q = step * s->stress[s->yield] / s->F[s->yield];
    return q > 3.0 * s->noise ? q / sqrt(12.0) : 0.0;
}

/* The whole record; then the part where an overshoot may lie with a width of its own: one for both would be made by the
 * long plateau, and clip the peak. */
static vt_status smooth(const vti_compression_run *run, vti_disc_test *s, vt_error *err)
{
    const size_t a = s->yield, n = s->end - a;
    const vt_smooth_curve curve = {.fit = s->fit + a, .gain = s->gain + a};
    vt_smooth sum;
    const vt_status st =
        vt_smooth_gcv(n, s->t + a, s->stress + a, (s->t[s->end - 1] - s->t[a]) / 3.0, &curve, &sum, err);
    if (st != VT_OK) return st;
    s->noise = sum.noise;
    size_t early = a;
    while (early < s->end && s->strain[early] < run->par.overshoot_strain) early++;
    if (early < a + 20) return VT_OK;
    return vt_smooth_gcv(early - a, s->t + a, s->stress + a, (s->t[early - 1] - s->t[a]) / 3.0, &curve, NULL, err);
}

/* Pa: several times what the strongest glass bears cold. */
static const double HIGHEST_STRESS = 2e10;

/* True stress and strain. What leaves no height, or no solid bears, is a slip of units. */
static vt_status stresses(const vti_compression_run *run, vti_disc_test *s, vt_error *err)
{
    const vt_table *t = run->job->tables[s->table];
    for (size_t i = 0; i < s->n; i++)
        if (!(s->u[i] - s->disc.compliance * s->F[i] < s->disc.height))
            return vt_fail_at(
                err, VT_EDOMAIN, vt_table_path(t), vt_table_line(t, s->line[i]), 0,
                "specimen '%.60s': a displacement of %.4g mm leaves nothing of the height %.4g mm: look at "
                "the units of both",
                s->name, 1e3 * s->u[i], 1e3 * s->disc.height);
    const vt_status st = vt_compression_stress(&s->disc, s->n, s->u, s->F, s->strain, s->stress, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < s->n; i++)
        if (s->stress[i] > HIGHEST_STRESS)
            return vt_fail_at(
                err, VT_EUNITS, vt_table_path(t), vt_table_line(t, s->line[i]), 0,
                "specimen '%.60s': %.4g N on a diameter of %.4g mm is %.3g GPa, above %g GPa: look at the "
                "units of force and diameter",
                s->name, s->F[i], 1e3 * s->disc.diameter, 1e-9 * s->stress[i], 1e-9 * HIGHEST_STRESS);
    return VT_OK;
}

/* A machine that gives way by more than the crosshead went leaves a specimen that grows under pressure. */
static vt_status check_compliance(const vti_compression_run *run, const vti_disc_test *s, vt_error *err)
{
    size_t top = s->contact;
    for (size_t i = s->contact; i < s->end; i++)
        if (s->F[i] > s->F[top]) top = i;
    const double give = s->disc.compliance * s->F[top], most = s->u[top] / s->F[top];
    if (!(s->F[top] > 0.0) || give < s->u[top]) return VT_OK;
    return vt_fail_at(
        err, VT_EDOMAIN, vt_table_path(run->job->tables[s->table]),
        vt_table_line(run->job->tables[s->table], s->line[top]), 0,
        "specimen '%.60s': a machine_compliance of %.4g m/N gives way by %.4g mm at %.4g N, the crosshead "
        "went %.4g mm: it must be below %.3g m/N; look at its unit or at the platen run",
        s->name, s->disc.compliance, 1e3 * give, s->F[top], 1e3 * s->u[top], most);
}

vt_status vti_compression_curve(vti_compression_run *run, vti_disc_test *s, vt_error *err)
{
    const vti_compression_params *p = &run->par;
    vt_status st = check_channel(run, s, err);
    s->disc.friction = isfinite(p->friction) ? p->friction : 0.5 * (p->friction_low + p->friction_high);
    if (st == VT_OK) st = stresses(run, s, err);
    if (st == VT_OK) st = find_end(run, s, err);
    if (st != VT_OK) return st;
    st = check_compliance(run, s, err);
    if (st != VT_OK) return st;
    find_yield(run, s);
    if (s->end < s->yield + 20 || s->strain[s->end - 1] - s->strain[s->yield] < p->strain_least)
        return vt_fail(err, VT_ESEGMENT_SHORT,
                       "specimen '%.60s' flows from strain %.4f to %.4f in %zu readings; need 20 and a strain of %.3f",
                       s->name, s->strain[s->yield], s->strain[s->end - 1], s->end - s->yield, p->strain_least);
    find_control(run, s);
    st = smooth(run, s, err);
    if (st != VT_OK) return vt_error_about(err, s->name);
    s->noise = hypot(s->noise, quantisation(s));
    return VT_OK;
}
