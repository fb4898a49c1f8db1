/* What two heatings of one piece tell: the enthalpy that the first releases (P21, steps 3 to 7). */
#include "release_internal.h"
#include "transition_internal.h"
#include <math.h>
#include <stdlib.h>

static const double SAME = 0.02; /* of the temperature: edges at one place */

/* First and second heating: as told by `scan`, else the first two in order. */
static int choose(const vti_calorimetry_run *run, size_t from, size_t to, const vti_scan *pair[2])
{
    int found = 0;
    bool told = false;
    pair[0] = pair[1] = NULL;
    for (size_t i = from; i < to; i++) told = told || run->scan[i].told;
    for (size_t i = from; i < to && found < 2; i++) {
        const vti_scan *s = &run->scan[i];
        if (s->direction <= 0 || (told && found == 1 && s->ordinal != 0 && s->ordinal == pair[0]->ordinal)) continue;
        pair[found++] = s;
    }
    return found;
}

static vt_status comparable(const vti_scan *a, const vti_scan *b, vt_error *err)
{
    const char *path = vt_table_path(b->table);
    if (a->specific != b->specific || fabs(a->par.mass / b->par.mass - 1.0) > 0.005)
        return vt_fail_at(err, VT_EMISMATCH, path, 0, 0,
                          "the scans have masses of %.5g and %.5g mg: they must be of the same piece",
                          1e6 * a->par.mass, 1e6 * b->par.mass);
    if (fabs(a->q / b->q - 1.0) > 0.02)
        return vt_fail_at(err, VT_EMISMATCH, path, 0, 0,
                          "the scans were heated at %.5g and %.5g K/min: their difference is no enthalpy; measure both "
                          "at one rate",
                          60.0 * a->q, 60.0 * b->q);
    return VT_OK;
}

/* Means of a fiftieth of a scan at its begin and its end. */
static void ends(const vti_scan *s, double *first, double *last)
{
    const size_t few = (s->to - s->from) / 50 + 1;
    *first = *last = 0.0;
    for (size_t i = 0; i < few; i++) {
        *first += s->y[s->from + i] / (double)few;
        *last += s->y[s->to - 1 - i] / (double)few;
    }
}

/* Glass and liquid take up more heat the hotter they are, and a glass transition adds to it. */
static vt_status rises(const vti_scan *b, vt_error *err)
{
    double first, last;
    ends(b, &first, &last);
    if (b->has_step || last > first) return VT_OK;
    return vt_fail_at(err, VT_ESIGN, vt_table_path(b->table), 0, 0,
                      "heat flow of the second scan falls from %.4g to %.4g W/kg, while a heat capacity rises: does it "
                      "count the other way? It is taken as %s upwards; if that is right the baseline is not level",
                      first, last, b->scale > 0.0 ? "endothermic" : "exothermic");
}

/* Heat flow of the first scan rises across a glass transition that the second does not have; 0.15 of its end. */
static bool lost_step(const vti_scan *a, const vti_scan *b)
{
    double first[2], last[2];
    /* It has an edge there, too, which scatter hides. */
    if (a->has_edge && b->has_edge && fabs(a->edge.inflection - b->edge.inflection) < SAME * b->edge.inflection &&
        b->edge.peak - b->edge.base > 0.5 * (a->edge.peak - a->edge.base))
        return false;
    ends(a, &first[0], &last[0]);
    ends(b, &first[1], &last[1]);
    return last[0] - first[0] - (last[1] - first[1]) > 0.15 * fabs(last[0]);
}

/* A second run that crystallized has no step, or less of the exotherm above it. (A glass that was quenched and aged
 * rises twice, and falls between, below the end of the step.) The heights of the steps are no measure: what the first
 * scan releases lies below its step. */
static vt_status not_crystallized(const vti_scan *a, const vti_scan *b, vt_error *err)
{
    const char *path = vt_table_path(b->table);
    if (a->has_step && !b->has_step)
        return vt_fail_at(
            err, VT_ECRYST, path, 0, 0,
            "the second scan has no glass transition (%s), the first has one at %.1f K: the piece crystallized "
            "between them, or they are exchanged; end the first scan below the onset of crystallization",
            b->why, a->step.midpoint);
    double exotherm[2] = {0.0, 0.0};
    const vti_scan *both[2] = {a, b};
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < both[k]->npeaks; i++)
            if (both[k]->peak[i].sign < 0 && both[k]->T[both[k]->peak[i].apex] > b->edge.high)
                exotherm[k] = fmax(exotherm[k], both[k]->peak[i].height);
    if (exotherm[0] > 0.0 && exotherm[1] < 0.85 * exotherm[0])
        return vt_fail_at(err, VT_ECRYST, path, 0, 0,
                          "the exotherm of crystallization is %.0f %% lower in the second scan: so much of the piece "
                          "had crystallized before",
                          100.0 * (1.0 - exotherm[1] / exotherm[0]));
    if (!a->has_step && !b->has_step && lost_step(a, b) && !vti_scan_perhaps_overshoot(b))
        return vt_fail_at(err, VT_ECRYST, path, 0, 0,
                          "heat flow of the first scan rises through a glass transition, that of the second does not: "
                          "the piece crystallized between them; end the first scan below the onset of crystallization");
    return VT_OK;
}

/* d(T) = (y1 - y2)/q at the bins of the first scan. */
static void subtract(const vti_scan *a, const vti_scan *b, vti_difference *d)
{
    size_t k = 0;
    d->n = 0;
    for (size_t i = a->from; i < a->to; i++) {
        const double T = a->T[i];
        if (T < b->T[b->from] || T > b->T[b->to - 1]) continue;
        while (k + 2 < b->n && b->T[k + 1] < T) k++;
        const double x = (T - b->T[k]) / (b->T[k + 1] - b->T[k]);
        d->T[d->n] = T;
        d->d[d->n++] = (a->y[i] - b->y[k] - x * (b->y[k + 1] - b->y[k])) / a->q;
    }
}

/* Enthalpy, and how far it moves as each window moves inwards or outwards by a quarter of its width. */
static vt_status enthalpy(vti_difference *d, vt_error *err)
{
    const vt_status st = vt_relaxation_enthalpy_find(d->n, d->T, d->d, d->w1, d->w2, &d->h, err);
    if (st != VT_OK) return st;
    const double a = 0.25 * (d->w1.high - d->w1.low), b = 0.25 * (d->w2.high - d->w2.low);
    double sum[2] = {0.0, 0.0}, n = 0.0;
    for (int k = 0; k < 2; k++) {
        const vt_window w1 = {d->w1.low, d->w1.high - (k == 0 ? a : 0.0)};
        const vt_window w2 = {d->w2.low + (k == 1 ? b : 0.0), d->w2.high};
        vt_relaxation_enthalpy other;
        if (vt_relaxation_enthalpy_find(d->n, d->T, d->d, w1, w2, &other, NULL) != VT_OK) continue;
        sum[0] += pow(other.linear - d->h.linear, 2.0);
        sum[1] += pow(other.quadratic - d->h.quadratic, 2.0);
        n += 1.0;
    }
    d->u_linear_window = n > 0.0 ? sqrt(sum[0] / n) : 0.0;
    d->u_quadratic_window = n > 0.0 ? sqrt(sum[1] / n) : 0.0;
    d->bent = fabs(d->h.quadratic - d->h.linear) > 2.0 * d->h.difference_u;
    return VT_OK;
}

static vt_status remember(vti_calorimetry_run *run, const vti_scan *s, double value, double u, vt_error *err)
{
    vti_release *more = realloc(run->release, (run->releases + 1) * sizeof *more);
    if (!more) return vt_fail(err, VT_EMEMORY, "no memory for %zu pieces", run->releases + 1);
    run->release = more;
    more[run->releases++] =
        (vti_release){.specimen = s->specimen, .group = s->group, .value = value, .u = u, .diameter = s->par.diameter};
    return VT_OK;
}

static vt_status two(vti_calorimetry_run *run, const vti_scan *a, const vti_scan *b, vt_error *err)
{
    vti_difference d = {.T = run->work, .d = run->work + VTI_SCAN_BINS, .first = a, .second = b};
    double value = 0.0, u = 0.0;
    vt_status st = comparable(a, b, err);
    if (st == VT_OK) st = vti_release_shift(run, a, b, err);
    if (st == VT_OK) st = rises(b, err);
    if (st == VT_OK) st = not_crystallized(a, b, err);
    if (st == VT_OK) st = vti_release_anchors(&d, err);
    if (st != VT_OK) return st;
    subtract(a, b, &d);
    st = vti_release_liquid(&d, err);
    if (st == VT_OK) st = enthalpy(&d, err);
    if (st == VT_OK && !a->told && !b->told && !(d.h.linear > 0.0 && d.h.quadratic > 0.0))
        return vt_fail(err, VT_EMISMATCH,
                       "the first releases nothing (%.3g J/g) over a baseline through both anchors; if the piece was "
                       "aged, number them by `scan`: 1 as made, 2 again",
                       1e-3 * d.h.linear);
    if (st == VT_OK) st = vti_release_report(run, &d, &value, &u, err);
    if (st == VT_OK) st = remember(run, a, value, u, err);
    return st == VT_OK ? vti_release_figure(run, &d, err) : st;
}

vt_status vti_piece_release(vti_calorimetry_run *run, size_t from, size_t to, vt_error *err)
{
    const vti_scan *pair[2];
    const int n = choose(run, from, to, pair);
    const char *name = run->scan[from].specimen;
    if (n == 0) return VT_OK;
    if (n == 1) return vti_release_paper(run, pair[0], err);
    const vti_scan *a = pair[0], *b = pair[1];
    const bool meant = a->told || b->told;
    if (!a->specific || !isfinite(a->q) || !b->specific || !isfinite(b->q))
        return vt_result_warn(run->result, err, "W_NO_ENTHALPY", "%s%sno relaxation_enthalpy: %s not known", name,
                              name[0] ? ": " : "", a->specific && b->specific ? "the rate is" : "the mass is");
    vt_error why = {0};
    const vt_status st = two(run, a, b, &why);
    if (st == VT_OK) return VT_OK;
    if (meant || st == VT_EMEMORY) {
        if (err) *err = why;
        return st;
    }
    /* Nobody said that these two heatings are to be compared. */
    return vt_result_warn(run->result, err, "W_NO_ENTHALPY", "%s%s%s and %s give no relaxation_enthalpy: %s", name,
                          name[0] ? ": " : "", a->label, b->label, why.msg);
}
