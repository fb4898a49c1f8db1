#pragma once
/* Ends of a profile-likelihood interval. z(h) = sqrt(chi2(h) - chi2_min) at distance h from the minimum, with
 * everything else refitted, is close to linear in h even where chi2 is far from a parabola. */
#include <stdbool.h>

/* z at signed distance h. false: outside the domain, or the rest cannot be fitted there. */
typedef bool vti_profile_z(double h, double *z, void *ctx);

typedef struct vti_profile {
    vti_profile_z *z;
    void *ctx;
    double limit; /* z at the ends */
    double guess; /* expected distance of an end, > 0 */
    double reach; /* farthest distance searched, >= guess */
} vti_profile;

/* Signed distance of the end in direction sign (-1 or +1), to 1e-6 of itself. *closed false: z stays below the limit up
 * to the reach or the edge of the domain; then the farthest distance that was tried. The first crossing met is taken.
 */
double vti_profile_end(const vti_profile *p, double sign, bool *closed);
