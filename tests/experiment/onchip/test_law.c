/* The kernels of tension on a chip: closed forms, derivatives, limits, published numbers, refusals. */
#include "check.h"
#include "experiment/onchip/film.h"
#include <vitrum/constants.h>
#include <vitrum/onchip_law.h>

static const vt_onchip_structure B = {FILM};
static const double U = 2.31e-6;

static void a_state_is_its_closed_form(void)
{
    vt_onchip_point p;
    vt_error err = {0};
    CHECK_OK(vt_onchip_state(&B, U, 0.5, &p, &err), &err);
    const double delta = log(1.0 - U / B.L_a) - B.eps_a;
    CHECK_REL(p.delta, delta, 1e-12); /* rounding of 1 - u/L_a, 2e-3, costs 1e-13 of delta */
    CHECK_REL(p.F, 235e9 * delta * 10.3e-6 * 203e-9, 1e-12);
    CHECK_REL(p.s, p.F / (1.07e-6 * 361e-9), 1e-13);
    CHECK_REL(p.sigma, p.s * (1.0 + U / B.L0), 1e-13);
    CHECK_REL(p.strain, log(1.0 + U / B.L0) + 0.0013, 1e-13);
    /* Small contractions: E_a (|eps_a| - u/L_a), to u^2/(2 L_a^2) over delta. */
    CHECK_REL(p.sigma_a, 235e9 * (0.00427 - U / B.L_a), 0.5 * pow(U / B.L_a, 2.0) / delta * 1.01);
    vt_onchip_point elastic;
    CHECK(vt_onchip_state(&B, U, 0.31, &elastic, NULL) == VT_OK);
    CHECK_REL(elastic.sigma, p.s * pow(1.0 + U / B.L0, 0.62), 1e-13);
}

static vt_onchip_structure changed(int which, double by)
{
    vt_onchip_structure b = B;
    double *const field[] = {&b.E_a, &b.L_a, &b.w_a, &b.t_a, &b.eps_a, &b.L0, &b.w, &b.t, &b.eps};
    *field[which] *= 1.0 + by;
    return b;
}

/* Central differences of steps of 1e-4: their error is of order 1e-8 times a factor up to (eps_a/delta)^2, 5. */
static void sensitivities_are_derivatives(void)
{
    const double h = 1e-4;
    vt_onchip_gum g;
    vt_onchip_point low, high, p;
    CHECK(vt_onchip_sensitivities(&B, U, &g, NULL) == VT_OK);
    CHECK(vt_onchip_state(&B, U, 0.5, &p, NULL) == VT_OK);
    const double size[] = {B.E_a, B.L_a, B.w_a, B.t_a, B.eps_a, B.L0, B.w, B.t, B.eps};
    const double wanted[] = {g.scale * p.sigma / B.E_a,
                             g.stress_L_a,
                             g.scale * p.sigma / B.w_a,
                             g.scale * p.sigma / B.t_a,
                             g.stress_eps_a,
                             g.stress_L0,
                             -g.scale * p.sigma / B.w,
                             -g.scale * p.sigma / B.t,
                             0.0};
    for (int k = 0; k < 9; k++) {
        const vt_onchip_structure a = changed(k, -h), b = changed(k, h);
        CHECK(vt_onchip_state(&a, U, 0.5, &low, NULL) == VT_OK && vt_onchip_state(&b, U, 0.5, &high, NULL) == VT_OK);
        CHECK_ABS((high.sigma - low.sigma) / (2.0 * h * size[k]), wanted[k], 2e-7 * p.sigma / fabs(size[k]));
        const double strain = k == 5 ? g.strain_L0 : k == 8 ? g.strain_eps : 0.0;
        CHECK_ABS((high.strain - low.strain) / (2.0 * h * size[k]), strain, 1e-7 * p.strain / fabs(size[k]));
    }
    CHECK(vt_onchip_state(&B, U * (1.0 - h), 0.5, &low, NULL) == VT_OK);
    CHECK(vt_onchip_state(&B, U * (1.0 + h), 0.5, &high, NULL) == VT_OK);
    CHECK_REL((high.sigma - low.sigma) / (2.0 * h * U), g.stress_u, 1e-7);
    CHECK_REL((high.strain - low.strain) / (2.0 * h * U), g.strain_u, 1e-7);
    CHECK_REL(g.stress_u_part[0] + g.stress_u_part[1], g.stress_u, 1e-12);
    /* P22 writes the budget of sigma with 1/(L0+u) - 1/(L_a delta): the same to u/L_a, 2e-3. */
    CHECK_REL(g.stress_u / p.sigma, 1.0 / (B.L0 + U) - 1.0 / (B.L_a * p.delta), 3e-3);
    CHECK_REL(g.stress_eps_a / p.sigma, -1.0 / p.delta, 1e-12);
}

static void c2_is_the_slope_at_any_nu(void)
{
    const double h = 1e-4 * U;
    for (int k = 0; k < 3; k++) {
        const double nu = (double[]){0.0, 0.37, 0.5}[k];
        vt_onchip_point low, high, p;
        CHECK(vt_onchip_state(&B, U - h, nu, &low, NULL) == VT_OK);
        CHECK(vt_onchip_state(&B, U + h, nu, &high, NULL) == VT_OK);
        CHECK(vt_onchip_state(&B, U, nu, &p, NULL) == VT_OK);
        CHECK_REL((low.sigma - high.sigma) / (2.0 * h), p.c2, 1e-7);
    }
    vt_onchip_point p;
    CHECK(vt_onchip_state(&B, U, 0.5, &p, NULL) == VT_OK);
    const double k_a = B.E_a * B.w_a * B.t_a / (B.L_a - U), S0 = B.w * B.t;
    CHECK_REL(p.c2, (k_a * (B.L0 + U) - p.F) / (S0 * B.L0), 1e-12); /* P23 */
}

static void balance_is_the_inverse_of_the_state(void)
{
    vt_onchip_point p;
    double u = -7.0;
    CHECK(vt_onchip_state(&B, U, 0.5, &p, NULL) == VT_OK);
    CHECK(vt_onchip_balance(&B, p.sigma, &u, NULL) == VT_OK);
    CHECK_REL(u, U, 1e-10); /* bisected to 1e-15 L0 */
    vt_error err = {0};
    u = -7.0;
    CHECK(vt_onchip_balance(&B, 1e11, &u, &err) == VT_ENOROOT);
    CHECK_TEXT(err.msg, "which this actuator can hold");
    CHECK(u == -7.0);
}

/* d eps_p = d eps - d sigma/E along the line that the actuator prescribes. */
static void plastic_strain_grows_by_c3(void)
{
    const double E = 71.3e9, h = 1e-4 * U;
    vt_onchip_point p, low, high;
    double c3;
    CHECK(vt_onchip_state(&B, U, 0.5, &p, NULL) == VT_OK && vt_onchip_state(&B, U - h, 0.5, &low, NULL) == VT_OK);
    CHECK(vt_onchip_state(&B, U + h, 0.5, &high, NULL) == VT_OK);
    CHECK(vt_onchip_plastic_rate(B.L0, U, p.c2, E, &c3, NULL) == VT_OK);
    const double plastic = high.strain - low.strain - (high.sigma - low.sigma) / E;
    CHECK_REL(plastic / (2.0 * h), c3, 1e-7);
}

/* A specimen that obeys sigma = sigma_y + theta eps_p + S ln(rate) under an actuator of constant c2 and c3 moves as
 * u = u_r + A1 ln(1 + t/t_r) with S = A1 (c2 + theta c3): put into the law, it gives back its stress at every time. */
static void relaxation_gives_back_its_rate_stress(void)
{
    const double S = 55e6, theta = 2.5e9, c2 = 9.1e14, c3 = 5.2e4, A1 = S / (c2 + theta * c3), t_r = 37.0;
    double back, u[2], ln_rate[2];
    CHECK(vt_onchip_rate_stress(A1, c2, c3, theta, &back, NULL) == VT_OK);
    CHECK_REL(back, S, 1e-13);
    for (int k = 0; k < 2; k++) {
        const double t = k ? 4.4e6 : 7200.0;
        CHECK(vt_onchip_general_law(1.1e-6, A1, t_r, t, &u[k], NULL) == VT_OK);
        ln_rate[k] = log(c3 * A1 / (t + t_r));
    }
    /* d sigma = -c2 du = theta c3 du + S d ln(rate) */
    CHECK_REL(-(c2 + theta * c3) * (u[1] - u[0]), S * (ln_rate[1] - ln_rate[0]), 1e-10);
    CHECK(vt_onchip_rate_stress(A1, c2, c3, 0.0, &back, NULL) == VT_OK);
    CHECK(back < S); /* ledger D6: and V = M k T/S is too large by that */
    CHECK_REL(S / back, 1.0 + theta * c3 / c2, 1e-12);
}

static void laws_of_time_agree_late(void)
{
    const double A1 = 51e-9, t_r = 12.0, u_r = 2.2e-6, t = 8.6e5;
    double general, paper, drop;
    CHECK(vt_onchip_general_law(u_r, A1, t_r, t, &general, NULL) == VT_OK);
    CHECK(vt_onchip_log_law(A1, u_r / A1 - log(t_r), t, &paper, NULL) == VT_OK);
    CHECK_ABS(general, paper, A1 * t_r / t * 1.01); /* ln(1 + t/t_r) - ln(t/t_r) < t_r/t */
    /* P23: V = 100, 140, 200 A^3 with M = 3.06: 808, 577, 404 MPa from 2 h to 51 d. */
    static const double ANGSTROM3[] = {100.0, 140.0, 200.0}, MPA[] = {808.0, 577.0, 404.0};
    for (int k = 0; k < 3; k++) {
        const double S = 3.06 * VT_BOLTZMANN * 298.0 / (ANGSTROM3[k] * 1e-30);
        CHECK(vt_onchip_stress_drop(S, 7200.0, 51.0 * 86400.0, &drop, NULL) == VT_OK);
        CHECK_ABS(1e-6 * drop, MPA[k], 1.5); /* printed to 1 MPa, at a temperature not printed */
    }
}

/* The rate is the derivative of eps_p = p ln(1 + t/t_r); its limits are the late law and flow at one rate. */
static void the_rate_is_that_of_the_general_law(void)
{
    static const double T_R[] = {1.0, 300.0, 7200.0, 1e6};
    const double p = 2.3e-3, t = 7200.0;
    for (int k = 0; k < 4; k++) {
        double rate;
        CHECK(vt_onchip_flow_rate(p, p * log1p(t / T_R[k]), t, &rate, NULL) == VT_OK);
        CHECK_REL(rate, p / (t + T_R[k]), 1e-12);
    }
    double late, early;
    CHECK(vt_onchip_flow_rate(p, 40.0 * p, t, &late, NULL) == VT_OK);
    CHECK_REL(late, p / t, 1e-15);
    CHECK(vt_onchip_flow_rate(p, 1e-6 * p, t, &early, NULL) == VT_OK);
    CHECK_REL(early, 1e-6 * p / t, 1e-6);
}

/* Point 4 of issue 6: m = 0.03 at 3250 MPa and 298 K. */
static void volumes_are_those_of_the_paper(void)
{
    double V, m;
    CHECK(vt_onchip_volume(sqrt(3.0), 298.0, 0.03 * 3250e6, &V, NULL) == VT_OK);
    CHECK_ABS(V * 1e30, 73.0, 0.5);
    CHECK(vt_onchip_volume(3.06, 298.0, 0.03 * 3250e6, &V, NULL) == VT_OK);
    CHECK_ABS(V * 1e30, 129.0, 0.5);
    CHECK(vt_onchip_rate_sensitivity(97.5e6, 3250e6, 0.0, &m, NULL) == VT_OK);
    CHECK_REL(m, 0.03, 1e-13);
    CHECK(vt_onchip_rate_sensitivity(97.5e6, 3250e6, 2600e6, &m, NULL) == VT_OK);
    CHECK_REL(m, 0.15, 1e-13);
}

static void zone_factors_are_those_of_the_ledger(void)
{
    const vt_csm p = VT_CSM_PUBLISHED, u = VT_CSM_UNCERTAINTY;
    double C, u_C, part[3];
    CHECK(vt_onchip_zone_factor(&p, &u, 0.0, &C, &u_C, part, NULL) == VT_OK);
    CHECK_ABS(C, 10.97, 0.005);
    CHECK_REL(u_C / C, sqrt(pow(2.0 * 2.0 / 27.0, 2.0) + pow(2.0 / 36.0, 2.0)), 1e-12);
    CHECK(vt_onchip_zone_factor(&p, &u, 0.466, &C, &u_C, part, NULL) == VT_OK);
    CHECK_ABS(C, 21.2, 0.05);
    CHECK_BAND(u_C / C, 0.16, 0.19); /* P23: about 17 % */
    CHECK(vt_onchip_zone_factor(&p, &u, 0.3, &C, &u_C, NULL, NULL) == VT_OK);
    CHECK_ABS(C, 24.6, 0.05);
    CHECK(vt_onchip_zone_factor(&p, &u, 1.0, &C, &u_C, NULL, NULL) == VT_OK);
    CHECK_ABS(C, 16.5, 0.05);
    /* Each part is d ln C'/d ln x times u/x: differences of 1e-5. */
    CHECK(vt_onchip_zone_factor(&p, &u, 0.47, &C, &u_C, part, NULL) == VT_OK);
    for (int k = 0; k < 3; k++) {
        vt_csm q = p;
        double *const x[] = {&q.gamma_C0, &q.gamma_C1, &q.gamma_C}, its[] = {0.002, 0.002, 0.002};
        double moved;
        const double before = *x[k];
        *x[k] *= 1.0 + 1e-5;
        CHECK(vt_onchip_zone_factor(&q, &u, 0.47, &moved, &u_C, NULL, NULL) == VT_OK);
        CHECK_REL((moved / C - 1.0) / 1e-5 * its[k] / before, part[k], 1e-4);
    }
}

/* A straight taper from w to 2 w: ln 2; a step by two thin pieces: the sum; a uniform beam: its length. */
static void a_dogbone_is_a_longer_or_shorter_beam(void)
{
    const double x[4] = {1e-6, 6e-6, 31e-6, 36e-6}, w[4] = {2.2e-6, 1.1e-6, 1.1e-6, 2.2e-6};
    double L;
    CHECK(vt_onchip_effective_length(4, x, w, 1.1e-6, &L, NULL) == VT_OK);
    CHECK_REL(L, 25e-6 + 2.0 * 5e-6 * log(2.0), 1e-13);
    CHECK(vt_onchip_effective_length(2, x + 1, w + 1, 1.1e-6, &L, NULL) == VT_OK);
    CHECK_REL(L, 25e-6, 1e-13);
    vt_error err = {0};
    const double back[2] = {3e-6, 2e-6};
    CHECK(vt_onchip_effective_length(2, back, w, 1.1e-6, &L, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "x[1] = 2e-06 m is not after");
}

static void a_pointer_is_a_lever(void)
{
    double eps;
    CHECK(vt_onchip_pointer(4.1e-6, 210e-6, 97e-6, 6e-6, &eps, NULL) == VT_OK);
    CHECK_REL(eps, -4.1e-6 * 6e-6 / (2.0 * 210e-6 * 100e-6), 1e-13);
    CHECK(vt_onchip_pointer(-4.1e-6, 210e-6, 97e-6, 6e-6, &eps, NULL) == VT_EDOMAIN);
}

static void refusals_name_what_is_wrong(void)
{
    vt_onchip_point p = {.F = -7.0};
    vt_error err = {0};
    CHECK(vt_onchip_state(&B, 5e-6, 0.5, &p, &err) == VT_EENERGY);
    CHECK_TEXT(err.msg, "beyond the free contraction of the actuator, 4.8");
    vt_onchip_structure b = B;
    b.eps_a = 0.0043;
    CHECK(vt_onchip_state(&b, U, 0.5, &p, &err) == VT_ESIGN);
    CHECK_TEXT(err.msg, "0.0043 must be < 0");
    b = B;
    b.w = 0.0;
    CHECK(vt_onchip_state(&b, U, 0.5, &p, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "w = 0");
    CHECK(vt_onchip_state(&B, NAN, 0.5, &p, &err) == VT_EDOMAIN);
    CHECK(vt_onchip_state(&B, U, 0.6, &p, &err) == VT_EDOMAIN);
    CHECK(vt_onchip_state(NULL, U, 0.5, &p, &err) == VT_EARG);
    CHECK(p.F == -7.0); /* untouched */
    double x = -7.0;
    CHECK(vt_onchip_rate_stress(5e-8, 1e15, 4e4, -1.0, &x, &err) == VT_EDOMAIN);
    CHECK(vt_onchip_volume(sqrt(3.0), 298.0, 0.0, &x, &err) == VT_EDOMAIN);
    CHECK(vt_onchip_rate_sensitivity(5e7, 2e9, 3e9, &x, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "above its threshold of 3e+09 Pa");
    CHECK(vt_onchip_stress_drop(5e7, 2.0, 1.0, &x, &err) == VT_EDOMAIN);
    CHECK(vt_onchip_flow_rate(1e-3, 0.0, 1.0, &x, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "plastic strain = 0");
    CHECK(vt_onchip_log_law(5e-8, 1.0, 0.0, &x, &err) == VT_EDOMAIN);
    CHECK(vt_onchip_general_law(0.0, 5e-8, 0.0, 1.0, &x, &err) == VT_EDOMAIN);
    CHECK(vt_onchip_plastic_rate(25e-6, 1e-6, 1e15, 0.0, &x, &err) == VT_EDOMAIN);
    CHECK(x == -7.0);
}

CHECK_MAIN(CHECK_CASE(a_state_is_its_closed_form), CHECK_CASE(sensitivities_are_derivatives),
           CHECK_CASE(c2_is_the_slope_at_any_nu), CHECK_CASE(balance_is_the_inverse_of_the_state),
           CHECK_CASE(plastic_strain_grows_by_c3), CHECK_CASE(relaxation_gives_back_its_rate_stress),
           CHECK_CASE(laws_of_time_agree_late), CHECK_CASE(the_rate_is_that_of_the_general_law),
           CHECK_CASE(volumes_are_those_of_the_paper), CHECK_CASE(zone_factors_are_those_of_the_ledger),
           CHECK_CASE(a_dogbone_is_a_longer_or_shorter_beam), CHECK_CASE(a_pointer_is_a_lever),
           CHECK_CASE(refusals_name_what_is_wrong))
