/* The three tests side by side: table, pairs that do not agree, and whether a factor of the modulus is why. */
#include "experiment/emit_internal.h"
#include "rheology_internal.h"
#include <math.h>

static bool same_specimen(const vti_rheology_record *a, const vti_rheology_record *b)
{
    return a->T == b->T || (isnan(a->T) && isnan(b->T));
}

static void record(const void *of, size_t i, double *number, const char **text)
{
    const vti_rheology_record *r = &((const vti_rheology_run *)of)->record[i];
    *number++ = r->T;
    *number++ = r->found ? r->simple : NAN;
    *number++ = r->found ? r->eta : NAN;
    *number++ = r->found ? r->low : NAN;
    *number++ = r->found ? r->high : NAN;
    *number = r->bound > 0.0 ? r->bound : NAN;
    text[0] = r->label;
}

static vt_status table(vti_rheology_run *run, vt_error *err)
{
    static const vti_column COLUMNS[] = {{.name = "test"},
                                         {.name = "temperature", .unit = "K"},
                                         {.name = "viscosity_paper", .unit = "Pa s"},
                                         {.name = "viscosity", .unit = "Pa s"},
                                         {.name = "low", .unit = "Pa s"},
                                         {.name = "high", .unit = "Pa s"},
                                         {.name = "lower_bound", .unit = "Pa s"},
                                         {0}};
    const vti_rows rows = {"viscosities", "Viscosity by test", run->records, COLUMNS, record, run};
    return vti_emit_rows(run->result, &rows, err);
}

static vt_status pair(vti_rheology_run *run, const vti_rheology_record *a, const vti_rheology_record *b, vt_error *err)
{
    if (!a->found || !b->found || (a->low <= b->high && b->low <= a->high)) return VT_OK;
    return vt_result_warn(run->result, err, "W_DISAGREE",
                          "%s and %s do not agree: %.3g (%.3g to %.3g) and %.3g (%.3g to %.3g) Pa s, a factor %.2f",
                          a->label, b->label, a->eta, a->low, a->high, b->eta, b->low, b->high,
                          fmax(a->eta, b->eta) / fmin(a->eta, b->eta));
}

/* Ratio of the modulus that the spectrum means to the one that relaxation measured, where both were measured: ratio
 * holds n values. */
static size_t ratios(const vti_rheology_record *relaxed, const vti_rheology_record *swept, double *ratio)
{
    double lowest = INFINITY, highest = 0.0, next = 0.0;
    size_t n = 0;
    for (size_t i = 0; i < swept->n; i++) {
        lowest = fmin(lowest, swept->x[i]);
        highest = fmax(highest, swept->x[i]);
    }
    for (size_t i = 0; i < relaxed->n; i++) {
        const double t = relaxed->x[i];
        if (t < 1.0 / highest || t > 1.0 / lowest || t > relaxed->integral.cut || !(relaxed->a[i] > 0.0)) continue;
        if (!(relaxed->a[i] > 10.0 * relaxed->integral.noise) || t < next) continue;
        next = 1.05 * t; /* all decades count alike */
        ratio[n++] = vti_rheology_modulus(&swept->zone, t) / relaxed->a[i];
    }
    return n;
}

/* A temperature that differs shifts times and leaves the moduli; a gap, a filling or a strain that differs scales the
 * moduli at all times alike. */
static vt_status scale(vti_rheology_run *run, const vti_rheology_record *relaxed, const vti_rheology_record *swept,
                       vt_error *err)
{
    double *ratio = run->work, *scratch = run->work + relaxed->n;
    const size_t n = ratios(relaxed, swept, ratio);
    if (n < 8) return VT_OK;
    const double middle = vti_quantile(ratio, n, 1, 0.5, scratch), low = vti_quantile(ratio, n, 1, 0.1, scratch),
                 high = vti_quantile(ratio, n, 1, 0.9, scratch);
    const vti_value v = {.name = "modulus_ratio",
                         .symbol = "f_G",
                         .unit = "1",
                         .method = "modulus by oscillation over that by relaxation, median over common times",
                         .value = middle,
                         .u = (high - low) / (2.0 * 1.2816), /* of a normal spread: its quantiles 0.1 and 0.9 */
                         .T = relaxed->T};
    const vt_status st = vti_emit_value(run->result, &v, err);
    if (st != VT_OK || fabs(middle - 1.0) <= VT_RHEOLOGY_SHARE) return st;
    return vt_result_warn(
        run->result, err, "W_SCALE",
        "%s: the modulus by oscillation is %.2f times that measured (80 %% of the times: %.2f to %.2f). "
        "%s",
        relaxed->label, middle, low, high,
        high - low <= VT_RHEOLOGY_SHARE * middle
            ? "A factor at all times alike is one of stress or strain (gap, filling, calibration), not "
              "of temperature"
            : "It changes with time, as a difference in temperature would make it");
}

vt_status vti_rheology_compare(vti_rheology_run *run, vt_error *err)
{
    vt_status st = table(run, err);
    for (size_t i = 0; st == VT_OK && i < run->records; i++)
        for (size_t k = 0; st == VT_OK && k < run->records; k++) {
            const vti_rheology_record *a = &run->record[i], *b = &run->record[k];
            if (i == k || !a->done || !b->done || !same_specimen(a, b)) continue;
            if (i < k) st = pair(run, a, b, err);
            if (st == VT_OK && a->test == VTI_RELAXATION && b->test == VTI_OSCILLATION) st = scale(run, a, b, err);
        }
    return st;
}
