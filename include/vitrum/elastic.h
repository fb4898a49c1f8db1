#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Isotropic elasticity and density of an alloy. All functions are thread-safe. */
typedef struct vt_elastic {
    double E;  /* Pa, > 0: Young's modulus */
    double G;  /* Pa, > 0: shear modulus */
    double K;  /* Pa, > 0: bulk modulus */
    double nu; /* Poisson's ratio, -1 < nu < 1/2 */
} vt_elastic;

typedef enum vt_elastic_pair {
    VT_ELASTIC_EG,
    VT_ELASTIC_EK,
    VT_ELASTIC_ENU,
    VT_ELASTIC_GK,
    VT_ELASTIC_GNU,
    VT_ELASTIC_KNU
} vt_elastic_pair;

/* All four constants from any two, first and second named by pair (Pa, Pa or 1).
 * VT_EARG: an argument that is not > 0 (nu: not in (-1, 1/2)) or a NULL; VT_EUNPHYSICAL: the two together give a
 * modulus that is not positive or nu outside (-1, 1/2), with the value. */
vt_status vt_elastic_from(vt_elastic_pair pair, double first, double second, vt_elastic *out, vt_error *err);

/* Mean atomic volume Omega = M / (N_A rho), m^3, from molar mass M (kg per mole of atoms, > 0) and density rho (kg/m^3,
 * > 0). Source: procedures 10.1. */
vt_status vt_atomic_volume(double M, double rho, double *Omega, vt_error *err);

/* Density of a mixture whose molar volumes add (Vegard): rho = sum x M / sum (x M / rho), kg/m^3.
 * x: n atomic fractions, >= 0, sum 1 within 1e-6; M: n molar masses, kg/mol, > 0; rho: n densities, kg/m^3, > 0.
 * M_mean, kg/mol, out, NULL: not wanted. VT_EARG names the first bad index or the sum. */
vt_status vt_vegard_density(size_t n, const double *x, const double *M, const double *rho, double *density,
                            double *M_mean, vt_error *err);

/* Park's correlation nu = -0.179 + 0.312 log10(m) between Poisson's ratio and fragility (materials.md 2.7 [PA07]),
 * and its inverse. m > 0; nu in (-1, 1/2). VT_EDOMAIN. */
vt_status vt_park_poisson(double m, double *nu, vt_error *err);
vt_status vt_park_fragility(double nu, double *m, vt_error *err);
