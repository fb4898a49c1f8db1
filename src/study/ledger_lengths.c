/* Procedures 10.4: lengths of the seven published conditions, viscous / interface / additive. */
#include "study/ledger_internal.h"

#include <math.h>
#include <vitrum/molding_law.h>

/* Published conditions: degC, Pa, s. */
static const struct {
    double T_C, p, t;
} CONDITION[] = {{327, 1e9, 300},   {317, 1e9, 300},   {307, 2e9, 900},  {297, 1.25e9, 36000},
                 {287, 2e9, 36000}, {277, 2e9, 36000}, {267, 2e9, 36000}};

static vt_status coefficients(double T_C, double ab[2], double *p, double *t, vt_error *err)
{
    for (size_t i = 0; i < sizeof CONDITION / sizeof CONDITION[0]; i++)
        if (CONDITION[i].T_C == T_C) {
            *p = CONDITION[i].p;
            *t = CONDITION[i].t;
            return vti_ledger_coefficients(T_C, *p * *t, ab, err);
        }
    return vt_fail(err, VT_EINTERNAL, "the paper has no run at %g degC", T_C);
}

/* Length (nm) at x[0] degC and d = x[1] nm by model x[2]. */
static vt_status length(const double *x, double *value, vt_error *err)
{
    double ab[2], p = 0.0, t = 0.0, L;
    const double d = 1e-9 * x[1];
    vt_status st = coefficients(x[0], ab, &p, &t, err);
    if (st == VT_OK) st = vt_molding_length((vt_molding_model)x[2], ab, 1, &d, &L, NULL, err);
    if (st == VT_OK) *value = 1e9 * L;
    return st;
}

enum closed_form { ALPHA, B, WALL, TIME_OVER_TAU };

/* x[1]: alpha = L_col/d; b (m^3); wall stress at 100 nm (MPa); t/tau_B. */
static vt_status closed_form(const double *x, double *value, vt_error *err)
{
    const double T = x[0] + VT_ZERO_CELSIUS, d = 1e-7;
    double ab[2], p = 0.0, t = 0.0, wall, tau;
    vt_transport_derived r;
    vt_status st;
    VT_TRY(st = coefficients(x[0], ab, &p, &t, err));
    VT_TRY(st = vt_molding_wall_stress(p, d, sqrt(ab[0]) * d, &wall, err));
    VT_TRY(st = vti_ledger_reference_derived(&r, err));
    VT_TRY(st = vt_relaxation_bulk(&r.times, 1, &T, &tau, err));
    const double all[4] = {sqrt(ab[0]), ab[1], 1e-6 * wall, t / tau};
    *value = all[(int)x[1]];
done:
    return st;
}

#define S104 "procedures 10.4"

#define RUN(T, A, BB, W, R) \
    {ROW("10.4/" #T "/alpha", S104, "viscous length over diameter at " #T " degC", "1"), PRINTED(A), BY(closed_form), \
     ARGS(T, ALPHA)}, \
        {ROW("10.4/" #T "/b", S104, "interface coefficient at " #T " degC", "m3"), PRINTED(BB), BY(closed_form), \
         ARGS(T, B)}, \
        {ROW("10.4/" #T "/wall", S104, "wall stress at " #T " degC, d = 100 nm", "MPa"), PRINTED(W), BY(closed_form), \
         ARGS(T, WALL)}, \
    { \
        ROW("10.4/" #T "/t_over_tau", S104, "time over bulk relaxation time at " #T " degC", "1"), PRINTED(R), \
            BY(closed_form), ARGS(T, TIME_OVER_TAU) \
    }
#define WIRE(T, D, V, I, A) \
    {ROW("10.4/" #T "/" #D "/viscous", S104, "viscous length at " #T " degC, d = " #D " nm", "nm"), PRINTED(V), \
     BY(length), ARGS(T, D, VT_MOLDING_VISCOUS)}, \
        {ROW("10.4/" #T "/" #D "/interface", S104, "interface length at " #T " degC, d = " #D " nm", "nm"), \
         PRINTED(I), BY(length), ARGS(T, D, VT_MOLDING_DIFFUSION)}, \
    { \
        ROW("10.4/" #T "/" #D "/additive", S104, "additive length at " #T " degC, d = " #D " nm", "nm"), PRINTED(A), \
            BY(length), ARGS(T, D, VT_MOLDING_ADDITIVE) \
    }

static const vti_ledger_row ROWS[] = {
    RUN(327, 5.540, 7.6233e-23, 45, 22),      WIRE(327, 10, 55.4, 87.3, 103.4),
    WIRE(327, 20, 110.8, 61.7, 126.8),        WIRE(327, 40, 221.6, 43.7, 225.9),
    WIRE(327, 60, 332.4, 35.6, 334.3),        WIRE(327, 80, 443.2, 30.9, 444.3),
    WIRE(327, 100, 554.0, 27.6, 554.7),       WIRE(327, 120, 664.8, 25.2, 665.3),
    WIRE(327, 160, 886.5, 21.8, 886.7),       WIRE(327, 200, 1108.1, 19.5, 1108.2),
    WIRE(327, 250, 1385.1, 17.5, 1385.2),     RUN(317, 2.369, 4.6197e-23, 106, 3.9),
    WIRE(317, 10, 23.7, 68.0, 72.0),          WIRE(317, 20, 47.4, 48.1, 67.5),
    WIRE(317, 40, 94.7, 34.0, 100.7),         WIRE(317, 60, 142.1, 27.7, 144.8),
    WIRE(317, 80, 189.5, 24.0, 191.0),        WIRE(317, 100, 236.9, 21.5, 237.8),
    WIRE(317, 120, 284.2, 19.6, 284.9),       WIRE(317, 160, 379.0, 17.0, 379.4),
    WIRE(317, 200, 473.7, 15.2, 474.0),       WIRE(317, 250, 592.2, 13.6, 592.3),
    RUN(307, 2.237, 1.6505e-22, 224, 1.8),    WIRE(307, 10, 22.4, 128.5, 130.4),
    WIRE(307, 20, 44.7, 90.8, 101.3),         WIRE(307, 40, 89.5, 64.2, 110.2),
    WIRE(307, 60, 134.2, 52.4, 144.1),        WIRE(307, 80, 179.0, 45.4, 184.6),
    WIRE(307, 100, 223.7, 40.6, 227.4),       WIRE(307, 120, 268.5, 37.1, 271.0),
    WIRE(307, 160, 357.9, 32.1, 359.4),       WIRE(307, 200, 447.4, 28.7, 448.3),
    WIRE(307, 250, 559.3, 25.7, 559.9),       RUN(297, 3.813, 2.4120e-21, 82, 8.2),
    WIRE(297, 10, 38.1, 491.1, 492.6),        WIRE(297, 20, 76.3, 347.3, 355.5),
    WIRE(297, 40, 152.5, 245.6, 289.1),       WIRE(297, 60, 228.8, 200.5, 304.2),
    WIRE(297, 80, 305.0, 173.6, 351.0),       WIRE(297, 100, 381.3, 155.3, 411.7),
    WIRE(297, 120, 457.5, 141.8, 479.0),      WIRE(297, 160, 610.0, 122.8, 622.3),
    WIRE(297, 200, 762.5, 109.8, 770.4),      WIRE(297, 250, 953.2, 98.2, 958.2),
    RUN(287, 1.500, 2.2123e-21, 333, 0.71),   WIRE(287, 10, 15.0, 470.4, 470.6),
    WIRE(287, 20, 30.0, 332.6, 333.9),        WIRE(287, 40, 60.0, 235.2, 242.7),
    WIRE(287, 60, 90.0, 192.0, 212.1),        WIRE(287, 80, 120.0, 166.3, 205.1),
    WIRE(287, 100, 150.0, 148.7, 211.2),      WIRE(287, 120, 180.0, 135.8, 225.4),
    WIRE(287, 160, 239.9, 117.6, 267.2),      WIRE(287, 200, 299.9, 105.2, 317.8),
    WIRE(287, 250, 374.9, 94.1, 386.5),       RUN(277, 1.270, 1.2424e-21, 394, 0.042),
    WIRE(277, 10, 12.7, 352.5, 352.7),        WIRE(277, 20, 25.4, 249.2, 250.5),
    WIRE(277, 40, 50.8, 176.2, 183.4),        WIRE(277, 60, 76.2, 143.9, 162.8),
    WIRE(277, 80, 101.6, 124.6, 160.8),       WIRE(277, 100, 127.0, 111.5, 169.0),
    WIRE(277, 120, 152.4, 101.8, 183.2),      WIRE(277, 160, 203.2, 88.1, 221.4),
    WIRE(277, 200, 253.9, 78.8, 265.9),       WIRE(277, 250, 317.4, 70.5, 325.2),
    RUN(267, 1.068, 6.8277e-22, 468, 0.0016), WIRE(267, 10, 10.7, 261.3, 261.5),
    WIRE(267, 20, 21.4, 184.8, 186.0),        WIRE(267, 40, 42.7, 130.6, 137.5),
    WIRE(267, 60, 64.1, 106.7, 124.5),        WIRE(267, 80, 85.5, 92.4, 125.9),
    WIRE(267, 100, 106.8, 82.6, 135.1),       WIRE(267, 120, 128.2, 75.4, 148.8),
    WIRE(267, 160, 171.0, 65.3, 183.0),       WIRE(267, 200, 213.7, 58.4, 221.5),
    WIRE(267, 250, 267.1, 52.3, 272.2),
};

const vti_ledger_block vti_ledger_lengths = {ROWS, sizeof ROWS / sizeof ROWS[0]};
