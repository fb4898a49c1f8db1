/* What steady flow makes straight in time, and what screens it. */
#include "creep_table.h"
#include "experiment/creep/creep_internal.h"
#include <vitrum/creep_law.h>

/* For n = 1 without elasticity z and the time that a Newtonian wire with surface tension needs differ by a factor. */
static void newtonian_flow_with_surface_tension_is_straight(void)
{
    const double p = 3e-4, q = 4e-5, middle = 0.83; /* 1/s: of F/A0 and of 2 gamma/d0, over 3 eta */
    const vti_creep_law l = {.n = 1.0, .capillary = q * sqrt(middle) / p};
    const double rate = -(p - q * sqrt(middle)) / middle; /* of ln y in the middle: dz/dt */
    for (double y = 1.05; y > 0.6; y -= 0.07) {
        double t;
        vt_error err = {0};
        CHECK_OK(vt_creep_capillary_time(middle, y, p, q, &t, &err), &err);
        /* Gauss and Legendre's error of 8th order over |w| < 0.32: 1e-11 of z and less */
        CHECK_REL(vti_creep_straight(&l, log(y / middle)), rate * t, 1e-10);
    }
}

/* Simpson's rule in 2000 parts of the slope: 1e-13 here. */
static double by_simpson(const vti_creep_law *l, double w)
{
    const int parts = 2000;
    double sum = 0.0;
    for (int i = 0; i <= parts; i++)
        sum += (i == 0 || i == parts ? 1.0 : i % 2 ? 4.0 : 2.0) * vti_creep_straight_slope(l, w * i / parts);
    return sum * w / (3.0 * parts);
}

static void all_terms_agree_with_their_integral_and_inverse(void)
{
    static const vti_creep_law LAW[] = {{1.7, 0.11, 0.004}, {-2.3, 0.05, 0.0}, {0.0, 0.2, 0.01}, {11.0, 0.03, 0.002}};
    for (size_t i = 0; i < sizeof LAW / sizeof *LAW; i++)
        for (double w = -0.45; w < 0.5; w += 0.13) {
            const double z = vti_creep_straight(&LAW[i], w);
            CHECK_REL(z, by_simpson(&LAW[i], w), 1e-9);
            if (fabs(LAW[i].n * w) < 0.3) CHECK_ABS(vti_creep_straight_inverse(&LAW[i], z), w, 1e-12);
        }
    /* without both terms the closed form */
    CHECK_REL(vti_creep_straight(&(vti_creep_law){.n = 2.5}, -0.3), expm1(-0.75) / 2.5, 1e-15);
}

/* 35 % of strain under 210 MPa, 13 MPa of them surface tension: told, the hold is straight and has its viscosity, and
 * untold, it curves. */
static void long_holds_do_not_curve_by_surface_tension(void)
{
    creep_table c = {.noise = 1e-4, .rho = 0.3, .gamma = 1.0, .seed = 3};
    vt_error err;
    creep_hold(&c, &(creep_step){.F = 4e-6, .P = 1.1e-3, .eta = 5e10, .time = 240.0, .n = 1.0});
    const vt_setting set[] = {{.key = "diameter_u", .text = "0"}, {.key = "surface_tension", .text = "1 N/m"}};
    vt_result *r = creep_reduce(&c, set, 2, &err);
    CHECK_OK(err.code, &err);
    CHECK(!creep_warned(r, "W_CURVATURE"));
    const vt_quantity *eta = creep_value(r, "viscosity", "physics", NULL, 0.0);
    CHECK(eta && eta->u < 1e-3 * eta->value);
    if (eta) CHECK_BAND(5e10, eta->low, eta->high);
    vt_result_free(r);
    r = creep_reduce(&c, set, 1, &err);
    CHECK_OK(err.code, &err);
    CHECK(creep_warned(r, "W_CURVATURE"));
    vt_result_free(r);
    creep_free(&c);
}

enum { N = 60 };

/* A marker lost in the first or the last image, or the second, passed for the rest of a transient. */
static void lost_markers_at_the_ends_are_screened(void)
{
    static const size_t AT[] = {0, 1, 4, 30, N - 3, N - 1};
    double x[3 * N], t[N], y[N], z[N];
    vt_stream s;
    vt_stream_init(&s, 5, vt_stream_purpose("creep/screen"), 1);
    for (size_t i = 0; i < N; i++) {
        t[i] = 0.25 * (double)i;
        y[i] = z[i] = 0.9 - 1e-3 * t[i] + 5e-4 * vt_stream_normal(&s);
    }
    const vti_creep_blocks b = {.n = N, .t = t, .y = y, .z = z, .scratch = x};
    CHECK(vti_creep_screen(&b, 0).n == N);
    for (size_t k = 0; k < sizeof AT / sizeof *AT; k++) {
        const double was = y[AT[k]];
        y[AT[k]] = z[AT[k]] = was - 0.01; /* 6 pixels of 600: 20 standard deviations */
        const vti_creep_kept kept = vti_creep_screen(&b, 0);
        CHECK(kept.n == N - 1);
        for (size_t i = 0; i < kept.n; i++) CHECK(kept.t[i] != t[AT[k]]);
        y[AT[k]] = z[AT[k]] = was;
    }
}

/* Rounding to 20 nN: noise of 90 nN averages it out, a force that stays in one step does not. */
static void noise_averages_rounding_out(void)
{
    for (int noisy = 0; noisy < 2; noisy++) {
        creep_table c = {.noise = 5e-4, .rho = 0.3, .force_noise = noisy ? 90e-9 : 1e-10, .seed = 4};
        vt_error err;
        creep_hold(&c, &(creep_step){.F = 4e-6, .P = 1.1e-3, .eta = 5e11, .time = 600.0, .n = 1.0});
        const vt_setting set[] = {{.key = "force_resolution", .text = "20 nN"}};
        vt_result *r = creep_reduce(&c, set, 1, &err);
        CHECK_OK(err.code, &err);
        const vt_quantity *sigma = creep_value(r, "true_stress", NULL, NULL, 0.0);
        for (size_t i = 0; sigma && i < sigma->nbudget; i++) {
            if (strcmp(sigma->budget[i].source, "force, noise and resolution") != 0) continue;
            /* 90 nN over the root of about 1200, up to a third of them cut; 20 nN over the root of 12 */
            if (noisy) CHECK_BAND(sigma->budget[i].u * 4e-6, 2.5e-9, 3.3e-9);
            if (!noisy) CHECK_REL(sigma->budget[i].u * 4e-6, 5.7735e-9, 1e-3);
        }
        CHECK(sigma != NULL);
        vt_result_free(r);
        creep_free(&c);
    }
}

CHECK_MAIN(CHECK_CASE(newtonian_flow_with_surface_tension_is_straight),
           CHECK_CASE(all_terms_agree_with_their_integral_and_inverse),
           CHECK_CASE(long_holds_do_not_curve_by_surface_tension), CHECK_CASE(lost_markers_at_the_ends_are_screened),
           CHECK_CASE(noise_averages_rounding_out))
