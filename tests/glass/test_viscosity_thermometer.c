/* The viscosity as a thermometer: closed form of a uniform wire, published fractions, round trip, refusals. */
#include "check.h"
#include <vitrum/joule.h>

/* B and T0 of P05; eta0 is free there. */
static const vt_vft LAW = {.eta0 = 3.7e-4, .B = 5000.0, .T0 = 350.0};

static void uniform_wire_is_the_law_turned_round(void)
{
    double T, f, eta = LAW.eta0 * exp(5000.0 / (507.3 - 350.0));
    CHECK(vt_joule_thermometer(&LAW, eta, &(vt_joule_rod){300.0, 1.0, 0.0}, &T, &f, NULL) == VT_OK);
    CHECK_REL(T, 507.3, 1e-13);
    CHECK_REL(f, 1.0, 1e-14);
}

/* P05: T_max = 510 K, ends at 300, 450, 490, 505 K; f to the printed digits. */
static void published_fractions_come_back(void)
{
    static const struct {
        double end, f, half_digit;
    } ROW[] = {{300.0, 0.135, 5e-4}, {450.0, 0.25, 5e-3}, {490.0, 0.44, 5e-3}, {505.0, 0.75, 5e-3}};
    for (size_t k = 0; k < sizeof ROW / sizeof *ROW; k++) {
        double sum = 0.0, T, f;
        enum { N = 200000 }; /* midpoint rule, finer than the kernel's */
        for (int i = 0; i < N; i++) {
            const double u = (i + 0.5) / N, at = 510.0 - (510.0 - ROW[k].end) * u * u;
            sum += at > 350.0 ? exp(5000.0 / 160.0 - 5000.0 / (at - 350.0)) : 0.0;
        }
        const double true_f = sum / N, eta = LAW.eta0 * exp(5000.0 / 160.0) / true_f;
        CHECK(vt_joule_thermometer(&LAW, eta, &(vt_joule_rod){280.0, (ROW[k].end - 280.0) / (510.0 - 280.0), 0.0}, &T,
                                   &f, NULL) == VT_OK);
        CHECK_REL(T, 510.0, 1e-7); /* trapezoidal rule with 400 intervals: 1e-5 of f, 1e-6 of T */
        CHECK_REL(f, true_f, 2e-5);
        CHECK_ABS(f, ROW[k].f, ROW[k].half_digit);
    }
}

/* Conductivity doubled over the rise: temperatures by Newton's method from the integral of the conductivity, which is
 * linear in x^2, by the midpoint rule. */
static void conductivity_that_grows_flattens_the_top(void)
{
    const double slope = 1.0 / 230.0, rise = 230.0, end = 0.2 * rise;
    const double top = rise + 0.5 * slope * rise * rise, low = end + 0.5 * slope * end * end;
    double sum = 0.0, T, f, plain;
    enum { N = 100000 };
    for (int i = 0; i < N; i++) {
        const double u = (i + 0.5) / N, theta = top - (top - low) * u * u;
        double t = rise;
        for (int k = 0; k < 8; k++) t -= (t + 0.5 * slope * t * t - theta) / (1.0 + slope * t);
        sum += 280.0 + t > 350.0 ? exp(5000.0 / 160.0 - 5000.0 / (280.0 + t - 350.0)) : 0.0;
    }
    const double eta = LAW.eta0 * exp(5000.0 / 160.0) / (sum / N);
    CHECK(vt_joule_thermometer(&LAW, eta, &(vt_joule_rod){280.0, 0.2, slope}, &T, &f, NULL) == VT_OK);
    CHECK_REL(T, 510.0, 1e-7); /* trapezoidal rule, as above */
    CHECK_REL(f, sum / N, 2e-5);
    CHECK(vt_joule_thermometer(&LAW, eta, &(vt_joule_rod){280.0, 0.2, 0.0}, &plain, NULL, NULL) == VT_OK);
    CHECK(plain > 510.1); /* a sharper top has less that flows, and must be hotter */
    /* Nothing conducts at 380 K, and above it would less than nothing. */
    CHECK(vt_joule_thermometer(&LAW, eta, &(vt_joule_rod){280.0, 0.2, -0.01}, &T, &f, NULL) == VT_ENOROOT);
}

/* Colder ends, less of the wire that flows, hotter middle. */
static void colder_ends_mean_a_hotter_middle(void)
{
    double before = 0.0;
    for (int k = 4; k >= 0; k--) {
        double T;
        CHECK(vt_joule_thermometer(&LAW, 1e10, &(vt_joule_rod){300.0, 0.25 * k, 0.0}, &T, NULL, NULL) == VT_OK);
        CHECK(T > before);
        before = T;
    }
}

static void a_wire_no_hotter_than_its_grips_is_uniform(void)
{
    double T, f;
    const double eta = LAW.eta0 * exp(5000.0 / (507.3 - 350.0));
    CHECK(vt_joule_thermometer(&LAW, eta, &(vt_joule_rod){520.0, 0.3, 0.0}, &T, &f, NULL) == VT_OK);
    CHECK_REL(T, 507.3, 1e-13);
    CHECK(f == 1.0);
}

static void refusals_leave_the_result(void)
{
    double T = -7.0;
    vt_error err = {0};
    CHECK(vt_joule_thermometer(NULL, 1e10, &(vt_joule_rod){300.0, 0.5, 0.0}, &T, NULL, &err) == VT_EARG);
    CHECK(vt_joule_thermometer(&LAW, 1e10, &(vt_joule_rod){300.0, 0.5, 0.0}, NULL, NULL, &err) == VT_EARG);
    CHECK(vt_joule_thermometer(&LAW, 1e10, NULL, &T, NULL, &err) == VT_EARG);
    CHECK(vt_joule_thermometer(&LAW, 1e10, &(vt_joule_rod){300.0, 0.5, (double)INFINITY}, &T, NULL, &err) == VT_EARG);
    CHECK(vt_joule_thermometer(&LAW, 1e10, &(vt_joule_rod){300.0, 1.5, 0.0}, &T, NULL, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "end_share = 1.5");
    CHECK(vt_joule_thermometer(&LAW, 1e10, &(vt_joule_rod){(double)NAN, 0.5, 0.0}, &T, NULL, &err) == VT_EARG);
    CHECK(vt_joule_thermometer(&LAW, 1e-5, &(vt_joule_rod){300.0, 0.5, 0.0}, &T, NULL, &err) == VT_EDOMAIN);
    CHECK(T == -7.0);
}

CHECK_MAIN(CHECK_CASE(uniform_wire_is_the_law_turned_round), CHECK_CASE(published_fractions_come_back),
           CHECK_CASE(conductivity_that_grows_flattens_the_top), CHECK_CASE(colder_ends_mean_a_hotter_middle),
           CHECK_CASE(a_wire_no_hotter_than_its_grips_is_uniform), CHECK_CASE(refusals_leave_the_result))
