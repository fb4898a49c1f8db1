#include "glass/printed.h"
#include "glass/reference_set.h"
#include <vitrum/viscosity.h>

enum { NP = VT_VISCOSITY_PARAMETERS };

static vt_viscosity with_jump(void)
{
    vt_viscosity p = reference_set().viscosity;
    p.jump = -0.31;
    return p;
}

static double *parameter(vt_viscosity *p, int j)
{
    double *const at[NP] = {&p->ln_eta_ref, &p->D, &p->T0, &p->Tk, &p->Qg, &p->jump};
    return at[j];
}

/* Central differences with steps h and h/2 of every parameter, in both branches. */
static void derivatives_converge_at_second_order(void)
{
    const double T[2] = {593.3, 531.7};
    const double step[NP] = {0.0, 0.02, 2.0, 1.0, 0.0, 0.0};
    vt_viscosity p = with_jump();
    double ln_eta[2], jac[2 * NP];
    CHECK(vt_viscosity_ln(&p, 2, T, ln_eta, jac, NULL) == VT_OK);
    for (int j = 0; j < NP; j++) {
        for (int i = 0; i < 2; i++) {
            double e[2];
            const double h0 = step[j] > 0.0 ? step[j] : 0.01 * fabs(*parameter(&p, j));
            for (int k = 0; k < 2; k++) {
                vt_viscosity up = p, down = p;
                const double h = k ? 0.5 * h0 : h0;
                double l[2];
                *parameter(&up, j) += h;
                *parameter(&down, j) -= h;
                CHECK(vt_viscosity_ln(&up, 1, &T[i], &l[0], NULL, NULL) == VT_OK);
                CHECK(vt_viscosity_ln(&down, 1, &T[i], &l[1], NULL, NULL) == VT_OK);
                e[k] = (l[0] - l[1]) / (2.0 * h) * h0 - jac[i * NP + j] * h0; /* in units of ln eta */
            }
            if (fabs(e[0]) > 1e-9) /* not linear in this parameter */
                CHECK_ORDER_2(e[0], e[1]);
            else /* linear: exact up to the rounding of ln eta = 27 */
                CHECK_ABS(e[1], 0.0, 1e-12);
        }
    }
    /* T0 and Tk are curved in at least one branch: the loop above has tested an order, not only zeros. */
    CHECK(fabs(jac[VT_VISCOSITY_T0]) > 1e-3 && fabs(jac[NP + VT_VISCOSITY_TK]) > 1e-3);
}

static void kink_is_continuous_unless_a_jump_is_given(void)
{
    vt_viscosity p = reference_set().viscosity;
    double l[2];
    for (int k = 0; k < 2; k++) {
        const double T[2] = {p.Tk, nextafter(p.Tk, 0.0)};
        CHECK(vt_viscosity_ln(&p, 2, T, l, NULL, NULL) == VT_OK);
        CHECK_ABS(l[1] - l[0], p.jump, 1e-12); /* one step of double in T moves ln eta by 3e-14 */
        p = with_jump();
    }
}

static void reference_set_gives_the_printed_viscosities(void)
{
    static const struct {
        double T_C;
        const char *eta;
    } ROW[] = {{337, "6.6477e7"},  {327, "3.0542e8"},  {317, "1.6710e9"},  {307, "1.1240e10"},
               {297, "9.6741e10"}, {287, "1.0004e12"}, {277, "1.3956e12"}, {267, "1.9710e12"},
               {254, "3.1484e12"}, {200, "2.9016e13"}, {100, "9.6830e15"}, {25, "9.7581e18"}};
    const vt_viscosity p = reference_set().viscosity;
    for (size_t i = 0; i < sizeof ROW / sizeof ROW[0]; i++) {
        const double T = ROW[i].T_C + VT_ZERO_CELSIUS;
        double eta;
        CHECK(vt_viscosity_eta(&p, 1, &T, &eta, NULL) == VT_OK);
        CHECK_PRINTED(eta, ROW[i].eta); /* procedures 10.3 */
    }
}

static void activation_energy_changes_at_the_kink(void)
{
    const vt_viscosity p = reference_set().viscosity;
    const double T[2] = {540.15, 590.15};
    double Q[2], direct;
    vt_vft liquid;
    CHECK(vt_viscosity_activation_energy(&p, 2, T, Q, NULL) == VT_OK);
    CHECK_REL(Q[0], 0.884 * VT_ELECTRONVOLT, 1e-15);
    CHECK(vt_viscosity_liquid(&p, &liquid, NULL) == VT_OK);
    CHECK(vt_vft_activation_energy(&liquid, 1, &T[1], &direct, NULL) == VT_OK);
    CHECK_REL(Q[1], direct, 1e-14);
}

static void reference_at_infinity_means_eta0(void)
{
    const vt_viscosity p = reference_set().viscosity;
    vt_viscosity q = p;
    vt_vft liquid;
    CHECK(vt_viscosity_liquid(&p, &liquid, NULL) == VT_OK);
    CHECK_PRINTED(liquid.eta0, "3.969e-5");
    q.T_ref = INFINITY;
    q.ln_eta_ref = log(liquid.eta0);
    const double T[2] = {537.2, 601.8};
    double a[2], b[2], jac[2 * NP];
    CHECK(vt_viscosity_ln(&p, 2, T, a, NULL, NULL) == VT_OK);
    CHECK(vt_viscosity_ln(&q, 2, T, b, jac, NULL) == VT_OK);
    for (int i = 0; i < 2; i++) CHECK_ABS(a[i], b[i], 1e-13 * 30.0);  /* the same law, two roundings */
    CHECK_REL(jac[NP + VT_VISCOSITY_D], q.T0 / (T[1] - q.T0), 1e-14); /* g_ref = 0 */
}

static void without_a_kink_the_liquid_holds_everywhere(void)
{
    vt_viscosity p = reference_set().viscosity;
    vt_vft liquid;
    p.Tk = 0.0;
    const double T[2] = {527.15, 415.0};
    double a, b, jac[NP];
    CHECK(vt_viscosity_liquid(&p, &liquid, NULL) == VT_OK);
    CHECK(vt_viscosity_ln(&p, 1, T, &a, jac, NULL) == VT_OK);
    CHECK(vt_vft_ln_viscosity(&liquid, 1, T, &b, NULL) == VT_OK);
    CHECK_ABS(a, b, 1e-13 * 40.0);
    CHECK(jac[VT_VISCOSITY_TK] == 0.0 && jac[VT_VISCOSITY_QG] == 0.0 && jac[VT_VISCOSITY_JUMP] == 0.0);
    vt_error err = {0};
    CHECK(vt_viscosity_ln(&p, 2, T, &a, NULL, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "T[1] = 415 K is not above T0 = 415.56 K");
}

static void refusals_name_the_value(void)
{
    const double T[2] = {537.2, -1.0};
    double l[2] = {-7.0, -7.0};
    vt_error err = {0};
    vt_viscosity p = reference_set().viscosity;
    CHECK(vt_viscosity_eta(&p, 2, T, l, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "T[1] = -1 K");
    p.Tk = 401.0;
    CHECK(vt_viscosity_ln(&p, 1, T, l, NULL, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "Tk = 401 K must be above T0 = 415.56 K");
    p = reference_set().viscosity;
    p.D = NAN;
    CHECK(vt_viscosity_ln(&p, 1, T, l, NULL, &err) == VT_EARG);
    p = reference_set().viscosity;
    p.Qg = -1e-20;
    CHECK(vt_viscosity_activation_energy(&p, 1, T, l, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "Qg = -1e-20 J");
    p = reference_set().viscosity;
    p.T_ref = 400.2;
    CHECK(vt_viscosity_ln(&p, 1, T, l, NULL, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "T_ref = 400.2 K");
    p = reference_set().viscosity;
    CHECK(vt_viscosity_ln(&p, 1, NULL, l, NULL, &err) == VT_EARG);
    CHECK(vt_viscosity_ln(NULL, 1, T, l, NULL, &err) == VT_EARG);
    CHECK(vt_viscosity_liquid(&p, NULL, &err) == VT_EARG);
    vt_vft liquid;
    p.D = 400.0; /* exponent 952 */
    CHECK(vt_viscosity_liquid(&p, &liquid, &err) == VT_ERANGE);
    CHECK(l[0] == -7.0);
}

CHECK_MAIN(CHECK_CASE(derivatives_converge_at_second_order), CHECK_CASE(kink_is_continuous_unless_a_jump_is_given),
           CHECK_CASE(reference_set_gives_the_printed_viscosities), CHECK_CASE(activation_energy_changes_at_the_kink),
           CHECK_CASE(reference_at_infinity_means_eta0), CHECK_CASE(without_a_kink_the_liquid_holds_everywhere),
           CHECK_CASE(refusals_name_the_value))
