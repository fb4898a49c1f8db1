#pragma once
/* Monte-Carlo round trips of the molding experiment (P09, P13, section 11): simulate, reduce, compare. Shared by the
 * short campaign of `make check` and the long one. */
#include "check.h"
#include <vitrum/constants.h>
#include <vitrum/experiment.h>

/* Procedures 10.3 at the seven published conditions. */
static const struct {
    double T, eta, mobility, d_c; /* degC, Pa s, m^3/s, nm */
} TRUTH[7] = {{327, 3.0542e8, 2.1346e-26, 13.54},  {317, 1.6710e9, 1.2720e-26, 20.19},
              {307, 1.1240e10, 7.4458e-27, 32.07}, {297, 9.6741e10, 4.2774e-27, 54.95},
              {287, 1.0004e12, 2.4090e-27, 99.45}, {277, 1.3956e12, 1.3288e-27, 91.68},
              {267, 1.9710e12, 7.1695e-28, 84.25}};

struct tally {
    int covered[7][3];   /* condition; viscosity, mobility, d_c */
    double pulled[7][3]; /* sum of (value - truth)/u */
    int chosen[7];       /* the condition alone prefers the right model */
    int joint;           /* all conditions together do */
};

static void count(struct tally *t, const vt_result *r, size_t k, size_t j, const char *name, double truth)
{
    const vt_property *p = vt_result_find(r, name, j == 0 ? "paper" : NULL, "temperature", TRUTH[k].T + 273.15);
    if (!p) return; /* absent counts as not covered */
    t->covered[k][j] += p->q.low <= truth && truth <= p->q.high;
    t->pulled[k][j] += (p->q.value - truth) / p->q.u;
}

/* The right model has the smallest AICc of its group. */
static bool preferred(const vt_result *r, const char *group, const char *name)
{
    double best = INFINITY, own = INFINITY;
    for (size_t i = 0; i < vt_result_models(r); i++) {
        const vt_model *m = vt_result_model(r, i);
        if (strcmp(m->group, group) != 0) continue;
        best = fmin(best, m->aicc);
        if (strcmp(m->name, name) == 0) own = m->aicc;
    }
    return own <= best;
}

/* M studies of seven conditions; the bootstrap of the laws is kept at its least, the intervals of the conditions do not
 * need it. */
static struct tally campaign(int M, const char *mode, const char *model_name)
{
    struct tally t = {0};
    const vt_experiment *e = vt_experiment_find("molding");
    for (int m = 0; m < M; m++) {
        char seed[32], group[64];
        snprintf(seed, sizeof seed, "%d", 1000 + m);
        const vt_setting sim[] = {{"seed", seed, NULL, 0}, {"mode", mode, NULL, 0}};
        const vt_setting red[] = {{"replicates", "20", NULL, 0}, {"threads", "1", NULL, 0}};
        const vt_request a = {.settings = sim, .nsettings = 2};
        vt_table *table = NULL;
        vt_result *r = NULL;
        vt_error err = {0};
        CHECK_OK(vt_simulate(e, &a, &table, &err), &err);
        const vt_table *raw = table;
        const vt_request b = {.raw = &raw, .nraw = 1, .settings = red, .nsettings = 2};
        CHECK_OK(vt_reduce(e, &b, &r, &err), &err);
        for (size_t k = 0; r && k < 7; k++) {
            count(&t, r, k, 0, "viscosity", TRUTH[k].eta);
            count(&t, r, k, 1, "interface_mobility", TRUTH[k].mobility);
            count(&t, r, k, 2, "critical_diameter", 1e-9 * TRUTH[k].d_c);
            snprintf(group, sizeof group, "T = %.6g K", TRUTH[k].T + 273.15);
            t.chosen[k] += preferred(r, group, model_name);
        }
        t.joint += r && preferred(r, "all conditions", model_name);
        vt_result_free(r);
        vt_table_free(table);
    }
    return t;
}

/* Procedures 1.9: 0.95 -+ 3 sqrt(0.95 0.05 / M), and mean error below 0.2 u (plus its own three sigma). */
static void judge(const struct tally *t, int M)
{
    static const char *const WHAT[] = {"viscosity", "mobility", "d_c"};
    const double band = 3.0 * sqrt(0.95 * 0.05 / M);
    for (size_t k = 0; k < 7; k++)
        for (size_t j = 0; j < 3; j++) {
            const double c = t->covered[k][j] / (double)M, bias = t->pulled[k][j] / M;
            fprintf(stderr, "%g degC %-9s coverage %.3f mean pull %+.2f\n", TRUTH[k].T, WHAT[j], c, bias);
            CHECK_BAND(c, 0.95 - band, 0.95 + band);
            CHECK_ABS(bias, 0.0, 0.2 + 3.0 / sqrt(M));
        }
}
