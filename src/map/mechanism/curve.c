/* Critical diameter over the temperature, its band and its maximum (P11). */
#include "map/mechanism/mechanism_internal.h"
#include <math.h>
#include <vitrum/molding_law.h>

double vti_mechanism_critical(const vti_law *law, const double *x, double T)
{
    const vt_viscosity v = vti_law_viscosity(law, x);
    const vt_arrhenius m = vti_law_mobility(law, x);
    double eta, mobility, d_c;
    if (vt_viscosity_eta(&v, 1, &T, &eta, NULL) != VT_OK) return NAN;
    if (vt_arrhenius_value(&m, 1, &T, &mobility, NULL) != VT_OK) return NAN;
    if (vt_critical_diameter(law->prefactor, exp(x[VTI_IN_OMEGA]), T, eta, mobility, &d_c, NULL) != VT_OK) return NAN;
    return isfinite(d_c) ? d_c : NAN;
}

enum { COARSE = 25 };

/* Golden section between low and high, which enclose one maximum: 20 steps leave 1e-4 of the bracket. */
static void refine(const vti_law *law, const double *x, double low, double high, double *T_max, double *d_max)
{
    const double g = 0.6180339887498949;
    double T[2] = {high - g * (high - low), low + g * (high - low)};
    double d[2] = {vti_mechanism_critical(law, x, T[0]), vti_mechanism_critical(law, x, T[1])};
    for (int step = 0; step < 20; step++) {
        const bool left = d[0] > d[1];
        if (left)
            high = T[1];
        else
            low = T[0];
        T[left] = T[!left]; /* the inner point that stays */
        d[left] = d[!left];
        T[!left] = left ? high - g * (high - low) : low + g * (high - low);
        d[!left] = vti_mechanism_critical(law, x, T[!left]);
    }
    *T_max = d[0] > d[1] ? T[0] : T[1];
    *d_max = fmax(d[0], d[1]);
}

bool vti_mechanism_maximum(const vti_mechanism_map *map, const double *x, double *T_max, double *d_max)
{
    const double low = map->T[0], step = (map->T[map->n - 1] - low) / (COARSE - 1);
    size_t best = 0;
    double largest = 0.0, T, d;
    for (size_t k = 0; k < COARSE; k++) {
        const double here = vti_mechanism_critical(&map->law, x, low + step * (double)k);
        if (!(here > largest)) continue;
        largest = here;
        best = k;
    }
    const double Tk = map->law.kink ? x[VTI_IN_TK] : NAN;
    const double at_kink = Tk > low && Tk < map->T[map->n - 1] ? vti_mechanism_critical(&map->law, x, Tk) : NAN;
    const bool kink = at_kink >= largest;
    if (!kink && (best == 0 || best + 1 >= COARSE)) return false;
    const double middle = kink ? Tk : low + step * (double)best;
    refine(&map->law, x, fmax(middle - step, low), fmin(middle + step, map->T[map->n - 1]), &T, &d);
    if (at_kink >= d) { /* a corner: exact */
        T = Tk;
        d = at_kink;
    }
    *T_max = T;
    *d_max = d;
    return d > 0.0;
}
