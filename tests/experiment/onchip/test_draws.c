/* Monte Carlo of the whole reduction beside its first order (procedure 1.8). */
#include "experiment/onchip/wafer.h"

static vt_result *shaky(const char *modulus_u, const char *replicates, const char *threads)
{
    struct settings how = {0};
    set_text(&how, "actuator_modulus_u", modulus_u);
    set_text(&how, "replicates", replicates);
    set_text(&how, "threads", threads);
    set_text(&how, "force_limit", "0.5"); /* of the stress, which is as shaky */
    return perfect("200 nm", "0.145", &how);
}

static const vt_quantity *found(const vt_result *r, const char *name, const char *reading)
{
    size_t i = 0;
    const vt_property *p = r ? next(r, &i, name, reading, NULL, NULL) : NULL;
    CHECK(p != NULL);
    return p ? &p->q : NULL;
}

/* sum of (c u)^2 without the line of the constants of the zone's model, relative to the value. */
static double relative(const vt_quantity *q)
{
    double sum = 0.0;
    for (size_t k = 0; k < q->nbudget; k++) sum += pow(q->budget[k].c * q->budget[k].u, 2.0);
    return sqrt(sum) / fabs(q->value);
}

/* The slope of the elastic line goes with the modulus of the actuators, whose logarithm is drawn: its interval is even
 * in the logarithm, exp(-+ 1.96 s), where first order has 1 -+ 1.96 s. Poisson's ratio adds a part that is as good as
 * linear. 20 000 draws know the ends to 0.02 s. */
static void large_uncertainty_makes_the_interval_of_the_draws(void)
{
    vt_result *r = shaky("0.3", "20000", "0");
    const vt_quantity *E = found(r, "elastic_modulus", "paper");
    if (E) {
        const double s = relative(E);
        CHECK_BAND(s, 0.30, 0.31);
        CHECK_ABS(log(E->high / E->value), 1.96 * s, 0.07 * s);
        CHECK_ABS(log(E->low / E->value), -1.96 * s, 0.07 * s);
        CHECK_REL(E->u, (E->high - E->low) / (2.0 * 1.959964), 1e-6);
    }
    CHECK(r && warned(r, "W_NONLINEAR", "Monte Carlo"));
    vt_result_free(r);
}

static void small_uncertainty_leaves_first_order(void)
{
    vt_result *r = shaky("0.01", "2000", "0");
    const vt_quantity *E = found(r, "elastic_modulus", "paper");
    if (E) {
        CHECK_REL(E->high - E->value, 1.959964 * relative(E) * E->value, 1e-6);
        CHECK_REL(E->value - E->low, E->high - E->value, 1e-9);
    }
    CHECK(r && !warned(r, "W_NONLINEAR", "Monte Carlo"));
    vt_result_free(r);
}

/* Too few draws for an interval: first order alone. */
static void few_replicates_are_no_monte_carlo(void)
{
    vt_result *r = shaky("0.3", "100", "0");
    const vt_quantity *E = found(r, "elastic_modulus", "paper");
    if (E) CHECK_REL(E->value - E->low, E->high - E->value, 1e-9);
    CHECK(r && !warned(r, "W_NONLINEAR", "Monte Carlo"));
    vt_result_free(r);
}

static void threads_change_nothing(void)
{
    vt_result *one = shaky("0.3", "2000", "1"), *two = shaky("0.3", "2000", "2");
    const vt_quantity *a = found(one, "elastic_modulus", "paper"), *b = found(two, "elastic_modulus", "paper");
    if (a && b) CHECK(a->low == b->low && a->high == b->high);
    vt_result_free(one);
    vt_result_free(two);
}

/* Noise in both coordinates of the elastic line flattens it unless its variance is taken off; a draw holds that of the
 * reading and its own. Taken off once only, the draws of noisy wafers would lie 5 to 15 % low, and W_NONLINEAR be told
 * of what is no nonlinearity. Of the physics reading first order is good to a tenth of its half-width. */
static void draws_do_not_flatten_the_elastic_line(void)
{
    for (long seed = 1; seed <= 5; seed++) {
        struct settings s = {0}, how = {0};
        set_number(&s, "seed", (double)seed, "");
        set_text(&how, "replicates", "4000");
        vt_result *r = there_and_back("onchip", &s, &how);
        const vt_quantity *E = found(r, "elastic_modulus", "physics");
        if (E) {
            CHECK_REL(0.5 * (E->low + E->high), E->value, 0.03);
            CHECK_REL(E->high - E->low, 2.0 * 1.959964 * relative(E) * E->value, 0.15);
        }
        vt_result_free(r);
    }
}

/* The constants of the cooperative shear model enter as a product, gamma_C squared below: 17.5 % of the zone volume at
 * most are even in its logarithm. */
static void zone_volumes_are_even_in_the_logarithm(void)
{
    vt_result *r = shaky("0.01", "20000", "0");
    size_t i = 0, n = 0;
    const vt_property *p;
    while (r && (p = next(r, &i, "transformation_zone_volume", NULL, NULL, NULL)) != NULL) {
        CHECK_BAND(p->q.u / p->q.value, 0.15, 0.25);
        CHECK_REL(log(p->q.high / p->q.value), log(p->q.value / p->q.low), 0.15);
        n++;
    }
    CHECK(n == 4);
    vt_result_free(r);
}

CHECK_MAIN(CHECK_CASE(large_uncertainty_makes_the_interval_of_the_draws),
           CHECK_CASE(small_uncertainty_leaves_first_order), CHECK_CASE(few_replicates_are_no_monte_carlo),
           CHECK_CASE(threads_change_nothing), CHECK_CASE(draws_do_not_flatten_the_elastic_line),
           CHECK_CASE(zone_volumes_are_even_in_the_logarithm))
