/* The contact chain of one unloading or vendor's row, with its budget (P19 steps 6 to 9 and GUM). */
#include "measure_internal.h"
#include "reduce_internal.h"
#include <math.h>

static const double IDEAL = 24.5; /* projected area over depth squared of Berkovich and Vickers tips */

const vti_influence_name VTI_INFLUENCE_NAMES[VTI_INFLUENCES] = {
    [VTI_IN_LOAD_NOISE] = {"noise of load", ""},
    [VTI_IN_ZERO] = {"zero point", ""},
    [VTI_IN_DRIFT] = {"thermal drift", ""},
    [VTI_IN_FIT] = {"unloading fit", ""},
    [VTI_IN_LOAD_CELL] = {"load cell", "indentation/load_cell"},
    [VTI_IN_AREA] = {"area function", "indentation/area_function"},
    [VTI_IN_REFERENCE] = {"reference modulus", "indentation/reference_modulus"},
    [VTI_IN_FRAME] = {"frame compliance", "indentation/frame_compliance"},
    [VTI_IN_EPSILON] = {"epsilon", "indentation/epsilon"},
    [VTI_IN_BETA] = {"beta", "indentation/beta"},
    [VTI_IN_POISSON] = {"Poisson's ratio", "indentation/poisson_ratio"},
    [VTI_IN_INDENTER] = {"indenter", "indentation/indenter"}};

double vti_indent_own_u(const vti_indent_value *v)
{
    double sum = 0.0;
    for (int k = 0; k < VTI_IN_SHARED; k++) sum += v->part[k] * v->part[k];
    return sqrt(sum);
}

double vti_indent_u(const vti_indent_value *v)
{
    double sum = 0.0;
    for (int k = 0; k < VTI_INFLUENCES; k++) sum += v->part[k] * v->part[k];
    return sqrt(sum);
}

/* epsilon for the chain: 0 lets it follow from the exponent. */
static double epsilon_of(const vti_indentation_run *run, const vti_contact_reading *in)
{
    if (run->par->epsilon == VTI_EPSILON_EXPONENT && isfinite(in->m)) return 0.0;
    if (run->par->epsilon == VTI_EPSILON_FILE && isfinite(in->epsilon)) return in->epsilon;
    return 0.75;
}

/* Contact depth as the chain will find it, for the area that the vendor gives at it. */
static vt_status area_at(const vti_indentation_run *run, const vti_contact_reading *in, const vt_contact *c,
                         vt_area_function *area, vt_error *err)
{
    if (run->area_source == VTI_AREA_GIVEN) {
        *area = run->area;
        return VT_OK;
    }
    *area = (vt_area_function){.n = 1, .C = {IDEAL}};
    if (run->area_source == VTI_AREA_IDEAL || !(in->A > 0.0)) return VT_OK;
    double out[VT_CONTACT_OUTPUTS];
    vt_contact as_said = *c;
    as_said.area = area;
    const vt_status st = vt_contact_evaluate(&as_said, out, NULL, err);
    if (st == VT_OK) area->C[0] = in->A / (out[VT_CONTACT_DEPTH] * out[VT_CONTACT_DEPTH]);
    return st;
}

static double quadratic(const double a[3], const double cov[9])
{
    double sum = 0.0;
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++) sum += a[i] * cov[3 * i + k] * a[k];
    return sqrt(fmax(sum, 0.0));
}

/* Area and frame come from the same indents. What C_f shares with the area at this depth goes with it (regression of
 * C_f on ln A), the rest is the frame's own. by_C_f: derivative with respect to C_f. */
static void area_and_frame(const vti_indentation_run *run, double h_c, double A, double u_area,
                           const double J[VT_CONTACT_INPUTS], double by_C_f, double part[VTI_INFLUENCES])
{
    vt_area_function shared = {.n = run->area.n};
    for (size_t k = 0; k < shared.n; k++) shared.C[k] = run->cov_C_f[k];
    const double cov = u_area > 0.0 && run->area_source == VTI_AREA_GIVEN ? vt_area(&shared, h_c) / A : 0.0;
    const double with = cov != 0.0 ? fmax(-run->u_C_f, fmin(run->u_C_f, cov / u_area)) : 0.0;
    part[VTI_IN_AREA] = J[VT_CONTACT_IN_LN_A] * u_area + by_C_f * with;
    part[VTI_IN_FRAME] = by_C_f * sqrt(run->u_C_f * run->u_C_f - with * with);
}

static void parts(const vti_indentation_run *run, const vti_contact_reading *in, const vt_contact *c,
                  const double J[VT_CONTACT_INPUTS], double part[VTI_INFLUENCES])
{
    const vti_indentation_params *p = run->par;
    const double own[3] = {J[VT_CONTACT_IN_H], J[VT_CONTACT_IN_S], J[VT_CONTACT_IN_M]};
    const double E_i = J[VT_CONTACT_IN_E_I] * p->indenter_modulus_u * c->E_i;
    /* Depth and stiffness are read from the law at the load that is thought to be the largest. */
    part[VTI_IN_LOAD_NOISE] =
        (J[VT_CONTACT_IN_P] + J[VT_CONTACT_IN_H] * in->dh_dP + J[VT_CONTACT_IN_S] * in->dS_dP) * in->u_P;
    part[VTI_IN_ZERO] = J[VT_CONTACT_IN_H] * in->u_zero;
    part[VTI_IN_DRIFT] =
        J[VT_CONTACT_IN_H] * in->drift[0] + J[VT_CONTACT_IN_S] * in->drift[1] + J[VT_CONTACT_IN_M] * in->drift[2];
    part[VTI_IN_FIT] = quadratic(own, in->cov);
    part[VTI_IN_LOAD_CELL] = (J[VT_CONTACT_IN_P] * c->P + J[VT_CONTACT_IN_S] * c->S) * p->load_u;
    part[VTI_IN_REFERENCE] = J[VT_CONTACT_IN_LN_A] * run->u_ln_A_reference;
    /* Chosen, not taken from the exponent (also where there is none) nor given by the file. */
    const bool chosen = c->epsilon > 0.0 && !(p->epsilon == VTI_EPSILON_FILE && isfinite(in->epsilon));
    part[VTI_IN_EPSILON] = chosen ? J[VT_CONTACT_IN_EPSILON] * p->epsilon_half_width / sqrt(3.0) : 0.0;
    /* An area that was calibrated with this beta goes as 1/beta^2: moduli do not depend on it any more, hardness does.
     */
    const double area_beta = run->beta_calibrated ? -2.0 / c->beta : 0.0;
    part[VTI_IN_BETA] = (J[VT_CONTACT_IN_BETA] + area_beta * J[VT_CONTACT_IN_LN_A]) * p->beta_half_width / sqrt(3.0);
    part[VTI_IN_POISSON] = J[VT_CONTACT_IN_NU] * p->poisson_ratio_u;
    part[VTI_IN_INDENTER] = copysign(hypot(E_i, J[VT_CONTACT_IN_NU_I] * p->indenter_poisson_ratio_u), E_i);
}

vt_status vti_contact_of(const vti_indentation_run *run, const vti_contact_reading *in, double C,
                         vti_indent_value out[VT_CONTACT_OUTPUTS], double *epsilon, vt_error *err)
{
    const vti_indentation_params *p = run->par;
    vt_area_function area;
    vt_contact c = {.P = in->P,
                    .h = in->h,
                    .S = in->S,
                    .m = in->m,
                    .epsilon = epsilon_of(run, in),
                    .beta = p->beta,
                    .nu = p->poisson_ratio,
                    .E_i = p->indenter_modulus,
                    .nu_i = p->indenter_poisson_ratio,
                    .C_f = run->C_f + C,
                    .area = &area};
    double y[VT_CONTACT_OUTPUTS], J[VT_CONTACT_OUTPUTS][VT_CONTACT_INPUTS];
    vt_status st = area_at(run, in, &c, &area, err);
    if (st == VT_OK) st = vt_contact_evaluate(&c, y, J, err);
    if (st != VT_OK) return st;
    if (run->area_source == VTI_AREA_GIVEN && y[VT_CONTACT_DEPTH] < VTI_AREA_CLEAR * run->area_turns)
        return vt_fail(err, VT_EAREA,
                       "the area function is not monotone: it falls with depth below %.4g nm, which a contact depth of "
                       "%.4g nm is too near to; use fewer terms",
                       1e9 * run->area_turns, 1e9 * y[VT_CONTACT_DEPTH]);
    const double known = vt_area_variance(&area, y[VT_CONTACT_DEPTH]);
    const double u_area = known > 0.0 ? sqrt(known) / y[VT_CONTACT_AREA] : p->area_u;
    for (int k = 0; k < VT_CONTACT_OUTPUTS; k++) {
        out[k].value = y[k];
        parts(run, in, &c, J[k], out[k].part);
        /* C is what the readings themselves showed beyond C_f: only the sum counts, and C_f has no say in it. */
        const double by_C_f = C != 0.0 ? 0.0
                                       : J[k][VT_CONTACT_IN_C_F] + J[k][VT_CONTACT_IN_H] * in->dC[0] +
                                             J[k][VT_CONTACT_IN_S] * in->dC[1] + J[k][VT_CONTACT_IN_M] * in->dC[2];
        area_and_frame(run, y[VT_CONTACT_DEPTH], y[VT_CONTACT_AREA], u_area, J[k], by_C_f, out[k].part);
    }
    *epsilon = c.epsilon > 0.0 ? c.epsilon : 0.75;
    if (!(c.epsilon > 0.0)) (void)vt_contact_epsilon(in->m, epsilon, NULL, NULL);
    return VT_OK;
}

/* ---- from an unloading or a row ---- */
/* Area that the vendor used: as given, or load over hardness. */
static double vendor_area(const vti_indent_row *r)
{
    if (!r) return (double)NAN;
    if (r->A > 0.0) return r->A;
    return r->P > 0.0 && r->H > 0.0 ? r->P / r->H : (double)NAN;
}

static vti_contact_reading of_cycle(const vti_indent_cycle *y)
{
    vti_contact_reading in = {.P = y->P,
                              .h = y->h,
                              .S = y->S,
                              .m = y->m,
                              .epsilon = y->row ? y->row->epsilon : (double)NAN,
                              .A = vendor_area(y->row),
                              .u_P = y->u_P,
                              .dh_dP = y->dh_dP,
                              .dS_dP = y->dS_dP,
                              .u_zero = y->u_zero};
    for (int k = 0; k < 9; k++) in.cov[k] = y->cov[k];
    for (int k = 0; k < 3; k++) in.dC[k] = y->dC[k], in.drift[k] = y->drift[k];
    return in;
}

/* Stiffness and its rounding. The tangent's intercept, h - P/S, is often printed with more digits than S itself. */
static double stiffness_of(const vti_indent_row *r, double *u)
{
    const double S = r->P / (r->h - r->h_r), v = S * hypot(r->u_h, r->u_hr) / (r->h - r->h_r);
    *u = r->u_S;
    if (!(S > 0.0) || !(fabs(S - r->S) < 2.0 * r->u_S) || !(v < r->u_S)) return r->S;
    *u = v;
    return S;
}

static vt_status of_row(const vti_indent_row *r, vti_contact_reading *in, vt_error *err)
{
    double u_S;
    const double S = stiffness_of(r, &u_S);
    *in = (vti_contact_reading){.P = r->P,
                                .h = r->h,
                                .S = S,
                                .m = r->m,
                                .epsilon = r->epsilon,
                                .A = vendor_area(r),
                                .u_P = r->u_P,
                                .u_zero = 0.0,
                                .cov = {r->u_h * r->u_h, 0.0, 0.0, 0.0, u_S * u_S, 0.0, 0.0, 0.0, 0.0}};
    if (isfinite(r->P) && isfinite(r->h) && isfinite(r->S)) return VT_OK;
    return vt_fail_at(err, VT_ECAL, vt_table_path(r->table), vt_table_line(r->table, r->row), 0,
                      "the row has no %s, which contact depth and modulus need",
                      !isfinite(r->P)   ? "max_load"
                      : !isfinite(r->h) ? "max_depth"
                                        : "stiffness");
}

vt_status vti_indentation_other(const vti_indentation_run *run, const vti_indent_result *r, vti_indent_result *out,
                                vt_error *err)
{
    const vti_indent_cycle *y = &run->set.cycle[r->cycle];
    if (y->other_verdict.status != VT_OK) return vt_fail(err, y->other_verdict.status, "%s", y->other_verdict.why);
    vti_contact_reading in = of_cycle(y);
    const vt_unload_fit *f = &y->other;
    const double cov[9] = {f->u_h_max * f->u_h_max, f->cov_S_h, f->cov_h_m, f->cov_S_h,
                           f->u_S * f->u_S,         f->cov_S_m, f->cov_h_m, f->cov_S_m,
                           f->u_m * f->u_m};
    in.h += f->h_max - y->fit.h_max;
    in.S = f->S / (1.0 + y->fit_compliance * f->S);
    in.m = f->m;
    for (int k = 0; k < 9; k++) in.cov[k] = cov[k];
    vti_indent_result same = *r;
    const vt_status st = vti_contact_of(run, &in, 0.0, same.out, &same.epsilon, err);
    if (st != VT_OK) return st;
    same.h = in.h;
    same.m = in.m;
    *out = same;
    return VT_OK;
}

/* No solid is harder than diamond: a wrong unit is (P 1.1, step 8). Over the whole depth the ideal tip has more area
 * than there is contact, so this hardness is a lower bound. */
static vt_status sane(const vti_contact_reading *in, vt_error *err)
{
    static const double HARDEST = 300e9;
    const double H = in->P / (IDEAL * in->h * in->h);
    if (!(H > HARDEST)) return VT_OK;
    return vt_fail(
        err, VT_EUNITS,
        "%.4g mN at a depth of %.4g nm is a hardness of %.3g GPa, beyond diamond: is the unit of load or depth "
        "wrong by 1e3?",
        1e3 * in->P, 1e9 * in->h, 1e-9 * H);
}

vt_status vti_indentation_evaluate(void *ctx, size_t i, double C, vti_indent_result *out, vt_error *err)
{
    const vti_indentation_run *run = ctx;
    vti_indent_result r = run->res[i];
    vti_contact_reading in;
    if (r.average) return vti_csm_evaluate(run, &r, C, run->par->csm_bias, out, err);
    const vti_indent_cycle *y = r.cycle < run->set.ncycles ? &run->set.cycle[r.cycle] : NULL;
    vti_indent_cycle again;
    if (y && C != 0.0 && y->verdict.status == VT_OK) {
        again = *y;
        const vt_status st =
            vti_unload_again(&run->par->measure, &run->set.indent[r.indent], run->C_f + C, &again, err);
        if (st != VT_OK) return st;
        y = &again;
    }
    if (y && y->verdict.status != VT_OK) return vt_fail(err, y->verdict.status, "%s", y->verdict.why);
    if (y)
        in = of_cycle(y);
    else {
        const vt_status st = of_row(r.row, &in, err);
        if (st != VT_OK) return st;
    }
    vt_status st = sane(&in, err);
    if (st == VT_OK) st = vti_contact_of(run, &in, C, r.out, &r.epsilon, err);
    if (st != VT_OK) return st;
    r.P = in.P;
    r.h = in.h;
    r.m = in.m;
    const double frame = y ? y->fit_compliance * y->P : 0.0;
    const double h_f = y ? y->fit.h_f - (y->fit.h_max - y->h) - frame : r.row->h_p;
    r.pile_up = h_f / (in.h - frame);
    *out = r;
    return VT_OK;
}
