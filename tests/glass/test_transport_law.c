#include "glass/printed.h"
#include "glass/reference_set.h"
#include <vitrum/transport_law.h>

static void reference_set_gives_the_printed_critical_diameters(void)
{
    static const struct {
        double T_C;
        const char *product, *d_nm;
    } ROW[] = {{337, "2.3412e-18", "9.57"},  {327, "6.5194e-18", "13.54"}, {317, "2.1255e-17", "20.19"},
               {307, "8.3687e-17", "32.07"}, {297, "4.1380e-16", "54.95"}, {287, "2.4101e-15", "99.45"},
               {277, "1.8544e-15", "91.68"}, {267, "1.4131e-15", "84.25"}, {254, "9.7730e-16", "75.12"},
               {200, "1.7006e-16", "43.48"}, {100, "1.7534e-18", "10.24"}, {25, "7.5726e-21", "1.80"}};
    const vt_transport_law p = reference_set();
    for (size_t i = 0; i < sizeof ROW / sizeof ROW[0]; i++) {
        const double T = ROW[i].T_C + VT_ZERO_CELSIUS;
        double d, eta, mobility;
        CHECK(vt_transport_critical_diameter(&p, 1, &T, &d, NULL) == VT_OK);
        CHECK_PRINTED(1e9 * d, ROW[i].d_nm);
        CHECK(vt_viscosity_eta(&p.viscosity, 1, &T, &eta, NULL) == VT_OK);
        CHECK(vt_arrhenius_value(&p.mobility, 1, &T, &mobility, NULL) == VT_OK);
        CHECK_PRINTED(eta * mobility, ROW[i].product);
    }
}

static void derived_quantities_are_printed(void)
{
    const vt_transport_law p = reference_set();
    vt_transport_derived r;
    vt_error err = {0};
    double D_B, D_I;
    CHECK_OK(vt_transport_derive(&p, &r, &err), &err);
    CHECK_PRINTED(r.T_SER, "681.372");
    CHECK_PRINTED(r.eta_SER, "3.527e4");
    CHECK_PRINTED(r.fragility, "46.05");
    CHECK_PRINTED(r.D_B.X_ref, "1.075e-16");
    CHECK(vt_arrhenius_value(&r.D_B, 1, &p.Tg, &D_B, NULL) == VT_OK);
    CHECK(vt_arrhenius_value(&p.mobility, 1, &p.Tg, &D_I, NULL) == VT_OK);
    CHECK_PRINTED(D_B / (D_I / p.delta), "7.587e-4");
}

/* The largest critical diameter sits at the kink (procedures 10.2: 99.9 nm at 287.5 degC). */
static void maximum_lies_at_the_kink(void)
{
    const vt_transport_law p = reference_set();
    const double T[3] = {560.65 - 0.5, 560.65, 560.65 + 0.5};
    double d[3];
    CHECK(vt_transport_critical_diameter(&p, 3, T, d, NULL) == VT_OK);
    CHECK(d[1] > d[0] && d[1] > d[2]);
    CHECK_PRINTED(1e9 * d[1], "99.9");
}

static void refusals_name_the_temperature(void)
{
    vt_transport_law p = reference_set();
    const double T[2] = {560.2, -2.0};
    double d[2] = {-7.0, -7.0};
    vt_transport_derived r = {.T_SER = -7.0};
    vt_error err = {0};
    CHECK(vt_transport_critical_diameter(&p, 2, T, d, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "temperature 1, -2 K");
    CHECK(vt_transport_critical_diameter(&p, 1, T, NULL, &err) == VT_EARG);
    p.Omega = NAN;
    CHECK(vt_transport_critical_diameter(&p, 1, T, d, &err) == VT_EARG);
    p = reference_set();
    p.Q_B = 40.0 * VT_ELECTRONVOLT;
    CHECK(vt_transport_derive(&p, &r, &err) == VT_ENOROOT);
    p = reference_set();
    p.delta = 0.0;
    CHECK(vt_transport_derive(&p, &r, &err) == VT_EARG);
    CHECK(vt_transport_derive(NULL, &r, &err) == VT_EARG);
    CHECK(d[0] == -7.0 && r.T_SER == -7.0);
}

CHECK_MAIN(CHECK_CASE(reference_set_gives_the_printed_critical_diameters), CHECK_CASE(derived_quantities_are_printed),
           CHECK_CASE(maximum_lies_at_the_kink), CHECK_CASE(refusals_name_the_temperature))
