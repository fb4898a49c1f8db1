#pragma once
/* Virtual reference indents through the whole calibration, and indents in another material reduced with its file:
 * coverage and bias of the frame compliance, of the area function, and of the modulus of that material. */
#include "roundtrip.h"
#include <unistd.h>
#include <vitrum/calibration.h>
#include <vitrum/parallel.h>

/* Silica under a hyperboloid, A = 24.5 h^2 + 2 pi R h. Drift, creep, noise of section 11. */
static const char *const CAMPAIGN_SILICA[][2] = {{"poisson_ratio", "0.17"},
                                                 {"hardness", "9.5 GPa"},
                                                 {"exponent", "1.27"},
                                                 {"epsilon", "0.75"},
                                                 {"cycles", "7"},
                                                 {"loads", "48 mN"},
                                                 {"indents", "8"},
                                                 {"state", "material"},
                                                 {"frame_compliance", "0.7 nm/mN"},
                                                 {"sampling", "8 Hz"},
                                                 {"drift_scatter", "0.03 nm/s"}};
/* A Pd-based glass by the same instrument; the record says nothing of tip and frame. */
static const char *const CAMPAIGN_GLASS[][2] = {
    {"modulus", "103.7 GPa"}, {"hardness", "5.3 GPa"},           {"indents", "6"},     {"loads", "20 mN"},
    {"state", "material"},    {"frame_compliance", "0.7 nm/mN"}, {"approach", "0 nm"}, {"sampling", "8 Hz"}};

enum { CAMPAIGN_DEPTHS = 3, CAMPAIGN_VALUES = 2 + CAMPAIGN_DEPTHS };
static const double CAMPAIGN_DEPTH[CAMPAIGN_DEPTHS] = {80e-9, 200e-9, 450e-9};
static const char *const CAMPAIGN_WHAT[CAMPAIGN_VALUES] = {"frame compliance", "area at 80 nm", "area at 200 nm",
                                                           "area at 450 nm", "modulus of a glass"};

typedef struct campaign_run {
    double error[CAMPAIGN_VALUES], u[CAMPAIGN_VALUES]; /* of the values over the truth */
    bool covered[CAMPAIGN_VALUES];
    char why[256]; /* "": both reductions went through */
} campaign_run;

static inline double campaign_area(double h)
{
    return 24.5 * h * h + 2.0 * VT_PI * 50e-9 * h;
}

static inline void campaign_note(campaign_run *run, int k, double error, double u)
{
    run->error[k] = error;
    run->u[k] = u;
    run->covered[k] = fabs(error) <= 1.96 * u; /* covariance of calibrations: 1.96 u is the 95 % interval */
}

/* E of the silica under the indents differs from the 72 GPa that are taken as known by what these are said to be
 * uncertain. */
static inline double campaign_modulus(uint64_t session)
{
    vt_stream s;
    vt_stream_init(&s, 31, vt_stream_purpose("calibration/modulus"), session);
    return 72e9 + 0.4e9 * vt_stream_normal(&s);
}

static inline vt_status campaign_calibrate(uint64_t session, vt_result **result, vt_error *err)
{
    struct settings truth = {0}, how = {0};
    for (size_t i = 0; i < sizeof CAMPAIGN_SILICA / sizeof *CAMPAIGN_SILICA; i++)
        set_text(&truth, CAMPAIGN_SILICA[i][0], CAMPAIGN_SILICA[i][1]);
    set_number(&truth, "modulus", campaign_modulus(session), "Pa");
    set_text(&how, "references", "fused_silica");
    const vt_common common = {.seed = 1000 + session, .level = 0.95, .replicates = 100, .threads = 1};
    const vt_request make = {.settings = rows(&truth), .nsettings = truth.n, .common = &common};
    vt_table *record = NULL;
    vt_status st = vt_simulate(vt_experiment_find("indentation"), &make, &record, err);
    const vt_table *raw[] = {record};
    const vt_request in = {.raw = raw, .nraw = 1, .settings = rows(&how), .nsettings = how.n, .common = &common};
    if (st == VT_OK) st = vt_reduce(vt_experiment_find("indentation_calibration"), &in, result, err);
    vt_table_free(record);
    return st;
}

/* The area that the indents ask for goes as 1/E_r^2 of the modulus that is taken for theirs: that part of its error is
 * known here, and not in its covariance. */
static inline vt_status campaign_areas(campaign_run *run, const vt_calibration *c, uint64_t session)
{
    const double true_r = vt_contact_reduced_modulus(campaign_modulus(session), 0.17, c->E_i, c->nu_i);
    const double scale = pow(vt_contact_reduced_modulus(72e9, 0.17, c->E_i, c->nu_i) / true_r, 2.0);
    campaign_note(run, 0, c->C_f / 0.7e-6 - 1.0, c->u_C_f / 0.7e-6);
    for (int k = 0; k < CAMPAIGN_DEPTHS; k++) {
        const double h = CAMPAIGN_DEPTH[k], A = campaign_area(h) / scale;
        campaign_note(run, 1 + k, vt_area(&c->area, h) / A - 1.0, sqrt(vt_area_variance(&c->area, h)) / A);
    }
    return VT_OK;
}

/* Mean modulus of the glass, through the file of the calibration. */
static inline vt_status campaign_glass(campaign_run *run, uint64_t session, const vt_calibration *c, vt_error *err)
{
    char path[SETTING_TEXT];
    struct settings truth = {0}, how = {0};
    vt_table *record = NULL;
    vt_result *r = NULL;
    for (size_t i = 0; i < sizeof CAMPAIGN_GLASS / sizeof *CAMPAIGN_GLASS; i++)
        set_text(&truth, CAMPAIGN_GLASS[i][0], CAMPAIGN_GLASS[i][1]);
    snprintf(path, sizeof path, "calibration_%ld_%llu.yaml", (long)getpid(), (unsigned long long)session);
    const char *const exact[][2] = {
        {"poisson_ratio_u", "0"}, {"epsilon", "exponent"}, {"structural_compliance", "off"}};
    set_texts(&how, sizeof exact / sizeof *exact, exact);
    set_text(&how, "area_function", path);
    const vt_common common = {.seed = 900000 + session, .level = 0.95, .replicates = 200, .threads = 1};
    const vt_request make = {.settings = rows(&truth), .nsettings = truth.n, .common = &common};
    vt_status st = vt_calibration_save(c, path, err);
    if (st == VT_OK) st = vt_simulate(vt_experiment_find("indentation"), &make, &record, err);
    const vt_table *raw[] = {record};
    const vt_request in = {.raw = raw, .nraw = 1, .settings = rows(&how), .nsettings = how.n, .common = &common};
    if (st == VT_OK) st = vt_reduce(vt_experiment_find("indentation"), &in, &r, err);
    size_t i = 0;
    const vt_property *E = NULL; /* of the group, not of one of its indents */
    do E = r ? next(r, &i, "elastic_modulus", NULL, "group", NULL) : NULL;
    while (E && E->nscope > 1);
    if (st == VT_OK && !E) st = vt_fail(err, VT_EKEY, "no modulus of the set");
    if (E) {
        campaign_note(run, 1 + CAMPAIGN_DEPTHS, E->q.value / 103.7e9 - 1.0, E->q.u / 103.7e9);
        run->covered[1 + CAMPAIGN_DEPTHS] = covers(&E->q, 103.7e9);
    }
    remove(path);
    vt_result_free(r);
    vt_table_free(record);
    return st;
}

static inline vt_status campaign_task(size_t session, void *shared, void *scratch, vt_error *err)
{
    campaign_run *run = (campaign_run *)shared + session;
    vt_result *result = NULL;
    vt_calibration *c = calloc(1, sizeof *c);
    vt_error why = {0};
    (void)scratch;
    (void)err;
    vt_status st = c ? campaign_calibrate(session, &result, &why) : VT_EMEMORY;
    const char *text = result ? vt_result_document_text(result, 0) : "";
    if (st == VT_OK) st = vt_calibration_parse("calibration.yaml", text, strlen(text), c, &why);
    if (st == VT_OK) st = campaign_areas(run, c, session);
    if (st == VT_OK) st = campaign_glass(run, session, c, &why);
    if (st != VT_OK) snprintf(run->why, sizeof run->why, "%s: %.200s", vt_status_name(st), why.msg);
    vt_result_free(result);
    free(c);
    return VT_OK;
}

/* Procedures 1.9: 0.95 -+ 3 sqrt(0.95 0.05/n); mean error below 0.2 u, plus three of its own standard errors. */
static inline void campaign_judge(const campaign_run *run, size_t n, int k)
{
    double inside = 0.0, pull = 0.0, mean = 0.0, square = 0.0, u = 0.0;
    for (size_t i = 0; i < n; i++) {
        inside += run[i].covered[k];
        pull += run[i].error[k] / run[i].u[k] / (double)n;
        mean += run[i].error[k] / (double)n;
        square += run[i].error[k] * run[i].error[k] / (double)n;
        u += run[i].u[k] * run[i].u[k] / (double)n;
    }
    const double c = inside / (double)n, band = 3.0 * sqrt(0.95 * 0.05 / (double)n);
    fprintf(stderr, "%-20s n %zu coverage %.3f mean pull %+.2f mean error %+.3f %% rms %.3f %% u %.3f %%\n",
            CAMPAIGN_WHAT[k], n, c, pull, 100.0 * mean, 100.0 * sqrt(square), 100.0 * sqrt(u));
    CHECK_BAND(c, 0.95 - band, fmin(1.0, 0.95 + band));
    CHECK_ABS(pull, 0.0, 0.2 + 3.0 / sqrt((double)n));
}

static inline void campaign(size_t n)
{
    campaign_run *run = calloc(n, sizeof *run);
    vt_error err = {0};
    const vt_parallel how = {.shared = run};
    if (!run) return;
    CHECK_OK(vt_parallel_for(n, campaign_task, &how, &err), &err);
    for (size_t i = 0; i < n; i++)
        if (run[i].why[0]) CHECK_FAILED("session %zu: %s", i, run[i].why);
    for (int k = 0; k < CAMPAIGN_VALUES; k++) campaign_judge(run, n, k);
    free(run);
}
