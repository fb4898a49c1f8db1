#include "check.h"
#include <vitrum/constants.h>
#include <vitrum/creep_law.h>

/* Numbers of one wire, none round: d = 173 nm, F = 7.3 uN, eta = 3.1e11 Pa s. */
static const double D0 = 173e-9, F = 7.3e-6, ETA = 3.1e11;

static double section(void)
{
    return 0.25 * VT_PI * D0 * D0;
}

static void a_newtonian_wire_gives_its_viscosity_at_any_strain(void)
{
    const double A0 = section(), slope = -F / (3.0 * ETA * A0);
    for (int k = 0; k < 5; k++) {
        const double y = 0.97 - 0.13 * k;
        const vt_creep_point p = {.F = F, .A0 = A0, .y = y, .y_t = slope, .E = INFINITY};
        vt_creep_state s;
        CHECK(vt_creep_state_at(&p, &s, NULL) == VT_OK);
        CHECK_REL(s.eta, ETA, 1e-14); /* five roundings */
        CHECK_REL(s.rate, -slope / y, 1e-14);
        CHECK_REL(s.stress, F / (A0 * y), 1e-14);
    }
}

static void surface_tension_is_taken_off_the_stress(void)
{
    const double A0 = section(), gamma = 1.07, y = 0.83, d = D0 * sqrt(y);
    const double flow = F / (A0 * y) - 2.0 * gamma / d;
    double sigma;
    CHECK(vt_capillary_stress(gamma, A0 * y, &sigma, NULL) == VT_OK);
    CHECK_REL(sigma, 2.0 * gamma / d, 1e-14);
    /* P02: 1 N/m at 150 nm is 13 MPa to the digits printed */
    CHECK(vt_capillary_stress(1.0, 0.25 * VT_PI * 150e-9 * 150e-9, &sigma, NULL) == VT_OK);
    CHECK_ABS(sigma, 13.33e6, 0.01e6);
    const vt_creep_point p = {.F = F, .A0 = A0, .y = y, .y_t = -y * flow / (3.0 * ETA), .gamma = gamma, .E = INFINITY};
    vt_creep_state s;
    CHECK(vt_creep_state_at(&p, &s, NULL) == VT_OK);
    CHECK_REL(s.eta, ETA, 1e-14);
    CHECK_REL(s.flow, flow, 1e-14);
}

static void the_elastic_part_is_no_flow(void)
{
    const double A0 = section(), y = 0.91, E = 94.6e9, F_t = 3e-9;
    /* total rate of a wire whose flow is rate: e' = rate + sigma'/E, sigma' = F'/A + sigma e' */
    const double sigma = F / (A0 * y), rate = sigma / (3.0 * ETA);
    const double total = (rate + F_t / (A0 * y * E)) / (1.0 - sigma / E);
    const vt_creep_point p = {.F = F, .A0 = A0, .y = y, .y_t = -y * total, .E = E, .F_t = F_t};
    vt_creep_state s;
    CHECK(vt_creep_state_at(&p, &s, NULL) == VT_OK);
    CHECK_REL(s.rate, rate, 1e-12);
    CHECK_REL(s.eta, ETA, 1e-12);
    CHECK(fabs(total / rate - 1.0) > 1e-3); /* there was something to correct */
}

static void a_power_law_obeys_its_equation(void)
{
    const double y0 = 0.96, n = 1.43, a = 3.7e-3, t = 41.0;
    double y[3], h[2] = {0.4, 0.2}, off[2];
    for (int k = 0; k < 2; k++) {
        for (int i = 0; i < 3; i++) CHECK(vt_creep_power_law(y0, n, a, t + (i - 1) * h[k], &y[i], NULL) == VT_OK);
        /* eps' = -y'/y = a y^-n: central differences, order 2 */
        off[k] = fabs(-(y[2] - y[0]) / (2.0 * h[k]) / y[1] - a * pow(y[1], -n));
    }
    CHECK_ABS(log2(off[0] / off[1]), 2.0, 0.01);
    CHECK(vt_creep_power_law(y0, n, a, 0.0, &y[0], NULL) == VT_OK);
    CHECK_REL(y[0], y0, 1e-15);
    /* n = 1 is the straight line of a Newtonian liquid */
    CHECK(vt_creep_power_law(y0, 1.0, a, t, &y[0], NULL) == VT_OK);
    CHECK_REL(y[0], y0 - a * t, 1e-15);
}

static void capillary_time_obeys_its_equation_and_limit(void)
{
    const double y0 = 0.98, p = 2.3e-3;
    for (int k = 0; k < 3; k++) {
        const double q = (const double[]){3.1e-4, 1.2e-3, -0.0}[k];
        double t[2], y = 0.71, h = 1e-5;
        CHECK(vt_creep_capillary_time(y0, y - h, p, q, &t[0], NULL) == VT_OK);
        CHECK(vt_creep_capillary_time(y0, y + h, p, q, &t[1], NULL) == VT_OK);
        /* dy/dt = -(p - q sqrt(y)); central difference: h^2 and rounding of t, both below 1e-9 */
        CHECK_REL(-2.0 * h / (t[0] - t[1]), -(p - q * sqrt(y)), 1e-8);
    }
    double t[2];
    CHECK(vt_creep_capillary_time(y0, 0.6, p, 0.0, &t[0], NULL) == VT_OK);
    CHECK_REL(t[0], (y0 - 0.6) / p, 1e-15);
    /* the limit of small q from both sides of every switch: first order in q sqrt(y)/p */
    for (double q = 1e-14; q < 2e-4; q *= 3.0) {
        CHECK(vt_creep_capillary_time(y0, 0.6, p, q, &t[1], NULL) == VT_OK);
        const double a0 = q * sqrt(y0) / p, a = q * sqrt(0.6) / p;
        const double first = 1.0 + (2.0 / 3.0) * (a0 * a0 + a0 * a + a * a) / (a0 + a);
        CHECK_ABS(t[1] / t[0], first, 1e-9 + 2.0 * a0 * a0);
    }
}

static void sections_in_series_count_as_one_over_the_mean_of_their_inverse(void)
{
    const double d[3] = {150e-9, 160e-9, 175e-9}, across[3] = {155e-9, 150e-9, 180e-9};
    double A, s, inverse = 0.0;
    for (int i = 0; i < 3; i++) inverse += 4.0 / (VT_PI * d[i] * across[i]) / 3.0;
    CHECK(vt_wire_section(3, d, across, &A, &s, NULL) == VT_OK);
    CHECK_REL(A, 1.0 / inverse, 1e-14);
    CHECK(s > 0.0);
    CHECK(vt_wire_section(1, d, NULL, &A, &s, NULL) == VT_OK);
    CHECK_REL(A, 0.25 * VT_PI * d[0] * d[0], 1e-14);
    CHECK(s == 0.0);
    const double two[2] = {100e-9, 200e-9}; /* 1/A in the ratio 4 : 1: mean 2.5, s/sqrt(2) = 1.5 */
    CHECK(vt_wire_section(2, two, NULL, &A, &s, NULL) == VT_OK);
    CHECK_REL(s, 1.5 / 2.5, 1e-14);
}

static void power_and_dimensions_of_the_paper_contradict_each_other(void)
{
    double rise, longer;
    const double A = 0.25 * VT_PI * 150e-9 * 150e-9;
    /* ledger B5: about 5600 K; targets T9: 121.2609 K */
    CHECK(vt_wire_rise(1.1e-3, 5e-6, A, 7.0, &rise, NULL) == VT_OK);
    CHECK_ABS(rise, 5600.0, 50.0);
    CHECK(vt_wire_rise(60e-6, 2e-6, A, 7.0, &rise, NULL) == VT_OK);
    CHECK_ABS(rise, 121.2609, 5e-5);
    /* P02: +44 % after 20 % elongation at constant power */
    CHECK(vt_wire_rise(60e-6, 2.4e-6, A / 1.2, 7.0, &longer, NULL) == VT_OK);
    CHECK_REL(longer / rise, 1.44, 1e-14);
}

static void refuse_point(vt_creep_point p, vt_status code, const char *text)
{
    vt_error err = {0};
    vt_creep_state s = {.eta = -7.0};
    CHECK(vt_creep_state_at(&p, &s, &err) == code);
    CHECK_TEXT(err.msg, text);
    CHECK(s.eta == -7.0);
}

static void what_is_no_flow_is_refused(void)
{
    const vt_creep_point p = {.F = F, .A0 = section(), .y = 0.9, .y_t = -1e-3, .gamma = 1.0, .E = 1e11};
    vt_creep_point q;
    refuse_point((q = p, q.F = -2e-6, q), VT_ESIGN, "force -2e-06 N is not > 0");
    refuse_point((q = p, q.F = NAN, q), VT_ESIGN, "force nan N");
    refuse_point((q = p, q.F = 1e-8, q), VT_ESIGN, "nothing drives the flow");
    refuse_point((q = p, q.y_t = 1e-3, q), VT_ENEGATIVE, "does not stretch");
    refuse_point((q = p, q.y_t = NAN, q), VT_EDOMAIN, "not finite");
    refuse_point((q = p, q.A0 = 0.0, q), VT_EDOMAIN, "A0 = 0 m^2");
    refuse_point((q = p, q.y = -0.1, q), VT_EDOMAIN, "L0/L = -0.1");
    refuse_point((q = p, q.gamma = -1.0, q), VT_EDOMAIN, "surface tension -1");
    refuse_point((q = p, q.E = 0.0, q), VT_EDOMAIN, "modulus 0 Pa");
    CHECK(vt_creep_state_at(NULL, NULL, NULL) == VT_EARG);
}

static void numbers_out_of_range_are_refused(void)
{
    vt_error err = {0};
    double out = -7.0;
    const double d[2] = {1e-7, -1e-7};
    CHECK(vt_wire_section(2, d, NULL, &out, NULL, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "diameter[1] = -1e-07 m");
    CHECK(vt_wire_section(0, d, NULL, &out, NULL, &err) == VT_EARG);
    CHECK(vt_capillary_stress(-1.0, 1e-14, &out, &err) == VT_EDOMAIN);
    CHECK(vt_capillary_stress(1.0, NAN, &out, &err) == VT_EDOMAIN);
    CHECK(vt_creep_power_law(0.9, 0.0, 1e-3, 1.0, &out, &err) == VT_EDOMAIN);
    CHECK(vt_creep_power_law(0.9, 2.0, 1e-3, 500.0, &out, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "thinned to nothing at 405 s");
    CHECK(vt_creep_capillary_time(0.9, 0.8, 0.0, 1e-3, &out, &err) == VT_EDOMAIN);
    CHECK(vt_creep_capillary_time(0.9, 0.8, 1e-3, 2e-3, &out, &err) == VT_ESIGN);
    CHECK_TEXT(err.msg, "surface tension outweighs the force");
    CHECK(vt_wire_rise(0.0, 1e-6, 1e-14, 7.0, &out, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "power 0 W");
    CHECK(out == -7.0);
    CHECK(vt_wire_rise(1.0, 1.0, 1.0, 1.0, NULL, NULL) == VT_EARG);
    CHECK(vt_creep_power_law(1.0, 1.0, 1.0, 0.1, NULL, NULL) == VT_EARG);
    CHECK(vt_creep_capillary_time(1.0, 0.9, 1.0, 0.1, NULL, NULL) == VT_EARG);
    CHECK(vt_capillary_stress(1.0, 1.0, NULL, NULL) == VT_EARG);
}

CHECK_MAIN(CHECK_CASE(a_newtonian_wire_gives_its_viscosity_at_any_strain),
           CHECK_CASE(surface_tension_is_taken_off_the_stress), CHECK_CASE(the_elastic_part_is_no_flow),
           CHECK_CASE(a_power_law_obeys_its_equation), CHECK_CASE(capillary_time_obeys_its_equation_and_limit),
           CHECK_CASE(sections_in_series_count_as_one_over_the_mean_of_their_inverse),
           CHECK_CASE(power_and_dimensions_of_the_paper_contradict_each_other), CHECK_CASE(what_is_no_flow_is_refused),
           CHECK_CASE(numbers_out_of_range_are_refused))
