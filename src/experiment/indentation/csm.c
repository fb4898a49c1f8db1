/* Continuous stiffness: the contact chain at every depth of the loading, averaged over a window (P20). */
#include "measure_internal.h"
#include "reduce_internal.h"
#include <math.h>
#include <stdlib.h>
#include <vitrum/csm.h>

bool vti_csm_has(const vti_indent *s)
{
    size_t good = 0;
    for (size_t i = 0; s->S && i < s->n; i++) good += s->S[i] > 0.0;
    return 5 * good > s->n;
}

size_t vti_csm_end(const vti_indentation_run *run, const vti_indent *s)
{
    if (s->ncycles > 0) return run->set.cycle[s->first_cycle].span.hold_from;
    size_t top = 0;
    for (size_t i = 1; i < s->n; i++)
        if (s->P[i] > s->P[top]) top = i;
    return s->n ? top + 1 : 0;
}

double vti_csm_swing(const vti_indentation_params *p, const vti_indent *s, size_t i)
{
    const double a = s->amplitude ? s->amplitude[i] : p->csm_displacement;
    return p->amplitude == 0 ? sqrt(2.0) * a : a;
}

bool vti_csm_amplitude(const vti_indentation_run *run, const vti_indent *s)
{
    return s->amplitude || isfinite(run->par->csm_displacement);
}

/* Exponent of the recovery that the tip follows in each swing: that of the unloading, else a usual one; 1.2 to 1.5
 * changes the correction by little. A compliance C that the fit did not know of makes the exponent too small: where the
 * slopes of both curves at 0.6 P agree in their bend, 1 - 1/m grows by slope/(slope - C P), slope = dh/d(P/P_max). */
static double recovery(const vti_indentation_run *run, const vti_indent *s, double C, double *u)
{
    *u = 0.1; /* of 1.2 to 1.6 */
    for (size_t k = s->ncycles; k-- > 0;) {
        const vti_indent_cycle *y = &run->set.cycle[s->first_cycle + k];
        if (y->verdict.status != VT_OK) continue;
        const double slope = y->fit.D / y->m * pow(0.6, 1.0 / y->m - 1.0), rest = slope - C * y->P;
        const double bend = rest > 0.0 ? (1.0 - 1.0 / y->m) * slope / rest : 1.0;
        *u = y->fit.u_m;
        return bend > 0.1 && bend < 0.5 ? 1.0 / (1.0 - bend) : y->m;
    }
    return 1.4;
}

/* What the reading is without the bias of its amplitude: load, depth and stiffness at the peak of the swing. Frame and
 * mount swing along, by their part of the amplitude; the bias is that of the contact. */
static vt_status unbias(const vti_indentation_run *run, const vti_csm_point *at, vti_contact_reading *in, vt_error *err)
{
    const vti_indent *s = at->indent;
    double u_m;
    const double m = recovery(run, s, at->C, &u_m) + (at->other_m ? u_m : 0.0);
    const double a = vti_csm_swing(run->par, s, at->reading), C = run->C_f + at->C, force = a * in->S;
    if (!(C * in->S < 1.0))
        return vt_fail(err, VT_EUNPHYSICAL, "1/S = %g m/N is not above the compliance %g m/N of frame and mount",
                       1.0 / in->S, C);
    const vt_oscillation_point raw = {
        .P = in->P, .h = in->h, .S = in->S / (1.0 - C * in->S), .h0 = a * (1.0 - C * in->S), .F0 = force, .m = m};
    vt_oscillation_corrected peak;
    const vt_status st = vt_oscillation_correct(&raw, &peak, err);
    if (st != VT_OK) return st;
    /* P + F0 is the peak to first order in x = h0/H_e; the mean of a power law over the cycle lacks m (m - 1) x^2/4
     * more, 0.06 % of the load at x = 0.06. */
    const double x = raw.h0 * peak.S / (raw.m * peak.P);
    in->P = peak.P * (1.0 + 0.25 * raw.m * (raw.m - 1.0) * x * x);
    in->h += a;
    in->S = peak.S / (1.0 + C * peak.S);
    return VT_OK;
}

vt_status vti_csm_reading(const vti_indentation_run *run, const vti_csm_point *at, vti_contact_reading *out,
                          vt_error *err)
{
    const vti_indent *s = at->indent;
    const size_t i = at->reading;
    vti_contact_reading in = {.P = s->P[i] - s->P0,
                              .h = vti_csm_depth(s, i),
                              .S = s->S[i],
                              .m = (double)NAN,
                              .epsilon = (double)NAN,
                              .A = (double)NAN,
                              .u_zero = s->u_h0,
                              .drift = {s->t ? s->u_rate * (s->t[i] - s->t0) : 0.0}};
    if (!(in.S > 0.0) || !(in.h > 0.0) || !(in.P > 0.0))
        return vt_fail(err, VT_EDOMAIN, "load, depth or stiffness of reading %zu is not above 0", i);
    if (vti_csm_swing(run->par, s, i) > 0.0) {
        vti_contact_reading peak = in;
        const vt_status st = unbias(run, at, &peak, err); /* a tip that hops has no stiffness at all */
        if (st == VT_ETAPPING || (at->unbiased && st != VT_OK)) return st;
        if (at->unbiased) in = peak;
    } else if (at->unbiased)
        return vt_fail(err, VT_ECSM_CAL, "the amplitude of reading %zu is not known", i);
    *out = in;
    return VT_OK;
}

vt_status vti_csm_at(const vti_indentation_run *run, const vti_csm_point *at, double C,
                     vti_indent_value out[VT_CONTACT_OUTPUTS], vt_error *err)
{
    double epsilon;
    vti_contact_reading in;
    vti_csm_point with = *at;
    with.C = C;
    const vt_status st = vti_csm_reading(run, &with, &in, err);
    return st == VT_OK ? vti_contact_of(run, &in, C, out, &epsilon, err) : st;
}

vt_status vti_csm_contact(void *ctx, size_t indent, size_t reading, double mount, double *P, double *S)
{
    static const double LEAST = 50e-9; /* m: shallower readings are those of the rounded tip (P20) */
    const vti_indentation_run *run = ctx;
    const vti_indent *s = &run->set.indent[indent];
    vti_contact_reading in;
    const vti_csm_point at = {
        .indent = s, .reading = reading, .unbiased = vti_csm_swing(run->par, s, reading) > 0.0, .C = mount};
    const vt_status st = vti_csm_reading(run, &at, &in, NULL);
    if (st != VT_OK) return st;
    const double C = 1.0 / in.S - run->C_f;
    if (!(in.h > LEAST) || !(C > 0.0)) return VT_ERANGE;
    *P = in.P;
    *S = 1.0 / C;
    return VT_OK;
}

/* ---- stiffness from amplitude and phase ---- */
static bool dynamic_channels(const vti_indent *s)
{
    return s->amplitude && s->force && s->phase && s->frequency;
}

/* One reading; NaN where the tip does not swing or the contact cannot be told from the spring. */
static vt_status stiffness_at(const vti_indentation_params *p, const vti_indent *s, size_t i, double *S, vt_error *err)
{
    const vt_oscillation o = {.F0 = s->force[i],
                              .h0 = s->amplitude[i],
                              .phi = s->phase[i],
                              .omega = 2.0 * 3.14159265358979323846 * s->frequency[i],
                              .K_s = p->support_stiffness,
                              .mass = p->moving_mass,
                              .D = (double)NAN};
    const vt_status st = vt_oscillation_stiffness(&o, S, NULL, err);
    return st == VT_ECSM_CAL ? st : VT_OK;
}

static vt_status compute_stiffness(const vti_indentation_params *p, vti_indent *s, vt_error *err)
{
    s->computed = malloc((s->n + 1) * sizeof *s->computed);
    if (!s->computed) return vt_fail(err, VT_EMEMORY, "no memory for %zu readings", s->n);
    for (size_t i = 0; i < s->n; i++) {
        s->computed[i] = (double)NAN;
        if (!(s->force[i] > 0.0) || !(s->amplitude[i] > 0.0) || !(s->frequency[i] > 0.0) || !isfinite(s->phase[i]))
            continue;
        const vt_status st = stiffness_at(p, s, i, &s->computed[i], err);
        if (st != VT_OK) return st;
    }
    s->S = s->computed;
    return VT_OK;
}

vt_status vti_csm_prepare(vti_indentation_run *run, vt_error *err)
{
    const vti_indentation_params *p = run->par;
    const bool wanted = p->method == VTI_METHOD_CSM;
    const bool calibrated = isfinite(p->support_stiffness) && isfinite(p->moving_mass);
    if (p->method == VTI_METHOD_UNLOADING) return VT_OK;
    for (size_t i = 0; i < run->set.n; i++) {
        vti_indent *s = &run->set.indent[i];
        vt_error why = {0};
        if (s->S) continue;
        if (wanted && !dynamic_channels(s))
            vt_fail(&why, VT_ECSM_CAL,
                    "no column 'stiffness', and not all of harmonic_load, harmonic_displacement, phase and frequency; "
                    "take --set method=unloading");
        else if (dynamic_channels(s) && (wanted || calibrated))
            (void)compute_stiffness(p, s, &why);
        if (why.code == VT_EMEMORY) return vt_fail(err, why.code, "%s", why.msg);
        if (why.code != VT_OK) vti_verdict_set(&s->verdict, &why);
    }
    return VT_OK;
}

/* ---- window ---- */
/* P/S^2 is that of the contact: a frame that is known but still in S would bend it. */
static vt_status plateau(const vti_indentation_run *run, const vti_indent *s, size_t end, double *low, double *high,
                         vt_error *err)
{
    double *h = malloc((3 * end + 1) * sizeof *h);
    if (!h) return vt_fail(err, VT_EMEMORY, "no memory for %zu readings", end);
    double *P = h + end, *S = P + end;
    for (size_t i = 0; i < end; i++) {
        h[i] = vti_csm_depth(s, i);
        P[i] = s->P[i] - s->P0;
        S[i] = s->S[i] > 0.0 ? 1.0 / (1.0 / s->S[i] - run->C_f) : 0.0; /* not > 0: passed over */
    }
    vt_plateau found;
    const vt_status st = vt_plateau_find(end, h, P, S, NULL, &found, err);
    free(h);
    if (st != VT_OK) return st;
    *low = found.low;
    *high = found.high;
    return VT_OK;
}

vt_status vti_csm_span(const vti_indentation_run *run, const vti_indent *s, double low, double high,
                       vti_indent_result *r, vt_error *err)
{
    const size_t end = vti_csm_end(run, s);
    if (!(low < high))
        return vt_fail(err, VT_ERANGE, "depth_low = %g nm is not below depth_high = %g nm", 1e9 * low, 1e9 * high);
    r->from = s->contact;
    while (r->from < end && !(vti_csm_depth(s, r->from) >= low)) r->from++;
    r->to = end;
    while (r->to > r->from && !(vti_csm_depth(s, r->to - 1) <= high)) r->to--;
    if (r->to - r->from >= 3) return VT_OK;
    return vt_fail(err, VT_EDOF, "fewer than 3 readings between %.4g and %.4g nm", 1e9 * low, 1e9 * high);
}

/* Is contact lost in most swings of the loading? err then tells of the last one. */
static vt_status hopping(const vti_indentation_run *run, const vti_indent *s, size_t end, vt_error *err)
{
    size_t lost = 0, kept = 0;
    for (size_t i = s->contact; i < end; i++) {
        vti_contact_reading in;
        const vt_status st = vti_csm_reading(run, &(vti_csm_point){.indent = s, .reading = i}, &in, err);
        lost += st == VT_ETAPPING;
        kept += st == VT_OK;
    }
    if (lost <= kept) return VT_OK;
    return vt_fail(
        err, VT_ETAPPING,
        "the tip leaves the surface in the swings of %zu of %zu readings: 2 h0 is above m P/S; take a smaller "
        "amplitude, or --set method=unloading",
        lost, lost + kept);
}

vt_status vti_csm_window(const vti_indentation_run *run, const vti_indent *s, vti_indent_result *r, vt_error *err)
{
    double low = run->par->depth_low, high = run->par->depth_high;
    const size_t end = vti_csm_end(run, s);
    vt_status st = hopping(run, s, end, err);
    if (st != VT_OK) return st;
    if (isfinite(low) != isfinite(high)) return vt_fail(err, VT_EARG, "give both depth_low and depth_high, or none");
    r->window = VTI_WINDOW_GIVEN;
    if (!isfinite(low)) {
        r->window = VTI_WINDOW_PLATEAU;
        st = plateau(run, s, end, &low, &high, err);
        if (st == VT_ENOT_STEADY && isfinite(s->window[0])) {
            st = VT_OK;
            r->window = VTI_WINDOW_VENDOR;
            low = s->window[0];
            high = s->window[1];
        }
    }
    return st == VT_OK ? vti_csm_span(run, s, low, high, r, err) : st;
}

/* Sums over the readings of a window. */
struct sums {
    size_t n;
    double P, h, square[VT_CONTACT_OUTPUTS], product[VT_CONTACT_OUTPUTS], last[VT_CONTACT_OUTPUTS];
    vti_indent_value out[VT_CONTACT_OUTPUTS];
};

static void add(struct sums *a, const vti_indent_value v[VT_CONTACT_OUTPUTS])
{
    for (int k = 0; k < VT_CONTACT_OUTPUTS; k++) {
        a->out[k].value += v[k].value;
        for (int j = 0; j < VTI_INFLUENCES; j++) a->out[k].part[j] += v[k].part[j];
    }
    a->n++;
}

/* Scatter of the readings about their mean with the lag-1 correlation that they have: u of the mean (1.3, P20). */
static void deviate(struct sums *a, const vti_indent_value mean[VT_CONTACT_OUTPUTS],
                    const vti_indent_value v[VT_CONTACT_OUTPUTS])
{
    for (int k = 0; k < VT_CONTACT_OUTPUTS; k++) {
        const double d = v[k].value - mean[k].value;
        a->square[k] += d * d;
        if (a->n > 0) a->product[k] += d * a->last[k];
        a->last[k] = d;
    }
    a->n++;
}

static double worth(const struct sums *a, int k)
{
    const double n = (double)a->n, r1 = a->square[k] > 0.0 ? a->product[k] / a->square[k] : 0.0;
    const double r = fmin(0.95, fmax(0.0, r1 + (1.0 + 3.0 * r1) / n));
    return fmax(1.0, n * (1.0 - r) / (1.0 + r));
}

/* What the uncertainty of the exponent in the correction of the amplitude does to the means. */
static void exponent_part(const vti_indentation_run *run, vti_indent_result *r, double C)
{
    const vti_indent *s = &run->set.indent[r->indent];
    vti_indent_value v[VT_CONTACT_OUTPUTS];
    double sum[VT_CONTACT_OUTPUTS] = {0}, n = 0.0;
    for (size_t j = r->from; j < r->to; j++) {
        const vti_csm_point at = {.indent = s, .reading = j, .unbiased = true, .other_m = true};
        if (vti_csm_at(run, &at, C, v, NULL) != VT_OK) continue;
        for (int k = 0; k < VT_CONTACT_OUTPUTS; k++) sum[k] += v[k].value;
        n += 1.0;
    }
    for (int k = 0; k < VT_CONTACT_OUTPUTS && n > 0.0; k++) {
        double *part = &r->out[k].part[VTI_IN_FIT];
        *part = hypot(*part, sum[k] / n - r->out[k].value);
    }
}

vt_status vti_csm_evaluate(const vti_indentation_run *run, const vti_indent_result *what, double C, bool unbiased,
                           vti_indent_result *out, vt_error *err)
{
    vti_indent_result r = *what;
    const vti_indent *s = &run->set.indent[r.indent];
    struct sums mean = {0}, spread = {0};
    vti_indent_value v[VT_CONTACT_OUTPUTS];
    vt_status st = VT_OK;
    for (size_t j = r.from; j < r.to; j++) {
        if (vti_csm_at(run, &(vti_csm_point){.indent = s, .reading = j, .unbiased = unbiased}, C, v, err) != VT_OK)
            continue;
        add(&mean, v);
        mean.P += s->P[j] - s->P0;
        mean.h += vti_csm_depth(s, j);
    }
    if (mean.n < 3)
        return vt_fail(err, VT_EDOF, "%zu readings with stiffness between %.4g and %.4g nm; 3 are needed", mean.n,
                       1e9 * vti_csm_depth(s, r.from), 1e9 * vti_csm_depth(s, r.to - 1));
    const double n = (double)mean.n;
    for (int k = 0; k < VT_CONTACT_OUTPUTS; k++) {
        r.out[k].value = mean.out[k].value / n;
        for (int j = 0; j < VTI_INFLUENCES; j++) r.out[k].part[j] = mean.out[k].part[j] / n;
    }
    for (size_t j = r.from; j < r.to; j++)
        if (vti_csm_at(run, &(vti_csm_point){.indent = s, .reading = j, .unbiased = unbiased}, C, v, NULL) == VT_OK)
            deviate(&spread, r.out, v);
    for (int k = 0; k < VT_CONTACT_OUTPUTS; k++) {
        r.n_eff = worth(&spread, k);
        r.out[k].part[VTI_IN_FIT] = sqrt(spread.square[k] / (n - 1.0) / r.n_eff);
    }
    if (unbiased) exponent_part(run, &r, C);
    r.P = mean.P / n;
    r.h = mean.h / n;
    r.m = (double)NAN;
    r.epsilon = 0.75;
    r.pile_up = (double)NAN;
    *out = r;
    return st;
}
