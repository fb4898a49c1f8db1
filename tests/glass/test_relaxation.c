#include "glass/printed.h"
#include "glass/reference_set.h"
#include <vitrum/relaxation.h>

static vt_relaxation times(void)
{
    const vt_transport_law p = reference_set();
    vt_transport_derived r = {0};
    vt_error err = {0};
    CHECK_OK(vt_transport_derive(&p, &r, &err), &err);
    return r.times;
}

static void reference_set_gives_the_printed_times(void)
{
    static const struct {
        double T_C;
        const char *tau_B, *tau_I;
    } ROW[] = {{337, "3.02", "6.35e-3"}, {327, "13.9", "0.0177"}, {317, "76", "0.0577"},
               {307, "511", "0.227"},    {297, "4.40e3", "1.12"}, {287, "5.10e4", "7.33"},
               {277, "8.51e5", "67.4"},  {267, "2.23e7", "954"},  {254, "3.74e9", "6.92e4"}};
    const vt_relaxation p = times();
    for (size_t i = 0; i < sizeof ROW / sizeof ROW[0]; i++) {
        const double T = ROW[i].T_C + VT_ZERO_CELSIUS;
        double tau;
        CHECK(vt_relaxation_bulk(&p, 1, &T, &tau, NULL) == VT_OK);
        CHECK_PRINTED(tau, ROW[i].tau_B); /* procedures 10.3 */
        CHECK(vt_relaxation_interface(&p, 1, &T, &tau, NULL) == VT_OK);
        CHECK_PRINTED(tau, ROW[i].tau_I);
    }
}

static void glass_transitions_of_the_reference_set_are_printed(void)
{
    const vt_relaxation p = times();
    double T;
    CHECK(vt_glass_transition_bulk(&p, 36000.0, &T, NULL) == VT_OK);
    CHECK_PRINTED(T - VT_ZERO_CELSIUS, "288.342");
    CHECK(vt_glass_transition_interface(&p, 36000.0, &T, NULL) == VT_OK);
    CHECK_PRINTED(T - VT_ZERO_CELSIUS, "255.780");
}

static void transitions_invert_the_times(void)
{
    const vt_relaxation p = times();
    const double t[3] = {0.71, 431.0, 8.3e8};
    for (int i = 0; i < 3; i++) {
        double T, tau;
        CHECK(vt_glass_transition_bulk(&p, t[i], &T, NULL) == VT_OK);
        CHECK(vt_relaxation_bulk(&p, 1, &T, &tau, NULL) == VT_OK);
        CHECK_REL(tau, t[i], 1e-12); /* d ln tau/dT is up to 0.4/K: 1e-13 K of rounding in T */
        CHECK(vt_glass_transition_interface(&p, t[i], &T, NULL) == VT_OK);
        CHECK(vt_relaxation_interface(&p, 1, &T, &tau, NULL) == VT_OK);
        CHECK_REL(tau, t[i], 1e-12);
    }
}

/* P12: Tg,int moves by -1.9 K when delta is halved or R doubled: both halve D_B/D_I. */
static void interface_transition_hardly_depends_on_delta_and_R(void)
{
    const vt_relaxation p = times();
    vt_transport_law law = reference_set();
    vt_transport_derived r;
    double T[3];
    CHECK(vt_glass_transition_interface(&p, 36000.0, &T[0], NULL) == VT_OK);
    law.delta *= 0.5;
    CHECK(vt_transport_derive(&law, &r, NULL) == VT_OK);
    CHECK(vt_glass_transition_interface(&r.times, 36000.0, &T[1], NULL) == VT_OK);
    CHECK_PRINTED(T[1] - T[0], "-1.9");
    law = reference_set();
    law.se.R *= 2.0;
    CHECK(vt_transport_derive(&law, &r, NULL) == VT_OK);
    CHECK(vt_glass_transition_interface(&r.times, 36000.0, &T[2], NULL) == VT_OK);
    CHECK_ABS(T[2], T[1], 1e-9); /* the same ratio */
}

/* Ledger A11: eta_g/tau_g is 22 MPa, about 1/1700 of a modulus of 35-40 GPa. */
static void maxwell_ratio_exposes_the_level_of_the_viscosity(void)
{
    double x;
    CHECK(vt_maxwell_ratio(1.671e9, 76.0, 37.5e9, &x, NULL) == VT_OK);
    CHECK_BAND(1.0 / x, 1600.0, 1800.0);
    CHECK(x < VT_MAXWELL_LOW);
    vt_error err = {0};
    CHECK(vt_maxwell_ratio(1.671e9, NAN, 37.5e9, &x, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "tau = nan s");
}

static void refusals_name_the_value(void)
{
    vt_relaxation p = times();
    const double T[2] = {560.2, 415.5};
    double out[2] = {-7.0, -7.0};
    vt_error err = {0};
    CHECK(vt_relaxation_bulk(&p, 2, T, out, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "T[1] = 415.5 K is not above T0");
    CHECK(vt_relaxation_interface(&p, 2, T, out, &err) == VT_EDOMAIN);
    CHECK(vt_glass_transition_bulk(&p, 1e-15, out, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "t = 1e-15 s");
    CHECK(vt_glass_transition_bulk(&p, -3.0, out, &err) == VT_EARG);
    CHECK(vt_glass_transition_interface(&p, 1e-30, out, &err) == VT_ENOROOT);
    CHECK_TEXT(err.msg, "in the bracket (417.306, 885.225) K");
    p.delta = 0.0;
    CHECK(vt_relaxation_interface(&p, 1, T, out, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "delta = 0 m");
    CHECK(vt_relaxation_bulk(&p, 1, T, out + 1, &err) == VT_OK); /* the bulk does not use it */
    p.tau_g = NAN;
    CHECK(vt_relaxation_bulk(&p, 1, T, out, &err) == VT_EARG);
    CHECK(vt_relaxation_bulk(NULL, 1, T, out, &err) == VT_EARG);
    CHECK(vt_relaxation_bulk(&p, 1, NULL, out, &err) == VT_EARG);
    CHECK(out[0] == -7.0);
}

CHECK_MAIN(CHECK_CASE(reference_set_gives_the_printed_times),
           CHECK_CASE(glass_transitions_of_the_reference_set_are_printed), CHECK_CASE(transitions_invert_the_times),
           CHECK_CASE(interface_transition_hardly_depends_on_delta_and_R),
           CHECK_CASE(maxwell_ratio_exposes_the_level_of_the_viscosity), CHECK_CASE(refusals_name_the_value))
