#pragma once
#include <vitrum/york.h>

/* Steady points of one temperature; errors that differ from point to point. Borrowed. */
typedef struct vti_disc_points {
    size_t n;
    const double *ln_rate, *ln_stress, *u_ln_rate, *u_ln_stress;
    double level;
} vti_disc_points;

typedef struct vti_disc_law {
    double theta[3]; /* ln eta_N, ln s, c: Pa s, Pa, 1 */
    double cov[9];   /* scaled by chi2/nu where the law misses */
    double chi2, p_value;
    size_t nu;
    double factor; /* half interval over u */
} vti_disc_law;

typedef struct vti_disc_law_point {
    double m, u_m;
    double ln_ratio, u_ln_ratio; /* ln(eta/eta_N) */
} vti_disc_law_point;

/* Fit of the free-volume law. n >= 3. Codes of vt_xy_solve. */
vt_status vti_disc_law_fit(vt_nlfit *ws, const vti_disc_points *p, vti_disc_law *out, vt_error *err);
void vti_disc_law_at(const vti_disc_law *l, double ln_sigma, double u_ln_sigma, vti_disc_law_point *out);
