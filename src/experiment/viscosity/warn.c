/* Warnings about series: a database has thousands of them. */
#include "viscosity_internal.h"
#include <stdarg.h>
#include <stdio.h>

enum { TOLD = 3 };

static const struct {
    const char *code, *rest;
} CAUTIONS[VTI_CAUTIONS] = {
    [VTI_FEW_POINTS] = {"W_SERIES", "have too few points and are left out, too"},
    [VTI_NOT_FITTED] = {"W_SERIES", "are not fitted, too: their points do not determine three constants"},
    [VTI_NOT_IDENTIFIED] = {"W_NOT_IDENTIFIED", "leave constants undetermined, too: their intervals are open"},
    [VTI_NO_CURVATURE] = {"W_NO_CURVATURE", "are straight in 1/T or bend downwards, too, and get no VFT temperature"},
    [VTI_EXTRAPOLATED] = {"W_EXTRAPOLATED", "end more than a decade from the glass viscosity, too"},
    [VTI_MODEL_DEPENDENT] = {"W_MODEL_DEPENDENT", "have a T12 that depends on the law, too"},
    [VTI_SCATTER] = {"W_OUTLIERS", "scatter more than their uncertainties say, too"}};

vt_status vti_viscosity_warn(vti_viscosity_run *run, vti_viscosity_caution c, vt_error *err, const char *fmt, ...)
{
    char text[512];
    if (++run->cautions[c] > TOLD) return VT_OK;
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    return vt_result_warn(run->result, err, CAUTIONS[c].code, "%s", text);
}

vt_status vti_viscosity_warn_rest(vti_viscosity_run *run, vt_error *err)
{
    for (int c = 0; c < VTI_CAUTIONS; c++) {
        if (run->cautions[c] <= TOLD) continue;
        const vt_status st = vt_result_warn(run->result, err, CAUTIONS[c].code, "%zu more series %s",
                                            run->cautions[c] - TOLD, CAUTIONS[c].rest);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}
