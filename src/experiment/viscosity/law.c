/* VFT and MYEGA in viscosity at infinite temperature, isoviscous temperature and fragility. */
#include "viscosity_internal.h"
#include <math.h>

static bool vft(double C, const double *x, double T, double *y, double *g)
{
    const double D = x[VTI_M] * (T / x[VTI_TG] - 1.0) + C; /* m (T - T0)/Tg */
    if (!(D > 0.0)) return false;
    const double q = C / D;
    *y = x[VTI_A] + C * q;
    if (!g) return true;
    g[VTI_A] = (1.0 - q) * (1.0 - q);
    g[VTI_TG] = q * q * x[VTI_M] * T / (x[VTI_TG] * x[VTI_TG]);
    g[VTI_M] = -q * q * (T / x[VTI_TG] - 1.0);
    return true;
}

static bool myega(double C, const double *x, double T, double *y, double *g)
{
    const double r = x[VTI_TG] / T, k = x[VTI_M] / C - 1.0, e = r * exp(k * (r - 1.0));
    *y = x[VTI_A] + C * e;
    if (!isfinite(*y)) return false;
    if (!g) return true;
    g[VTI_A] = 1.0 - e + e * (x[VTI_M] / C) * (r - 1.0);
    g[VTI_TG] = C * e * (1.0 / r + k) / T;
    g[VTI_M] = e * (r - 1.0);
    return true;
}

bool vti_viscosity_y(vti_viscosity_law law, double L, const double x[VTI_VISCOSITY_P], double T, double *y,
                     double gradient[VTI_VISCOSITY_P])
{
    const double C = L - x[VTI_A];
    double value;
    if (!(C > 0.0) || !(x[VTI_TG] > 0.0) || !(x[VTI_M] > 0.0) || !(T > 0.0)) return false;
    if (!(law == VTI_VFT ? vft(C, x, T, &value, gradient) : myega(C, x, T, &value, gradient))) return false;
    *y = value;
    return true;
}
