#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/error.h>

/* Geometry of a wire broken in torsion (procedure P32, ledger E10; Dong et al. 2021). theta is the angle of the
 * fracture plane, or of the trace of a helix, from the TRANSVERSE plane: 0 flat (mode III), 45 degrees the helix of
 * mode I; the angle against the axis is 90 degrees less it. All angles in rad. Nothing here allocates; thread-safe. */

/* theta from an angle against the axis, 0 to pi/2: 47 degrees to the axis are 43. VT_EDOMAIN. */
vt_status vt_fracture_from_axis(double angle, double *theta, vt_error *err);

/* Apparent angle of a plane seen from the side: tan theta_app = tan theta sin(azimuth_plane - azimuth_view), signed.
 * azimuth_view: direction from which one looks; azimuth_plane: direction in which the plane rises. |theta_app| <=
 * theta. */
double vt_fracture_apparent(double theta, double azimuth_plane, double azimuth_view);

/* Apparent angles of one fracture, in n views. */
typedef struct vt_fracture_views {
    size_t n;
    const double *apparent; /* rad, -pi/2 to pi/2 */
    const double *u;        /* rad, > 0: standard uncertainty of each */
    const double *azimuth;  /* rad: from where each looks; NULL: not known */
    double azimuth_u;       /* rad: standard uncertainty of each azimuth */
    bool unsigned_angles;   /* the sign of apparent means nothing */
} vt_fracture_views;

enum { VT_FRACTURE_VIEWS = 64 }; /* at most */

typedef struct vt_fracture_angle {
    double theta, low, high; /* rad: value (median-unbiased) and equal-tailed interval */
    double azimuth;          /* rad: in which the plane rises; NaN where azimuths are not known */
    double u_azimuth;        /* rad; NaN */
    double u_reading;        /* rad: part of the half-width over z that the readings make; the rest is azimuth */
    double chi2;    /* of the views about the plane, n - 2 degrees of freedom; 0 where azimuths are not known */
    double p_value; /* of chi2 */
    double scale;   /* >= 1: by which uncertainties were stretched because p_value is below 0.01 */
} vt_fracture_angle;

/* Lower bound: theta is at least this with confidence `level`, whatever the azimuths (one may have looked where the
 * angle is largest): from the largest |apparent angle| x, where product of [Phi((x - theta)/u) - Phi((-x - theta)/u)]
 * over the views is `level`; of one view x - z u. n >= 1. VT_EARG, VT_EDOMAIN by index, VT_EDOF: n = 0. */
vt_status vt_fracture_bound(const vt_fracture_views *views, double level, double *bound, vt_error *err);

/* n >= 3 views at random, unknown azimuths: exact interval by inverting the distribution of the largest |apparent
 * angle|, P(<= x) = product over views of the mean over the azimuth of Phi((x - mu)/u) - Phi((-x - mu)/u). Far wider
 * upwards than down. VT_EDOF: n < 3; else as vt_fracture_bound. */
vt_status vt_fracture_random(const vt_fracture_views *views, double level, vt_fracture_angle *out, vt_error *err);

/* n >= 3 views at known azimuths: weighted least squares for tan theta_app = p cos(azimuth) - q sin(azimuth), then the
 * interval of hypot(p, q) from the distribution of the length of a normal vector (exact where views are evenly spread),
 * so that a flat fracture is covered too. VT_EDOF: n < 3; VT_ENARROW: the azimuths are too much alike to tell p from q;
 * else as vt_fracture_bound. */
vt_status vt_fracture_known(const vt_fracture_views *views, double level, vt_fracture_angle *out, vt_error *err);

/* Length of a plane vector of which only a normal estimate is known: median-unbiased value and equal-tailed interval.
 * x: estimate; V: its covariance {V11, V12, V22}, positive definite. An estimate nearer to 0 than chance allows has the
 * interval 0 to its smaller standard deviation. VT_EARG, VT_EDOMAIN. */
vt_status vt_normal_length(const double x[2], const double V[3], double level, double out[3], vt_error *err);
