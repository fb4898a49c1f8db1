/* Heated wire: closed forms, order of the grid, balance of power, published fractions, refusals. */
#include "result_checks.h"
#include <vitrum/constants.h>
#include <vitrum/experiment.h>
#include <vitrum/joule.h>

enum { N = 401 };

/* 150 nm x 5 um wire of kappa = 7 W/(m K) between grips at 300 K. */
static vt_joule_wire thin_wire(void)
{
    return (vt_joule_wire){.d = 150e-9,
                           .L = 5e-6,
                           .power = 0.04e-3,
                           .kappa = 7.0,
                           .T_ref = 300.0,
                           .T_grip = {300.0, 300.0},
                           .T_ambient = 300.0};
}

static vt_joule_profile solve(const vt_joule_wire *w, size_t n, double *T)
{
    static double scratch[2 * 4001];
    vt_joule_profile p = {0};
    vt_error err = {0};
    CHECK_OK(vt_joule_temperature(w, n, T, scratch, &p, &err), &err);
    return p;
}

static double area(const vt_joule_wire *w)
{
    return 0.25 * VT_PI * w->d * w->d;
}

static void constant_properties_give_the_parabola(void)
{
    double T[N];
    vt_joule_wire w = thin_wire();
    const vt_joule_profile p = solve(&w, N, T);
    const double rise = w.power * w.L / (8.0 * w.kappa * area(&w));
    for (size_t i = 0; i < N; i++) {
        const double u = 2.0 * (double)i / (N - 1) - 1.0;
        CHECK_REL(T[i], 300.0 + rise * (1.0 - u * u), 1e-10);
    }
    CHECK_REL(p.T_max, 300.0 + rise, 1e-10);
    CHECK_REL(p.T_mean, 300.0 + 2.0 / 3.0 * rise, 1e-10);
    CHECK_ABS(p.x_max, 2.5e-6, 1e-15);
    w.power = 1.1e-3; /* ledger B5: about 5600 K if all of the power were in the wire */
    CHECK_REL(solve(&w, N, T).T_max - 300.0, 5600.0, 0.01);
}

/* kappa (1 + b (T - T0)): theta = (T - T0) + b (T - T0)^2/2 obeys the parabola (Kirchhoff). The flow between two nodes
 * takes kappa at their mean temperature, which is Kirchhoff's difference: exact, too. Grips differ. */
static void linear_conductivity_gives_kirchhoff_s_parabola(void)
{
    double T[N];
    vt_joule_wire w = thin_wire();
    w.kappa_slope = 2e-3;
    w.T_grip[1] = 420.0;
    const double A = area(&w), theta1 = 120.0 + 0.5 * w.kappa_slope * 120.0 * 120.0;
    solve(&w, N, T);
    for (size_t i = 0; i < N; i++) {
        const double s = (double)i / (N - 1);
        const double theta = theta1 * s + w.power * w.L / (2.0 * w.kappa * A) * s * (1.0 - s);
        CHECK_REL(T[i], 300.0 + (sqrt(1.0 + 2.0 * w.kappa_slope * theta) - 1.0) / w.kappa_slope, 1e-10);
    }
}

/* Everything at once: the grid converges with order 2, and what goes in comes out. */
static void all_effects_converge_and_balance(void)
{
    double T[4001], top[4];
    vt_joule_wire w = thin_wire();
    w.d = 20e-6;
    w.L = 20e-3;
    w.power = 5e-3;
    w.kappa_slope = 1e-3;
    w.rho_slope = -2e-4;
    w.emissivity = 0.4;
    w.R_contact = 2e4;
    w.P_contact = 1e-3;
    for (int k = 0; k < 4; k++) top[k] = solve(&w, (size_t)(50 << k) + 1, T).T_max;
    CHECK_ABS(log2((top[0] - top[1]) / (top[1] - top[2])), 2.0, 0.1);
    CHECK_ABS(log2((top[1] - top[2]) / (top[2] - top[3])), 2.0, 0.1);
    const size_t n = 2001;
    const vt_joule_profile p = solve(&w, n, T);
    const double out = (T[0] - 300.0) / w.R_contact + (T[n - 1] - 300.0) / w.R_contact;
    CHECK_REL(out, p.conducted + 2.0 * w.P_contact, 1e-9);
    CHECK(p.radiated > 0.3e-3 && p.radiated < w.power);
}

/* Far from its ends a long radiating wire has power = emissivity sigma pi d L (T^4 - Ta^4). */
static void long_wire_radiates_everything(void)
{
    static double T[4001];
    vt_joule_wire w = thin_wire();
    w.d = 20e-6;
    w.L = 1.0;
    w.emissivity = 0.5;
    w.power = 5.670374419e-8 * 0.5 * VT_PI * w.d * w.L * (pow(600.0, 4) - pow(300.0, 4));
    CHECK_REL(solve(&w, 4001, T).T_max, 600.0, 1e-9);
}

/* P05: B = 5000 K, T0 = 350 K, T_max = 510 K; ends at 300, 450, 490, 505 K. Printed with two or three digits. */
static void active_fractions_are_the_published_ones(void)
{
    const struct {
        double end, f, half_digit;
    } ROW[] = {{300.0, 0.135, 5e-4}, {450.0, 0.25, 5e-3}, {490.0, 0.44, 5e-3}, {505.0, 0.75, 5e-3}};
    for (size_t k = 0; k < sizeof ROW / sizeof *ROW; k++) {
        double T[4001], ln_eta[4001], f = 0.0;
        vt_joule_wire w = thin_wire();
        w.T_grip[0] = w.T_grip[1] = ROW[k].end;
        w.power = (510.0 - ROW[k].end) * 8.0 * w.kappa * area(&w) / w.L;
        const vt_joule_profile p = solve(&w, 4001, T);
        CHECK_REL(p.T_max, 510.0, 1e-12);
        for (size_t i = 0; i < 4001; i++) ln_eta[i] = T[i] > 350.0 ? 5000.0 / (T[i] - 350.0) : INFINITY;
        CHECK(vt_joule_active_fraction(4001, ln_eta, 5000.0 / 160.0, &f, NULL) == VT_OK);
        CHECK_ABS(f, ROW[k].f, ROW[k].half_digit);
    }
}

/* ---- vitrum predict joule ---- */
static vt_result *predict(const char *const (*set)[2], vt_error *err)
{
    vt_setting s[16] = {{"replicates", "500", NULL, 0}};
    size_t n = 1;
    for (; (*set)[0]; set++) s[n++] = (vt_setting){(*set)[0], (*set)[1], NULL, 0};
    const vt_request in = {.settings = s, .nsettings = n};
    vt_result *r = NULL;
    *err = (vt_error){0};
    vt_forecast_run(vt_forecast_find(VT_PROCESS, "joule"), &in, &r, err);
    return r;
}

/* All of 1.1 mW in a wire of 150 nm: impossible, and told so (ledger B5: 0.04 mW do for a rise of 210 K). */
static void impossible_power_is_told(void)
{
    vt_error err;
    static const char *const SET[][2] = {{"power", "1.1 mW"},        {"diameter", "150 nm"}, {"length", "5 um"},
                                         {"temperature", "503.15K"}, {"emissivity", "0"},    {NULL, NULL}};
    vt_result *r = predict(SET, &err);
    CHECK_OK(err.code, &err);
    const vt_quantity *rise = quantity(r, "temperature_rise", NULL), *P = quantity(r, "power_for_temperature", NULL);
    CHECK_REL(rise->value, 1.1e-3 * 5e-6 / (8.0 * 7.0 * 0.25 * VT_PI * 150e-9 * 150e-9), 1e-9);
    CHECK_REL(P->value, 0.0416e-3, 2e-3);                              /* the same law, turned round */
    CHECK_REL(P->u / P->value, sqrt(0.09 + 4.0 * 25e-4 + 4e-4), 0.02); /* kappa, d twice, L; P05 "Uncertainty" */
    CHECK_REL(quantity(r, "temperature_ramp", NULL)->value, 2.0 * rise->value, 1e-5); /* L/A goes with exp(2 strain) */
    CHECK(warned(r, "W_POWER", "contacts"));
    CHECK(warned(r, "W_NO_VISCOSITY", "vft_T0"));
    CHECK(!quantity(r, "active_fraction", NULL));
    vt_result_free(r);
}

static void active_length_is_warned_of(void)
{
    vt_error err;
    static const char *const SET[][2] = {{"power", "41.6 uW"}, {"diameter", "150 nm"},      {"length", "5 um"},
                                         {"vft_T0", "350 K"},  {"vft_strength", "14.2857"}, {"emissivity", "0"},
                                         {NULL, NULL}};
    vt_result *r = predict(SET, &err);
    CHECK_OK(err.code, &err);
    const double f = quantity(r, "active_fraction", NULL)->value;
    CHECK_BAND(f, 0.10, 0.16);
    CHECK(warned(r, "W_ACTIVE_LENGTH", "true rate"));
    CHECK(!warned(r, "W_POWER", ""));
    /* The curve's mean is the fraction. */
    const vt_table *t = vt_result_curve(r, 0);
    const double *rate = vt_table_values(t, (size_t)vt_table_find(t, "rate_ratio"));
    double mean = 0.0;
    for (size_t i = 0; i < vt_table_rows(t); i++) mean += rate[i];
    CHECK_REL((mean - 0.5 * (rate[0] + rate[vt_table_rows(t) - 1])) / (double)(vt_table_rows(t) - 1), f, 1e-12);
    vt_result_free(r);
}

static void contacts_take_their_share(void)
{
    vt_error err;
    static const char *const SET[][2] = {{"power", "1 mW"},         {"diameter", "150 nm"}, {"length", "5 um"},
                                         {"contact_share", "0.97"}, {"emissivity", "0"},    {NULL, NULL}};
    vt_result *r = predict(SET, &err);
    CHECK_OK(err.code, &err);
    CHECK_REL(quantity(r, "temperature_rise", NULL)->value,
              0.03e-3 * 5e-6 / (8.0 * 7.0 * 0.25 * VT_PI * 150e-9 * 150e-9), 1e-9);
    vt_result_free(r);
}

static void refusals_name_the_cause(void)
{
    double T[N], scratch[2 * N], f;
    vt_joule_wire w = thin_wire();
    vt_error err = {0};
    w.kappa_slope = -0.01; /* the conductivity vanishes 100 K above T_ref: nothing carries the power away */
    const vt_status st = vt_joule_temperature(&w, N, T, scratch, NULL, &err);
    CHECK(st == VT_EDOMAIN || st == VT_ENOCONV);
    CHECK_TEXT(err.msg, "temperature");
    w = thin_wire();
    w.kappa = 0.0;
    CHECK(vt_joule_temperature(&w, N, T, scratch, NULL, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "kappa = 0");
    w = thin_wire();
    w.emissivity = NAN;
    CHECK(vt_joule_temperature(&w, N, T, scratch, NULL, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "emissivity");
    CHECK(vt_joule_temperature(&w, 4, T, scratch, NULL, &err) == VT_EARG);
    CHECK(vt_joule_active_fraction(N, NULL, 0.0, &f, &err) == VT_EARG);
    T[0] = NAN;
    CHECK(vt_joule_active_fraction(2, T, 0.0, &f, &err) == VT_EDOMAIN);
}

CHECK_MAIN(CHECK_CASE(constant_properties_give_the_parabola),
           CHECK_CASE(linear_conductivity_gives_kirchhoff_s_parabola), CHECK_CASE(all_effects_converge_and_balance),
           CHECK_CASE(long_wire_radiates_everything), CHECK_CASE(active_fractions_are_the_published_ones),
           CHECK_CASE(impossible_power_is_told), CHECK_CASE(active_length_is_warned_of),
           CHECK_CASE(contacts_take_their_share), CHECK_CASE(refusals_name_the_cause))
