#pragma once
#include <vitrum/arrhenius.h>
#include <vitrum/diffusion.h>
#include <vitrum/error.h>
#include <vitrum/relaxation.h>
#include <vitrum/viscosity.h>
#include <stddef.h>

/* All transport constants of one alloy together (procedures 10.2, 10.3), and what follows from them. */
typedef struct vt_transport_law {
    vt_viscosity viscosity; /* T_ref = Tg in the reference set */
    vt_arrhenius mobility;  /* delta*D_I, m^3/s */
    double Tg;              /* K: calorimetric glass transition */
    double tau_g;           /* s: relaxation time at Tg */
    double Q_B;             /* J: activation energy of bulk diffusion; 2 Q_I in the paper (ledger A9) */
    double delta;           /* m: interface thickness, assumed (ledger A6) */
    vt_stokes_einstein se;  /* c and R */
    double Omega;           /* m^3: atomic volume */
    double prefactor;       /* 32 or 16: the convention of the viscosity (ledger A2) */
} vt_transport_law;

typedef struct vt_transport_derived {
    vt_vft liquid;       /* VFT branch */
    double T_SER;        /* K: Stokes-Einstein breakdown (tangency) */
    double eta_SER;      /* Pa s: viscosity there */
    vt_arrhenius D_B;    /* m^2/s: bulk diffusivity, anchored at T_SER */
    vt_relaxation times; /* ready for the functions of relaxation.h */
    double fragility;    /* at Tg */
} vt_transport_derived;

/* What follows from the constants. Errors of the laws it calls (VT_EARG, VT_EDOMAIN, VT_ENOROOT). Thread-safe. */
vt_status vt_transport_derive(const vt_transport_law *p, vt_transport_derived *out, vt_error *err);

/* Critical diameter (m) at n temperatures T (K): Eq. 3 with the law's prefactor. d_c may be T.
 * VT_EDOMAIN: the first T[i] outside the laws, by index. */
vt_status vt_transport_critical_diameter(const vt_transport_law *p, size_t n, const double *T, double *d_c,
                                         vt_error *err);
