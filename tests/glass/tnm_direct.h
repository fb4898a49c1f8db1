#pragma once
/* Boltzmann's superposition as it stands, for tests and the benchmark: a sum over all earlier steps for every step, so
 * the square of their number. */
#include <math.h>
#include <stddef.h>
#include <vitrum/tnm.h>

/* xi: n values of scratch. The step before counts from its middle; tau by two rounds at the middle of the step. */
static inline void tnm_direct(const vt_tnm *p, size_t n, const double *t, const double *T, double *Tf, double *xi)
{
    Tf[0] = T[0];
    xi[0] = 0.0;
    for (size_t i = 1; i < n; i++) {
        double guess = Tf[i - 1];
        for (int round = 0; round < 3; round++) {
            const double ln_tau = vt_tnm_ln_tau(p, 0.5 * (T[i] + T[i - 1]), 0.5 * (guess + Tf[i - 1]));
            double lag = 0.0;
            xi[i] = xi[i - 1] + (t[i] - t[i - 1]) * exp(-ln_tau);
            for (size_t j = 1; j <= i; j++)
                lag += (T[j] - T[j - 1]) * exp(-pow(xi[i] - 0.5 * (xi[j] + xi[j - 1]), p->beta));
            guess = T[i] - lag;
        }
        Tf[i] = guess;
    }
}
