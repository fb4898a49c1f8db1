#pragma once
/* Simulate and reduce the experiment `viscosity`, for its tests. */
#include "result_checks.h"
#include "experiment/viscosity/viscosity_internal.h"
#include <vitrum/io.h>

enum { SETTINGS = 8 };

/* "key=value" texts to settings; returns how many. */
static inline size_t settings_of(const char *const *texts, char (*store)[128], vt_setting *set)
{
    size_t n = 0;
    for (; texts && texts[n] && n < SETTINGS; n++) {
        snprintf(store[n], sizeof store[n], "%s", texts[n]);
        char *equal = strchr(store[n], '=');
        *equal = '\0';
        set[n] = (vt_setting){.key = store[n], .text = equal + 1};
    }
    return n;
}

static inline vt_table *simulated(const char *const *texts, uint64_t seed)
{
    char store[SETTINGS][128];
    vt_setting set[SETTINGS];
    const vt_common common = {.seed = seed, .level = 0.95, .replicates = 100};
    const vt_request in = {.settings = set, .nsettings = settings_of(texts, store, set), .common = &common};
    vt_table *t = NULL;
    vt_error err = {0};
    CHECK_OK(vt_simulate(&vti_viscosity_experiment, &in, &t, &err), &err);
    return t;
}

static inline vt_status reduced(const vt_table *t, const char *const *texts, long threads, vt_result **r, vt_error *err)
{
    char store[SETTINGS][128];
    vt_setting set[SETTINGS];
    const vt_common common = {.seed = 1, .level = 0.95, .replicates = 100, .threads = threads};
    const vt_request in = {
        .raw = &t, .nraw = 1, .settings = set, .nsettings = settings_of(texts, store, set), .common = &common};
    return vt_reduce(&vti_viscosity_experiment, &in, r, err);
}

/* Campaign: how many of the 95 % intervals hold the truth. hits: T12, m, A. Returns the fits that were made. */
static inline size_t campaign(size_t replicates, size_t hits[3])
{
    static const char *const NAMES[3] = {"isoviscous_temperature", "fragility", "log10_viscosity_infinite"};
    static const double TRUTH[3] = {590.0, 52.0, -4.3};
    size_t fits = 0;
    hits[0] = hits[1] = hits[2] = 0;
    for (size_t i = 0; i < replicates; i++) {
        vt_table *t = simulated(NULL, 1000 + i);
        vt_result *r = NULL;
        if (reduced(t, NULL, 1, &r, NULL) == VT_OK) fits++;
        for (int k = 0; k < 3; k++) {
            const vt_quantity *q = quantity(r, NAMES[k], NULL);
            hits[k] += q && q->low <= TRUTH[k] && TRUTH[k] <= q->high;
        }
        vt_result_free(r);
        vt_table_free(t);
    }
    return fits;
}
