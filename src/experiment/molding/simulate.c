/* Virtual instrument: wires molded at the conditions of a study, drawn one by one (P13, section 11). */
#include "experiment/truth_internal.h"
#include "molding.h"
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <vitrum/constants.h>
#include <vitrum/molding_law.h>
#include <vitrum/random.h>

#define AT(field) offsetof(vti_mold_truth, field)
const vt_param VTI_MOLD_TRUTH[] = {
    {"alloy", VT_TEXT, NULL, "", 0, 0, NULL, "name of the alloy, written into the table", AT(alloy)},
    {"temperatures", VT_LIST, "K", "327,317,307,297,287,277,267 degC", 200, 3000, NULL, "one for each condition",
     AT(temperatures)},
    {"pressures", VT_LIST, "Pa", "1,1,2,1.25,2,2,2 GPa", 1e5, 1e11, NULL, "one for each condition, or one for all",
     AT(pressures)},
    {"times", VT_LIST, "s", "300,300,900,36000,36000,36000,36000 s", 1e-3, 1e9, NULL,
     "one for each condition, or one for all", AT(times)},
    {"diameters", VT_LIST, "m", "10,20,40,60,80,100,120,160,200,250 nm", 1e-9, 5e-5, NULL, "pores of each condition",
     AT(diameters)},
    {"scatter", VT_REAL, "1", "0.12", 0, 0.5, NULL, "relative standard deviation between wires of a pore diameter",
     AT(scatter)},
    {"count", VT_INT, NULL, "12", 1, 100000, NULL, "wires measured of each diameter", AT(count)},
    {"pore_error", VT_REAL, "1", "0.03", 0, 0.5, NULL, "relative standard deviation of true from stated diameter",
     AT(pore_error)},
    {"imprint", VT_REAL, "1", "0.2", 0, 1, NULL, "imprint of the prepress over the diameter", AT(imprint)},
    {"pressure_error", VT_REAL, "1", "0", 0, 0.5, NULL, "relative standard deviation of the gauge, one draw for all",
     AT(pressure_error)},
    {"mode", VT_CHOICE, NULL, "additive", 0, 0, "additive|fastest", "how the two mechanisms work together", AT(mode)},
    {"entrance", VT_CHOICE, NULL, "no", 0, 0, "no|yes", "pores have an entrance (additive mode)", AT(entrance)},
    VT_PARAM_END};

/* Reference set of procedures 10.3, for runs without an alloy card. */
static const vt_transport_law REFERENCE = {
    .viscosity = {.T_ref = 590.15,
                  .ln_eta_ref = 21.236688086559667, /* ln 1.671e9 */
                  .D = 13.18,
                  .T0 = 415.56,
                  .Tk = 560.65,
                  .Qg = 0.884 * VT_ELECTRONVOLT},
    .mobility = {.X_ref = 1.272e-26, .T_ref = 590.15, .Q = 1.58 * VT_ELECTRONVOLT},
    .Omega = 1.233e-29,
    .prefactor = VT_MOLDING_PREFACTOR_PAPER};

static vt_status truth_law(const vt_job *job, vt_transport_law *law, vt_error *err)
{
    double eta, kink, Qg;
    const vt_card *card = job->alloy;
    *law = REFERENCE;
    if (!card) return VT_OK;
    vt_status st;
    const char *T_key = vt_card_find(card, "reference_temperature") ? "reference_temperature" : "glass_transition";
    VT_TRY(st = vt_card_value(card, T_key, &law->viscosity.T_ref, err));
    VT_TRY(st = vt_card_value(card, "vft_viscosity_at_reference", &eta, err));
    VT_TRY(st = vt_card_value(card, "vft_strength", &law->viscosity.D, err));
    VT_TRY(st = vt_card_value(card, "vft_T0", &law->viscosity.T0, err));
    VT_TRY(st = vt_card_value(card, "interface_mobility_at_reference", &law->mobility.X_ref, err));
    VT_TRY(st = vt_card_value(card, "interface_activation_energy", &law->mobility.Q, err));
    VT_TRY(st = vt_card_value(card, "atomic_volume", &law->Omega, err));
    law->mobility.T_ref = law->viscosity.T_ref;
    law->viscosity.ln_eta_ref = log(eta);
    const bool glass = vt_card_value(card, "kink_temperature", &kink, NULL) == VT_OK &&
                       vt_card_value(card, "glass_activation_energy", &Qg, NULL) == VT_OK;
    law->viscosity.Tk = glass ? kink : 0.0;
    law->viscosity.Qg = glass ? Qg : 0.0;
    if (vt_card_value(card, "viscosity_prefactor", &law->prefactor, NULL) != VT_OK)
        law->prefactor = VT_MOLDING_PREFACTOR_PAPER;
done:
    return st;
}

struct record {
    size_t n;
    double *v; /* 8 columns of n */
};
enum { T, PRESSURE, TIME, DIAMETER, LENGTH, SD, COUNT, IMPRINT, COLUMNS };

/* True length at one condition and diameter, imprint included. */
static vt_status true_length(const vti_mold_truth *p, const double ab[2], double d, double L0, double *L, vt_error *err)
{
    vt_status st = p->entrance && p->mode == 0
                       ? vt_molding_length_entrance(ab, 1, &d, L, err)
                       : vt_molding_length(p->mode ? VT_MOLDING_FASTEST : VT_MOLDING_ADDITIVE, ab, 1, &d, L, NULL, err);
    return st == VT_OK ? vt_molding_add_imprint(1, L, &L0, L, err) : st;
}

/* Wires of one pore diameter: mean and standard deviation of what is measured. */
static void measure(const vti_mold_truth *p, double L, vt_stream *s, double *mean, double *sd)
{
    double m = 0.0, S = 0.0;
    for (long i = 1; i <= p->count; i++) {
        double x = L * (1.0 + p->scatter * vt_stream_normal(s));
        if (!(x > 0.05 * L)) x = 0.05 * L; /* a wire has a length; 8 standard deviations off at 12 % */
        const double d = x - m;
        m += d / (double)i;
        S += d * (x - m);
    }
    *mean = m;
    *sd = p->count > 1 ? sqrt(S / (double)(p->count - 1)) : NAN;
}

static vt_status condition(const vt_job *job, const vt_transport_law *law, size_t k, double gauge, struct record *r,
                           vt_error *err)
{
    const vti_mold_truth *p = job->params;
    const size_t n = p->diameters.n;
    const double temperature = p->temperatures.x[k], pressure = p->pressures.x[p->pressures.n > 1 ? k : 0];
    const double time = p->times.x[p->times.n > 1 ? k : 0];
    double ab[2];
    vt_molding_condition c = {
        .prefactor = law->prefactor, .Omega = law->Omega, .T = temperature, .impulse = pressure * (1.0 + gauge) * time};
    vt_status st = vt_viscosity_eta(&law->viscosity, 1, &temperature, &c.eta, err);
    if (st == VT_OK) st = vt_arrhenius_value(&law->mobility, 1, &temperature, &c.mobility, err);
    if (st == VT_OK) st = vt_molding_coefficients(&c, &ab[0], &ab[1], err);
    for (size_t i = 0; st == VT_OK && i < n; i++) {
        const size_t row = k * n + i;
        vt_stream s; /* a row keeps its wires when rows are added */
        vt_stream_init(&s, job->common.seed, vt_stream_purpose("molding/length"), row);
        const double nominal = p->diameters.x[i], d = nominal * exp(p->pore_error * vt_stream_normal(&s));
        double L;
        st = true_length(p, ab, d, p->imprint * nominal, &L, err);
        if (st != VT_OK) return st;
        double *v = r->v + row;
        v[T * r->n] = temperature;
        v[PRESSURE * r->n] = pressure;
        v[TIME * r->n] = time;
        v[DIAMETER * r->n] = nominal;
        v[COUNT * r->n] = (double)p->count;
        v[IMPRINT * r->n] = p->imprint * nominal;
        measure(p, L, &s, &v[LENGTH * r->n], &v[SD * r->n]);
    }
    return st;
}

static vt_status write(const vti_mold_truth *p, struct record *r, vt_table *t, vt_error *err)
{
    static const vti_shown_column COLUMN[COLUMNS] = {
        [T] = {"temperature", "degC", "K"},   [PRESSURE] = {"pressure", "GPa", "Pa"},   [TIME] = {"time", "s", "s"},
        [DIAMETER] = {"diameter", "nm", "m"}, [LENGTH] = {"length", "nm", "m"},         [SD] = {"length_sd", "nm", "m"},
        [COUNT] = {"count", "1", "1"},        [IMPRINT] = {"imprint_length", "nm", "m"}};
    const size_t n = r->n;
    vt_status st = VT_OK;
    if (p->alloy[0]) VT_TRY(st = vt_table_add_meta(t, "alloy", p->alloy, 0, err));
    for (size_t k = 0; k < COLUMNS; k++)
        if (k != SD || p->count > 1) VT_TRY(st = vti_add_shown(t, &COLUMN[k], 0.0, n, r->v + k * n, err));
done:
    return st;
}

static vt_status check(const vti_mold_truth *p, vt_error *err)
{
    const size_t nc = p->temperatures.n;
    if (nc == 0 || p->diameters.n == 0) return vt_fail(err, VT_EARG, "temperatures and diameters must not be empty");
    if (p->pressures.n != nc && p->pressures.n != 1)
        return vt_fail(err, VT_ESHAPE, "%zu pressures for %zu temperatures; give one, or one for each", p->pressures.n,
                       nc);
    if (p->times.n != nc && p->times.n != 1)
        return vt_fail(err, VT_ESHAPE, "%zu times for %zu temperatures; give one, or one for each", p->times.n, nc);
    return VT_OK;
}

vt_status vti_mold_simulate(const vt_job *job, vt_table *record, vt_error *err)
{
    const vti_mold_truth *p = job ? job->params : NULL;
    if (!p || !record) return vt_fail(err, VT_EARG, "job, parameters or table is NULL");
    vt_transport_law law;
    vt_status st = check(p, err);
    if (st == VT_OK) st = truth_law(job, &law, err);
    if (st != VT_OK) return st;
    vt_stream s;
    vt_stream_init(&s, job->common.seed, vt_stream_purpose("molding/gauge"), 0);
    const double gauge = p->pressure_error * vt_stream_normal(&s);
    struct record r = {.n = p->temperatures.n * p->diameters.n};
    r.v = calloc(COLUMNS * r.n, sizeof *r.v);
    if (!r.v) return vt_fail(err, VT_EMEMORY, "%zu rows", r.n);
    for (size_t k = 0; st == VT_OK && k < p->temperatures.n; k++) st = condition(job, &law, k, gauge, &r, err);
    if (st == VT_OK) st = write(p, &r, record, err);
    free(r.v);
    return st;
}
