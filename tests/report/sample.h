#pragma once
/* A page like the main study's: mechanism map and molding lengths of Ni45Pd35P16B4, computed from the
 * reference set of the procedures (10.3) with a fixed, made-up scatter. For tests of figures and report. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/report.h>

enum { SAMPLE_T = 90, SAMPLE_D = 9, SAMPLE_SETS = 4 };

static const double SAMPLE_CELSIUS[SAMPLE_SETS] = {317.0, 307.0, 297.0, 287.0};
static const double SAMPLE_P[SAMPLE_SETS] = {1e9, 2e9, 1.25e9, 2e9};
static const double SAMPLE_TIME[SAMPLE_SETS] = {300.0, 900.0, 36000.0, 36000.0};

/* Viscosity, Pa s, and interface mobility, m3/s, at T in K. */
static inline double sample_eta(double T)
{
    const double Tk = 560.65, k_eV = 8.617333262e-5;
    const double at = 3.969e-5 * exp(5477.08 / (fmax(T, Tk) - 415.56));
    return T >= Tk ? at : at * exp(0.884 / k_eV * (1.0 / T - 1.0 / Tk));
}

static inline double sample_mobility(double T)
{
    return 1.272e-26 * exp(-1.580 / 8.617333262e-5 * (1.0 / T - 1.0 / 590.15));
}

static inline double sample_dc(double T)
{
    return cbrt(256.0 * 1.233e-29 * sample_eta(T) * sample_mobility(T) / (1.380649e-23 * T));
}

static inline vt_status sample_curve(vt_result *r, const char *name, const char *title, size_t n, size_t columns,
                                     const char *const *names, const char *const *units, double *const *values,
                                     vt_error *err)
{
    vt_table *t = NULL;
    vt_status st = vt_table_create(&t, err);
    for (size_t c = 0; st == VT_OK && c < columns; c++) st = vt_table_add_si(t, names[c], units[c], n, values[c], err);
    if (st == VT_OK) return vt_result_add_curve(r, name, title, t, err);
    vt_table_free(t);
    return st;
}

static inline vt_property sample_property(const char *name, const char *symbol, const char *reading, double value,
                                          double u, const char *unit)
{
    vt_property p = {.nscope = 0};
    snprintf(p.name, sizeof p.name, "%s", name);
    snprintf(p.symbol, sizeof p.symbol, "%s", symbol);
    snprintf(p.reading, sizeof p.reading, "%s", reading);
    snprintf(p.method, sizeof p.method, "crossing of the two length laws, profile interval");
    p.q = (vt_quantity){
        .value = value, .u = u, .low = value - 1.96 * u, .high = value + 2.1 * u, .level = 0.95, .dof = INFINITY};
    snprintf(p.q.unit, sizeof p.q.unit, "%s", unit);
    p.q.nbudget = 2;
    p.q.budget[0] = (vt_budget_item){.source = "pressure gauge", .group = "gauge", .type = 'B', .u = 0.6 * u, .c = 1.0};
    p.q.budget[1] = (vt_budget_item){.source = "scatter of wires", .type = 'A', .u = 0.8 * u, .c = 1.0};
    return p;
}

/* ---- the map ---- */
static inline vt_status sample_map_curves(vt_result *r, vt_error *err)
{
    static double T[SAMPLE_T], dc[SAMPLE_T], low[SAMPLE_T], high[SAMPLE_T], cold[SAMPLE_T], mT[5], md[5], ml[5], mh[5],
        peak[1] = {560.65};
    for (size_t i = 0; i < SAMPLE_T; i++) {
        T[i] = 373.15 + 250.0 * (double)i / (SAMPLE_T - 1);
        const double d = sample_dc(T[i]), spread = 0.06 + 0.30 * fmax(0.0, (535.0 - T[i]) / 160.0);
        dc[i] = T[i] >= 527.0 ? d : NAN;
        cold[i] = T[i] <= 530.0 ? d : NAN;
        low[i] = d * exp(-2.0 * spread);
        high[i] = d * exp(2.0 * spread);
    }
    static const double celsius[5] = {317.0, 307.0, 297.0, 287.0, 267.0}, nm[5] = {19.0, 31.0, 62.0, 97.0, 85.0};
    for (size_t i = 0; i < 5; i++) {
        mT[i] = celsius[i] + 273.15;
        md[i] = 1e-9 * nm[i];
        ml[i] = 0.85 * md[i];
        mh[i] = 1.18 * md[i];
    }
    vt_status st;
    VT_TRY(st = sample_curve(r, "critical_diameter", "", SAMPLE_T, 5,
                             (const char *[]){"temperature", "d_c", "extrapolated", "low", "high"},
                             (const char *[]){"K", "m", "m", "m", "m"}, (double *[]){T, dc, cold, low, high}, err));
    VT_TRY(st = sample_curve(r, "measured", "Critical diameters that the paper states", 5, 4,
                             (const char *[]){"temperature", "d_c", "low", "high"},
                             (const char *[]){"K", "m", "m", "m"}, (double *[]){mT, md, ml, mh}, err));
    VT_TRY(st = sample_curve(r, "kink", "", 1, 1, (const char *[]){"temperature"}, (const char *[]){"K"},
                             (double *[]){peak}, err));
done:
    return st;
}

static inline vt_figure sample_map_figure(void)
{
    return (vt_figure){
        .name = "mechanism_map",
        .title = "Deformation mechanism map of Ni45Pd35P16B4",
        .alt = "Critical diameter against temperature. It rises from 9.6 nm at 337 °C to a maximum of 100 nm at "
               "287 °C and falls again to 10 nm at 100 °C. Above the line viscous flow is faster, below it interface "
               "diffusion. Five published diameters lie on the line but for 297 °C, 62 nm against 55 nm.",
        .x = {"temperature", "degC", 0, NAN, NAN},
        .y = {"diameter", "nm", 1, 2e-9, 400e-9},
        .nseries = 5,
        .series = {{.curve = "critical_diameter",
                    .x = "temperature",
                    .y = "d_c",
                    .low = "low",
                    .high = "high",
                    .style = VT_BAND,
                    .color = 0,
                    .label = "95 % band"},
                   {.curve = "critical_diameter",
                    .x = "temperature",
                    .y = "d_c",
                    .style = VT_LINE,
                    .color = 0,
                    .label = "critical diameter"},
                   {.curve = "critical_diameter",
                    .x = "temperature",
                    .y = "extrapolated",
                    .style = VT_DASHED,
                    .color = 0,
                    .label = "extrapolated"},
                   {.curve = "measured",
                    .x = "temperature",
                    .y = "d_c",
                    .low = "low",
                    .high = "high",
                    .style = VT_POINTS,
                    .color = 1,
                    .label = "published"},
                   {.curve = "kink", .x = "temperature", .style = VT_RULE_X, .color = 2, .label = "glass transition"}},
        .nlabels = 3,
        .labels = {{420.0, 150e-9, "viscous flow"}, {470.0, 4e-9, "interface diffusion"}, {560.15, 97e-9, "287 °C"}},
    };
}

static inline vt_status sample_map(vt_result **out, vt_error *err)
{
    vt_result *r = NULL;
    vt_status st;
    VT_TRY(st = vt_result_create(&r, "map", "mechanism", err));
    VT_TRY(st = sample_map_curves(r, err));
    const vt_figure f = sample_map_figure();
    VT_TRY(st = vt_result_add_figure(r, &f, err));
    vt_property p = sample_property("maximum_critical_diameter", "d_c_max", "physics", 99.8e-9, 6.4e-9, "m");
    VT_TRY(st = vt_result_add_property(r, &p, err));
    p = sample_property("bulk_glass_transition", "T_g", "paper", 288.3 + 273.15, 1.2, "K");
    VT_TRY(st = vt_result_add_property(r, &p, err));
    p = sample_property("glass_activation_energy", "Q_g", "physics", 0.884 * 1.602176634e-19, 0.031 * 1.602e-19, "J");
    VT_TRY(st = vt_result_add_property(r, &p, err));
    VT_TRY(st = vt_result_warn(r, err, "W_EXTRAPOLATED",
                               "the map below 254 degC rests on no measured length; the "
                               "band there is wide"));
    vt_result_set_seed(r, 20231);
    *out = r;
    return VT_OK;
done:
    vt_result_free(r);
    return st;
}

/* ---- the lengths ---- */
static inline vt_status sample_lengths(vt_result *r, size_t set, vt_error *err)
{
    static const double nm[SAMPLE_D] = {10, 15, 20, 40, 60, 80, 120, 200, 250};
    static double d[SAMPLE_D], L[SAMPLE_D], low[SAMPLE_D], high[SAMPLE_D], fd[60], fL[60];
    const double T = SAMPLE_CELSIUS[set] + 273.15, pt = SAMPLE_P[set] * SAMPLE_TIME[set];
    char name[VT_NAME];
    for (size_t i = 0; i < 60; i++) {
        fd[i] = 8e-9 * pow(300.0 / 8.0, (double)i / 59.0);
        const double flow = pt * fd[i] * fd[i] / (32.0 * sample_eta(T));
        const double slip = 8.0 * pt * 1.233e-29 * sample_mobility(T) / (1.380649e-23 * T * fd[i]);
        fL[i] = sqrt(flow + slip);
    }
    for (size_t i = 0; i < SAMPLE_D; i++) {
        d[i] = 1e-9 * nm[i];
        const double flow = pt * d[i] * d[i] / (32.0 * sample_eta(T));
        const double slip = 8.0 * pt * 1.233e-29 * sample_mobility(T) / (1.380649e-23 * T * d[i]);
        L[i] = sqrt(flow + slip) * exp(0.07 * sin(3.7 * (double)(i + 2) * (double)(set + 1)));
        low[i] = 0.92 * L[i];
        high[i] = 1.085 * L[i];
    }
    vt_status st;
    snprintf(name, sizeof name, "lengths_%.0f", SAMPLE_CELSIUS[set]);
    VT_TRY(st = sample_curve(r, name, set == 0 ? "Wire lengths at 317 degC" : "", SAMPLE_D, 4,
                             (const char *[]){"diameter", "length", "low", "high"},
                             (const char *[]){"m", "m", "m", "m"}, (double *[]){d, L, low, high}, err));
    snprintf(name, sizeof name, "law_%.0f", SAMPLE_CELSIUS[set]);
    VT_TRY(st = sample_curve(r, name, "", 60, 2, (const char *[]){"diameter", "length"}, (const char *[]){"m", "m"},
                             (double *[]){fd, fL}, err));
done:
    return st;
}

static inline vt_figure sample_lengths_figure(void)
{
    vt_figure f = {.name = "lengths",
                   .title = "Molded length against pore diameter",
                   .alt = "Wire lengths at four temperatures with the additive law. Each set falls as d to the power "
                          "-1/2 below its critical diameter and rises in proportion to d above.",
                   .x = {"diameter", "nm", 1, NAN, NAN},
                   .y = {"length", "nm", 1, NAN, NAN}};
    for (size_t set = 0; set < SAMPLE_SETS; set++) {
        vt_series points = {.x = "diameter", .y = "length", .low = "low", .high = "high", .style = VT_POINTS};
        vt_series law = {.x = "diameter", .y = "length", .style = VT_LINE};
        points.color = law.color = (int)set;
        snprintf(points.curve, sizeof points.curve, "lengths_%.0f", SAMPLE_CELSIUS[set]);
        snprintf(law.curve, sizeof law.curve, "law_%.0f", SAMPLE_CELSIUS[set]);
        snprintf(points.label, sizeof points.label, "%.0f °C", SAMPLE_CELSIUS[set]);
        f.series[f.nseries++] = law;
        f.series[f.nseries++] = points;
    }
    return f;
}

static inline vt_status sample_molding_numbers(vt_result *r, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t set = 0; set < SAMPLE_SETS; set++) {
        const double T = SAMPLE_CELSIUS[set] + 273.15;
        const char *const readings[2] = {"paper", "physics"};
        for (size_t k = 0; k < 2; k++) {
            const double eta = sample_eta(T) * (k == 0 ? 1.0 : 2.0);
            vt_property p[3] = {
                sample_property("viscosity", "eta", readings[k], eta, 0.08 * eta, "Pa s"),
                sample_property("interface_mobility", "deltaD_I", readings[k], sample_mobility(T),
                                0.11 * sample_mobility(T), "m3 s-1"),
                sample_property("critical_diameter", "d_c", readings[k], sample_dc(T), 0.03 * sample_dc(T), "m")};
            for (size_t i = 0; i < 3; i++) {
                p[i].nscope = 1;
                p[i].scope[0] = (vt_scope){"temperature", "", T, "K"};
                VT_TRY(st = vt_result_add_property(r, &p[i], err));
            }
        }
        static const char *const names[5] = {"additive", "fastest_wins", "viscous_only", "diffusion_only",
                                             "free_exponent"};
        static const double weight[5] = {0.81, 0.12, 0.0003, 0.00007, 0.0696},
                            aicc[5] = {-31.2, -27.4, -15.4, -12.5, -26.3};
        for (size_t m = 0; m < 5; m++) {
            vt_model model = {
                .aicc = aicc[m], .weight = weight[m], .chi2 = 6.1 + (double)m, .parameters = m == 4 ? 3 : 2};
            snprintf(model.name, sizeof model.name, "%s", names[m]);
            snprintf(model.group, sizeof model.group, "T = %.2f K", T);
            VT_TRY(st = vt_result_add_model(r, &model, err));
        }
    }
done:
    return st;
}

static inline vt_status sample_molding(vt_result **out, vt_error *err)
{
    vt_result *r = NULL;
    vt_status st;
    VT_TRY(st = vt_result_create(&r, "experiment", "molding", err));
    for (size_t set = 0; set < SAMPLE_SETS; set++) VT_TRY(st = sample_lengths(r, set, err));
    const vt_figure f = sample_lengths_figure();
    VT_TRY(st = vt_result_add_figure(r, &f, err));
    VT_TRY(st = sample_molding_numbers(r, err));
    VT_TRY(st = vt_result_warn(r, err, "W_ENTRANCE",
                               "pores of 250 nm are shorter than 3 diameters; the entrance "
                               "adds 11 %% to the length"));
    VT_TRY(st = vt_result_warn(r, err, "W_NONNEWT",
                               "wall stress of 224 MPa at 307 degC is above 100 MPa; flow may "
                               "be faster than Newtonian"));
    const vt_segment s = {"steady", 30.0, 270.0, "s", "pressure within 1 % of its set point"};
    VT_TRY(st = vt_result_add_segment(r, &s, err));
    VT_TRY(st = vt_result_add_input(r, "lengths/ni45pd35p16b4.csv",
                                    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", err));
    vt_result_set_seed(r, 7);
    *out = r;
    return VT_OK;
done:
    vt_result_free(r);
    return st;
}
