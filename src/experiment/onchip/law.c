/* P22, P23: state of a structure, its sensitivities, and what relaxation says. */
#include <math.h>
#include <stdbool.h>
#include <vitrum/constants.h>
#include <vitrum/onchip_law.h>

static bool positive(double x)
{
    return x > 0.0 && isfinite(x);
}

static vt_status check(const vt_onchip_structure *b, double u, double nu, vt_error *err)
{
    const double size[] = {b->E_a, b->L_a, b->w_a, b->t_a, b->L0, b->w, b->t};
    static const char *const name[] = {"E_a", "L_a", "w_a", "t_a", "L0", "w", "t"};
    for (size_t i = 0; i < sizeof size / sizeof *size; i++)
        if (!positive(size[i])) return vt_fail(err, VT_EDOMAIN, "%s = %g must be > 0 and finite", name[i], size[i]);
    if (!(b->eps_a < 0.0) || isinf(b->eps_a))
        return vt_fail(err, VT_ESIGN, "mismatch strain of the actuator = %g must be < 0: it contracts", b->eps_a);
    if (!isfinite(b->eps)) return vt_fail(err, VT_EDOMAIN, "mismatch strain of the specimen is not finite");
    if (!(b->C_s >= 0.0) || isinf(b->C_s) || !isfinite(b->u_s))
        return vt_fail(err, VT_EDOMAIN, "compliance in series = %g m/N must be >= 0, its elongation %g m finite",
                       b->C_s, b->u_s);
    if (!(u - b->u_s > -b->L0) || !(u < b->L_a))
        return vt_fail(err, VT_EDOMAIN, "u = %g m is outside -L0 = %g m ... L_a = %g m", u, -b->L0, b->L_a);
    if (!(nu >= 0.0) || !(nu <= 0.5)) return vt_fail(err, VT_EDOMAIN, "nu = %g is outside 0 ... 0.5", nu);
    return VT_OK;
}

vt_status vt_onchip_state(const vt_onchip_structure *b, double u, double nu, vt_onchip_point *out, vt_error *err)
{
    if (!b || !out) return vt_fail(err, VT_EARG, "structure or result is NULL");
    const vt_status st = check(b, u, nu, err);
    if (st != VT_OK) return st;
    vt_onchip_point p;
    p.delta = log1p(-u / b->L_a) - b->eps_a;
    if (!(p.delta >= 0.0))
        return vt_fail(err, VT_EENERGY, "u = %.6g um is beyond the free contraction of the actuator, %.6g um", 1e6 * u,
                       -1e6 * expm1(b->eps_a) * b->L_a);
    const double k_a = b->E_a * b->w_a * b->t_a / (b->L_a - u), S0 = b->w * b->t;
    p.sigma_a = b->E_a * p.delta;
    p.F = p.sigma_a * b->w_a * b->t_a;
    p.own = u - b->C_s * p.F - b->u_s;
    p.share = 1.0 + b->C_s * k_a;
    if (!(p.own > -b->L0))
        return vt_fail(err, VT_EDOMAIN,
                       "what is in series takes %g m of u = %g m: the specimen would be shorter than nothing; look at "
                       "its compliance, %g m/N",
                       u - p.own, u, b->C_s);
    const double stretch = 1.0 + p.own / b->L0, wider = pow(stretch, 2.0 * nu);
    p.s = p.F / S0;
    p.sigma = p.s * wider;
    p.strain = log(stretch) - b->eps;
    p.c2 = k_a / S0 * wider - p.sigma * 2.0 * nu / (b->L0 + p.own) * p.share;
    *out = p;
    return VT_OK;
}

/* sigma falls as u grows where c2 > 0: bisection from the unstretched specimen to the free contraction. */
vt_status vt_onchip_balance(const vt_onchip_structure *b, double sigma, double *u, vt_error *err)
{
    if (!b || !u) return vt_fail(err, VT_EARG, "structure or result is NULL");
    vt_onchip_point p;
    const vt_status st = vt_onchip_state(b, 0.0, 0.5, &p, err);
    if (st != VT_OK) return st;
    double low = 0.0, high = -expm1(b->eps_a) * b->L_a * (1.0 - 1e-15);
    if (!(sigma >= 0.0) || !(sigma <= p.sigma) || !(p.c2 > 0.0))
        return vt_fail(err, VT_ENOROOT, "stress %g Pa is outside 0 ... %g Pa, which this actuator can hold", sigma,
                       p.sigma);
    for (int i = 0; i < 200 && high - low > 1e-15 * b->L0; i++) {
        const double middle = 0.5 * (low + high);
        if (vt_onchip_state(b, middle, 0.5, &p, NULL) == VT_OK && p.sigma > sigma)
            low = middle;
        else
            high = middle;
    }
    *u = 0.5 * (low + high);
    return VT_OK;
}

vt_status vt_onchip_sensitivities(const vt_onchip_structure *b, double u, vt_onchip_gum *out, vt_error *err)
{
    vt_onchip_point p;
    if (!b || !out) return vt_fail(err, VT_EARG, "structure or result is NULL");
    const vt_status st = vt_onchip_state(b, u, 0.5, &p, err);
    if (st != VT_OK) return st;
    const double per_strain = b->E_a * b->w_a * b->t_a / (b->w * b->t) * (1.0 + p.own / b->L0); /* d sigma/d delta */
    const double along = b->L_a - u, length = b->L0 + p.own, scale = 1.0 - b->C_s * p.F / length;
    *out = (vt_onchip_gum){.scale = scale,
                           .stress_eps_a = -per_strain * scale,
                           .stress_L_a = per_strain * scale * u / (b->L_a * along),
                           .stress_C_s = -p.s * p.F / b->L0,
                           .strain_C_s = -p.F / length,
                           .stress_u_part = {p.sigma / length * p.share, -per_strain / along},
                           .stress_u = -p.c2,
                           .strain_u = p.share / length,
                           .stress_L0 = -p.s * p.own / (b->L0 * b->L0),
                           .strain_L0 = -p.own / (b->L0 * length),
                           .strain_eps = -1.0};
    return VT_OK;
}

vt_status vt_onchip_plastic_rate(double L0, double u, double c2, double E, double *c3, vt_error *err)
{
    if (!c3) return vt_fail(err, VT_EARG, "result is NULL");
    if (!positive(L0) || !(u > -L0) || isinf(u) || !positive(E) || !isfinite(c2))
        return vt_fail(err, VT_EDOMAIN, "L0 = %g m and E = %g Pa must be > 0, u = %g m above -L0, c2 = %g Pa/m finite",
                       L0, E, u, c2);
    *c3 = 1.0 / (L0 + u) + c2 / E;
    return VT_OK;
}
