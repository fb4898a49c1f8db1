/* The search of the layered models: it ends no higher than from the true thickness, always ends, and says why no layer
 * is told of. */
#include "experiment/torsion/models_internal.h"
#include "torsion_campaign.h"

/* The means of a record, as the reduction makes them, and a fit of its models; true d from the truth. */
struct fitted {
    vti_torsion_run run;
    double phi[VTI_TORSION_BINS], T[VTI_TORSION_BINS];
    vti_torsion_problem p;
};

static void means(vti_torsion_run *run, const vt_table *t)
{
    const size_t n = vt_table_rows(t);
    const double *a = vt_table_values(t, (size_t)vt_table_find(t, "angle"));
    const double *T = vt_table_values(t, (size_t)vt_table_find(t, "torque"));
    run->bins = n < VTI_TORSION_BINS ? n : VTI_TORSION_BINS;
    for (size_t k = 0; k < run->bins; k++) {
        const size_t i0 = k * n / run->bins, i1 = (k + 1) * n / run->bins;
        run->bin_phi[k] = run->bin_T[k] = 0.0;
        for (size_t i = i0; i < i1; i++) {
            run->bin_phi[k] += a[i] / (double)(i1 - i0);
            run->bin_T[k] += T[i] / (double)(i1 - i0);
        }
    }
}

static bool fit_record(const struct drawn *d, double diameter, struct fitted *f)
{
    static const vti_torsion_params PAR = {.window_start = 0.1};
    static vt_job job = {.common = {.level = 0.95}};
    struct drawn copy = *d;
    vt_error err = {0};
    vt_table *t = simulated("torsion", &copy.truth, &err);
    memset(f, 0, sizeof *f);
    f->run =
        (vti_torsion_run){.job = &job, .par = &PAR, .D = diameter, .R = 0.5 * diameter, .L = 1.7e-3 * diameter / 52e-6};
    means(&f->run, t);
    vt_table_free(t);
    if (vti_torsion_elastic(&f->run, &err) != VT_OK) return false;
    vti_torsion_yields(&f->run);
    if (!f->run.yielded || vti_torsion_models(&f->run, &err) != VT_OK) return false;
    const double unit = f->run.bin_phi[f->run.bins - 1];
    f->p = (vti_torsion_problem){.n = f->run.bins - f->run.from,
                                 .phi = f->phi,
                                 .T = f->T,
                                 .onset = f->run.yield[VTI_YIELD_ONSET][0] / unit,
                                 .zero = f->run.z / unit,
                                 .model = VTI_TORSION_LAYERED};
    for (size_t i = 0; i < f->p.n; i++) {
        f->phi[i] = f->run.bin_phi[f->run.from + i] / unit;
        f->T[i] = f->run.bin_T[f->run.from + i] / (f->run.b0 * f->run.yield[VTI_YIELD_ONSET][0]);
    }
    return true;
}

/* Criterion of the layered model with its true thickness, angles and moduli fitted; `k` parameters counted. */
static double with_the_truth(struct fitted *f, double d, long k)
{
    double x[VTI_P] = {[VTI_P_D] = d}, rss, m2 = INFINITY;
    vt_error err = {0};
    CHECK_OK(vti_torsion_search_create(&f->p.work, &err), &err);
    f->p.rho = f->run.fit[VTI_TORSION_LAYERED].rho;
    if (vti_torsion_solve(&f->p, NULL, x, &rss)) (void)vti_torsion_correlation(&f->p, x, &m2);
    vti_torsion_search_free(f->p.work);
    return vti_torsion_criterion(m2, f->p.n, k);
}

/* Full box of section 11. Who knew the true thickness would find the layer better than its rivals by 6 in hardly more
 * records: what is missed is not in them. */
static void the_search_misses_nothing_that_is_there(void)
{
    static const double D[] = {52e-6, 70e-6, 88e-6, 108e-6};
    struct fitted *f = malloc(sizeof *f);
    long records = 0, found = 0, known = 0;
    for (uint64_t k = 0; k < 60; k++) {
        struct drawn d = draw("layered", k);
        if (!fit_record(&d, D[k % 4], f)) continue;
        const vti_torsion_fit *fit = f->run.fit;
        for (int m = 0; m < VTI_TORSION_MODELS; m++) CHECK(fit[m].done);
        const double rival = fmin(fit[VTI_TORSION_HOMOGENEOUS].aicc, fit[VTI_TORSION_HARDENING].aicc);
        const double own = with_the_truth(f, d.SR / f->run.R, 5), free_d = with_the_truth(f, d.SR / f->run.R, 4);
        /* The simplex ends within 1e-4 of a step, the correlation within 1e-4: 0.05 of the criterion. */
        CHECK(fit[VTI_TORSION_LAYERED].aicc <= own + 0.05);
        records++;
        found += fit[f->run.skin].aicc < rival - 6.0;
        known += free_d < rival - 6.0;
    }
    fprintf(stderr, "wide box     better by 6 in %ld of %ld, with the thickness known in %ld\n", found, records, known);
    CHECK(records >= 59);
    CHECK(found >= known - 4); /* one parameter less is 2 of the criterion */
    free(f);
}

/* 0.7 um on 88 um ended without convergence once. */
static void a_thin_layer_on_a_thick_wire_is_fitted(void)
{
    struct settings how = {0};
    for (int seed = 1; seed <= 12; seed++) {
        struct settings t = {0};
        set_text(&t, "diameter", "88 um");
        set_text(&t, "torque_noise", "0.001");
        set_number(&t, "seed", seed, "");
        vt_result *r = round_trip(&t, &how);
        CHECK(!warned(r, "W_NOCONV", ""));
        vt_result_free(r);
    }
}

static vt_result *of(const char *const (*set)[2], size_t n)
{
    struct settings t = {0}, how = {0};
    set_texts(&t, n, set);
    return round_trip(&t, &how);
}

static void the_reason_is_the_one_that_holds(void)
{
    static const char *const plain[][2] = {{"wire", "homogeneous"}, {"seed", "3"}};
    static const char *const equal[][2] = {
        {"wire", "equal_yield"}, {"seed", "3"}, {"layer_thickness", "3 um"}, {"torque_noise", "0.0003"}};
    static const char *const early[][2] = {
        {"seed", "3"}, {"layer_thickness", "3 um"}, {"max_strain", "0.029"}, {"torque_noise", "0.0002"}};
    vt_result *r = of(plain, 2);
    CHECK(warned(r, "W_LAYER_NOT_IDENTIFIED", "a layer betters the model 'homogeneous' by -"));
    CHECK(warned(r, "W_LAYER_NOT_IDENTIFIED", "in AICc, and 6 is needed"));
    vt_result_free(r);
    r = of(equal, 4);
    CHECK(warned(r, "W_LAYER_NOT_IDENTIFIED", "the model 'equal yield' is better"));
    vt_result_free(r);
    r = of(early, 4);
    CHECK(warned(r, "W_LAYER_NOT_IDENTIFIED", "5 % is needed"));
    vt_result_free(r);
}

CHECK_MAIN(CHECK_CASE(the_search_misses_nothing_that_is_there), CHECK_CASE(a_thin_layer_on_a_thick_wire_is_fitted),
           CHECK_CASE(the_reason_is_the_one_that_holds))
