#pragma once
/* Campaigns of the kink fit, with the number of replicates as argument: short in the unit test, 1000 in the long one.
 */
#include "check.h"
#include "kink_reference.h"

/* Without a kink the p-value is uniform: compared with its own quantiles by the Kolmogorov-Smirnov distance. */
static inline void check_uniform_p(size_t replicates, size_t bootstraps)
{
    const vt_kink_law vft = {.ln_eta0 = -10.1, .B = 5400.0, .T0 = 417.0};
    const vt_kink_options opt = {.model = VT_KINK_CONTINUOUS, .fix_eta0 = true, .held = vft};
    size_t *count = calloc(bootstraps + 2, sizeof *count), below = 0, rejected = 0;
    double y[POINTS], u[POINTS], distance = 0.0;
    vt_error err = {0};
    for (uint64_t r = 0; r < replicates; r++) {
        vt_kink_test_result t = {0};
        simulate(&vft, 0.1, "davies", r, y, u);
        const vt_kink_data data = {.n = POINTS, .T = REFERENCE_T, .ln_eta = y, .u = u};
        const vt_kink_replicates how = {.count = bootstraps, .seed = 1000 + r, .threads = 0};
        CHECK_OK(vt_kink_test(&data, &opt, VT_KINK_VFT, &how, &t, &err), &err);
        count[(size_t)lround(t.p_value * (double)(bootstraps + 1))]++;
    }
    for (size_t k = 1; k <= bootstraps + 1; k++) {
        const double exact = (double)k / (double)(bootstraps + 1);
        below += count[k];
        if (exact <= 0.05 + 1e-9) rejected = below;
        distance = fmax(distance, fabs((double)below / (double)replicates - exact));
    }
    printf("kink p-value, no kink: %zu of %zu at 5 %%, largest distance from uniform %.4f\n", rejected, replicates,
           distance);
    /* Kolmogorov: P(distance > 1.95/sqrt(M)) = 0.001; a chi2 table instead of the bootstrap gives about 0.2. */
    CHECK_BAND(distance, 0.0, 1.95 / sqrt((double)replicates));
    const double M = (double)replicates;
    CHECK_BAND((double)rejected / M, 0.05 - 3.0 * sqrt(0.05 * 0.95 / M), 0.05 + 3.0 * sqrt(0.05 * 0.95 / M));
    free(count);
}

/* Percentile intervals of the bootstrap around fits to simulated data: fraction that holds the truth. */
static inline void check_profile_coverage(size_t replicates)
{
    static const size_t index[3] = {VT_KINK_T0, VT_KINK_TK, VT_KINK_QG};
    static const char *const name[3] = {"T0", "Tk", "Qg"};
    const vt_kink_law law = reference_law();
    const double truth[3] = {law.T0, law.Tk, law.Qg}, M = (double)replicates;
    const vt_kink_options opt = {.fix_eta0 = true, .held = law};
    size_t inside[3] = {0};
    double y[POINTS], u[POINTS];
    vt_kink *ws = NULL;
    vt_error err = {0};
    CHECK_OK(vt_kink_create(&ws, POINTS, &err), &err);
    for (uint64_t r = 0; r < replicates; r++) {
        vt_kink_fit fit;
        simulate(&law, 0.1, "coverage", r, y, u);
        const vt_kink_data data = {.n = POINTS, .T = REFERENCE_T, .ln_eta = y, .u = u};
        CHECK_OK(vt_kink_solve(ws, &data, &opt, &fit, &err), &err);
        for (int j = 0; j < 3; j++) {
            const vt_nlfit_profile_request what = {.index = index[j], .level = 0.95};
            vt_nlfit_interval e = {0};
            CHECK_OK(vt_kink_profile(ws, &data, &opt, &fit, &what, &e, &err), &err);
            inside[j] += (!e.low_closed || e.low <= truth[j]) && (!e.high_closed || truth[j] <= e.high);
        }
    }
    for (int j = 0; j < 3; j++) {
        printf("kink profile of %s: coverage %.3f of nominal 0.95\n", name[j], (double)inside[j] / M);
        CHECK_BAND((double)inside[j] / M, 0.95 - 3.0 * sqrt(0.95 * 0.05 / M), 0.95 + 3.0 * sqrt(0.95 * 0.05 / M));
    }
    vt_kink_free(ws);
}
