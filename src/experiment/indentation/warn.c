/* What a user should know about single tests: failures, zero point, drift, pop-ins. */
#include "reduce_internal.h"
#include <math.h>
#include <stdio.h>

enum { TOLD = 5 };

static vt_status failures(vti_indentation_run *run, vt_error *err)
{
    size_t n = 0;
    vt_status st = VT_OK;
    for (size_t i = 0; i < run->n && st == VT_OK; i++) {
        const vti_indent_result *r = &run->res[i];
        char cycle[32] = "";
        if (r->verdict.status == VT_OK || ++n > TOLD) continue;
        if (r->cycle < run->set.ncycles && run->set.indent[r->indent].ncycles > 1)
            snprintf(cycle, sizeof cycle, ", cycle %ld", run->set.cycle[r->cycle].number);
        st = vt_result_warn(run->result, err, "W_INDENT", "%s%s: %s: %s", vti_result_test(run, r), cycle,
                            vt_status_name(r->verdict.status), r->verdict.why);
    }
    if (n > TOLD && st == VT_OK)
        st = vt_result_warn(run->result, err, "W_INDENT",
                            "%zu more of %zu indents and cycles are left out; the table of indents gives the codes",
                            n - TOLD, run->n);
    return st;
}

/* How many tests something holds for, and the one where it is largest. */
struct found {
    size_t n, worst;
    double value;
};

static void note(struct found *f, size_t i, double value)
{
    if (f->n++ == 0 || value > f->value) {
        f->value = value;
        f->worst = i;
    }
}

static double deepest(const vti_indentation_run *run, const vti_indent *s)
{
    double h = 0.0;
    for (size_t k = 0; k < s->ncycles; k++) h = fmax(h, run->set.cycle[s->first_cycle + k].h);
    return h;
}

static vt_status zero_and_drift(vti_indentation_run *run, vt_error *err)
{
    static const double WARN = 0.05e-9; /* m/s, P18 */
    struct found zero = {0}, drift = {0}, turned = {0}, anew = {0}, doubted = {0};
    for (size_t i = 0; i < run->set.n; i++) {
        const vti_indent *s = &run->set.indent[i];
        const double h = deepest(run, s);
        if (h > 0.0 && s->u_h0 > 0.01 * h) note(&zero, i, s->u_h0 / h);
        if (fabs(s->drift) > WARN) note(&drift, i, fabs(s->drift));
        if (s->doubted) note(&doubted, i, fabs(s->h0));
        if (s->turned) note(&turned, i, 0.0);
        if (s->restarts) note(&anew, i, 0.0);
    }
    vt_status st = VT_OK;
    const vti_indent *s = run->set.indent;
    if (zero.n > 0)
        st = vt_result_warn(
            run->result, err, "W_ZERO",
            "the zero point of %zu of %zu tests is uncertain by more than 1 %% of the depth: %s by %.3g nm, "
            "%.2g %%",
            zero.n, run->set.n, s[zero.worst].test, 1e9 * s[zero.worst].u_h0, 100.0 * zero.value);
    if (st == VT_OK && drift.n > 0)
        st = vt_result_warn(run->result, err, "W_DRIFT",
                            "thermal drift of %zu of %zu tests is above %.2g nm/s: %s at %.3g nm/s%s", drift.n,
                            run->set.n, 1e9 * WARN, s[drift.worst].test, 1e9 * s[drift.worst].drift,
                            s[drift.worst].drift_corrected ? ", which is taken off" : ", which is not taken off here");
    if (st == VT_OK && doubted.n > 0)
        st = vt_result_warn(
            run->result, err, "W_ZERO",
            "the load of %zu of %zu tests rises elsewhere than at the surface that the file gives (%s: at "
            "%.3g nm): the fitted zero point is used; --set zero=file takes that of the file",
            doubted.n, run->set.n, s[doubted.worst].test, 1e9 * s[doubted.worst].h0);
    if (st == VT_OK && anew.n > 0)
        st =
            vt_result_warn(run->result, err, "W_TIME",
                           "time begins anew within the records of %zu of %zu tests and is not used: no drift is found",
                           anew.n, run->set.n);
    if (st == VT_OK && turned.n > 0)
        st = vt_result_warn(run->result, err, "W_SIGN",
                            "%zu of %zu tests have pushing or depth negative; their signs are turned", turned.n,
                            run->set.n);
    return st;
}

/* Without a hold the drift is not in the budget, unless its uncertainty is stated. */
static vt_status unknown_drift(vti_indentation_run *run, vt_error *err)
{
    static const double USUAL = 0.05e-9; /* m/s, P18: what is warned of where it is known */
    struct found f = {0};
    double moved = 0.0;
    for (size_t i = 0; i < run->set.n; i++) {
        const vti_indent *s = &run->set.indent[i];
        if (s->verdict.status != VT_OK || isfinite(s->drift) || isfinite(s->vendor_drift) || s->file_zero) continue;
        if (!s->t || s->u_rate > 0.0) continue;
        const size_t last =
            s->ncycles > 0 ? run->set.cycle[s->first_cycle + s->ncycles - 1].span.unload_from : s->n - 1;
        const double h = s->h[last] - s->h0, by = USUAL * fabs(s->t[last] - s->t0);
        if (h > 0.0) note(&f, i, by / h);
        if (h > 0.0 && f.worst == i) moved = by;
    }
    if (f.n == 0) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_DRIFT",
        "%zu of %zu tests have no hold at low load that could tell their thermal drift: it is neither taken off nor in "
        "the uncertainties; 0.05 nm/s would move the depth of %s by %.2g nm, %.2g %%; state what it may be with --set "
        "drift_u=...",
        f.n, run->set.n, run->set.indent[f.worst].test, 1e9 * moved, 100.0 * f.value);
}

static vt_status popins(vti_indentation_run *run, vt_error *err)
{
    struct found f = {0};
    double lowest = INFINITY, highest = 0.0;
    for (size_t i = 0; i < run->set.n; i++) {
        const vti_indent *s = &run->set.indent[i];
        if (s->npopins == 0) continue;
        note(&f, i, s->popin_length);
        lowest = fmin(lowest, s->popin_load);
        highest = fmax(highest, s->popin_load);
    }
    if (f.n == 0) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_POPIN",
        "%zu of %zu tests have pop-ins in the loading, the first at %.3g to %.3g mN; the longest, of %s, "
        "is %.3g nm",
        f.n, run->set.n, 1e3 * lowest, 1e3 * highest, run->set.indent[f.worst].test, 1e9 * f.value);
}

/* The two regressions of noisy unloadings differ by the noise of depth. */
static vt_status regressions(vti_indentation_run *run, vt_error *err)
{
    size_t n = 0, failed = 0, first = 0;
    double ratio = 0.0;
    for (size_t i = 0; i < run->n; i++) {
        const vti_indent_result *r = &run->res[i];
        vti_indent_result other;
        if (r->average || r->verdict.status != VT_OK || !vti_two_readings(run, r)) continue;
        if (n++ == 0) first = i;
        if (vti_indentation_other(run, r, &other, NULL) != VT_OK)
            failed++;
        else
            ratio = fmax(ratio, other.out[VT_CONTACT_REDUCED].value / r->out[VT_CONTACT_REDUCED].value);
    }
    if (n == 0) return VT_OK;
    const vti_indent_result *r = &run->res[first];
    char by[80] = "";
    if (ratio > 1.0) snprintf(by, sizeof by, ", by up to %.2g %% of the modulus", 100.0 * (ratio - 1.0));
    return vt_result_warn(
        run->result, err, "W_REGRESSION",
        "noise of depth is a large part of the recovery of %zu unloadings (%s: %.2g of %.3g nm): the "
        "regression of load on depth, as instruments do it (reading paper), is too soft there%s; that of "
        "depth on load (physics) leaves the exponent open for %zu of them",
        n, vti_result_test(run, r), 1e9 * run->set.cycle[r->cycle].other.s, 1e9 * run->set.cycle[r->cycle].other.D, by,
        failed);
}

static vt_status windows(vti_indentation_run *run, vt_error *err)
{
    size_t n = 0, serial = 0;
    for (size_t i = 0; i < run->n; i++)
        n += run->res[i].average && run->res[i].verdict.status == VT_OK && run->res[i].window == VTI_WINDOW_VENDOR;
    for (size_t i = 0; i < run->set.ncycles; i++) serial += run->set.cycle[i].fit.correlated;
    vt_status st = VT_OK;
    if (n > 0)
        st = vt_result_warn(run->result, err, "W_PLATEAU",
                            "P/S^2 of %zu tests is flat nowhere; they are averaged over the window of the vendor", n);
    if (st == VT_OK && serial > 0)
        st = vt_result_warn(
            run->result, err, "W_DOF",
            "residuals of %zu of %zu unloading fits are misfit of the power law rather than noise; their "
            "uncertainties rest on fewer than 8 effective points",
            serial, run->set.ncycles);
    return st;
}

vt_status vti_indentation_warn(vti_indentation_run *run, vt_error *err)
{
    vt_status st = failures(run, err);
    if (st == VT_OK) st = zero_and_drift(run, err);
    if (st == VT_OK) st = unknown_drift(run, err);
    if (st == VT_OK) st = popins(run, err);
    if (st == VT_OK) st = regressions(run, err);
    if (st == VT_OK) st = windows(run, err);
    if (st == VT_OK) st = vti_indentation_area_printed(run, err);
    return st;
}
