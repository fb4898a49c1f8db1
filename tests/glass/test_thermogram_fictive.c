/* Fictive temperature by enthalpy against its integral, its derivatives, its limits, its refusals. */
#include "check.h"
#include <math.h>
#include <vitrum/thermogram.h>

static const vt_stored_glass FRESH = {.H = 7845.0, .Tf_ref = 576.05, .step = 203.7, .slope = -0.41};

/* Integral of the step from the reference to Tf, by hand. */
static double held(const vt_stored_glass *g, double Tf)
{
    const double x = Tf - g->Tf_ref;
    return g->step * x + 0.5 * g->slope * x * x;
}

static void the_step_holds_what_is_stored(void)
{
    for (int k = -3; k <= 3; k++) {
        vt_stored_glass g = FRESH;
        vt_fictive_glass f = {0};
        vt_error err = {0};
        g.H = 2417.0 * k; /* aged and fresh */
        CHECK_OK(vt_fictive_by_enthalpy(&g, &f, &err), &err);
        CHECK_ABS(held(&g, f.Tf), g.H, 1e-9); /* rounding of 1e4 J/kg */
        g.slope = 0.0;
        CHECK_OK(vt_fictive_by_enthalpy(&g, &f, &err), &err);
        CHECK_REL(f.Tf, g.Tf_ref + g.H / g.step, 1e-14); /* first order is exact then */
    }
}

static double moved(vt_stored_glass g, double dH, double dref, double dstep)
{
    vt_fictive_glass f = {.Tf = (double)NAN};
    g.H += dH;
    g.step += g.slope * dref + dstep; /* the step is a function of temperature, here taken at a new reference */
    g.Tf_ref += dref;
    vt_fictive_by_enthalpy(&g, &f, NULL);
    return f.Tf;
}

/* Central differences of second order: 1e-6 of steps of 1e-3 of the values. */
static void derivatives_are_those_of_the_solution(void)
{
    vt_fictive_glass f = {0};
    CHECK(vt_fictive_by_enthalpy(&FRESH, &f, NULL) == VT_OK);
    CHECK_REL((moved(FRESH, 8.0, 0.0, 0.0) - moved(FRESH, -8.0, 0.0, 0.0)) / 16.0, f.by_H, 1e-6);
    CHECK_REL((moved(FRESH, 0.0, 0.6, 0.0) - moved(FRESH, 0.0, -0.6, 0.0)) / 1.2, f.by_ref, 1e-6);
    CHECK_REL((moved(FRESH, 0.0, 0.0, 0.2) - moved(FRESH, 0.0, 0.0, -0.2)) / 0.4, f.by_step, 1e-5);
}

static void refused(vt_stored_glass g, vt_status code, const char *words)
{
    vt_fictive_glass f = {.Tf = -7.0};
    vt_error err = {0};
    CHECK(vt_fictive_by_enthalpy(&g, &f, &err) == code);
    CHECK_TEXT(err.msg, words);
    CHECK(f.Tf == -7.0);
}

static void refusals(void)
{
    vt_stored_glass g = FRESH;
    vt_fictive_glass f;
    g.H = 60000.0; /* the step is gone 497 K above, having held 50.6 kJ/kg */
    refused(g, VT_ENOROOT, "6e+04 J/kg are more than the step");
    g = FRESH;
    g.step = -3.0;
    refused(g, VT_EARG, "step = -3");
    g = FRESH;
    g.H = (double)NAN;
    refused(g, VT_EARG, "must be finite");
    g = FRESH;
    g.slope = 0.0;
    g.H = -200000.0;
    refused(g, VT_EDOMAIN, "is not above 0");
    CHECK(vt_fictive_by_enthalpy(NULL, &f, NULL) == VT_EARG);
    CHECK(vt_fictive_by_enthalpy(&FRESH, NULL, NULL) == VT_EARG);
}

CHECK_MAIN(CHECK_CASE(the_step_holds_what_is_stored), CHECK_CASE(derivatives_are_those_of_the_solution),
           CHECK_CASE(refusals))
