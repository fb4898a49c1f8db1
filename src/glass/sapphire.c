/* Heat capacity of sapphire. */
#include <math.h>
#include <vitrum/calorimeter.h>

/* J/(g K), ascending powers. */
static const double A[] = {1.12705, 0.23260, -0.21704, 0.26410,  -0.23778, -0.10023,
                           0.15393, 0.54579, -0.47824, -0.37623, 0.34407};

vt_status vt_sapphire_heat_capacity(double T, double *c, vt_error *err)
{
    if (!c) return vt_fail(err, VT_EARG, "result is NULL");
    if (!(T >= VT_SAPPHIRE_LOW && T <= VT_SAPPHIRE_HIGH))
        return vt_fail(err, VT_EDOMAIN, "T = %g K is outside %g to %g K, where the heat capacity of sapphire is known",
                       T, VT_SAPPHIRE_LOW, VT_SAPPHIRE_HIGH);
    const double x = (T - 650.0) / 550.0;
    double sum = 0.0;
    for (size_t k = sizeof A / sizeof *A; k-- > 0;) sum = sum * x + A[k];
    *c = 1e3 * sum;
    return VT_OK;
}
