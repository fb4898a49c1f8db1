/* Continuous stiffness of the virtual indenter: one cycle of the swing along the unloading curve (P20). */
#include "virtual_internal.h"
#include <math.h>
#include <vitrum/constants.h>

enum { STEPS = 64 }; /* of one cycle: the first harmonic of a power law is exact to 1e-10 while contact lasts */

/* Load over a swing of amplitude h0 below the peak: mean and amplitude of its first harmonic. */
static void harmonic(const vti_ground *g, const vti_touch *peak, double h0, double *mean, double *first)
{
    const double H_e = g->m * peak->P / peak->S;
    double sum = 0.0, wave = 0.0;
    for (int i = 0; i < STEPS; i++) {
        const double c = cos(2.0 * VT_PI * (i + 0.5) / STEPS);
        const double left = 1.0 - h0 * (1.0 - c) / H_e; /* of the recovery */
        const double P = left > 0.0 ? peak->P * pow(left, g->m) : 0.0;
        sum += P;
        wave += P * c;
    }
    *mean = sum / STEPS;
    *first = 2.0 * wave / STEPS;
}

void vti_swing_at(const vti_ground *g, const vti_oscillator *o, const vti_touch *peak, vti_swing *swing)
{
    double mean, first, h0 = o->amplitude / (1.0 + g->C_series * peak->S);
    /* Measured amplitude = contact + compliance in series; first/h0 changes little with h0, so this settles fast. */
    for (int i = 0; i < 20; i++) {
        harmonic(g, peak, h0, &mean, &first);
        h0 = o->amplitude / (1.0 + g->C_series * first / h0);
    }
    harmonic(g, peak, h0, &mean, &first);
    const double omega = 2.0 * VT_PI * o->frequency;
    const double real = 1.0 / (h0 / first + g->C_series) + o->K_s - o->mass * omega * omega;
    const double imaginary = omega * o->damping;
    swing->displacement = o->amplitude;
    swing->force = o->amplitude * hypot(real, imaginary);
    swing->phase = atan2(imaginary, real);
    swing->mean_load = mean;
    swing->mean_depth = peak->h - h0 + g->C_series * mean;
    swing->lost = 2.0 * h0 > g->m * peak->P / peak->S;
}

double vti_swing_stiffness(const vti_oscillator *o, double force, double displacement, double phase)
{
    const double omega = 2.0 * VT_PI * o->frequency;
    return force / displacement * cos(phase) - o->K_s + o->mass * omega * omega;
}
