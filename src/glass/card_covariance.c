/* The alloy card: covariance of constants that were fitted together. */
#include "glass/card_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static long index_of(const vt_card *card, const char *key)
{
    for (size_t i = 0; i < card->ncorrelated; i++)
        if (strcmp(card->correlated[i], key) == 0) return (long)i;
    return -1;
}

void vti_card_uncorrelate(vt_card *card, const char *key)
{
    const long found = index_of(card, key);
    if (found < 0) return;
    const size_t n = card->ncorrelated, out = (size_t)found;
    size_t to = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            if (i != out && j != out) card->cov[to++] = card->cov[i * n + j];
    for (size_t i = out; i + 1 < n; i++) memcpy(card->correlated[i], card->correlated[i + 1], sizeof *card->correlated);
    card->ncorrelated--;
}

static vt_status check_keys(const vt_card *card, size_t n, const char *const *keys, vt_error *err)
{
    for (size_t i = 0; i < n; i++) {
        if (!keys[i]) return vt_fail(err, VT_EARG, "covariance: key %zu is NULL", i);
        if (!vt_card_find(card, keys[i]))
            return vt_fail(err, VT_EKEY, "covariance: the card of %s has no constant %.63s", card->alloy, keys[i]);
        for (size_t j = 0; j < i; j++)
            if (strcmp(keys[i], keys[j]) == 0)
                return vt_fail(err, VT_EKEY, "covariance: key %s stands there twice", keys[i]);
    }
    return VT_OK;
}

/* Cholesky of the correlation matrix with 1e-9 added to its diagonal: a matrix printed to ten digits passes, one
 * with an eigenvalue below about -1e-9 does not. */
static int is_semidefinite(size_t n, const double *cov)
{
    double L[VTI_CARD_CORRELATED][VTI_CARD_CORRELATED];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            const double scale = sqrt(cov[i * n + i] * cov[j * n + j]);
            double sum = i == j ? 1.0 + 1e-9 : cov[i * n + j] / scale;
            for (size_t k = 0; k < j; k++) sum -= L[i][k] * L[j][k];
            if (i == j && !(sum > 0.0)) return 0;
            L[i][j] = i == j ? sqrt(sum) : sum / L[j][j];
        }
    return 1;
}

static vt_status check_matrix(size_t n, const char *const *keys, const double *cov, vt_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (!(cov[i * n + i] > 0.0) || !isfinite(cov[i * n + i]))
            return vt_fail(err, VT_ERANGE, "covariance: variance %g of %s is not above 0", cov[i * n + i], keys[i]);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            const double a = cov[i * n + j], b = cov[j * n + i];
            if (!(fabs(a - b) <= 1e-6 * sqrt(cov[i * n + i] * cov[j * n + j])))
                return vt_fail(err, VT_ERANGE, "covariance: %g of (%s, %s), but %g of (%s, %s)", a, keys[i], keys[j], b,
                               keys[j], keys[i]);
        }
    if (!is_semidefinite(n, cov))
        return vt_fail(err, VT_ERANGE, "covariance of %zu constants is not positive semidefinite", n);
    return VT_OK;
}

vt_status vt_card_set_covariance(vt_card *card, size_t n, const char *const *keys, const double *cov, vt_error *err)
{
    if (!card || (n > 0 && (!keys || !cov))) return vt_fail(err, VT_EARG, "card, keys or cov is NULL");
    if (n > VTI_CARD_CORRELATED)
        return vt_fail(err, VT_ELIMIT, "covariance of %zu constants, at most %d", n, VTI_CARD_CORRELATED);
    vt_status st;
    VT_TRY(st = check_keys(card, n, keys, err));
    VT_TRY(st = check_matrix(n, keys, cov, err));
    card->ncorrelated = n;
    for (size_t i = 0; i < n; i++) {
        snprintf(card->correlated[i], sizeof card->correlated[i], "%s", keys[i]);
        for (size_t j = 0; j < n; j++) card->cov[i * n + j] = 0.5 * (cov[i * n + j] + cov[j * n + i]);
        for (size_t k = 0; k < card->nconstants; k++)
            if (strcmp(card->constants[k].key, keys[i]) == 0) card->constants[k].u = sqrt(cov[i * n + i]);
    }
done:
    return st;
}

size_t vt_card_correlated(const vt_card *card)
{
    return card ? card->ncorrelated : 0;
}

const char *vt_card_correlated_key(const vt_card *card, size_t i)
{
    return card && i < card->ncorrelated ? card->correlated[i] : "";
}

double vt_card_covariance(const vt_card *card, const char *key_a, const char *key_b)
{
    if (!card || !key_a || !key_b) return 0.0;
    const long a = index_of(card, key_a), b = index_of(card, key_b);
    if (a >= 0 && b >= 0) return card->cov[(size_t)a * card->ncorrelated + (size_t)b];
    const vt_constant *k = strcmp(key_a, key_b) == 0 ? vt_card_find(card, key_a) : NULL;
    return k && !isnan(k->u) ? k->u * k->u : 0.0;
}
