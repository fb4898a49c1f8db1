/* What the reader of a result should know of one specimen. */
#include "compression_internal.h"
#include <math.h>
#include <string.h>

static const char *const CONTROL[] = {"", "crosshead", "true rate", "neither"};

static vt_status warn_record(vti_compression_run *run, const vti_disc_test *s, vt_error *err)
{
    vt_status st = VT_OK;
    const double ratio = s->disc.height / s->disc.diameter;
    if (s->flipped_u || s->flipped_F)
        st = vt_result_warn(run->result, err, "W_SIGN", "%s: %s in compression as recorded; the sign was turned",
                            s->name,
                            s->flipped_u && s->flipped_F ? "displacement and force are negative"
                            : s->flipped_u               ? "the displacement is negative"
                                                         : "the force is negative");
    if (st == VT_OK && !s->has_compliance)
        st = vt_result_warn(run->result, err, "W_COMPLIANCE",
                            "%s: no compliance run: the machine's give is counted as strain of the specimen; add a "
                            "platen run or --set machine_compliance=VALUE",
                            s->name);
    if (st == VT_OK && !(ratio >= 1.5 && ratio <= 2.5))
        st = vt_result_warn(run->result, err, "W_ASPECT", "%s: height over diameter is %.3g, outside 1.5 to 2.5: %s",
                            s->name, ratio, ratio < 2.0 ? "friction raises the stress" : "the specimen may buckle");
    if (st == VT_OK && s->has_compliance && isfinite(run->par.elastic_modulus) && isfinite(s->modulus) &&
        s->modulus < 0.3 * run->par.elastic_modulus)
        st = vt_result_warn(run->result, err, "W_COMPLIANCE",
                            "%s: the elastic slope, %.3g GPa, is below 30 %% of Young's modulus, %.3g GPa: the "
                            "compliance is wrong, or the test too slow to be elastic at all",
                            s->name, 1e-9 * s->modulus, 1e-9 * run->par.elastic_modulus);
    return st;
}

/* Places without readings: five times the median step. */
static vt_status warn_gaps(vti_compression_run *run, const vti_disc_test *s, vt_error *err)
{
    const double step = (s->t[s->n - 1] - s->t[0]) / (double)(s->n - 1);
    double widest = 0.0, where = 0.0;
    size_t gaps = 0;
    for (size_t i = 1; i < s->n; i++) {
        const double d = s->t[i] - s->t[i - 1];
        if (d <= 5.0 * step) continue;
        gaps++;
        if (d > widest) widest = d, where = s->t[i - 1];
    }
    if (gaps == 0) return VT_OK;
    return vt_result_warn(run->result, err, "W_GAP",
                          "%s: %zu gaps in the record, the widest of %.4g s after t = %.6g s", s->name, gaps, widest,
                          where);
}

static vt_status warn_control(vti_compression_run *run, const vti_disc_test *s, vt_error *err)
{
    const vti_press said = (vti_press)run->par.control;
    if (!s->is_steady) return VT_OK;
    if (s->control == VTI_PRESS_NEITHER)
        return vt_result_warn(
            run->result, err, "W_RATE",
            "%s: neither the crosshead speed nor the true rate was constant (d ln rate/d strain = %.2f)", s->name,
            s->steady.rise);
    if (said == VTI_PRESS_AUTO || said == s->control) return VT_OK;
    return vt_result_warn(run->result, err, "W_RATE", "%s: control is said to be %s, but the record shows constant %s",
                          s->name, CONTROL[said],
                          s->control == VTI_PRESS_CROSSHEAD ? "crosshead speed: its true rate "
                                                              "rises as 1/h"
                                                            : "true rate");
}

/* Rise of the temperature by the time the window ends; NaN: not known. */
static double heating(const vti_compression_run *run, const vti_disc_test *s)
{
    const vti_compression_params *p = &run->par;
    const vt_compression_heat heat = {.density = p->density,
                                      .heat_capacity = p->heat_capacity,
                                      .conductivity = isfinite(p->thermal_conductivity) ? p->thermal_conductivity : 0.0,
                                      .radius = 0.5 * s->disc.diameter,
                                      .share = 0.9};
    const size_t last = s->is_steady ? s->steady.to - 1 : s->end - 1;
    const double span = s->t[last] - s->t[s->contact], rate = s->strain[last] / span;
    double rise;
    if (!isfinite(heat.density) || !isfinite(heat.heat_capacity) || !(rate > 0.0)) return NAN;
    if (vt_compression_heating(&heat, s->fit[last], rate, s->strain[last], &rise, NULL) != VT_OK) return NAN;
    return rise;
}

/* Mean of the readings from ... to - 1 that there are; NaN: none. */
static double mean_of(const double *x, size_t from, size_t to)
{
    double sum = 0.0, n = 0.0;
    for (size_t i = from; i < to; i++)
        if (isfinite(x[i])) sum += x[i], n += 1.0;
    return n > 0.0 ? sum / n : NAN;
}

/* Rise of the measured temperature from contact to the end of the window: means of a tenth each; NaN: not measured. */
static double measured(const vti_disc_test *s)
{
    const size_t last = s->is_steady ? s->steady.to : s->end, tenth = (last - s->contact) / 10;
    if (!s->T || tenth < 3) return NAN;
    return mean_of(s->T, last - tenth, last) - mean_of(s->T, s->contact, s->contact + tenth);
}

static vt_status warn_heating(vti_compression_run *run, vti_disc_test *s, vt_error *err)
{
    const vti_compression_params *p = &run->par;
    const double rise = heating(run, s), seen = measured(s), rate = s->is_steady ? s->steady.rate : NAN;
    s->heating = rise;
    if (rise > p->heating_limit)
        return vt_result_warn(
            run->result, err, "W_SELF_HEATING",
            "%s: flow heats the specimen by about %.2g K%s: softening by heat looks like an overshoot, "
            "and the viscosity belongs to a higher temperature",
            s->name, rise, isfinite(p->thermal_conductivity) ? "" : " (adiabatic)");
    if (fabs(seen) > p->heating_limit)
        return vt_result_warn(run->result, err, "W_SELF_HEATING",
                              "%s: its measured temperature changes by %.2g K during the test", s->name, seen);
    if (isnan(rise) && rate >= 0.1)
        return vt_result_warn(run->result, err, "W_SELF_HEATING",
                              "%s: at %.2g per s flow may heat the specimen; density and heat_capacity would tell",
                              s->name, rate);
    return VT_OK;
}

/* Rising stress beyond the window, or all over: crystallization, barrelling. */
static vt_status warn_hardening(vti_compression_run *run, const vti_disc_test *s, vt_error *err)
{
    double above = s->is_steady ? 0.0
                                : s->steady.drift -
                                      0.5 * fmax(s->steady.rise, 0.0) * (s->strain[s->end - 1] - s->strain[s->yield]);
    if (s->is_steady && s->steady.to < s->end) {
        const vti_steady *w = &s->steady;
        const double x = s->strain[s->end - 1], line = w->ln_stress + w->slope * (x - w->strain);
        above = log(s->fit[s->end - 1]) - line;
    }
    if (!(above > fmax(2.0 * run->par.drift, 5.0 * s->noise / s->peak_stress))) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_HARDENING",
        "%s: the stress rises by %.2g %% more than its rate explains%s: crystallization or barrelling", s->name,
        100.0 * above, s->is_steady ? " after the steady window" : "");
}

static vt_status warn_overshoot(vti_compression_run *run, const vti_disc_test *s, vt_error *err)
{
    if (s->over || !s->is_steady) return VT_OK;
    return vt_result_warn(run->result, err, "W_NO_OVERSHOOT", "%s: no overshoot; one of %.3g MPa would have been seen",
                          s->name, 1e-6 * s->limit);
}

/* A polynomial that does not follow the law may exceed 1 by itself: the steady law decides where there is one. */
static vt_status warn_sensitivity(vti_compression_run *run, const vti_disc_test *s, vt_error *err)
{
    if (!s->has_m || !s->m.above_1 || (s->has_law && s->law_m.low <= 1.0)) return VT_OK;
    return vt_result_warn(run->result, err, "W_M_GT_1",
                          "%s: rate sensitivity %.3f +- %.3f is above 1: heating, or a window that is not steady",
                          s->name, s->m.m, s->m.u);
}

vt_status vti_compression_warn(vti_compression_run *run, vti_disc_test *s, vt_error *err)
{
    vt_status st = warn_record(run, s, err);
    if (st == VT_OK) st = warn_gaps(run, s, err);
    if (st == VT_OK) st = warn_control(run, s, err);
    if (st == VT_OK) st = warn_heating(run, s, err);
    if (st == VT_OK) st = warn_hardening(run, s, err);
    if (st == VT_OK) st = warn_sensitivity(run, s, err);
    return st == VT_OK ? warn_overshoot(run, s, err) : st;
}
