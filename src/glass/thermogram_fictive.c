/* Fictive temperature of a glass by what it stores above one whose fictive temperature is known. */
#include <math.h>
#include <vitrum/thermogram.h>

vt_status vt_fictive_by_enthalpy(const vt_stored_glass *in, vt_fictive_glass *out, vt_error *err)
{
    if (!in || !out) return vt_fail(err, VT_EARG, "glass or result is NULL");
    if (!isfinite(in->H) || !isfinite(in->slope) || !(in->Tf_ref > 0.0) || !(in->step > 0.0))
        return vt_fail(err, VT_EARG,
                       "H = %g J/kg and slope = %g J/(kg K2) must be finite, Tf_ref = %g K and step = %g "
                       "J/(kg K) above 0",
                       in->H, in->slope, in->Tf_ref, in->step);
    /* step x + slope x^2/2 = H, the root that goes to 0 with H. */
    const double disc = in->step * in->step + 2.0 * in->slope * in->H;
    if (!(disc > 0.0))
        return vt_fail(err, VT_ENOROOT,
                       "%.4g J/kg are more than the step in heat capacity, %.4g J/(kg K) at %.1f K and falling by %.3g "
                       "J/(kg K) each kelvin, can hold: the line of the liquid is too steep; set liquid_window",
                       in->H, in->step, in->Tf_ref, -in->slope);
    const double there = sqrt(disc), x = 2.0 * in->H / (in->step + there);
    if (!(in->Tf_ref + x > 0.0))
        return vt_fail(err, VT_EDOMAIN, "fictive temperature = %g K is not above 0", in->Tf_ref + x);
    *out = (vt_fictive_glass){
        .Tf = in->Tf_ref + x, .by_H = 1.0 / there, .by_ref = in->step / there, .by_step = -x / there};
    return VT_OK;
}
