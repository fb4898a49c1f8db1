/* P22: dogbones and overlaps. As long as all of a specimen is elastic it is a uniform beam of the effective length;
 * where its narrow part flows, what is beyond stays elastic and is a compliance in series. And two actuators at its
 * ends. */
#include "onchip_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

/* The profile of the wafer, for a specimen of this width. */
static vt_status of_profile(const vti_onchip_run *run, vti_onchip_beam *b, vt_error *err)
{
    const vt_list *x = &run->par.profile_position, *w = &run->par.profile_width;
    double L, narrow = INFINITY;
    if (x->n != w->n)
        return vt_fail(err, VT_ESHAPE, "places in profile_position: %zu, widths in profile_width: %zu; give as many",
                       x->n, w->n);
    vt_error why = {0};
    const vt_status st = vt_onchip_effective_length(x->n, x->x, w->x, b->own.w, &L, &why);
    if (st != VT_OK) return vt_fail(err, st == VT_EARG ? VT_ESHAPE : st, "profile of the dogbone: %.400s", why.msg);
    for (size_t i = 0; i < w->n; i++) narrow = fmin(narrow, w->x[i]);
    if (!(fabs(narrow / b->own.w - 1.0) < 0.05))
        return vt_fail(err, VT_EMISMATCH,
                       "profile_width is %.6g um at its narrowest, width of structure '%.60s' %.6g um: one of them is "
                       "not of this dogbone",
                       1e6 * narrow, b->name, 1e6 * b->own.w);
    if (isnan(b->L_tot)) b->L_tot = x->x[x->n - 1] - x->x[0];
    if (isnan(b->L_eff)) b->L_eff = L;
    const vt_status fits = vti_onchip_geometry(run, "effective_length", b->L_eff, b->table, b->row, err);
    return fits == VT_OK ? vti_onchip_geometry(run, "total_length", b->L_tot, b->table, b->row, err) : fits;
}

vt_status vti_onchip_dogbone(const vti_onchip_run *run, vti_onchip_beam *b, vt_error *err)
{
    const double L0 = b->own.L0;
    const bool profile = run->par.profile_position.n > 0 || run->par.profile_width.n > 0;
    const vt_table *t = run->job->tables[b->table];
    if ((isnan(b->L_eff) || isnan(b->L_tot)) && profile) {
        const vt_status st = of_profile(run, b, err);
        if (st != VT_OK) return st;
    }
    if (isnan(b->L_eff)) b->L_eff = L0;
    if (isnan(b->L_tot)) b->L_tot = b->L_eff;
    /* Widths of the narrow part as measured scatter about the width: 2 % of its length. */
    if (b->L_eff >= 0.98 * L0 && b->L_tot >= 0.98 * L0) return VT_OK;
    return vt_fail_at(err, VT_EMISMATCH, vt_table_path(t), vt_table_line(t, b->row), 0,
                      "structure '%.60s': a dogbone of %.6g um, as stiff as %.6g um, is shorter than its narrow part, "
                      "specimen_length = %.6g um",
                      b->name, 1e6 * b->L_tot, 1e6 * b->L_eff, 1e6 * L0);
}

double vti_onchip_noise(const vti_onchip_run *run, size_t beam)
{
    return run->par.displacement_u * sqrt(run->beam[beam].ends);
}

bool vti_onchip_in_series(const vti_onchip_run *run, size_t beam)
{
    const vti_onchip_beam *b = &run->beam[beam];
    return b->L_eff > b->own.L0 || b->L_eff < b->own.L0 || b->L_tot > b->own.L0 || b->L_tot < b->own.L0;
}

double vti_onchip_mismatch(const vti_onchip_run *run, const vti_onchip_pass *pass, size_t beam)
{
    const double own = run->beam[beam].own.eps, fitted = pass->out[VTI_CHIP_EPS];
    return isfinite(own) ? own : isfinite(fitted) ? fitted : 0.0;
}

/* Effective length as the inputs have it. */
static double effective(const vti_onchip_beam *b, const vti_onchip_inputs *in)
{
    return exp(in->x[VTI_WAFER_L0]) * (b->own.L0 + (b->L_eff - b->own.L0) * exp(in->x[VTI_WAFER_SERIES]));
}

vt_onchip_structure vti_onchip_structure_of(const vti_onchip_run *run, const vti_onchip_inputs *in, size_t beam)
{
    const vti_onchip_beam *its = &run->beam[beam];
    vt_onchip_structure b = its->own;
    const double share = exp(in->x[VTI_WAFER_SEM]);
    b.eps_a = in->x[VTI_WAFER_EPS_A] * (run->cal.given ? 1.0 : share);
    b.E_a *= exp(in->x[VTI_WAFER_SCALE]);
    b.L0 = effective(its, in);
    b.C_s = run->par.overlap_compliance * exp(in->x[VTI_WAFER_SERIES]);
    b.L_a += its->ends * in->x[VTI_WAFER_L_A];
    /* The line of the free actuators ends at no contraction where no length is left: its zero lengthens every actuator.
     */
    if (isfinite(in->x[VTI_WAFER_ZERO]))
        b.L_a += its->ends * (in->x[VTI_WAFER_ZERO] * share / -expm1(b.eps_a) - run->cal.mean_length);
    if (!isfinite(b.eps)) b.eps = 0.0;
    return b;
}

vt_onchip_structure vti_onchip_gauge_of(const vti_onchip_run *run, const vti_onchip_inputs *in, size_t beam, double E,
                                        double eps)
{
    const vti_onchip_beam *its = &run->beam[beam];
    const double share = exp(in->x[VTI_WAFER_L0]);
    vt_onchip_structure b = vti_onchip_structure_of(run, in, beam);
    b.L0 = its->own.L0 * share;
    b.C_s = fmax(0.0, b.C_s + (effective(its, in) - b.L0) / (E * b.w * b.t));
    b.u_s = eps * (its->L_tot - its->own.L0) * share;
    return b;
}

double vti_onchip_strain_at(const vti_onchip_run *run, size_t beam, double u)
{
    const vti_onchip_beam *b = &run->beam[beam];
    const double eps = vti_onchip_mismatch(run, &run->pass, beam), E = run->pass.out[VTI_CHIP_E];
    const bool gauge = b->is != VTI_ONCHIP_ELASTIC && b->is != VTI_ONCHIP_UNUSED && vti_onchip_in_series(run, beam);
    const vt_onchip_structure as =
        gauge ? vti_onchip_gauge_of(run, &run->in, beam, E, eps) : vti_onchip_structure_of(run, &run->in, beam);
    vt_onchip_point p;
    const double own = vt_onchip_state(&as, u, 0.5, &p, NULL) == VT_OK ? p.own : u - as.u_s;
    return log1p(own / as.L0) - eps * (gauge ? 1.0 : b->L_tot / as.L0);
}
