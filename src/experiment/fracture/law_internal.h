#pragma once
#include <vitrum/fracture_law.h>

/* Views and level in range? */
vt_status vti_fracture_check(const vt_fracture_views *v, double level, const void *out, vt_error *err);

/* x in [0, high] where f, which falls with x, is `target`; an end where it never is. */
double vti_fracture_bisect(double high, double target, double (*f)(double x, const void *ctx), const void *ctx);

/* Probability that a normal vector of mean m and covariance {V11, V12, V22} is shorter than r. */
double vti_normal_in_disk(double r, const double m[2], const double V[3]);
