/* Contact stiffness from an oscillation, and what its amplitude does to it (procedure P20). */
#include <math.h>
#include <vitrum/csm.h>

static vt_status check(const vt_oscillation *o, const double *S, const double *loss, vt_error *err)
{
    if (!o || !S) return vt_fail(err, VT_EARG, "oscillation or output is NULL");
    if (!(o->F0 > 0.0) || !(o->h0 > 0.0) || !(o->omega > 0.0))
        return vt_fail(err, VT_EARG, "amplitudes %g N and %g m and frequency %g rad/s must be > 0", o->F0, o->h0,
                       o->omega);
    if (!isfinite(o->C_f)) return vt_fail(err, VT_EARG, "frame compliance %g m/N is not finite", o->C_f);
    const char *missing = isnan(o->phi)         ? "phase"
                          : isnan(o->K_s)       ? "stiffness of the support spring"
                          : isnan(o->mass)      ? "moving mass"
                          : loss && isnan(o->D) ? "damping of the instrument"
                                                : NULL;
    if (missing) return vt_fail(err, VT_ECSM_CAL, "the %s is not known: no stiffness from the oscillation", missing);
    return VT_OK;
}

vt_status vt_oscillation_stiffness(const vt_oscillation *o, double *S, double *loss, vt_error *err)
{
    const vt_status st = check(o, S, loss, err);
    if (st != VT_OK) return st;
    const double K = o->F0 / o->h0, own = o->K_s - o->mass * o->omega * o->omega;
    const double chain = K * cos(o->phi) - own; /* contact and frame in series */
    if (!(chain > 0.0))
        return vt_fail(err, VT_EUNPHYSICAL,
                       "stiffness %g N/m in phase is not above the instrument's own %g N/m: no contact",
                       K * cos(o->phi), own);
    const double compliance = 1.0 / chain - o->C_f;
    if (!(compliance > 0.0))
        return vt_fail(err, VT_EUNPHYSICAL, "frame compliance %g nm/mN leaves nothing of the measured %g nm/mN",
                       o->C_f * 1e6, 1e6 / chain);
    *S = 1.0 / compliance;
    if (loss) *loss = K * sin(o->phi) - o->omega * o->D;
    return VT_OK;
}

double vt_oscillation_bias(double x, double m)
{
    /* expm1 and log1p keep the digits of small x. */
    return x == 0.0 ? 1.0 : -expm1(m * log1p(-x)) / (m * x);
}

vt_status vt_oscillation_correct(const vt_oscillation_point *in, vt_oscillation_corrected *out, vt_error *err)
{
    if (!in || !out) return vt_fail(err, VT_EARG, "point or output is NULL");
    if (!(in->P > 0.0) || !(in->S > 0.0) || !isfinite(in->h))
        return vt_fail(err, VT_EARG, "load %g N and stiffness %g N/m must be > 0, depth %g m finite", in->P, in->S,
                       in->h);
    if (!(in->h0 >= 0.0) || !(in->F0 >= 0.0) || !(in->m > 1.0))
        return vt_fail(err, VT_EARG, "amplitudes %g m and %g N must be >= 0, exponent %g > 1", in->h0, in->F0, in->m);
    const double P = in->P + in->F0, drop = 2.0 * in->h0 * in->S / P; /* share of the load that a cycle takes off */
    if (!(drop < 1.0))
        return vt_fail(err, VT_ETAPPING,
                       "an amplitude of %g nm takes the load of %g mN off in each cycle (2 h0 S/P = %.3g): contact was "
                       "lost; use a smaller amplitude or more load",
                       in->h0 * 1e9, P * 1e3, drop);
    const double x = -expm1(log1p(-drop) / in->m); /* 1 - (1 - drop)^(1/m) = 2 h0/H_e */
    vt_oscillation_corrected c = {.P = P, .h = in->h + in->h0, .S = in->S, .ratio = 1.0};
    if (x > 0.0) c.S = in->m * P * x / (2.0 * in->h0), c.ratio = in->S / c.S;
    c.span = in->m * P / c.S;
    *out = c;
    return VT_OK;
}
