/* exp(-u^beta) as a sum of exponentials: trapezoidal rule over the density of relaxation rates. */
#include <math.h>
#include <vitrum/tnm.h>

enum { ANGLES = 640, SERIES = 400 };
static const double LN2 = 0.69314718055994530942, PI = 3.14159265358979323846;
static const double FAST = 1.5; /* rates from here on by the series: its terms fall like 1.5^(-n beta) or faster */

/* What the density of ln(rate) of one beta is made of. */
struct law {
    double beta;
    double A[ANGLES];        /* of Zolotarev's integral, at the middles of equal cells of (0, pi) */
    double size[SERIES + 1]; /* Gamma(n beta + 1)/n! of Wintner's series ... */
    double term[SERIES + 1]; /* ... and that times (-1)^(n+1) sin(pi n beta) */
    int known;               /* terms of the series so far */
};

static void prepare(struct law *l, double beta)
{
    l->beta = beta;
    l->known = 0;
    for (int i = 0; i < ANGLES; i++) {
        const double th = PI * (i + 0.5) / ANGLES;
        l->A[i] = exp((beta * log(sin(beta * th)) + (1.0 - beta) * log(sin((1.0 - beta) * th)) - log(sin(th))) /
                      (1.0 - beta));
    }
}

/* Density of ln(rate), with y = rate^(-beta/(1 - beta)): beta/(1 - beta) times the mean over theta of y A exp(-y A). */
static double slow(const struct law *l, double ln_rate)
{
    const double y = exp(-l->beta / (1.0 - l->beta) * ln_rate);
    double sum = 0.0;
    for (int i = 0; i < ANGLES; i++) {
        const double z = y * l->A[i];
        if (z < 745.0) sum += z * exp(-z); /* exp(-745) is 0 */
    }
    return l->beta / (1.0 - l->beta) * sum / ANGLES;
}

/* The same by the series sum over n of (-1)^(n+1) Gamma(n beta + 1) sin(pi n beta) rate^(-n beta) / (pi n!). */
static double fast(struct law *l, double ln_rate)
{
    const double ratio = exp(-l->beta * ln_rate);
    double sum = 0.0, power = ratio;
    for (int n = 1; n <= SERIES; n++, power *= ratio) {
        if (n > l->known) {
            l->size[n] = exp(lgamma(n * l->beta + 1.0) - lgamma(n + 1.0));
            l->term[n] = (n % 2 ? 1.0 : -1.0) * l->size[n] * sin(PI * n * l->beta);
            l->known = n;
        }
        sum += l->term[n] * power;
        if (l->size[n] * power < 1e-17 * fabs(sum) || l->size[n] * power < 1e-30) break;
    }
    return sum / PI;
}

static double density(struct law *l, double ln_rate)
{
    return ln_rate > log(FAST) ? fast(l, ln_rate) : slow(l, ln_rate);
}

/* Points per octave: the rule errs by about exp(-2 pi a/h) with the half width a of the strip in which the density, and
 * the exponential of an exponential, are analytic. */
static size_t octave(double beta, double tolerance)
{
    const double a = 0.5 * PI * fmin(1.0, 1.0 / beta - 1.0), h = 2.0 * PI * a / log(4.0 / tolerance);
    return (size_t)ceil(LN2 / h);
}

/* Slowest rate: the weight below it is less than the tolerance; the density falls there faster than any power. */
static double lowest(struct law *l, double tolerance, double h)
{
    double ln_rate = 0.0;
    while (ln_rate > -80.0 && (ln_rate > -h || density(l, ln_rate) > 0.1 * tolerance)) ln_rate -= h;
    return ln_rate;
}

vt_status vt_kww_spectrum(double beta, double tolerance, vt_kww *s, vt_error *err)
{
    struct law l;
    double sum = 0.0;
    const double tol = tolerance > 0.0 ? tolerance : VT_KWW_TOLERANCE;
    if (!s) return vt_fail(err, VT_EARG, "spectrum is NULL");
    if (!(tolerance >= 0.0) || !(tol >= 1e-10) || !(tol <= 1e-2))
        return vt_fail(err, VT_EARG, "tolerance %g of the sum of exponentials must be 1e-10 to 1e-2", tolerance);
    if (beta == 1.0) {
        s->beta = beta;
        s->n = s->octave = 1;
        s->rate[0] = s->weight[0] = 1.0;
        return VT_OK;
    }
    if (!(beta >= VT_KWW_BETA_LOW) || !(beta <= VT_KWW_BETA_HIGH))
        return vt_fail(err, VT_EARG, "beta = %g must be %g to %g, or 1", beta, VT_KWW_BETA_LOW, VT_KWW_BETA_HIGH);
    prepare(&l, beta);
    const size_t m = octave(beta, tol);
    const double h = LN2 / (double)m, low = lowest(&l, tol, h);
    /* Above the fastest rate lies the weight rate^(-beta)/Gamma(1 - beta). */
    const double high = -(log(0.3 * tol) + lgamma(1.0 - beta)) / beta;
    const double terms = ceil((high - low) / h) + 1.0;
    if (!(terms <= VT_KWW_TERMS))
        return vt_fail(err, VT_ELIMIT, "beta = %g at tolerance %g takes %.0f terms, more than %d; raise the tolerance",
                       beta, tol, terms, VT_KWW_TERMS);
    s->beta = beta;
    s->n = (size_t)terms;
    s->octave = m;
    for (size_t k = 0; k < s->n; k++) {
        const double ln_rate = low + h * (double)k;
        s->rate[k] = k < m ? exp(ln_rate) : 2.0 * s->rate[k - m];
        s->weight[k] = h * density(&l, ln_rate);
        sum += s->weight[k];
    }
    for (size_t k = 0; k < s->n; k++) s->weight[k] /= sum;
    return VT_OK;
}

vt_status vt_kww_error(const vt_kww *s, size_t points, double *error, vt_error *err)
{
    if (!s || !error || points < 2 || s->n < 1) return vt_fail(err, VT_EARG, "spectrum, error or points missing");
    /* From where phi is 1 - 1e-12 to where it is 1e-14. */
    const double low = log(1e-12) / s->beta, high = log(32.0) / s->beta;
    double worst = 0.0;
    for (size_t i = 0; i < points; i++) {
        const double ln_u = low + (high - low) * (double)i / (double)(points - 1), u = exp(ln_u);
        double sum = 0.0;
        for (size_t k = 0; k < s->n; k++) sum += s->weight[k] * exp(-s->rate[k] * u);
        worst = fmax(worst, fabs(sum - exp(-exp(s->beta * ln_u))));
    }
    *error = worst;
    return VT_OK;
}
