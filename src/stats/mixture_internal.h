#pragma once
#include <vitrum/mixture.h>

/* Mixtures in standardised coordinates: every dimension has mean 0 and standard deviation 1. */
typedef struct vti_mixture {
    size_t d, k;
    double w[VT_MIXTURE_MAX], mu[VT_MIXTURE_MAX][2], cov[VT_MIXTURE_MAX][3]; /* cov: xx, xy, yy */
} vti_mixture;

/* Points and room for their posteriors. */
typedef struct vti_cloud {
    size_t n, d;
    double *x;         /* n d */
    double *posterior; /* n VT_MIXTURE_MAX, k of each row in use */
    double cov[3];     /* of all points */
} vti_cloud;

/* ln of fraction times density of component j. */
double vti_mixture_log(const vti_mixture *m, size_t j, const double *x);
/* Posteriors into the cloud; returns the log-likelihood. */
double vti_mixture_expect(const vti_mixture *m, vti_cloud *c);
/* Expectation-maximisation from *m on; false: a component lost its points, or no maximum within `most` rounds. */
bool vti_mixture_climb(vti_mixture *m, vti_cloud *c, size_t most, double *log_likelihood);
/* Parameters of k components in d dimensions. */
double vti_mixture_parameters(size_t d, size_t k);
void vti_cloud_covariance(vti_cloud *c);

/* Intervals by parametric bootstrap around *best (of `cloud`), in standardised coordinates, into out->component, and
 * out->misfit. */
vt_status vti_mixture_bootstrap(const vti_mixture *best, const vti_cloud *cloud, const vt_mixture_options *opt,
                                vt_mixture *out, vt_error *err);
