/* Everything that one set of constants says of one molding run (P08, P09, P12; ledger A2, A5, A12, A13). */
#include "process/molding/molding_internal.h"
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/molding_law.h>
#include <vitrum/relaxation.h>

/* The state at one draw. */
struct state {
    double T, p, d;
    double eta, mobility; /* mobility NaN: no diffusion */
    double a, b;          /* of the length law; b = 0: no diffusion */
};

static double input(const double *x, const vti_law *law, size_t i)
{
    return law->input[i].log ? exp(x[i]) : x[i];
}

static double capillary_pressure(const vti_forming_run *run, const double *x, double d)
{
    double p_c;
    if (run->gamma == VTI_ABSENT || run->theta == VTI_ABSENT) return NAN;
    const double gamma = input(x, &run->law, run->gamma), theta = x[run->theta];
    return vt_capillary_pressure(gamma, theta, 1, &d, &p_c, NULL) == VT_OK ? p_c : NAN;
}

static vt_status coefficients(const vti_forming_run *run, const double *x, struct state *s, vt_error *err)
{
    const vti_law *law = &run->law;
    const double driving = run->set->capillary ? s->p + capillary_pressure(run, x, s->d) : s->p;
    if (!(driving > 0.0))
        return vt_fail(err, VT_EDOMAIN,
                       "the capillary pressure %.3g Pa of a pore of %.3g m outweighs the pressure %.3g Pa",
                       driving - s->p, s->d, s->p);
    const double impulse = driving * run->set->time;
    if (law->diffusion) {
        const vt_molding_condition c = {.prefactor = law->prefactor,
                                        .eta = s->eta,
                                        .mobility = s->mobility,
                                        .Omega = exp(x[VTI_IN_OMEGA]),
                                        .T = s->T,
                                        .impulse = impulse};
        return vt_molding_coefficients(&c, &s->a, &s->b, err);
    }
    s->a = impulse / (law->prefactor * s->eta);
    s->b = 0.0;
    return VT_OK;
}

static vt_status evaluate(const vti_forming_run *run, const double *x, double d, struct state *s, vt_error *err)
{
    const vti_law *law = &run->law;
    const vt_viscosity v = vti_law_viscosity(law, x);
    *s = (struct state){.T = x[run->T], .p = input(x, law, run->p), .d = d, .mobility = NAN};
    vt_status st = vt_viscosity_eta(&v, 1, &s->T, &s->eta, err);
    if (st == VT_OK && law->diffusion) {
        const vt_arrhenius m = vti_law_mobility(law, x);
        st = vt_arrhenius_value(&m, 1, &s->T, &s->mobility, err);
    }
    return st == VT_OK ? coefficients(run, x, s, err) : st;
}

static double with_imprint(const vti_forming_run *run, double L)
{
    return hypot(L, run->set->imprint);
}

bool vti_forming_lengths(const vti_forming_run *run, const double *x, double d, double lengths[3])
{
    struct state s;
    if (evaluate(run, x, d, &s, NULL) != VT_OK) return false;
    lengths[1] = with_imprint(run, d * sqrt(s.a));
    lengths[2] = s.b > 0.0 ? with_imprint(run, sqrt(s.b / d)) : NAN;
    lengths[0] = with_imprint(run, sqrt(s.a * d * d + s.b / d));
    return isfinite(lengths[0]);
}

vt_status vti_forming_check(const vti_forming_run *run, vt_error *err)
{
    double x[VTI_INPUTS];
    struct state s;
    vti_law_best(&run->law, x);
    return evaluate(run, x, run->set->diameter, &s, err);
}

/* Time to the wanted length from the imprint, s: (L^2 - L0^2) / (length^2 per second). */
static double time_to(const vti_forming_run *run, double per_run)
{
    const double L = run->set->length, L0 = run->set->imprint;
    if (!(L > L0)) return NAN;
    return (L * L - L0 * L0) / per_run * run->set->time;
}

static double relaxed(const vti_law *law, const double *x, const struct state *s, double time)
{
    const vt_viscosity v = vti_law_viscosity(law, x);
    vt_relaxation r = {.Tg = law->Tg, .tau_g = exp(x[VTI_IN_TAU])};
    double tau;
    if (!law->relaxation || vt_viscosity_liquid(&v, &r.liquid, NULL) != VT_OK) return NAN;
    return vt_relaxation_bulk(&r, 1, &s->T, &tau, NULL) == VT_OK ? time / tau : NAN;
}

static void diffusive(const vti_forming_run *run, const struct state *s, double *y)
{
    const double viscous = s->a * s->d * s->d, interface = s->b / s->d;
    y[VTI_OUT_INTERFACE] = with_imprint(run, sqrt(interface));
    y[VTI_OUT_LENGTH_PAPER] = with_imprint(run, sqrt(fmax(viscous, interface)));
    y[VTI_OUT_LENGTH] = with_imprint(run, sqrt(viscous + interface));
    y[VTI_OUT_MOBILITY] = s->mobility;
    y[VTI_OUT_CRITICAL] = cbrt(s->b / s->a);
    y[VTI_OUT_MINIMUM] = VT_MOLDING_MINIMUM * y[VTI_OUT_CRITICAL];
    y[VTI_OUT_TIME_PAPER] = time_to(run, fmax(viscous, interface));
    y[VTI_OUT_TIME] = time_to(run, viscous + interface);
    y[VTI_OUT_SHARE] = viscous / (viscous + interface);
}

void vti_forming_outputs(const vti_law *law, const double *x, double *y, void *ctx)
{
    const vti_forming_run *run = ctx;
    struct state s;
    double L;
    for (size_t j = 0; j < VTI_OUT_COUNT; j++) y[j] = NAN;
    if (evaluate(run, x, input(x, law, run->d), &s, NULL) != VT_OK) return;
    y[VTI_OUT_VISCOUS] = with_imprint(run, s.d * sqrt(s.a));
    y[VTI_OUT_ETA] = s.eta;
    if (law->diffusion) diffusive(run, &s, y);
    if (vt_molding_length_entrance((const double[2]){s.a, s.b}, 1, &s.d, &L, NULL) == VT_OK)
        y[VTI_OUT_ENTRANCE] = with_imprint(run, L);
    y[VTI_OUT_STRESS] = s.p * s.d / (4.0 * (law->diffusion ? y[VTI_OUT_LENGTH] : y[VTI_OUT_VISCOUS]));
    y[VTI_OUT_RELAXED] = relaxed(law, x, &s, run->set->time);
    y[VTI_OUT_CAPILLARY] = capillary_pressure(run, x, s.d);
}
