/* What the user must know about the regime of the conditions (ledger A11 to A14), in words. */
#include "molding.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <vitrum/molding_law.h>
#include <vitrum/relaxation.h>

/* Conditions that a warning concerns, as text. */
struct list {
    char text[400];
    size_t n;
};

static void mention(struct list *l, const vti_condition *c, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static void mention(struct list *l, const vti_condition *c, const char *fmt, ...)
{
    char label[96];
    size_t used = strlen(l->text);
    l->n++;
    if (used + 120 > sizeof l->text) {
        if (strcmp(l->text + used - 3, "...") != 0) snprintf(l->text + used, sizeof l->text - used, ", ...");
        return;
    }
    used += (size_t)snprintf(l->text + used, sizeof l->text - used, "%s%s ", used ? ", " : "",
                             vti_mold_label(c, label, sizeof label));
    va_list args;
    va_start(args, fmt);
    vsnprintf(l->text + used, sizeof l->text - used, fmt, args);
    va_end(args);
}

static vt_status entrance(vti_mold_run *run, vt_error *err)
{
    struct list l = {0};
    if (run->par->entrance) return VT_OK;
    for (size_t k = 0; k < run->nc; k++) {
        const double x = run->c[k].min_aspect;
        if (x < 5.0)
            mention(&l, &run->c[k], "(L/d = %.2g, up to %.0f %%)", x, 100.0 * (1.0 - x / (x + VT_MOLDING_ENTRANCE)));
    }
    if (l.n == 0) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_ENTRANCE",
        "short wires: the resistance of the pore entrance, which this fit leaves out, would lower the "
        "viscosity at %s; entrance=yes takes it into account",
        l.text);
}

static vt_status imprint(vti_mold_run *run, vt_error *err)
{
    struct list stubs = {0}, unknown = {0};
    for (size_t k = 0; k < run->nc; k++) {
        const vti_condition *c = &run->c[k];
        if (c->min_aspect < 0.5) mention(&stubs, c, "(L/d = %.2g)", c->min_aspect);
        if (!c->imprint_given && isfinite(c->best.ln_a)) {
            const double share = pow(run->par->imprint, 2.0) / exp(c->best.ln_a); /* of a d^2 that L0^2 makes up */
            if (share < 0.9)
                mention(&unknown, c, "(up to %.0f %%)", 100.0 * share / (1.0 - share));
            else
                mention(&unknown, c, "(without limit)");
        }
    }
    vt_status st = VT_OK;
    if (stubs.n > 0)
        st = vt_result_warn(run->result, err, "W_IMPRINT", "lengths below half a diameter are imprints, not wires: %s",
                            stubs.text);
    if (st == VT_OK && unknown.n > 0)
        st = vt_result_warn(
            run->result, err, "W_IMPRINT",
            "imprint_length is not given; an imprint of up to %.2g d would raise the viscosity at %s. It "
            "is in u, not in the interval",
            run->par->imprint, unknown.text);
    return st;
}

static vt_status counts(vti_mold_run *run, vt_error *err)
{
    struct list few = {0}, none = {0};
    for (size_t k = 0; k < run->nc; k++) {
        const vti_condition *c = &run->c[k];
        double least = INFINITY;
        for (size_t i = c->first; i < c->first + c->n; i++)
            if (isfinite(run->count[i])) least = fmin(least, run->count[i]);
        if (least < 5.0) mention(&few, c, "(%.0f)", least);
        if (c->relative) mention(&none, c, "(%zu lengths)", c->n);
    }
    vt_status st = VT_OK;
    if (few.n > 0) st = vt_result_warn(run->result, err, "W_N", "fewer than 5 wires per diameter at %s", few.text);
    if (st == VT_OK && none.n > 0)
        st = vt_result_warn(run->result, err, "W_N",
                            "length_sd or count is missing; the scatter is taken from the fit itself at %s", none.text);
    return st;
}

static vt_status stress(vti_mold_run *run, vt_error *err)
{
    struct list l = {0};
    for (size_t k = 0; k < run->nc; k++)
        if (run->c[k].max_stress > 100e6) mention(&l, &run->c[k], "(%.3g MPa)", 1e-6 * run->c[k].max_stress);
    if (l.n == 0) return VT_OK;
    return vt_result_warn(run->result, err, "W_NONNEWT",
                          "wall shear stress p d/(4 L) above 100 MPa, where metallic glass flows non-Newtonian, at %s: "
                          "the viscosity there is apparent",
                          l.text);
}

static vt_status capillary(vti_mold_run *run, vt_error *err)
{
    struct list l = {0};
    if (run->par->capillary) return VT_OK;
    for (size_t k = 0; k < run->nc; k++)
        if (run->c[k].max_capillary > 0.05) mention(&l, &run->c[k], "(%.0f %%)", 100.0 * run->c[k].max_capillary);
    if (l.n == 0) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_CAPILLARY",
        "capillary pressure 4 gamma cos(theta)/d with gamma = %.3g N/m, theta = %.3g deg exceeds 5 %% of "
        "the pressure in the smallest pores at %s; capillary=yes takes it into account",
        run->known.surface_tension, run->known.contact_angle * 180.0 / 3.14159265358979323846, l.text);
}

/* Time of the run over the relaxation time of the equilibrium liquid. */
static vt_status equilibrium(vti_mold_run *run, vt_error *err)
{
    struct list l = {0};
    const vt_kink_law *v = &run->laws.viscosity;
    if (!run->laws.has_viscosity) return VT_OK;
    for (size_t k = 0; k < run->nc; k++) {
        const vti_condition *c = &run->c[k];
        const double up = c->T > v->T0 ? v->B / (c->T - v->T0) - v->B / (run->known.Tg - v->T0) : INFINITY;
        const double ratio = c->t / (run->known.tau_g * exp(up));
        if (ratio < 3.0) mention(&l, c, "(%.2g)", ratio);
    }
    if (l.n == 0) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_EQUILIBRIUM",
        "time over the relaxation time of the VFT liquid is below 3 at %s: the viscosity there belongs "
        "to a glass that has not relaxed and is apparent",
        l.text);
}

static vt_status maxwell(vti_mold_run *run, vt_error *err)
{
    double ratio;
    if (!run->laws.has_viscosity) return VT_OK;
    const double eta = exp(run->laws.value[VTI_LAW_LN_ETA]), tau = run->known.tau_g, G = run->known.shear_modulus;
    const vt_status st = vt_maxwell_ratio(eta, tau, G, &ratio, err);
    if (st != VT_OK || (ratio >= VT_MAXWELL_LOW && ratio <= VT_MAXWELL_HIGH)) return st;
    return vt_result_warn(
        run->result, err, "W_MAXWELL",
        "viscosity over relaxation time at tg is %.3g MPa, %.2g of the shear modulus %.3g GPa: they do "
        "not belong to one process; tau is used only as proportional to the viscosity",
        1e-6 * eta / tau, ratio, 1e-9 * G);
}

static vt_status misfit(vti_mold_run *run, vt_error *err)
{
    struct list l = {0};
    for (size_t k = 0; k < run->nc; k++)
        if (!run->c[k].relative && run->c[k].scale > 1.0) mention(&l, &run->c[k], "(chi2/nu = %.2g)", run->c[k].scale);
    if (l.n == 0) return VT_OK;
    return vt_result_warn(run->result, err, "W_MISFIT",
                          "the lengths scatter more about the model than wires and pores explain at %s; intervals are "
                          "widened by that",
                          l.text);
}

/* Free exponents should include 1 and -1/2 (P09 step 3). */
static vt_status slopes(vti_mold_run *run, vt_error *err)
{
    struct list l = {0};
    for (size_t k = 0; k < run->nc; k++) {
        const vti_condition *c = &run->c[k];
        const vti_length_fit *f = &c->fit[VTI_FREE];
        if (!c->fitted[VTI_FREE] || c->side != VTI_BOTH_SIDES) continue;
        const double root = sqrt(c->scale) * 2.576; /* 99 %: two exponents at several conditions are looked at */
        if (fabs(f->alpha - 1.0) > root * f->u_alpha || fabs(f->beta + 0.5) > root * f->u_beta)
            mention(&l, c, "(%.2f and %.2f)", f->alpha, f->beta);
    }
    if (l.n == 0) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_SLOPES",
        "exponents of length against diameter, left free, exclude 1 or -0.5 at %s: another mechanism or "
        "a diameter-dependent error is at work",
        l.text);
}

vt_status vti_mold_warn(vti_mold_run *run, vt_error *err)
{
    vt_status st;
    VT_TRY(st = counts(run, err));
    VT_TRY(st = misfit(run, err));
    VT_TRY(st = slopes(run, err));
    VT_TRY(st = imprint(run, err));
    VT_TRY(st = entrance(run, err));
    VT_TRY(st = capillary(run, err));
    VT_TRY(st = stress(run, err));
    VT_TRY(st = equilibrium(run, err));
    VT_TRY(st = maxwell(run, err));
done:
    return st;
}
