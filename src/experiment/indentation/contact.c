/* The Oliver-Pharr chain and all its derivatives (procedure P19). */
#include <math.h>
#include <stdbool.h>
#include <string.h>
#include <vitrum/constants.h>
#include <vitrum/contact.h>

double vt_contact_reduced_modulus(double E, double nu, double E_i, double nu_i)
{
    return 1.0 / ((1.0 - nu * nu) / E + (1.0 - nu_i * nu_i) / E_i);
}

static vt_status check(const vt_contact *in, const double *out, vt_error *err)
{
    if (!in || !out || !in->area) return vt_fail(err, VT_EARG, "contact, its area function or the output is NULL");
    if (in->area->n < 1 || in->area->n > VT_AREA_TERMS)
        return vt_fail(err, VT_EARG, "area function has %zu terms; it takes 1 to %d", in->area->n, VT_AREA_TERMS);
    if (!(in->epsilon >= 0.0 && in->epsilon <= 1.0))
        return vt_fail(err, VT_EARG, "epsilon = %g is not in [0, 1]", in->epsilon);
    if (!(in->beta > 0.0)) return vt_fail(err, VT_EARG, "beta = %g must be > 0", in->beta);
    if (!isnan(in->nu) && !(in->nu > -1.0 && in->nu <= 0.5))
        return vt_fail(err, VT_EARG, "Poisson's ratio %g is not in (-1, 0.5]", in->nu);
    if (!(in->E_i > 0.0) || !(in->nu_i > -1.0 && in->nu_i <= 0.5))
        return vt_fail(err, VT_EARG, "indenter: E = %g Pa must be > 0, Poisson's ratio %g in (-1, 0.5]", in->E_i,
                       in->nu_i);
    if (!isfinite(in->C_f)) return vt_fail(err, VT_EARG, "frame compliance %g m/N is not finite", in->C_f);
    if (!(in->P > 0.0)) return vt_fail(err, VT_EDOMAIN, "load P = %g N must be > 0", in->P);
    if (!(in->S > 0.0)) return vt_fail(err, VT_EDOMAIN, "unloading stiffness S = %g N/m must be > 0", in->S);
    if (!isfinite(in->h)) return vt_fail(err, VT_EDOMAIN, "depth h = %g m is not finite", in->h);
    return VT_OK;
}

/* What the chain goes through on its way. */
typedef struct chain {
    double epsilon, depsilon; /* and d epsilon/dm */
    double K;                 /* 1/S - C_f, m/N: compliance of the contact alone */
    double h_c, A, slope;     /* slope: dA/dh_c */
    double out[VT_CONTACT_OUTPUTS];
} chain;

static vt_status moduli(const vt_contact *in, chain *c, vt_error *err)
{
    const double E_r = sqrt(VT_PI) / (2.0 * in->beta * c->K * sqrt(c->A));
    const double share = (1.0 - in->nu_i * in->nu_i) / in->E_i, rest = 1.0 / E_r - share;
    if (!(rest > 0.0))
        return vt_fail(err, VT_EUNPHYSICAL,
                       "reduced modulus E_r = %g GPa is not below what the indenter alone allows, %g GPa; "
                       "check area function and frame compliance",
                       E_r * 1e-9, 1e-9 / share);
    c->out[VT_CONTACT_STIFFNESS] = 1.0 / c->K;
    c->out[VT_CONTACT_DEPTH] = c->h_c;
    c->out[VT_CONTACT_AREA] = c->A;
    c->out[VT_CONTACT_HARDNESS] = in->P / c->A;
    c->out[VT_CONTACT_REDUCED] = E_r;
    c->out[VT_CONTACT_PLANE] = 1.0 / rest;
    c->out[VT_CONTACT_MODULUS] = (1.0 - in->nu * in->nu) / rest;
    c->out[VT_CONTACT_RATIO] = in->P * c->K * c->K;
    return VT_OK;
}

static vt_status walk(const vt_contact *in, chain *c, vt_error *err)
{
    vt_status st = VT_OK;
    c->epsilon = in->epsilon;
    c->depsilon = 0.0;
    if (in->epsilon == 0.0) st = vt_contact_epsilon(in->m, &c->epsilon, &c->depsilon, err);
    if (st != VT_OK) return st;
    c->K = 1.0 / in->S - in->C_f;
    if (!(c->K > 0.0))
        return vt_fail(err, VT_EUNPHYSICAL,
                       "frame compliance %g nm/mN leaves nothing of the measured 1/S = %g nm/mN; it must be smaller",
                       in->C_f * 1e6, 1e6 / in->S);
    c->h_c = in->h - in->C_f * in->P - c->epsilon * in->P * c->K;
    st = vt_area_range(in->area, c->h_c, err);
    if (st != VT_OK) return st;
    c->A = vt_area(in->area, c->h_c);
    c->slope = vt_area_slope(in->area, c->h_c);
    if (!(c->A > 0.0))
        return vt_fail(err, VT_EAREA, "area function gives %g m^2 at a contact depth of %g nm", c->A, c->h_c * 1e9);
    return moduli(in, c, err);
}

/* Derivatives with respect to input i, from those of ln K, h_c and ln A (beyond what h_c does), and of P. */
static void row(const chain *c, double dP, double dlnK, double dh_c, double dlnA, double (*J)[VT_CONTACT_INPUTS], int i)
{
    const double dA = c->slope * dh_c + c->A * dlnA, relative = dA / c->A;
    const double *o = c->out;
    J[VT_CONTACT_STIFFNESS][i] = -o[VT_CONTACT_STIFFNESS] * dlnK;
    J[VT_CONTACT_DEPTH][i] = dh_c;
    J[VT_CONTACT_AREA][i] = dA;
    J[VT_CONTACT_HARDNESS][i] = dP / c->A - o[VT_CONTACT_HARDNESS] * relative;
    J[VT_CONTACT_REDUCED][i] = -o[VT_CONTACT_REDUCED] * (dlnK + 0.5 * relative);
    J[VT_CONTACT_RATIO][i] = dP * c->K * c->K + 2.0 * o[VT_CONTACT_RATIO] * dlnK;
}

/* From E_r on to the moduli: d(1/rest) = rest^-2 (dE_r/E_r^2 + d share). */
static void moduli_rows(const vt_contact *in, const chain *c, double (*J)[VT_CONTACT_INPUTS])
{
    const double E_r = c->out[VT_CONTACT_REDUCED], plane = c->out[VT_CONTACT_PLANE];
    for (int i = 0; i < VT_CONTACT_INPUTS; i++)
        J[VT_CONTACT_PLANE][i] = plane * plane * J[VT_CONTACT_REDUCED][i] / (E_r * E_r);
    /* E_i infinite: both are 0. */
    J[VT_CONTACT_PLANE][VT_CONTACT_IN_E_I] = -plane * plane * (1.0 - in->nu_i * in->nu_i) / in->E_i / in->E_i;
    J[VT_CONTACT_PLANE][VT_CONTACT_IN_NU_I] = -plane * plane * 2.0 * in->nu_i / in->E_i;
    const bool known = !isnan(in->nu);
    for (int i = 0; i < VT_CONTACT_INPUTS; i++)
        J[VT_CONTACT_MODULUS][i] = known ? (1.0 - in->nu * in->nu) * J[VT_CONTACT_PLANE][i] : 0.0;
    if (known) J[VT_CONTACT_MODULUS][VT_CONTACT_IN_NU] = -2.0 * in->nu * plane;
}

static void derivatives(const vt_contact *in, const chain *c, double (*J)[VT_CONTACT_INPUTS])
{
    const double P = in->P, K = c->K, e = c->epsilon;
    memset(J, 0, VT_CONTACT_OUTPUTS * sizeof *J);
    row(c, 1.0, 0.0, -in->C_f - e * K, 0.0, J, VT_CONTACT_IN_P);
    row(c, 0.0, 0.0, 1.0, 0.0, J, VT_CONTACT_IN_H);
    /* dK/dS = -1/S^2. */
    row(c, 0.0, -1.0 / (in->S * in->S) / K, e * P / (in->S * in->S), 0.0, J, VT_CONTACT_IN_S);
    row(c, 0.0, 0.0, -c->depsilon * P * K, 0.0, J, VT_CONTACT_IN_M);
    row(c, 0.0, 0.0, -P * K, 0.0, J, VT_CONTACT_IN_EPSILON);
    J[VT_CONTACT_REDUCED][VT_CONTACT_IN_BETA] = -c->out[VT_CONTACT_REDUCED] / in->beta;
    /* dK/dC_f = -1: h_c changes by -P + epsilon P. */
    row(c, 0.0, -1.0 / K, -P + e * P, 0.0, J, VT_CONTACT_IN_C_F);
    row(c, 0.0, 0.0, 0.0, 1.0, J, VT_CONTACT_IN_LN_A);
    moduli_rows(in, c, J);
}

vt_status vt_contact_evaluate(const vt_contact *in, double *out, double (*J)[VT_CONTACT_INPUTS], vt_error *err)
{
    chain c;
    vt_status st = check(in, out, err);
    if (st == VT_OK) st = walk(in, &c, err);
    if (st != VT_OK) return st;
    memcpy(out, c.out, sizeof c.out);
    if (J) derivatives(in, &c, J);
    return VT_OK;
}
