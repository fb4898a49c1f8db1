#pragma once
/* Reference set of procedures 10.3 at the seven temperatures of 10.4, and its simulation. */
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/kink.h>
#include <vitrum/random.h>

enum { POINTS = 7 };

static const double REFERENCE_T[POINTS] = {600.15, 590.15, 580.15, 570.15, 560.15, 550.15, 540.15};
/* Table 10.3, Pa s, five digits. */
static const double REFERENCE_ETA[POINTS] = {3.0542e8, 1.6710e9, 1.1240e10, 9.6741e10, 1.0004e12, 1.3956e12, 1.9710e12};

static inline vt_kink_law reference_law(void)
{
    /* eta0 from eta_g = 1.671e9 Pa s at Tg = 590.15 K, B = 13.18 * 415.56 K; the table gives 3.969e-5. */
    return (vt_kink_law){.ln_eta0 = log(1.671e9) - 13.18 * 415.56 / (590.15 - 415.56),
                         .B = 13.18 * 415.56,
                         .T0 = 415.56,
                         .Tk = 560.65,
                         .Qg = 0.884 * VT_ELECTRONVOLT};
}

/* law + sd z into y, u; replicate r of a named campaign. */
static inline void simulate(const vt_kink_law *law, double sd, const char *campaign, uint64_t r, double *y, double *u)
{
    vt_stream s;
    vt_stream_init(&s, 20261121, vt_stream_purpose(campaign), r);
    (void)vt_kink_ln_eta(law, POINTS, REFERENCE_T, y, NULL);
    for (int i = 0; i < POINTS; i++) {
        u[i] = sd;
        y[i] += sd * vt_stream_normal(&s);
    }
}
