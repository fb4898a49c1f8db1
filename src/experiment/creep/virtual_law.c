/* How the virtual wire flows: temperature by power, viscosity by temperature, rate by stress. */
#include "creep_truth.h"
#include <math.h>
#include <vitrum/constants.h>

double vti_creep_temperature(const vti_creep_truth *p, double P, double e)
{
    /* Conduction along the wire: rise P L/(8 kappa A) with A L constant, so it grows as L^2 (P02, pitfalls). */
    const double growth = 1.0 + p->ramp * (e * (2.0 + e));
    return p->grip_temperature + p->thermal_resistance * P * growth;
}

double vti_creep_viscosity(const vti_creep_truth *p, double T)
{
    const double B = p->vft_strength * p->vft_T0;
    if (!(T > p->vft_T0)) return (double)INFINITY;
    return p->viscosity * exp(B / (T - p->vft_T0) - B / (p->glass_transition - p->vft_T0));
}

double vti_creep_stress_unit(const vti_creep_truth *p, double T)
{
    return 2.0 * sqrt(3.0) * VT_BOLTZMANN * T / p->activation_volume;
}

vt_free_volume_model vti_creep_model(const vti_creep_truth *p, double T, double *f)
{
    /* 1/v_eq is the exponent of the VFT law, as in Cohen and Turnbull's; f makes the Newtonian limit that law's. Below
     * T0 nothing stops annihilation. */
    const double unit = vti_creep_stress_unit(p, T), B = p->vft_strength * p->vft_T0;
    const double v_eq = fmax(0.0, (T - p->vft_T0) / B), E = p->elastic_modulus / unit;
    *f = unit / (3.0 * p->viscosity) * exp(B / (p->glass_transition - p->vft_T0));
    return (vt_free_volume_model){.E = E,
                                  .K = E / (3.0 * (1.0 - p->poisson_ratio)),
                                  .alpha = p->free_volume_geometry,
                                  .n_D = p->free_volume_jumps,
                                  .v_eq = v_eq};
}

double vti_creep_rate(const vti_creep_truth *p, double T, double sigma, double v)
{
    const double unit = vti_creep_stress_unit(p, T), eta = vti_creep_viscosity(p, T);
    double f;
    switch (p->material) {
    case VTI_CREEP_NEWTONIAN: return sigma / (3.0 * eta);
    case VTI_CREEP_SINH: return unit / (3.0 * eta) * sinh(sigma / unit);
    default: vti_creep_model(p, T, &f); return f * exp(-1.0 / v) * sinh(sigma / unit);
    }
}

/* Creation less annihilation, up to a positive factor. */
static double balance(const vt_free_volume_model *m, double sigma, double v)
{
    const double s = sinh(0.5 * sigma);
    return 2.0 * s * s / (m->K * v) - (1.0 - exp(1.0 / v - 1.0 / m->v_eq)) / m->n_D;
}

double vti_creep_steady_volume(const vti_creep_truth *p, double T, double sigma)
{
    if (p->material != VTI_CREEP_FREE_VOLUME) return 0.0;
    double f;
    const vt_free_volume_model m = vti_creep_model(p, T, &f);
    const double x = sigma / vti_creep_stress_unit(p, T);
    double low = m.v_eq, high = 2.0 * m.v_eq; /* shear only adds to the equilibrium */
    while (balance(&m, x, high) > 0.0 && high < 1e6) high *= 2.0;
    for (int i = 0; i < 200; i++) {
        const double v = 0.5 * (low + high);
        if (balance(&m, x, v) > 0.0)
            low = v;
        else
            high = v;
    }
    return 0.5 * (low + high);
}

void vti_creep_steady(const vti_creep_truth *p, double T, double sigma, double *rate, double *m)
{
    double at[2];
    const double step = 1e-4;
    for (int k = 0; k < 2; k++) {
        const double s = sigma * exp(k ? step : -step);
        at[k] = vti_creep_rate(p, T, s, vti_creep_steady_volume(p, T, s));
    }
    *rate = vti_creep_rate(p, T, sigma, vti_creep_steady_volume(p, T, sigma));
    *m = 2.0 * step / log(at[1] / at[0]);
}
