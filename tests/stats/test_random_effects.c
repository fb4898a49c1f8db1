#include "check.h"
#include "random_effects_campaign.h"

enum { N = 64 };

/* 3 specimens x 4 indents, made up; sums done by hand below. */
static const double Y[12] = {91.2, 90.4, 92.3, 91.7, 88.1, 88.9, 87.6, 88.6, 93.5, 92.1, 93.0, 92.6};
static const size_t SPECIMEN[12] = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
static const size_t ONE_GROUP[3] = {0, 0, 0};

static void balanced_data_give_the_analysis_of_variance(void)
{
    const vt_nested d = {.n = 12, .y = Y, .specimen = SPECIMEN, .nspecimens = 3, .group = ONE_GROUP, .ngroups = 1};
    vt_group_effect e;
    vt_error err = {0};
    CHECK_OK(vt_random_effects(&d, &ALONE, &e, &err), &err);
    /* Means 91.4, 88.3, 92.8. Within: 0.04+1.00+0.81+0.09 + 0.04+0.36+0.49+0.09 + 0.49+0.49+0.04+0.04 = 3.98 over 9.
     * Between, of means: (91.4, 88.3, 92.8) about 90.8333: 0.32111 + 6.41778 + 3.86778 = 10.60667 over 2 = 5.30333.
     * tau^2 = 5.30333 - 0.442222/4. Bisection stops at 1e-13. */
    CHECK_REL(e.mean, 272.5 / 3.0, 1e-13);
    CHECK_REL(e.within.value, sqrt(3.98 / 9.0), 1e-11);
    CHECK_REL(e.between.value, sqrt(10.6066666666666667 / 2.0 - 3.98 / 36.0), 1e-11);
    CHECK_REL(e.u, sqrt(10.6066666666666667 / 6.0), 1e-11);
    CHECK_ABS(e.dof, 2.0, 0.0);
    CHECK_REL(e.high - e.mean, 4.302652729911275 * e.u, 1e-10); /* t(0.975, 2) */
    /* chi2(0.975, 9) = 19.02276780, chi2(0.025, 9) = 2.70038950 */
    CHECK_REL(e.within.low, sqrt(3.98 / 19.02276780), 1e-8);
    CHECK_REL(e.within.high, sqrt(3.98 / 2.70038950), 1e-8);
    CHECK_REL(e.ratio.value, e.between.value / e.within.value, 1e-12);
    CHECK_REL(e.icc.value, 1.0 / (1.0 + 1.0 / (e.ratio.value * e.ratio.value)), 1e-12);
    /* Exact F interval of the ratio (Searle, Casella and McCulloch, 1992, 3.6): F = 21.21333/0.442222 = 47.9698,
     * F(0.975; 2, 9) = 5.714705, F(0.025; 2, 9) = 0.025376: sqrt((F/F_p - 1)/4). 32 nodes: 1 %. */
    CHECK_REL(e.ratio.low, sqrt((47.96984924623116 / 5.714705 - 1.0) / 4.0), 0.01);
    CHECK_REL(e.ratio.high, sqrt((47.96984924623116 / 0.025376 - 1.0) / 4.0), 0.01);
    CHECK(e.n == 12 && e.specimens == 3 && e.between_known && !e.borrowed);
}

/* ---- against SciPy ---- */
typedef struct reference {
    size_t n;
    double y[N], u[N];
    size_t specimen[N];
    char name[32][16];
    double value[32];
    size_t results;
} reference;

static bool load(const char *want, reference *r)
{
    FILE *f = fopen("tests/reference/nested.csv", "r");
    char line[160], kind[16], which[16], name[16];
    double a, b;
    *r = (reference){0};
    if (!f) return false;
    while (fgets(line, sizeof line, f)) {
        if (sscanf(line, "%15[^,],%15[^,],%15[^,],%lf,%lf", kind, which, name, &a, &b) != 5) continue;
        if (strcmp(which, want) != 0) continue;
        if (strcmp(kind, "data") == 0 && r->n < N) {
            r->y[r->n] = a;
            r->u[r->n] = b;
            r->specimen[r->n++] = (size_t)strtoul(name, NULL, 10);
        } else if (r->results < 32) {
            snprintf(r->name[r->results], 16, "%s", name);
            r->value[r->results++] = a;
        }
    }
    fclose(f);
    return r->n > 10 && r->results > 5;
}

static double of(const reference *r, const char *name)
{
    for (size_t k = 0; k < r->results; k++)
        if (strcmp(r->name[k], name) == 0) return r->value[k];
    CHECK_FAILED("no reference value %s", name);
    return NAN;
}

static void effect_of(const reference *r, vt_group_effect *e)
{
    static const size_t group[N] = {0};
    const vt_nested d = {r->n, r->y, r->u, r->specimen, r->specimen[r->n - 1] + 1, group, 1};
    vt_error err = {0};
    CHECK_OK(vt_random_effects(&d, &ALONE, e, &err), &err);
}

static void single_values_with_known_u_give_the_published_meta_analysis(void)
{
    reference r;
    vt_group_effect e;
    CHECK(load("bcg", &r));
    effect_of(&r, &e);
    CHECK_REL(e.between.value, of(&r, "tau"), 1e-9);
    CHECK_REL(e.between.low, of(&r, "tau_low"), 2e-6); /* bisection stops at 1e-6 */
    CHECK_REL(e.between.high, of(&r, "tau_high"), 2e-6);
    CHECK_REL(e.mean, of(&r, "mean"), 1e-9);
    CHECK_REL(e.u, of(&r, "u"), 1e-9);
    CHECK_REL(e.low, of(&r, "low"), 1e-9);
    /* Viechtbauer, J. Stat. Softw. 36(3) (2010), section 3: Q-profile interval of tau^2 [0.1197, 1.1115]. */
    CHECK_ABS(e.between.low * e.between.low, 0.1197, 5.1e-5);
    CHECK_ABS(e.between.high * e.between.high, 1.1115, 5.1e-5);
    CHECK(!e.within.known && !e.icc.known && isnan(e.icc.value));
}

static void unbalanced_data_with_own_uncertainty_match_scipy(void)
{
    reference r;
    vt_group_effect e;
    CHECK(load("wires", &r));
    effect_of(&r, &e);
    CHECK_REL(e.within.value, of(&r, "sigma"), 1e-8);
    CHECK_ABS(e.within.low, of(&r, "sigma_low"), 1e-8);
    CHECK_REL(e.within.high, of(&r, "sigma_high"), 1e-8);
    CHECK_REL(e.between.value, of(&r, "tau"), 1e-8);
    CHECK_REL(e.mean, of(&r, "mean"), 1e-10);
    CHECK_REL(e.u, of(&r, "u"), 1e-8);
    CHECK_REL(e.high, of(&r, "high"), 1e-8);
    /* 40000 draws: standard error 0.5 % at the lower end (density from the draws), 2 % in the heavy upper tail */
    CHECK_REL(e.between.low, of(&r, "tau_low"), 0.03);
    CHECK_REL(e.between.high, of(&r, "tau_high"), 0.06);
    CHECK_REL(e.ratio.low, of(&r, "ratio_low"), 0.05);
}

static void means_of_specimens_carry_their_weights(void)
{
    const double y[5] = {10.0, 12.0, 11.0, 20.0, 21.5}, u[5] = {0.5, 1.0, 0.5, 0.7, 0.7};
    const size_t specimen[5] = {2, 2, 2, 0, 0}, group[3] = {0, 0, 0};
    const vt_nested d = {5, y, u, specimen, 3, group, 1};
    vt_specimen_effect s[3];
    vt_group_effect e;
    vt_error err = {0};
    CHECK_OK(vt_specimen_means(&d, &ALONE, s, &err), &err);
    CHECK_OK(vt_random_effects(&d, &ALONE, &e, &err), &err);
    const double s2 = e.within.value * e.within.value, w1 = 1.0 / (s2 + 0.25), w2 = 1.0 / (s2 + 1.0);
    CHECK_REL(s[2].mean, (21.0 * w1 + 12.0 * w2) / (2.0 * w1 + w2), 1e-10);
    CHECK_REL(s[2].u, 1.0 / sqrt(2.0 * w1 + w2), 1e-10);
    CHECK_REL(s[0].mean, 20.75, 1e-14);
    CHECK(s[1].n == 0 && isnan(s[1].mean));
}

/* ---- what cannot be told ---- */
static void one_specimen_says_that_scatter_between_specimens_is_unknown(void)
{
    const vt_nested d = {.n = 4, .y = Y, .specimen = SPECIMEN, .nspecimens = 3, .group = ONE_GROUP, .ngroups = 1};
    vt_group_effect e;
    vt_error err = {0};
    CHECK_OK(vt_random_effects(&d, &ALONE, &e, &err), &err);
    CHECK(!e.between_known && !e.between.known && !e.icc.known && e.within.known);
    CHECK_REL(e.mean, 91.4, 1e-13);
    CHECK_REL(e.u, sqrt(1.94 / 3.0 / 4.0), 1e-12); /* s/sqrt(n) */
    CHECK_ABS(e.dof, 3.0, 0.0);
    const vt_nested one = {.n = 1, .y = Y, .specimen = SPECIMEN, .nspecimens = 1, .group = ONE_GROUP, .ngroups = 1};
    CHECK_OK(vt_random_effects(&one, &ALONE, &e, &err), &err);
    CHECK(e.n == 1 && e.mean == 91.2 && e.dof == 0.0 && isnan(e.u) && isnan(e.low));
    const double u = 0.7;
    const vt_nested known = {1, Y, &u, SPECIMEN, 1, ONE_GROUP, 1};
    CHECK_OK(vt_random_effects(&known, &ALONE, &e, &err), &err);
    CHECK_REL(e.high - e.mean, 1.959963984540054 * 0.7, 1e-9); /* normal: u is known */
}

static void a_group_of_one_specimen_borrows_the_scatter_of_the_others(void)
{
    double y[16];
    size_t specimen[16];
    const size_t group[4] = {1, 1, 1, 0};
    memcpy(y, Y, sizeof Y);
    memcpy(specimen, SPECIMEN, sizeof SPECIMEN);
    for (size_t i = 0; i < 4; i++) y[12 + i] = 105.0 + 0.5 * (double)i, specimen[12 + i] = 3;
    const vt_nested d = {16, y, NULL, specimen, 4, group, 2};
    vt_group_effect e[2];
    vt_error err = {0};
    CHECK_OK(vt_random_effects(&d, &ALONE, e, &err), &err);
    CHECK(e[0].borrowed && e[0].between_known && e[0].specimens == 1 && !e[1].borrowed);
    /* Variance of one specimen mean of 4 as the three others scatter: 5.30333. */
    CHECK_REL(e[0].u, sqrt(10.6066666666666667 / 2.0), 1e-11);
    CHECK_ABS(e[0].dof, 2.0, 0.0);
    CHECK_REL(e[1].u, e[0].u / sqrt(3.0), 1e-11);
}

static void empty_groups_and_equal_values_stay_finite_or_absent(void)
{
    const double y[4] = {3.3, 3.3, 3.3, 3.3};
    const size_t specimen[4] = {0, 0, 1, 1}, group[3] = {0, 0, 2};
    const vt_nested d = {4, y, NULL, specimen, 3, group, 3};
    vt_group_effect e[3];
    vt_error err = {0};
    CHECK_OK(vt_random_effects(&d, &POOL, e, &err), &err);
    CHECK(e[0].mean == 3.3 && e[0].u == 0.0 && e[0].between.value == 0.0 && e[0].within.value == 0.0);
    CHECK(!e[0].ratio.known); /* 0/0 */
    CHECK(e[1].n == 0 && isnan(e[1].mean) && e[2].n == 0);
}

static void intervals_cover_at_three_specimens_of_five_indents(void)
{
    cover(200, 0.0, false, false);
    cover(200, 0.7, false, false);
    cover(200, 2.1, true, false);
    cover(200, 0.7, false, true);
}

/* ---- ratio ---- */
static void shared_influences_cancel_in_the_ratio(void)
{
    vt_ratio_side a = {74.0e9, 0.7e9, 2.0, {1.48e9}}, b = {100.0e9, 0.5e9, INFINITY, {2.0e9}};
    vt_ratio_options opt = {.nshared = 1, .level = 0.95, .replicates = 20000, .seed = 11};
    vt_ratio with, without;
    vt_error err = {0};
    CHECK_OK(vt_group_ratio(&a, &b, &opt, &with, &err), &err);
    CHECK_REL(with.value, 0.74, 1e-15);
    CHECK_REL(with.u, 0.74 * hypot(0.7 / 74.0, 0.5 / 100.0), 1e-12); /* both sides 2 %: nothing left of it */
    CHECK_REL(with.u_separate, 0.74 * sqrt(pow(0.7 / 74.0, 2) + 2.5e-5 + 8e-4), 1e-12);
    CHECK(with.differs && with.p_value < 0.02);
    opt.nshared = 0;
    CHECK_OK(vt_group_ratio(&a, &b, &opt, &without, &err), &err);
    CHECK_REL(without.high, with.high, 1e-12);
    a.part[0] = 0.0; /* now it moves one side only */
    opt.nshared = 1;
    CHECK_OK(vt_group_ratio(&a, &b, &opt, &without, &err), &err);
    CHECK_REL(without.u, 0.74 * sqrt(pow(0.7 / 74.0, 2) + 2.5e-5 + 4e-4), 1e-12);
}

static void one_uncertain_side_gives_its_own_t_interval(void)
{
    const vt_ratio_side a = {7.0, 0.07, 3.0, {0}}, b = {10.0, 0.0, INFINITY, {0}};
    const vt_ratio_options opt = {.level = 0.95, .replicates = 200000, .seed = 5};
    vt_ratio r, again;
    CHECK(vt_group_ratio(&a, &b, &opt, &r, NULL) == VT_OK);
    /* t(0.975, 3) = 3.182446; 200000 draws: standard error of that quantile 0.5 % */
    CHECK_REL(log(r.high / 0.7), 3.182446 * 0.01, 0.02);
    CHECK_REL(log(0.7 / r.low), 3.182446 * 0.01, 0.02);
    CHECK(vt_group_ratio(&a, &b, &opt, &again, NULL) == VT_OK);
    CHECK(r.low == again.low && r.high == again.high && r.u == again.u && r.p_value == again.p_value);
}

/* ---- refusals ---- */
static void wrong_data_are_refused_by_index(void)
{
    vt_group_effect e = {.mean = -7.0};
    vt_error err = {0};
    double y[3] = {1.0, NAN, 2.0}, u[3] = {0.1, 0.1, -0.2};
    size_t specimen[3] = {0, 5, 1}, group[2] = {0, 3};
    vt_nested d = {3, y, u, specimen, 2, group, 1};
    CHECK(vt_random_effects(NULL, &ALONE, &e, &err) == VT_EARG);
    CHECK(vt_random_effects(&d, &ALONE, &e, &err) == VT_ESHAPE);
    CHECK_TEXT(err.msg, "specimen 1 is of group 3");
    group[1] = 0;
    CHECK(vt_random_effects(&d, &ALONE, &e, &err) == VT_ENAN);
    CHECK_TEXT(err.msg, "value 1");
    y[1] = 1.5;
    CHECK(vt_random_effects(&d, &ALONE, &e, &err) == VT_ESHAPE);
    CHECK_TEXT(err.msg, "value 1 is of specimen 5");
    specimen[1] = 1;
    CHECK(vt_random_effects(&d, &ALONE, &e, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "u[2] = -0.2");
    u[2] = 0.2;
    vt_random_effects_options bad = {.level = 95.0};
    CHECK(vt_random_effects(&d, &bad, &e, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "level = 95");
    d.n = 0;
    CHECK(vt_random_effects(&d, &ALONE, &e, &err) == VT_EDOF);
    CHECK(e.mean == -7.0); /* untouched */
}

static void ratios_without_meaning_are_refused(void)
{
    vt_ratio_side a = {7.0, 0.7, 3.0, {0}}, b = {1.0, 0.3, 2.0, {0}};
    vt_ratio_options opt = {.level = 0.95, .replicates = 20};
    vt_ratio r = {.value = -7.0};
    vt_error err = {0};
    CHECK(vt_group_ratio(&a, &b, &opt, &r, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "at least 200");
    opt.replicates = 200;
    CHECK(vt_group_ratio(&a, &b, &opt, &r, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "mean 1 of side 2");
    b.u = 0.1;
    b.dof = 0.5;
    CHECK(vt_group_ratio(&a, &b, &opt, &r, &err) == VT_ERANGE);
    b.dof = NAN;
    CHECK(vt_group_ratio(&a, &b, &opt, &r, &err) == VT_ENAN);
    CHECK(vt_group_ratio(&a, NULL, &opt, &r, &err) == VT_EARG);
    CHECK(r.value == -7.0);
}

CHECK_MAIN(CHECK_CASE(balanced_data_give_the_analysis_of_variance),
           CHECK_CASE(single_values_with_known_u_give_the_published_meta_analysis),
           CHECK_CASE(unbalanced_data_with_own_uncertainty_match_scipy),
           CHECK_CASE(means_of_specimens_carry_their_weights),
           CHECK_CASE(one_specimen_says_that_scatter_between_specimens_is_unknown),
           CHECK_CASE(a_group_of_one_specimen_borrows_the_scatter_of_the_others),
           CHECK_CASE(empty_groups_and_equal_values_stay_finite_or_absent),
           CHECK_CASE(intervals_cover_at_three_specimens_of_five_indents),
           CHECK_CASE(shared_influences_cancel_in_the_ratio), CHECK_CASE(one_uncertain_side_gives_its_own_t_interval),
           CHECK_CASE(wrong_data_are_refused_by_index), CHECK_CASE(ratios_without_meaning_are_refused))
