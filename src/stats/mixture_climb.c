/* Expectation-maximisation of a normal mixture with a penalty on variances. Chen and Tan, J. Multivar. Anal. 100 (2009)
 * 1367; Chen, Tan and Zhang, Stat. Sin. 18 (2008) 443. */
#include "mixture_internal.h"
#include <math.h>
#include <vitrum/constants.h>

double vti_mixture_parameters(size_t d, size_t k)
{
    return (double)(d == 1 ? 3 * k : 6 * k) - 1.0;
}

double vti_mixture_log(const vti_mixture *m, size_t j, const double *x)
{
    const double *S = m->cov[j], a = x[0] - m->mu[j][0];
    if (m->d == 1) return log(m->w[j]) - 0.5 * (a * a / S[0] + log(2.0 * VT_PI * S[0]));
    const double b = x[1] - m->mu[j][1], det = S[0] * S[2] - S[1] * S[1];
    const double q = (S[2] * a * a - 2.0 * S[1] * a * b + S[0] * b * b) / det;
    return log(m->w[j]) - 0.5 * (q + log(det)) - log(2.0 * VT_PI);
}

double vti_mixture_expect(const vti_mixture *m, vti_cloud *c)
{
    double total = 0.0;
    for (size_t i = 0; i < c->n; i++) {
        double *p = c->posterior + i * VT_MIXTURE_MAX, most = -INFINITY, sum = 0.0;
        for (size_t j = 0; j < m->k; j++) {
            p[j] = vti_mixture_log(m, j, c->x + i * c->d);
            most = fmax(most, p[j]);
        }
        for (size_t j = 0; j < m->k; j++) sum += p[j] = exp(p[j] - most);
        for (size_t j = 0; j < m->k; j++) p[j] /= sum;
        total += most + log(sum);
    }
    return total;
}

/* Weights, means, and covariances drawn towards that of the whole: (S_j + 2 a S)/(n_j + 2 a), a = 1/sqrt(n). */
static bool maximise(vti_mixture *m, const vti_cloud *c)
{
    const double a = 1.0 / sqrt((double)c->n);
    for (size_t j = 0; j < m->k; j++) {
        double n = 0.0, mu[2] = {0.0, 0.0}, S[3] = {0.0, 0.0, 0.0};
        for (size_t i = 0; i < c->n; i++) {
            const double p = c->posterior[i * VT_MIXTURE_MAX + j];
            n += p;
            for (size_t q = 0; q < c->d; q++) mu[q] += p * c->x[i * c->d + q];
        }
        if (!(n > 1.0)) return false;
        for (size_t q = 0; q < c->d; q++) mu[q] /= n;
        for (size_t i = 0; i < c->n; i++) {
            const double p = c->posterior[i * VT_MIXTURE_MAX + j], *x = c->x + i * c->d;
            const double dx = x[0] - mu[0], dy = c->d > 1 ? x[1] - mu[1] : 0.0;
            S[0] += p * dx * dx;
            S[1] += p * dx * dy;
            S[2] += p * dy * dy;
        }
        m->w[j] = n / (double)c->n;
        for (size_t q = 0; q < 2; q++) m->mu[j][q] = mu[q];
        for (size_t q = 0; q < 3; q++) m->cov[j][q] = (S[q] + 2.0 * a * c->cov[q]) / (n + 2.0 * a);
    }
    return true;
}

/* What the penalty adds to the log-likelihood; the sum never falls from round to round. */
static double penalty(const vti_mixture *m, const vti_cloud *c)
{
    const double a = 1.0 / sqrt((double)c->n);
    double sum = 0.0;
    for (size_t j = 0; j < m->k; j++) {
        const double *S = m->cov[j], *T = c->cov;
        if (m->d == 1) {
            sum += T[0] / S[0] + log(S[0]);
            continue;
        }
        const double det = S[0] * S[2] - S[1] * S[1];
        sum += (S[2] * T[0] - 2.0 * S[1] * T[1] + S[0] * T[2]) / det + log(det);
    }
    return -a * sum;
}

bool vti_mixture_climb(vti_mixture *m, vti_cloud *c, size_t most, double *log_likelihood)
{
    double before = -INFINITY;
    for (size_t round = 0; round < most; round++) {
        const double likelihood = vti_mixture_expect(m, c), now = likelihood + penalty(m, c);
        if (!isfinite(now)) return false;
        *log_likelihood = likelihood;
        if (now - before < 1e-6) return true; /* of a log-likelihood: nothing to a difference of BIC */
        before = now;
        if (!maximise(m, c)) return false;
    }
    return false;
}

void vti_cloud_covariance(vti_cloud *c)
{
    double m[2] = {0.0, 0.0}, S[3] = {0.0, 0.0, 0.0};
    for (size_t i = 0; i < c->n; i++)
        for (size_t q = 0; q < c->d; q++) m[q] += c->x[i * c->d + q] / (double)c->n;
    for (size_t i = 0; i < c->n; i++) {
        const double dx = c->x[i * c->d] - m[0], dy = c->d > 1 ? c->x[i * c->d + 1] - m[1] : 0.0;
        S[0] += dx * dx / (double)c->n;
        S[1] += dx * dy / (double)c->n;
        S[2] += dy * dy / (double)c->n;
    }
    for (int q = 0; q < 3; q++) c->cov[q] = S[q];
}
