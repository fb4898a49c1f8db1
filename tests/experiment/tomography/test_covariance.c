/* Covariance of the means of bins: noise whose correlation is known, and pictures whose noise is not the simulator's.
 */
#include "experiment/tomography/tomography_internal.h"
#include "round_trips.h"
#include <vitrum/band.h>
#include <vitrum/image.h>

enum { SIDE = 260, LONG = 600 };

/* White noise, or its mean over 3 x 3 binomial weights. */
static void noise(bool smooth, float *out)
{
    static float white[(SIDE + 2) * (LONG + 2)];
    static const double K[3] = {0.25, 0.5, 0.25};
    vt_stream s;
    vt_stream_init(&s, 11, vt_stream_purpose("test/covariance"), smooth);
    for (size_t i = 0; i < sizeof white / sizeof *white; i++) white[i] = (float)vt_stream_normal(&s);
    for (size_t y = 0; y < LONG; y++)
        for (size_t x = 0; x < SIDE; x++) {
            double sum = 0.0;
            for (size_t j = 0; j < 3; j++)
                for (size_t i = 0; i < 3; i++) sum += K[i] * K[j] * (double)white[(y + j) * (SIDE + 2) + x + i];
            out[y * SIDE + x] = smooth ? (float)sum : white[y * SIDE + x];
        }
}

/* Bins that are the columns of a picture: of noise with correlation r(dx) r(dy) the correlation of their means is r(k),
 * and their variance that of a voxel times sum r(dy) over their LONG voxels. */
static void columns_correlate(bool smooth, const double r[4], double variance)
{
    static float e[SIDE * LONG];
    static int place[SIDE * LONG];
    vti_tomo_noise n = {0};
    double count[SIDE], scatter[SIDE], block[SIDE * 40], all = r[0] + 2.0 * (r[1] + r[2] + r[3]), row[SIDE];
    size_t kept[SIDE];
    noise(smooth, e);
    for (size_t i = 0; i < SIDE * LONG; i++) place[i] = 4 * (int)(i % SIDE) + 3;
    for (size_t i = 0; i < SIDE; i++) {
        count[i] = LONG;
        scatter[i] = sqrt(variance);
        kept[i] = i;
    }
    vti_tomo_noise_add(&n, e, SIDE, LONG);
    vti_tomo_noise_settle(&n);
    CHECK(n.reach == 3);
    /* 156 000 voxels, each correlation to 1/sqrt of that times the root of their sum: 0.0025 to 0.007, twice 24 of them
     */
    CHECK_REL(n.total, all * all, 0.06);
    vti_tomo_pairs pairs = {.n = SIDE, .lags = vti_tomo_lags(&n)};
    pairs.sum = calloc(5 * SIDE * (pairs.lags + 1), sizeof *pairs.sum);
    vti_tomo_count_pairs(&pairs, &n, place, SIDE, LONG);
    vti_profile p = {.n = SIDE, .u = block, .band = block + SIDE};
    const vti_tomo_bins bins = {.lags = pairs.lags, .count = count, .scatter = scatter, .kept = kept};
    CHECK(vti_tomo_covariance(&bins, pairs.sum, 0.0, &p, NULL) == VT_OK);
    CHECK_REL(p.u[100], sqrt(variance * all / LONG), 0.03);
    /* row 100 of L L' is that of the correlations */
    for (size_t k = 0; k < 4; k++) {
        row[k] = 0.0;
        for (size_t j = 100 - p.lags; j <= 100 - k; j++)
            row[k] += p.band[j * (p.lags + 1) + 100 - j] * p.band[j * (p.lags + 1) + 100 - k - j];
        CHECK_ABS(row[k], r[k], 0.03);
    }
    /* what is made independent is: the means of the columns of this very noise */
    double mean[SIDE], chi2 = 0.0;
    for (size_t x = 0; x < SIDE; x++) {
        double sum = 0.0;
        for (size_t y = 0; y < LONG; y++) sum += (double)e[y * SIDE + x];
        mean[x] = sum / LONG / p.u[x];
    }
    CHECK(vt_band_whiten(SIDE, p.lags, p.band, 1, mean, NULL) == VT_OK);
    for (size_t x = 0; x < SIDE; x++) chi2 += mean[x] * mean[x];
    CHECK_BAND(chi2 / SIDE, 1.0 - 3.0 * sqrt(2.0 / SIDE), 1.0 + 3.0 * sqrt(2.0 / SIDE));
    /* the halves hold what the whole does: all voxels are right and low */
    CHECK(pairs.sum[100] == pairs.sum[SIDE * (pairs.lags + 1) + 100]);
    CHECK(pairs.sum[100] == pairs.sum[3 * SIDE * (pairs.lags + 1) + 100]);
    CHECK(pairs.sum[2 * SIDE * (pairs.lags + 1) + 100] == 0.0);
    free(pairs.sum);
}

static void white_noise_is_independent(void)
{
    columns_correlate(false, (double[4]){1.0, 0.0, 0.0, 0.0}, 1.0);
}

/* Binomial weights (1, 2, 1)/4 have the autocorrelation (6, 4, 1)/6, and leave 6/16 of the variance each way. */
static void blurred_noise_is_correlated(void)
{
    columns_correlate(true, (double[4]){1.0, 4.0 / 6.0, 1.0 / 6.0, 0.0}, 36.0 / 256.0);
}

/* A spectrum that would be negative is made positive, and no variance is lost on the way. */
static void a_cut_correlation_is_mended(void)
{
    enum { N = 40, LAGS = 2 };
    double sum[N * (LAGS + 1)], count[N], scatter[N], block[N * (LAGS + 2)];
    size_t kept[N];
    vti_profile p = {.n = N, .u = block, .band = block + N};
    const vti_tomo_bins bins = {.lags = LAGS, .count = count, .scatter = scatter, .kept = kept};
    for (size_t i = 0; i < N; i++) {
        kept[i] = i;
        count[i] = 50.0;
        scatter[i] = 2.0;
        sum[i * 3] = 0.0;
        sum[i * 3 + 1] = 45.0; /* 1 + 2 0.9 cos q + 2 0.8 cos 2q is -1.3 */
        sum[i * 3 + 2] = 40.0;
    }
    CHECK(vti_tomo_covariance(&bins, sum, 0.0, &p, NULL) == VT_OK);
    CHECK(p.lags == LAGS && p.u[7] > 2.0 / sqrt(50.0));
    CHECK(p.u[7] < 4.0 * 2.0 / sqrt(50.0)); /* white noise of 1.3 voxels would do; doubled on the way, of 2.6 */
}

/* ---- pictures ---- */
enum { TRIPS = 6 };

static size_t depths(const vt_result *r)
{
    for (size_t i = 0; i < vt_result_curves(r); i++)
        if (strcmp(vt_result_curve_name(r, i), "profile") == 0) return vt_table_rows(vt_result_curve(r, i));
    return 0;
}

/* chi2 of the model that is told over its degrees of freedom. */
static double scatter_of(const vt_result *r)
{
    const vt_model *best = NULL;
    for (size_t m = 0; m < vt_result_models(r); m++)
        if (!best || vt_result_model(r, m)->aicc < best->aicc) best = vt_result_model(r, m);
    return best ? best->chi2 / ((double)depths(r) - (double)best->parameters) : (double)NAN;
}

/* A picture of 8 bit, as a scanner exports it. */
static void round_greys(vt_table *t)
{
    vt_image *i = (vt_image *)vt_table_image(t); /* a test may change what it simulated */
    for (size_t k = 0; k < i->width * i->height; k++) i->grey[k] = floorf(i->grey[k] / 6.0F + 0.5F);
    i->bits = 8;
    i->real = false;
}

/* Scatter beyond the errors stretches them, so that chi2 is one per degree of freedom at most but for chance, and by
 * chance below 1 in half of the pictures: 0.94 on the mean. Six means of some 90 squares: 0.06. Neighbours in other
 * bins that are counted as if they were in the same one make it 0.35. */
static void scatter_is_that_of_the_noise(void)
{
    static const struct {
        const char *noise, *correlation;
        bool rounded;
    } PICTURE[] = {{"0.05", "0", false}, {"0.05", "0.3", false}, {"0.05", "0.5", false}, {"0.05", "0.3", true}};
    for (size_t c = 0; c < sizeof PICTURE / sizeof *PICTURE; c++) {
        double mean = 0.0;
        for (int k = 0; k < TRIPS; k++) {
            struct settings truth = {0};
            vt_error err = {0};
            set_text(&truth, "diameter", "10 um");
            set_text(&truth, "noise", PICTURE[c].noise);
            set_text(&truth, "correlation", PICTURE[c].correlation);
            set_number(&truth, "seed", 50.0 + k, "");
            vt_table *t = simulated("tomography", &truth, &err);
            if (PICTURE[c].rounded) round_greys(t);
            vt_result *r = reduced("tomography", t, NULL, &err);
            if (!r) CHECK_FAILED("%s: %s", vt_status_name(err.code), err.msg);
            if (r) mean += scatter_of(r) / TRIPS;
            vt_result_free(r);
            vt_table_free(t);
        }
        fprintf(stderr, "noise %s correlation %s: chi2 per degree of freedom %.3f\n", PICTURE[c].noise,
                PICTURE[c].correlation, mean);
        CHECK_BAND(mean, 0.76, 1.12);
    }
}

CHECK_MAIN(CHECK_CASE(white_noise_is_independent), CHECK_CASE(blurred_noise_is_correlated),
           CHECK_CASE(a_cut_correlation_is_mended), CHECK_CASE(scatter_is_that_of_the_noise))
