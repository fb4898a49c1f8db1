/* The kernels of compression: closed forms, limits, refusals. */
#include "check.h"
#include <vitrum/compression_law.h>

static const vt_compression_disc DISC = {.diameter = 2.1e-3, .height = 3.9e-3};

/* A Newtonian disc at constant crosshead speed: the stress of the record over three times its true rate is eta. */
static void a_newtonian_disc_gives_its_viscosity(void)
{
    enum { N = 7 };
    const double eta = 2.3e9, v = 4.7e-6;
    double t[N], F[N], u[N], strain[N], stress[N];
    for (int i = 0; i < N; i++) {
        t[i] = 13.0 + 29.0 * i;
        u[i] = v * t[i];
    }
    vt_error err = {0};
    CHECK_OK(vt_compression_newtonian(&DISC, eta, v, N, t, F, &err), &err);
    CHECK_OK(vt_compression_stress(&DISC, N, u, F, strain, stress, &err), &err);
    for (int i = 0; i < N; i++) {
        const double h = DISC.height - u[i];
        CHECK_REL(strain[i], log(DISC.height / h), 1e-13);
        CHECK_REL(stress[i] / (3.0 * v / h), eta, 1e-13); /* a handful of roundings */
    }
}

/* Machine give moves the reading by C F and nothing else: u + C F gives the same curve. In place, too. */
static void compliance_is_taken_out(void)
{
    vt_compression_disc soft = DISC;
    soft.compliance = 3.3e-8;
    const double u[3] = {1.1e-4, 2.3e-4, 5.7e-4}, F[3] = {130.0, 171.0, 222.0};
    double moved[3], e0[3], s0[3], e1[3], s1[3];
    for (int i = 0; i < 3; i++) {
        moved[i] = u[i] + soft.compliance * F[i];
        s1[i] = F[i];
    }
    CHECK(vt_compression_stress(&DISC, 3, u, F, e0, s0, NULL) == VT_OK);
    CHECK(vt_compression_stress(&soft, 3, moved, s1, e1, s1, NULL) == VT_OK);
    for (int i = 0; i < 3; i++) {
        CHECK_REL(e1[i], e0[i], 1e-12);
        CHECK_REL(s1[i], s0[i], 1e-13);
    }
}

/* mu = 0.2, r/h = 0.4: x = 0.16; bc -l: 2/x^2 (e^x - x - 1) = 1.05555954...; linear 1 + 0.16/3. */
static void friction_is_the_slab_s(void)
{
    double linear, whole;
    CHECK(vt_compression_friction(0.2, 0.4, &linear, &whole, NULL) == VT_OK);
    CHECK_REL(linear, 1.0 + 0.16 / 3.0, 1e-15);
    CHECK_REL(whole, 2.0 / 0.0256 * (1.17351087099181023501 - 1.16), 1e-13); /* e^0.16, 20 digits */
    double near, far;                                                        /* both branches meet at x = 0.01 */
    CHECK(vt_compression_friction(0.0124999, 0.4, NULL, &near, NULL) == VT_OK);
    CHECK(vt_compression_friction(0.0125001, 0.4, NULL, &far, NULL) == VT_OK);
    CHECK_ABS(far - near, 1.6e-7 * (1.0 / 3.0 + 0.01 / 6.0), 1e-12); /* slope there, rounding 1e-13 */
    CHECK(vt_compression_friction(0.0, 0.7, &linear, &whole, NULL) == VT_OK);
    CHECK(linear == 1.0 && whole == 1.0);
    /* What the record shows is divided by the linear factor at the height of the moment. */
    vt_compression_disc rough = DISC;
    rough.friction = 0.21;
    const double u = 4.4e-4, F = 310.0, h = DISC.height - u, r = 0.5 * DISC.diameter * sqrt(DISC.height / h);
    double e, s, smooth;
    CHECK(vt_compression_stress(&rough, 1, &u, &F, &e, &s, NULL) == VT_OK);
    CHECK(vt_compression_stress(&DISC, 1, &u, &F, &e, &smooth, NULL) == VT_OK);
    CHECK(vt_compression_friction(0.21, r / h, &linear, NULL, NULL) == VT_OK);
    CHECK_REL(smooth / s, linear, 1e-13);
}

/* P06: 1 GPa over a strain of 0.1, 15e3 kg/m^3, 250 J/(kg K): 24 K. With conduction the rise ends at rate tau. */
static void heat_stays_or_leaves(void)
{
    vt_compression_heat heat = {.density = 15e3, .heat_capacity = 250.0, .radius = 1e-3, .share = 0.9};
    double rise, held;
    CHECK(vt_compression_heating(&heat, 1e9, 0.1, 0.1, &rise, NULL) == VT_OK);
    CHECK_REL(rise, 24.0, 1e-13);
    heat.conductivity = 7.0;
    const double tau = 1e-6 * 15e3 * 250.0 / 7.0;
    CHECK(vt_compression_heating(&heat, 1e9, 1e-4, 0.3, &held, NULL) == VT_OK);
    CHECK_REL(held, 240.0 * 1e-4 * tau, 1e-12);
    CHECK(vt_compression_heating(&heat, 1e9, 1e4, 0.1, &held, NULL) == VT_OK);
    CHECK_REL(held, rise, 1e-4); /* next term: strain/(2 rate tau) = 9e-6 */
}

static void refusals_name_what_is_wrong(void)
{
    double e[2] = {-7.0, -7.0}, s[2] = {-7.0, -7.0}, x;
    const double u[2] = {1e-4, 3.95e-3}, F[2] = {10.0, 20.0}, bad[2] = {10.0, NAN};
    vt_compression_disc none = DISC;
    none.height = 0.0;
    vt_error err = {0};
    CHECK(vt_compression_stress(&DISC, 2, u, F, e, s, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "u[1] = 0.00395 m");
    CHECK(e[0] == -7.0 && s[0] == -7.0);
    CHECK(vt_compression_stress(&DISC, 2, u, bad, e, s, &err) == VT_ENAN);
    CHECK(vt_compression_stress(&none, 2, u, F, e, s, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "height 0 m");
    CHECK(vt_compression_stress(NULL, 2, u, F, e, s, &err) == VT_EARG);
    CHECK(vt_compression_friction(-0.1, 0.3, &x, NULL, &err) == VT_EDOMAIN);
    CHECK(vt_compression_friction(0.1, 0.3, NULL, NULL, &err) == VT_EARG);
    CHECK(vt_compression_newtonian(&DISC, 1e9, 1e-3, 2, (double[]){1.0, 4.0}, e, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "time[1] = 4 s");
    CHECK(vt_compression_newtonian(&DISC, -1e9, 1e-3, 1, u, e, &err) == VT_EARG);
    const vt_compression_heat cold = {.density = 15e3, .radius = 1e-3, .share = 0.9};
    CHECK(vt_compression_heating(&cold, 1e9, 0.1, 0.1, &x, &err) == VT_EARG);
    const vt_compression_heat heat = {.density = 15e3, .heat_capacity = 250.0, .radius = 1e-3, .share = 0.9};
    CHECK(vt_compression_heating(&heat, 1e9, 0.0, 0.1, &x, &err) == VT_EDOMAIN);
}

CHECK_MAIN(CHECK_CASE(a_newtonian_disc_gives_its_viscosity), CHECK_CASE(compliance_is_taken_out),
           CHECK_CASE(friction_is_the_slab_s), CHECK_CASE(heat_stays_or_leaves),
           CHECK_CASE(refusals_name_what_is_wrong))
