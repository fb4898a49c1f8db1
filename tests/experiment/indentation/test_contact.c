#include "check.h"
#include <vitrum/contact.h>

static const double PI = 3.14159265358979323846;

static const vt_area_function AREA = {.n = 4, .C = {23.9, 412.0, 1310.0, -207.0}};

static vt_contact sample(void)
{
    return (vt_contact){.P = 11.3e-3,
                        .h = 431e-9,
                        .S = 1.31e5,
                        .m = 1.37,
                        .epsilon = 0.0,
                        .beta = 1.034,
                        .nu = 0.37,
                        .E_i = 1141e9,
                        .nu_i = 0.07,
                        .C_f = 0.23e-6,
                        .area = &AREA};
}

static void epsilon_has_its_published_values(void)
{
    /* Procedure P19: three digits. */
    static const double M[] = {1.2, 1.3, 1.4, 1.5, 2.0}, E[] = {0.793, 0.772, 0.759, 0.750, 0.727};
    double e = 0.0, slope = 0.0;
    vt_error err = {0};
    for (int i = 0; i < 5; i++) {
        CHECK_OK(vt_contact_epsilon(M[i], &e, NULL, &err), &err);
        CHECK_ABS(e, E[i], 5e-4);
    }
    /* Closed forms: a paraboloid (m = 3/2) 3/4, a cone (m = 2) 2 (pi - 2)/pi. */
    CHECK_OK(vt_contact_epsilon(1.5, &e, &slope, &err), &err);
    CHECK_REL(e, 0.75, 1e-14);
    CHECK_OK(vt_contact_epsilon(2.0, &e, &slope, &err), &err);
    CHECK_REL(e, 2.0 * (PI - 2.0) / PI, 1e-14);
    /* Towards the flat punch (m = 1) epsilon goes to 1, slowly, as 1 - sqrt(2 (m - 1)/pi) does: 2 d g with
     * g ~ sqrt(1/(2 pi d)). */
    CHECK_OK(vt_contact_epsilon(1.0 + 1e-4, &e, NULL, &err), &err);
    CHECK_ABS(e, 1.0 + 1e-4 - sqrt(2e-4 / PI), 3e-6);
}

static void epsilon_slope_is_its_derivative(void)
{
    for (double m = 1.05; m < 3.0; m += 0.17) {
        double low = 0.0, high = 0.0, e = 0.0, slope = 0.0;
        const double d = 1e-5;
        CHECK(vt_contact_epsilon(m - d, &low, NULL, NULL) == VT_OK);
        CHECK(vt_contact_epsilon(m + d, &high, NULL, NULL) == VT_OK);
        CHECK(vt_contact_epsilon(m, &e, &slope, NULL) == VT_OK);
        CHECK_ABS(slope, (high - low) / (2.0 * d), 1e-7); /* d^2 times the third derivative, up to 1e3 at 1.05 */
    }
    double e = -7.0;
    vt_error err = {0};
    CHECK(vt_contact_epsilon(1.0, &e, NULL, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "m = 1 is not above 1");
    CHECK(vt_contact_epsilon(NAN, &e, NULL, &err) == VT_EDOMAIN);
    CHECK(vt_contact_epsilon(1.4, NULL, NULL, &err) == VT_EARG);
    CHECK(e == -7.0);
}

static void chain_repeats_the_instrument(void)
{
    /* MTS XP on fused silica, test 1 (as its file has it): h = 688.0 nm, P = 55.608 mN, S = 192376 N/m; h_c = 471.19
     * nm, H = 9.809 GPa, E = 73.90 GPa with beta = 1 and nu = 0.18. Digits as printed. */
    const vt_area_function xp = {.n = 3, .C = {24.6954, 395.770081, -16.131583}};
    const vt_contact in = {.P = 55.608e-3,
                           .h = 688.0e-9,
                           .S = 192376.0,
                           .epsilon = 0.75,
                           .beta = 1.0,
                           .nu = 0.18,
                           .E_i = 1141e9,
                           .nu_i = 0.07,
                           .area = &xp};
    double out[VT_CONTACT_OUTPUTS];
    vt_error err = {0};
    CHECK_OK(vt_contact_evaluate(&in, out, NULL, &err), &err);
    CHECK_ABS(out[VT_CONTACT_DEPTH], 471.19e-9, 0.03e-9); /* h has one digit less than h_c */
    CHECK_REL(out[VT_CONTACT_AREA], 5.66905e-12, 2e-4);
    CHECK_REL(out[VT_CONTACT_HARDNESS], 9.809e9, 2e-4);
    CHECK_REL(out[VT_CONTACT_MODULUS], 73.90e9, 2e-4);
}

static void chain_is_consistent_with_itself(void)
{
    const vt_contact in = sample();
    double out[VT_CONTACT_OUTPUTS];
    vt_error err = {0};
    CHECK_OK(vt_contact_evaluate(&in, out, NULL, &err), &err);
    const double E = out[VT_CONTACT_MODULUS], E_r = out[VT_CONTACT_REDUCED], H = out[VT_CONTACT_HARDNESS];
    /* Identities of the same doubles: a dozen roundings. */
    CHECK_REL(vt_contact_reduced_modulus(E, in.nu, in.E_i, in.nu_i), E_r, 1e-14);
    CHECK_REL(out[VT_CONTACT_RATIO], PI * H / (4.0 * in.beta * in.beta * E_r * E_r), 1e-14);
    CHECK_REL(out[VT_CONTACT_PLANE] * (1.0 - in.nu * in.nu), E, 1e-14);
    CHECK_REL(1.0 / out[VT_CONTACT_STIFFNESS] + in.C_f, 1.0 / in.S, 1e-14);
    /* A compliance put into h and 1/S and named in C_f changes nothing. */
    vt_contact soft = in;
    const double C = 1.7e-6;
    double with[VT_CONTACT_OUTPUTS];
    soft.C_f += C;
    soft.h += C * in.P;
    soft.S = 1.0 / (1.0 / in.S + C);
    CHECK_OK(vt_contact_evaluate(&soft, with, NULL, &err), &err);
    for (int k = 0; k < VT_CONTACT_OUTPUTS; k++) CHECK_REL(with[k], out[k], 1e-14);
}

static double *field(vt_contact *c, int i)
{
    double *const at[VT_CONTACT_INPUTS] = {&c->P,  &c->h,   &c->S,    &c->m,   &c->epsilon, &c->beta,
                                           &c->nu, &c->E_i, &c->nu_i, &c->C_f, NULL};
    return at[i];
}

/* Output k with input i moved by d. */
static double moved(vt_contact in, int i, double d, int k)
{
    vt_area_function f = *in.area;
    double out[VT_CONTACT_OUTPUTS] = {0};
    vt_error err = {0};
    if (i == VT_CONTACT_IN_LN_A)
        for (size_t j = 0; j < f.n; j++) f.C[j] *= exp(d);
    else
        *field(&in, i) += d;
    in.area = &f;
    CHECK_OK(vt_contact_evaluate(&in, out, NULL, &err), &err);
    return out[k];
}

static void derivatives_match(vt_contact in)
{
    double out[VT_CONTACT_OUTPUTS], J[VT_CONTACT_OUTPUTS][VT_CONTACT_INPUTS];
    vt_error err = {0};
    CHECK_OK(vt_contact_evaluate(&in, out, J, &err), &err);
    for (int i = 0; i < VT_CONTACT_INPUTS; i++) {
        if (i == VT_CONTACT_IN_EPSILON && in.epsilon == 0.0) continue; /* 0 means: from m */
        const double *at = i == VT_CONTACT_IN_LN_A ? NULL : field(&in, i);
        const double size = at ? fmax(fabs(*at), 1e-7) : 1.0, d = 2e-4 * size;
        for (int k = 0; k < VT_CONTACT_OUTPUTS; k++) {
            /* Two central differences, extrapolated: error d^4 ~ 1e-14, rounding 1e-16/1e-4 = 1e-12 of the output. */
            const double coarse = (moved(in, i, 2.0 * d, k) - moved(in, i, -2.0 * d, k)) / (4.0 * d);
            const double fine = (moved(in, i, d, k) - moved(in, i, -d, k)) / (2.0 * d);
            CHECK_ABS(J[k][i] * size / out[k], (4.0 * fine - coarse) / 3.0 * size / out[k], 3e-11);
        }
    }
}

static void every_derivative_is_that_of_the_chain(void)
{
    vt_contact in = sample();
    derivatives_match(in);
    in.epsilon = 0.75;
    derivatives_match(in);
    in.C_f = -0.4e-6;
    derivatives_match(in);
}

static void without_poissons_ratio_there_is_no_modulus(void)
{
    vt_contact in = sample();
    double out[VT_CONTACT_OUTPUTS], J[VT_CONTACT_OUTPUTS][VT_CONTACT_INPUTS];
    in.nu = NAN;
    CHECK(vt_contact_evaluate(&in, out, J, NULL) == VT_OK);
    CHECK(isnan(out[VT_CONTACT_MODULUS]) && isfinite(out[VT_CONTACT_PLANE]) && isfinite(out[VT_CONTACT_HARDNESS]));
    for (int i = 0; i < VT_CONTACT_INPUTS; i++) CHECK(J[VT_CONTACT_MODULUS][i] == 0.0);
}

static void refused(vt_contact in, vt_status code, const char *text)
{
    double out[VT_CONTACT_OUTPUTS] = {-7.0};
    vt_error err = {0};
    CHECK(vt_contact_evaluate(&in, out, NULL, &err) == code);
    CHECK_TEXT(err.msg, text);
    CHECK(out[0] == -7.0);
}

#define REFUSED(change, code, text) \
    do { \
        vt_contact in = sample(); \
        in.change; \
        refused(in, code, text); \
    } while (0)

static void what_cannot_be_is_refused(void)
{
    const vt_area_function small = {.n = 1, .C = {24.5}, .low = 5e-8, .high = 2e-7};
    const vt_area_function tiny = {.n = 1, .C = {0.01}};
    REFUSED(P = NAN, VT_EDOMAIN, "load P = nan N must be > 0");
    REFUSED(S = -1.0, VT_EDOMAIN, "S = -1 N/m must be > 0");
    REFUSED(h = INFINITY, VT_EDOMAIN, "h = inf m");
    REFUSED(h = 60e-9, VT_EDOMAIN, "contact depth");
    REFUSED(m = 0.9, VT_EDOMAIN, "m = 0.9");
    REFUSED(C_f = 9e-6, VT_EUNPHYSICAL, "frame compliance 9 nm/mN leaves nothing of the measured 1/S = 7.63");
    REFUSED(C_f = NAN, VT_EARG, "frame compliance");
    REFUSED(beta = 0.0, VT_EARG, "beta = 0");
    REFUSED(nu = 0.6, VT_EARG, "ratio 0.6");
    REFUSED(E_i = -1.0, VT_EARG, "indenter");
    REFUSED(epsilon = 1.2, VT_EARG, "epsilon = 1.2");
    REFUSED(area = NULL, VT_EARG, "NULL");
    REFUSED(area = &small, VT_EAREA_RANGE, "50 to 200 nm");
    REFUSED(area = &tiny, VT_EUNPHYSICAL, "the indenter alone allows");
}

CHECK_MAIN(CHECK_CASE(epsilon_has_its_published_values), CHECK_CASE(epsilon_slope_is_its_derivative),
           CHECK_CASE(chain_repeats_the_instrument), CHECK_CASE(chain_is_consistent_with_itself),
           CHECK_CASE(every_derivative_is_that_of_the_chain), CHECK_CASE(without_poissons_ratio_there_is_no_modulus),
           CHECK_CASE(what_cannot_be_is_refused))
