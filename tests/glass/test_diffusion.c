#include "glass/printed.h"
#include "glass/reference_set.h"
#include <vitrum/diffusion.h>
#include <vitrum/vft.h>

static vt_vft liquid(void)
{
    const vt_transport_law p = reference_set();
    vt_vft l = {0};
    CHECK(vt_viscosity_liquid(&p.viscosity, &l, NULL) == VT_OK);
    return l;
}

static const double TG = 590.15;

static void stokes_einstein_is_its_formula(void)
{
    const vt_stokes_einstein se = {.c = 6.0, .R = 0.1316e-9};
    const double T = 590.15, eta = 1.671e9;
    double D;
    CHECK(vt_stokes_einstein_diffusivity(&se, 1, &T, &eta, &D, NULL) == VT_OK);
    /* mpmath: 1.380649e-23*590.15/(6*pi*0.1316e-9*1.671e9); a few roundings. */
    CHECK_REL(D, 1.9656773430362854808e-21, 2e-15);
}

static void tangency_of_the_reference_set_is_printed(void)
{
    const vt_vft l = liquid();
    double T, eta;
    CHECK(vt_breakdown_tangency(&l, TG, 3.16 * VT_ELECTRONVOLT, &T, NULL, NULL) == VT_OK);
    CHECK_PRINTED(T, "681.372"); /* procedures 10.3 */
    CHECK_PRINTED(T - VT_ZERO_CELSIUS, "408.222");
    CHECK_PRINTED(T / TG, "1.1546"); /* 10.2 */
    CHECK(vt_vft_viscosity(&l, 1, &T, &eta, NULL) == VT_OK);
    CHECK_PRINTED(eta, "3.527e4");
}

/* At T_SER the Arrhenius line has the slope of D_SER: the definition, tested on the laws and not on the equation. */
static void line_and_stokes_einstein_touch_at_the_root(void)
{
    const vt_vft l = liquid();
    const vt_stokes_einstein se = {.c = 6.0, .R = 0.1316e-9};
    vt_arrhenius D_B;
    double T, gap[2];
    CHECK(vt_breakdown_tangency(&l, TG, 3.16 * VT_ELECTRONVOLT, &T, NULL, NULL) == VT_OK);
    CHECK(vt_bulk_diffusion(&l, &se, 3.16 * VT_ELECTRONVOLT, T, &D_B, NULL) == VT_OK);
    for (int k = 0; k < 2; k++) {
        const double at[2] = {T - (k ? 0.5 : 1.0), T};
        double eta[2], D[2], line[2];
        CHECK(vt_vft_viscosity(&l, 2, at, eta, NULL) == VT_OK);
        CHECK(vt_stokes_einstein_diffusivity(&se, 2, at, eta, D, NULL) == VT_OK);
        CHECK(vt_arrhenius_value(&D_B, 2, at, line, NULL) == VT_OK);
        CHECK_REL(line[1], D[1], 1e-14);
        gap[k] = log(line[0] / D[0]);
    }
    CHECK_ABS(log2(gap[0] / gap[1]), 2.0, 0.03); /* touching: the gap closes as the square; crossing: 1 */
    CHECK(gap[1] > 0.0);                         /* the line lies above the falling D_SER */
}

static void bulk_diffusivity_of_the_reference_set_is_printed(void)
{
    const vt_vft l = liquid();
    const vt_transport_law p = reference_set();
    vt_arrhenius D_B;
    double T, D, D_I;
    CHECK(vt_breakdown_tangency(&l, TG, p.Q_B, &T, NULL, NULL) == VT_OK);
    CHECK(vt_bulk_diffusion(&l, &p.se, p.Q_B, T, &D_B, NULL) == VT_OK);
    CHECK_PRINTED(D_B.X_ref, "1.075e-16");
    CHECK(vt_arrhenius_value(&D_B, 1, &TG, &D, NULL) == VT_OK);
    CHECK_PRINTED(D, "2.622e-20");
    CHECK(vt_arrhenius_value(&p.mobility, 1, &TG, &D_I, NULL) == VT_OK);
    CHECK_PRINTED(D / (D_I / p.delta), "7.587e-4");
}

/* P12: T_SER against Q_B. */
static void sensitivity_to_the_activation_energy_is_the_published_table(void)
{
    static const struct {
        double eV;
        const char *T_C;
    } ROW[] = {{2.8, "437"}, {3.0, "420"}, {3.16, "408"}, {3.3, "399"}, {3.6, "381"}};
    const vt_vft l = liquid();
    double T, grad[3];
    for (size_t i = 0; i < sizeof ROW / sizeof ROW[0]; i++) {
        CHECK(vt_breakdown_tangency(&l, TG, ROW[i].eV * VT_ELECTRONVOLT, &T, grad, NULL) == VT_OK);
        CHECK_PRINTED(T - VT_ZERO_CELSIUS, ROW[i].T_C);
        if (ROW[i].eV == 3.16) CHECK_BAND(grad[0] * VT_ELECTRONVOLT, -75.0, -65.0); /* "about -70 K/eV" */
    }
}

static void gradient_converges_at_second_order(void)
{
    const vt_vft l = liquid();
    const double Q = 3.16 * VT_ELECTRONVOLT;
    const double step[3] = {0.1 * VT_ELECTRONVOLT, 100.0, 4.0};
    double T, grad[3];
    CHECK(vt_breakdown_tangency(&l, TG, Q, &T, grad, NULL) == VT_OK);
    for (int j = 0; j < 3; j++) {
        double e[2];
        for (int k = 0; k < 2; k++) {
            const double h = k ? 0.5 * step[j] : step[j];
            double end[2];
            for (int s = 0; s < 2; s++) {
                const double move = s ? -h : h;
                vt_vft q = l;
                if (j == 1) q.B += move;
                if (j == 2) q.T0 += move;
                CHECK(vt_breakdown_tangency(&q, TG, j == 0 ? Q + move : Q, &end[s], NULL, NULL) == VT_OK);
            }
            e[k] = (end[0] - end[1]) / (2.0 * h) / grad[j] - 1.0;
        }
        CHECK_ORDER_2(e[0], e[1]);
    }
}

static void closed_form_approximates_the_root(void)
{
    const vt_vft l = liquid();
    double T, closed;
    for (double eV = 2.8; eV < 3.7; eV += 0.2) {
        CHECK(vt_breakdown_tangency(&l, TG, eV * VT_ELECTRONVOLT, &T, NULL, NULL) == VT_OK);
        CHECK(vt_breakdown_closed_form(&l, eV * VT_ELECTRONVOLT, &closed, NULL) == VT_OK);
        /* Each of the three steps multiplies the error by dT/d(Q_B/k) = 70 K/eV * 8.6e-5 eV/K = 0.006; it starts at
         * T = 0, 700 K off: 1.5e-4 K at 3.16 eV, up to 3.5e-4 K at 2.8 eV (mpmath). */
        CHECK_ABS(closed, T, 5e-4);
    }
}

static void intersection_finds_a_measured_crossing(void)
{
    const vt_vft l = liquid();
    const vt_stokes_einstein se = {.c = 6.0, .R = 0.1316e-9};
    const double T_cross = 702.3, Q = 3.16 * VT_ELECTRONVOLT;
    vt_arrhenius D_B; /* crosses D_SER at T_cross by construction, 20 K above the tangency */
    double T;
    CHECK(vt_bulk_diffusion(&l, &se, Q, T_cross, &D_B, NULL) == VT_OK);
    CHECK(vt_breakdown_intersection(&l, &se, &D_B, TG, &T, NULL) == VT_OK);
    CHECK_REL(T, T_cross, 1e-12); /* ln D is good to 1e-14 and the crossing is shallow: 0.005 per K */
    /* A faster diffuser leaves the liquid's line for good. */
    vt_error err = {0};
    D_B.X_ref *= 2.0;
    CHECK(vt_breakdown_intersection(&l, &se, &D_B, TG, &T, &err) == VT_ENOROOT);
    CHECK_TEXT(err.msg, "closest approach");
    CHECK_TEXT(err.msg, "885.225) K");
}

static void no_root_names_the_bracket(void)
{
    const vt_vft l = liquid();
    double T = -7.0;
    vt_error err = {0};
    CHECK(vt_breakdown_tangency(&l, TG, 40.0 * VT_ELECTRONVOLT, &T, NULL, &err) == VT_ENOROOT);
    CHECK_TEXT(err.msg, "bracket (475.56, 885.225) K");
    CHECK_TEXT(err.msg, "Q_B = 40 eV");
    CHECK(vt_breakdown_tangency(&l, TG, 0.9 * VT_ELECTRONVOLT, &T, NULL, &err) == VT_ENOROOT);
    CHECK(vt_breakdown_closed_form(&l, 0.4 * VT_ELECTRONVOLT, &T, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "Q_B = 0.4 eV");
    CHECK(T == -7.0);
}

static void refusals_name_the_value(void)
{
    const vt_vft l = liquid();
    const vt_stokes_einstein se = {.c = 6.0, .R = 0.1316e-9}, bad = {.c = 6.0, .R = NAN};
    const double T[2] = {590.1, 560.2}, eta[2] = {1.7e9, 0.0};
    double D[2] = {-7.0, -7.0};
    vt_arrhenius D_B = {.X_ref = 2e-20, .T_ref = 590.15, .Q = 0.0};
    vt_error err = {0};
    CHECK(vt_stokes_einstein_diffusivity(&se, 2, T, eta, D, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "eta[1] = 0 Pa s");
    CHECK(vt_stokes_einstein_diffusivity(&bad, 1, T, eta, D, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "R = nan m");
    CHECK(vt_stokes_einstein_diffusivity(&se, 1, T, NULL, D, &err) == VT_EARG);
    CHECK(vt_breakdown_tangency(&l, TG, -3e-19, D, NULL, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "Q_B = -3e-19 J");
    CHECK(vt_breakdown_tangency(&l, 401.0, 5e-19, D, NULL, &err) == VT_EDOMAIN);
    CHECK(vt_breakdown_tangency(NULL, TG, 5e-19, D, NULL, &err) == VT_EARG);
    CHECK(vt_breakdown_intersection(&l, &se, &D_B, TG, D, &err) == VT_EARG);
    CHECK(vt_bulk_diffusion(&l, &se, 5e-19, 401.0, &D_B, &err) == VT_EDOMAIN);
    CHECK(vt_bulk_diffusion(&l, &se, -5e-19, 690.0, &D_B, &err) == VT_EARG);
    CHECK(D[0] == -7.0 && D_B.Q == 0.0);
}

CHECK_MAIN(CHECK_CASE(stokes_einstein_is_its_formula), CHECK_CASE(tangency_of_the_reference_set_is_printed),
           CHECK_CASE(line_and_stokes_einstein_touch_at_the_root),
           CHECK_CASE(bulk_diffusivity_of_the_reference_set_is_printed),
           CHECK_CASE(sensitivity_to_the_activation_energy_is_the_published_table),
           CHECK_CASE(gradient_converges_at_second_order), CHECK_CASE(closed_form_approximates_the_root),
           CHECK_CASE(intersection_finds_a_measured_crossing), CHECK_CASE(no_root_names_the_bracket),
           CHECK_CASE(refusals_name_the_value))
