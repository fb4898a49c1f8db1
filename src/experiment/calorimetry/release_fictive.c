/* Fictive temperature of the piece as made. What it releases bends the line of its glass, so equal areas fail on its
 * own scan; the second scan has a fictive temperature by equal areas, and the step in heat capacity that the release is
 * worth (P21, step 7). Mass and gain scale release and step alike and cancel. */
#include "release_internal.h"
#include <math.h>
#include <stdio.h>

/* Of the fictive temperature after the second cooling; assumed, with room below what is known of amber of 20 million
 * years (Zhao, Simon and McKenna, Nat. Commun. 4 (2013) 1783). */
static const double OLDEST = 0.85;

/* Liquid less glass at T, J/(kg K), and its uncertainty by the scatter about both lines. */
static double step_at(const vt_glass_step *step, double q, double T, double *u)
{
    const vt_base_line *g = &step->glass, *l = &step->liquid;
    *u = hypot(vt_base_line_u(l, T), vt_base_line_u(g, T)) / q;
    return (vt_base_line_at(l, T) - vt_base_line_at(g, T)) / q;
}

static vt_status not_too_old(const vti_calorimetry_run *run, const vti_scan *a, double H, double Tf, double Tf_ref,
                             vt_error *err)
{
    if (!(Tf < OLDEST * Tf_ref)) return VT_OK;
    return vt_result_warn(run->result, err, "W_ENTHALPY_RANGE",
                          "%s%s%.3g J/g would make a fictive temperature of %.0f K, %.0f K below that of the second "
                          "scan: no glass ages so "
                          "far; does the first scan melt something, or lose water or solvent?",
                          a->specimen, a->specimen[0] ? ": " : "", 1e-3 * H, Tf, Tf_ref - Tf);
}

vt_status vti_release_fictive(vti_calorimetry_run *run, const vti_difference *d, double H, double u, vt_error *err)
{
    const vti_scan *a = d->first, *b = d->second;
    const char *name = a->specimen, *colon = name[0] ? ": " : "";
    double u_step;
    vt_fictive_glass f;
    vt_error why = {0};
    vti_fictive second;
    if (!b->has_step || !vti_scan_fictive(b, &second))
        return vt_result_warn(run->result, err, "W_NO_FICTIVE",
                              "%s%sno fictive_temperature of the piece as made: the second scan, from which it counts, "
                              "has none; %s",
                              name, colon, b->has_step ? "set glass_window and liquid_window" : "it has no transition");
    const vt_stored_glass in = {.H = H,
                                .Tf_ref = second.step.fictive,
                                .step = step_at(&second.step, b->q, second.step.fictive, &u_step),
                                .slope = (second.step.liquid.b - second.step.glass.b) / b->q};
    if (vt_fictive_by_enthalpy(&in, &f, &why) != VT_OK)
        return vt_result_warn(run->result, err, "W_NO_FICTIVE", "%s%sno fictive_temperature of the piece as made: %s",
                              name, colon, why.msg);
    const vt_status st = not_too_old(run, a, H, f.Tf, in.Tf_ref, err);
    if (st != VT_OK) return st;
    /* The integral of a difference of lines is its value in the middle, times the distance. */
    step_at(&second.step, b->q, 0.5 * (f.Tf + in.Tf_ref), &u_step);
    vti_scan_value v = {.name = "fictive_temperature",
                        .symbol = "T_f",
                        .unit = "K",
                        .method = "enthalpy: that of the second scan by equal areas, and the release over the step in "
                                  "heat capacity of the second scan",
                        .value = f.Tf,
                        .detail = "by enthalpy"};
    vti_scan_budget(&v, "enthalpy released: noise and baseline", "", 'A', u, f.by_H);
    vti_scan_budget(&v, "second scan: scatter and lines", "", 'A', second.u_lines, f.by_ref);
    vti_scan_budget(&v, "second scan: choice of the tangents' windows", "", 'B', second.u_window, f.by_ref);
    vti_scan_budget(&v, "step: scatter and lines", "", 'A', u_step, f.by_step);
    vti_scan_budget(&v, "step: choice of the tangents' windows", "", 'B', second.u_step_window / b->q, f.by_step);
    vti_scan_budget(&v, "scale of temperature", "temperature scale", 'B', vti_scan_temperature_u(b, in.Tf_ref), 1.0);
    return vti_scan_emit(run, a, &v, err);
}
