/* Over arguments far beyond any glass a law either refuses or gives a number: never NaN with VT_OK. */
#include "check.h"
#include <vitrum/cohen_grest.h>
#include <vitrum/constants.h>
#include <vitrum/crystal.h>
#include <vitrum/diffusion.h>
#include <vitrum/flow.h>
#include <vitrum/free_volume.h>
#include <vitrum/molding_law.h>
#include <vitrum/myega.h>
#include <vitrum/relaxation.h>
#include <vitrum/viscosity.h>

enum { TRIES = 20000 };

static uint64_t state;

/* 10^(uniform in [low, high]), splitmix64. */
static double decade(double low, double high)
{
    uint64_t z = (state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    return pow(10.0, low + (high - low) * (double)(z >> 11) / 9007199254740992.0);
}

#define NO_NAN(call, value) \
    do { \
        if ((call) == VT_OK) { \
            accepted++; \
            if (isnan(value)) CHECK_FAILED("%s gave NaN", #call); \
        } \
    } while (0)

static void viscosities(void)
{
    long accepted = 0;
    state = 11;
    for (int i = 0; i < TRIES; i++) {
        const vt_vft v = {.eta0 = decade(-30, 30), .B = decade(-6, 9), .T0 = decade(-3, 4)};
        const vt_viscosity k = {.T_ref = decade(0, 5),
                                .ln_eta_ref = decade(-2, 2),
                                .D = decade(-3, 4),
                                .T0 = decade(-3, 3),
                                .Tk = i % 3 ? decade(0, 4) : 0.0,
                                .Qg = decade(-30, -10),
                                .jump = decade(-5, 1)};
        const vt_myega m = {.eta_inf = decade(-30, 5), .eta_g = decade(5, 30), .Tg = decade(0, 4), .m = decade(0, 4)};
        const vt_cohen_grest c = {.eta0 = decade(-30, 30), .Z = decade(-3, 6), .V = decade(-3, 6), .Tq = decade(0, 4)};
        const double T = decade(-2, 5), eta = decade(-40, 60);
        double out, jac[VT_VISCOSITY_PARAMETERS];
        NO_NAN(vt_vft_viscosity(&v, 1, &T, &out, NULL), out);
        NO_NAN(vt_vft_temperature(&v, 1, &eta, &out, NULL), out);
        NO_NAN(vt_viscosity_ln(&k, 1, &T, &out, jac, NULL), out);
        NO_NAN(vt_viscosity_eta(&k, 1, &T, &out, NULL), out);
        NO_NAN(vt_myega_viscosity(&m, 1, &T, &out, NULL), out);
        NO_NAN(vt_myega_temperature(&m, 1, &eta, &out, NULL), out);
        NO_NAN(vt_cohen_grest_viscosity(&c, 1, &T, &out, NULL), out);
    }
    CHECK(accepted > 2 * TRIES); /* the loop did test something */
}

static void diffusion_and_relaxation(void)
{
    long accepted = 0;
    state = 12;
    for (int i = 0; i < TRIES; i++) {
        const vt_vft v = {.eta0 = decade(-10, 2), .B = decade(1, 5), .T0 = decade(1, 3)};
        const vt_stokes_einstein se = {.c = 6.0, .R = decade(-14, -6)};
        const vt_arrhenius D = {.X_ref = decade(-40, -5), .T_ref = decade(1, 4), .Q = decade(-21, -17)};
        const vt_relaxation r = {.liquid = v,
                                 .Tg = v.T0 + decade(0, 3),
                                 .tau_g = decade(-3, 6),
                                 .D_B = D,
                                 .mobility = {.X_ref = decade(-40, -5), .T_ref = decade(1, 4), .Q = decade(-21, -17)},
                                 .delta = decade(-12, -6)};
        const double T = v.T0 + decade(-2, 4), Q = decade(-21, -17), t = decade(-6, 12);
        double out, grad[3];
        vt_arrhenius D_B = {.X_ref = 1.0};
        NO_NAN(vt_breakdown_tangency(&v, r.Tg, Q, &out, grad, NULL), out + grad[0] + grad[1] + grad[2]);
        NO_NAN(vt_breakdown_closed_form(&v, Q, &out, NULL), out);
        NO_NAN(vt_breakdown_intersection(&v, &se, &D, r.Tg, &out, NULL), out);
        NO_NAN(vt_bulk_diffusion(&v, &se, Q, T, &D_B, NULL), D_B.X_ref);
        NO_NAN(vt_relaxation_bulk(&r, 1, &T, &out, NULL), out);
        NO_NAN(vt_relaxation_interface(&r, 1, &T, &out, NULL), out);
        NO_NAN(vt_glass_transition_bulk(&r, t, &out, NULL), out);
        NO_NAN(vt_glass_transition_interface(&r, t, &out, NULL), out);
    }
    CHECK(accepted > 2 * TRIES);
}

static void flow_laws(void)
{
    long accepted = 0;
    state = 13;
    for (int i = 0; i < TRIES; i++) {
        const vt_sinh_flow p = {.eta_N = decade(-200, 200), .V = decade(-200, 100), .T = decade(0, 5)};
        const vt_free_volume f = {.f = decade(0, 20), .Gm = decade(-30, -15), .Omega = decade(-35, -20)};
        const double x = decade(-300, 300), share = 1.0 - decade(-20, 0), T = decade(0, 5), v = decade(-4, 4);
        double out;
        NO_NAN(vt_sinh_ratio(1, &x, &out, NULL), out);
        NO_NAN(vt_sinh_sensitivity(1, &x, &out, NULL), out);
        NO_NAN(vt_kato_ratio(1, &x, &out, NULL), out);
        NO_NAN(vt_kato_sensitivity(1, &x, &out, NULL), out);
        NO_NAN(vt_sinh_flow_rate(&p, 1, &x, &out, NULL), out);
        NO_NAN(vt_sinh_flow_stress(&p, 1, &x, &out, NULL), out);
        NO_NAN(vt_sinh_flow_viscosity(&p, 1, &x, &out, NULL), out);
        NO_NAN(vt_free_volume_rate(&f, 1, &T, &v, &x, &out, NULL), out);
        NO_NAN(vt_free_volume_newtonian(&f, 1, &T, &v, &out, NULL), out);
        for (int side = 0; side < 2; side++) {
            const double m = side ? share : decade(-300, 0);
            const vt_status st[4] = {vt_sinh_x_at_ratio(m, &out, NULL), vt_sinh_x_at_sensitivity(m, &out, NULL),
                                     vt_kato_z_at_ratio(m, &out, NULL), vt_kato_z_at_sensitivity(m, &out, NULL)};
            for (int k = 0; k < 4; k++)
                if (st[k] != VT_OK && m > 0.0 && m < 1.0) CHECK_FAILED("inverse %d did not converge at %.17g", k, m);
        }
    }
    CHECK(accepted > 8 * TRIES);
}

static void molding_and_crystals(void)
{
    long accepted = 0;
    state = 14;
    for (int i = 0; i < TRIES; i++) {
        const double ab[2] = {decade(-12, 12), decade(-40, 0)}, d = decade(-10, 0);
        double L, slopes[3], out;
        for (int m = VT_MOLDING_ADDITIVE; m <= VT_MOLDING_DIFFUSION; m++)
            NO_NAN(vt_molding_length((vt_molding_model)m, ab, 1, &d, &L, slopes, NULL), L + slopes[0] + slopes[1]);
        vt_error err = {0};
        CHECK_OK(vt_molding_length_entrance(ab, 1, &d, &out, &err), &err);
        CHECK(out > 0.0 && out < sqrt(ab[0] * d * d + ab[1] / d) * (1.0 + 1e-9));
        const vt_kjma p = {.kind = (vt_kjma_kind)(i % 2), .nucleation = decade(-10, 40), .u = decade(-20, 3)};
        const double t = decade(-10, 15);
        NO_NAN(vt_kjma_fraction(&p, 1, &t, &out, NULL), out);
        NO_NAN(vt_kjma_time(&p, decade(-300, -1e-9), &out, NULL), out);
        const double T[2] = {300.0, 300.0 + decade(-9, 3)}, tau[2] = {decade(-30, 30), decade(-30, 30)};
        const vt_ttt table = {.n = 2, .T = T, .tau = tau};
        double U, dU;
        NO_NAN(vt_ttt_consumed(&table, 2, (double[]){0.0, t}, T, &U, &dU, NULL), U);
    }
    CHECK(accepted > 6 * TRIES);
}

CHECK_MAIN(CHECK_CASE(viscosities), CHECK_CASE(diffusion_and_relaxation), CHECK_CASE(flow_laws),
           CHECK_CASE(molding_and_crystals))
