/* One pass of P22 and P23 over all readings at given inputs: points, elastic line, hardening, rate stress. Which
 * specimens are elastic or plastic is settled before, so that the outputs are smooth in inputs and readings. */
#include "onchip_internal.h"
#include <math.h>
#include <vitrum/constants.h>

static const double E_BEGIN = 1e11; /* Pa: of searches; no result depends on it */

static void look_at(const vti_onchip_run *run, const vti_onchip_inputs *in, const vt_onchip_structure *as, size_t r,
                    double u, vti_onchip_seen *seen)
{
    vt_onchip_point plastic, elastic;
    *seen = (vti_onchip_seen){.paper = NAN, .sigma = NAN, .stress = NAN, .strain = NAN, .plastic = NAN};
    if (!run->reading[r].valid || vt_onchip_state(as, u, 0.5, &plastic, NULL) != VT_OK ||
        vt_onchip_state(as, u, in->x[VTI_WAFER_NU], &elastic, NULL) != VT_OK)
        return;
    const double per = plastic.share / (as->L0 + plastic.own);
    *seen = (vti_onchip_seen){.paper = plastic.sigma,
                              .c2_paper = plastic.c2,
                              .sigma = elastic.sigma,
                              .c2 = elastic.c2,
                              .c3 = per,
                              .stretch = log1p(plastic.own / as->L0),
                              .stretch_u = per,
                              .longer = 1.0,
                              .strain = NAN};
}

/* Stress with constant volume; that and its slope as long as all is elastic go into sigma and c2. First every specimen
 * as if all of it were elastic; then, where the modulus is known, those whose narrow part has flowed. */
static void look(const vti_onchip_run *run, const vti_onchip_inputs *in, const double *du, bool again,
                 vti_onchip_pass *pass)
{
    for (size_t i = 0; i < run->beams; i++) {
        const vti_onchip_beam *b = &run->beam[i];
        const bool flowed = b->is == VTI_ONCHIP_PLASTIC || b->is == VTI_ONCHIP_BETWEEN;
        if (b->role != VTI_ONCHIP_SPECIMEN || (again && !(flowed && vti_onchip_in_series(run, i)))) continue;
        const vt_onchip_structure as =
            again ? vti_onchip_gauge_of(run, in, i, pass->out[VTI_CHIP_E], vti_onchip_mismatch(run, pass, i))
                  : vti_onchip_structure_of(run, in, i);
        for (size_t r = b->from; r < b->from + b->n; r++) {
            const double u = (run->reading[r].u + (du ? du[r] : 0.0)) * exp(in->x[VTI_WAFER_SEM]);
            look_at(run, in, &as, r, u, &pass->seen[r]);
            if (!again) pass->seen[r].longer = b->L_tot * exp(in->x[VTI_WAFER_L0]) / as.L0;
        }
    }
}

/* Line through the elastic points. An error of u moves a point along (1/(L0 + u), -c2), so that points weigh by their
 * distance from the line across that, and the moments lose what the noise puts in. */
static void elastic_line(const vti_onchip_run *run, double doses, vti_onchip_pass *pass)
{
    const double noise = doses * run->par.displacement_u * run->par.displacement_u;
    double E = run->par.independent_modulus > 0.0 ? run->par.independent_modulus : E_BEGIN, eps = 0.0;
    for (int k = 0; k < 8; k++) {
        double s[4] = {0}, x0 = 0.0, y0 = 0.0, xx = 0.0, xy = 0.0;
        for (int moment = 0; moment < 2; moment++)
            for (size_t r = 0; r < run->readings; r++) {
                const vti_onchip_reading *reading = &run->reading[r];
                const vti_onchip_beam *b = &run->beam[reading->beam];
                const vti_onchip_seen *p = &pass->seen[r];
                if (b->is != VTI_ONCHIP_ELASTIC || !reading->valid) continue;
                const double w = 1.0 / (b->ends * pow(p->c2 + E * p->c3, 2.0)), x = p->stretch - eps * p->longer;
                if (moment == 0) {
                    s[0] += w;
                    s[1] += w * x;
                    s[2] += w * p->sigma;
                    s[3] += w * p->longer;
                } else {
                    xx += w * ((x - x0) * (x - x0) - b->ends * noise * p->c3 * p->c3);
                    xy += w * ((x - x0) * (p->sigma - y0) + b->ends * noise * p->c3 * p->c2);
                }
                x0 = s[1] / s[0];
                y0 = s[2] / s[0];
            }
        E = xy / xx;
        eps += (x0 - y0 / E) / (s[3] / s[0]);
    }
    pass->out[VTI_CHIP_E] = E;
    pass->out[VTI_CHIP_EPS] = eps;
}

/* True stress from s lambda: only the plastic part of the stretch keeps the volume. */
static void finish_points(const vti_onchip_run *run, const vti_onchip_inputs *in, const double *du,
                          vti_onchip_pass *pass)
{
    const double E = pass->out[VTI_CHIP_E], f = pass->out[VTI_CHIP_SCALE], k = 1.0 - 2.0 * in->x[VTI_WAFER_NU];
    look(run, in, du, true, pass);
    for (size_t r = 0; r < run->readings; r++) {
        const vti_onchip_beam *b = &run->beam[run->reading[r].beam];
        vti_onchip_seen *p = &pass->seen[r];
        if (b->role != VTI_ONCHIP_SPECIMEN || !run->reading[r].valid) continue;
        const double eps = p->longer * vti_onchip_mismatch(run, pass, run->reading[r].beam), flat = p->paper;
        double y = flat;
        for (int i = 0; i < 4; i++) {
            const double wanted = flat * exp(-k * (y / E + eps));
            y -= (y - wanted) / (1.0 + k / E * wanted);
        }
        if (b->is == VTI_ONCHIP_ELASTIC) {
            p->paper = p->sigma;
            p->c2_paper = p->c2;
        }
        p->c2 = (b->is == VTI_ONCHIP_ELASTIC ? p->c2 : p->c2_paper * (y / flat) / (1.0 + k * y / E));
        p->sigma = y;
        p->stress = y / f;
        p->strain = p->stretch - eps;
        p->plastic = p->strain - y / E;
        p->c3 += p->c2 / E;
    }
}

/* Means of a plastic specimen over its readings. */
struct mean {
    double c2, c3, paper, sigma, c2_paper;
};
static struct mean mean_of(const vti_onchip_run *run, const vti_onchip_pass *pass, size_t beam)
{
    const vti_onchip_beam *b = &run->beam[beam];
    struct mean m = {0};
    double n = 0.0;
    for (size_t r = b->from; r < b->from + b->n; r++) n += run->reading[r].used;
    for (size_t r = b->from; r < b->from + b->n; r++) {
        const vti_onchip_seen *p = &pass->seen[r];
        if (!run->reading[r].used) continue;
        m.c2 += p->c2 / n;
        m.c3 += p->c3 / n;
        m.paper += p->paper / n;
        m.sigma += p->sigma / n;
        m.c2_paper += p->c2_paper / n;
    }
    return m;
}

/* Rate stress of the specimens that flow, with the hardening theta (scale of the geometry) and without. */
static void rate_stress(const vti_onchip_run *run, const double *du, double theta, vti_onchip_pass *pass)
{
    double W[2] = {0}, S[2] = {0}, stress[2] = {0}, squares = 0.0;
    size_t n = 0;
    for (size_t i = 0; i < run->beams; i++) {
        double A1, spread;
        if (run->beam[i].is != VTI_ONCHIP_PLASTIC) continue;
        const struct mean m = mean_of(run, pass, i);
        stress[0] += m.paper;
        stress[1] += m.sigma;
        n++;
        if (!run->relaxed || !vti_onchip_log_slope(run, i, du, &A1, NULL, &spread)) continue;
        const double with = m.c2 + theta * m.c3, share = spread / run->beam[i].ends;
        const double w[2] = {share / (m.c2_paper * m.c2_paper), share / (with * with)};
        S[0] += w[0] * A1 * m.c2_paper;
        S[1] += w[1] * A1 * with;
        squares += w[1] * pow(A1 * with, 2.0);
        for (int k = 0; k < 2; k++) W[k] += w[k];
        pass->plastic++;
    }
    pass->out[VTI_CHIP_STRESS_P] = n ? stress[0] / (double)n : (double)NAN;
    pass->out[VTI_CHIP_STRESS_F] = n ? stress[1] / (double)n / pass->out[VTI_CHIP_SCALE] : (double)NAN;
    if (pass->plastic == 0) return;
    pass->out[VTI_CHIP_S_P] = S[0] / W[0];
    pass->out[VTI_CHIP_S_PH] = S[1] / W[1];
    pass->chi2_S = (squares - S[1] * S[1] / W[1]) / (run->par.displacement_u * run->par.displacement_u);
}

/* ln of the plastic strain rate at a reading; 0 where S is not known. Noise of eps_p is kept off by a floor. */
static double ln_rate(const vti_onchip_reading *r, const vti_onchip_seen *p, double theta, double S)
{
    if (!(S > 0.0)) return 0.0;
    const double per = p->c3 * S / (p->c2 + theta * p->c3); /* c3 A1 */
    double rate;
    return vt_onchip_flow_rate(per, fmax(p->plastic, per), r->t, &rate, NULL) == VT_OK ? log(rate) : (double)NAN;
}

/* Common slope of stress in plastic strain within the isochronous sets, all brought to one rate. */
static double hardening(const vti_onchip_run *run, double doses, const vti_onchip_pass *pass, double theta, double S)
{
    const double noise = doses * run->par.displacement_u * run->par.displacement_u;
    double sxx = 0.0, sxy = 0.0;
    for (size_t g = 0; g < run->groups; g++) {
        double w0 = 0.0, x0 = 0.0, y0 = 0.0;
        for (int moment = 0; moment < 2; moment++)
            for (size_t r = 0; r < run->readings; r++) {
                const vti_onchip_reading *reading = &run->reading[r];
                const vti_onchip_seen *p = &pass->seen[r];
                if (reading->group != g || !reading->used || run->beam[reading->beam].is != VTI_ONCHIP_PLASTIC)
                    continue;
                const double ends = run->beam[reading->beam].ends, w = 1.0 / (ends * pow(p->c2 + theta * p->c3, 2.0));
                const double y = p->sigma - (S > 0.0 ? S : 0.0) * ln_rate(reading, p, theta, S);
                if (moment == 0) {
                    w0 += w;
                    x0 += (p->plastic - x0) * w / w0;
                    y0 += (y - y0) * w / w0;
                } else {
                    sxx += w * (pow(p->plastic - x0, 2.0) - ends * noise * p->c3 * p->c3);
                    sxy += w * ((p->plastic - x0) * (y - y0) + ends * noise * p->c3 * p->c2);
                }
            }
    }
    return sxx > 0.0 ? sxy / sxx : 0.0;
}

/* Plastic line of one isochronous set at no plastic strain, at the mean rate of the set. */
static double onset(const vti_onchip_run *run, const vti_onchip_pass *pass, size_t g, double theta, double *rate)
{
    const double S = pass->out[VTI_CHIP_S_PH], known = S > 0.0 ? S : 0.0;
    double w0 = 0.0, y0 = 0.0, n = 0.0, sum = 0.0;
    for (size_t r = 0; r < run->readings; r++) {
        const vti_onchip_reading *reading = &run->reading[r];
        const vti_onchip_seen *p = &pass->seen[r];
        if (reading->group != g || !reading->used || run->beam[reading->beam].is != VTI_ONCHIP_PLASTIC) continue;
        const double ends = run->beam[reading->beam].ends;
        const double w = 1.0 / (ends * pow(p->c2 + theta * p->c3, 2.0)), its = ln_rate(reading, p, theta, S);
        w0 += w;
        y0 += (p->sigma - theta * p->plastic - known * its - y0) * w / w0;
        sum += its;
        n += 1.0;
    }
    *rate = n > 0.0 && S > 0.0 ? sum / n : (double)NAN;
    return n > 0.0 ? y0 + (S > 0.0 ? S * *rate : 0.0) : (double)NAN;
}

static void yields(const vti_onchip_run *run, double theta, vti_onchip_pass *pass)
{
    const double f = pass->out[VTI_CHIP_SCALE], offset = run->par.offset_strain;
    size_t first = run->groups, last = 0;
    for (size_t r = 0; r < run->readings; r++) {
        const vti_onchip_reading *reading = &run->reading[r];
        if (!reading->used || run->beam[reading->beam].is != VTI_ONCHIP_PLASTIC) continue;
        if (reading->group < first) first = reading->group;
        if (reading->group > last) last = reading->group;
    }
    if (first == run->groups) return;
    pass->group[0] = first;
    pass->group[1] = last;
    const double knee = onset(run, pass, first, theta, &pass->ln_rate[0]);
    pass->out[VTI_CHIP_KNEE_P] = knee;
    pass->out[VTI_CHIP_KNEE_F] = knee / f;
    pass->out[VTI_CHIP_YIELD_P] = knee + theta * offset;
    pass->out[VTI_CHIP_YIELD_F] = (knee + theta * offset) / f;
    pass->out[VTI_CHIP_LATE_F] = onset(run, pass, last, theta, &pass->ln_rate[1]) / f;
}

static void volumes(const vti_onchip_run *run, const vti_onchip_inputs *in, vti_onchip_pass *pass)
{
    double *out = pass->out;
    const double kT = VT_BOLTZMANN * in->x[VTI_WAFER_T];
    if (pass->plastic == 0) return;
    const double threshold = isfinite(run->par.threshold_stress) ? run->par.threshold_stress : out[VTI_CHIP_LATE_F];
    out[VTI_CHIP_S_F] = out[VTI_CHIP_S_PH] / out[VTI_CHIP_SCALE];
    out[VTI_CHIP_M_P] = out[VTI_CHIP_S_P] / out[VTI_CHIP_STRESS_P];
    out[VTI_CHIP_M_F] = out[VTI_CHIP_S_F] / out[VTI_CHIP_STRESS_F];
    out[VTI_CHIP_M_TH] = out[VTI_CHIP_S_F] / (out[VTI_CHIP_STRESS_F] - threshold);
    out[VTI_CHIP_V_P] = kT / out[VTI_CHIP_S_P];
    out[VTI_CHIP_V_F] = kT / out[VTI_CHIP_S_F];
}

/* Hardening and rate stress need each other: the second changes the first by a few per cent. */
static double harden(const vti_onchip_run *run, const vti_onchip_inputs *in, const double *du, vti_onchip_pass *pass)
{
    const bool given = isfinite(run->par.hardening);
    const double shift = in->x[VTI_WAFER_THETA] * pass->out[VTI_CHIP_SCALE];
    double theta = given ? run->par.hardening * pass->out[VTI_CHIP_SCALE] + shift : 0.0;
    for (int k = 0; k < (given ? 1 : 8); k++) {
        pass->plastic = 0;
        rate_stress(run, du, theta + (given ? 0.0 : shift), pass);
        if (given) break;
        const double before = theta;
        theta = hardening(run, in->doses, pass, before, pass->out[VTI_CHIP_S_PH]);
        if (fabs(theta - before) <= 1e-10 * fabs(theta)) break;
    }
    theta += given ? 0.0 : shift;
    pass->plastic = 0;
    rate_stress(run, du, theta, pass);
    return theta;
}

void vti_onchip_evaluate(const vti_onchip_run *run, const vti_onchip_inputs *in, const double *du,
                         vti_onchip_pass *pass)
{
    const bool line = run->elastic >= 3;
    for (int k = 0; k < VTI_CHIP_COUNT; k++) pass->out[k] = NAN;
    pass->ln_rate[0] = pass->ln_rate[1] = pass->chi2_S = NAN;
    pass->plastic = pass->group[0] = pass->group[1] = 0;
    const double E_ref = run->par.independent_modulus * exp(in->x[VTI_WAFER_E_REF]);
    look(run, in, du, false, pass);
    if (line)
        elastic_line(run, in->doses, pass);
    else { /* nothing to lay a line through: the modulus is that of the other method, and the scale the geometry's;
            * without one, where the line is still looked for, that at which its search begins */
        pass->out[VTI_CHIP_E] = run->has_reference ? E_ref : E_BEGIN;
        pass->out[VTI_CHIP_EPS] = 0.0;
    }
    const double f = line && run->has_reference ? pass->out[VTI_CHIP_E] / E_ref : 1.0;
    pass->out[VTI_CHIP_F] = f;
    pass->out[VTI_CHIP_SCALE] = 1.0 + run->pull * (f - 1.0);
    pass->out[VTI_CHIP_E_F] = pass->out[VTI_CHIP_E] / pass->out[VTI_CHIP_SCALE];
    finish_points(run, in, du, pass);
    if (run->plastic == 0) return;
    const double theta = harden(run, in, du, pass);
    pass->out[VTI_CHIP_THETA_P] = theta;
    pass->out[VTI_CHIP_THETA_F] = theta / pass->out[VTI_CHIP_SCALE];
    yields(run, theta, pass);
    if (run->relaxed) volumes(run, in, pass);
}
