/* The transport constants of an alloy card as correlated random variables. */
#include "process/forecast_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <vitrum/constants.h>

static const struct {
    const char *key;
    bool log;
} ROW[VTI_IN_LAW] = {[VTI_IN_ETA] = {"vft_viscosity_at_reference", true},
                     [VTI_IN_D] = {"vft_strength", false},
                     [VTI_IN_T0] = {"vft_T0", false},
                     [VTI_IN_TK] = {"kink_temperature", false},
                     [VTI_IN_QG] = {"glass_activation_energy", false},
                     [VTI_IN_MOBILITY] = {"interface_mobility_at_reference", true},
                     [VTI_IN_QI] = {"interface_activation_energy", false},
                     [VTI_IN_OMEGA] = {"atomic_volume", true},
                     [VTI_IN_TAU] = {"relaxation_time_at_reference", true}};

static bool on_card(const vt_job *job, const char *key)
{
    return job->alloy && vt_card_find(job->alloy, key);
}

static vt_status take(const vt_job *job, vt_result *result, vti_law *law, size_t i, const char *key, vt_error *err)
{
    vt_quantity q;
    const vt_status st = vt_job_constant(job, result, key, &q, err);
    if (st != VT_OK) return st;
    vti_input *in = &law->input[i];
    in->log = ROW[i].log;
    in->x = in->log ? log(q.value) : q.value;
    in->u = in->log ? q.u / q.value : q.u;
    snprintf(in->key, sizeof in->key, "%s", key);
    return VT_OK;
}

static vt_status read_viscosity(const vt_job *job, vt_result *result, vti_law *law, vt_error *err)
{
    vt_quantity q;
    vt_status st = VT_OK;
    law->T_ref = INFINITY;
    if (on_card(job, "vft_viscosity_at_reference") || !on_card(job, "vft_prefactor")) {
        const char *key = on_card(job, "reference_temperature") ? "reference_temperature" : "glass_transition";
        st = vt_job_constant(job, result, key, &q, err);
        if (st == VT_OK) law->T_ref = q.value;
        if (st == VT_OK) st = take(job, result, law, VTI_IN_ETA, "vft_viscosity_at_reference", err);
    } else {
        st = take(job, result, law, VTI_IN_ETA, "vft_prefactor", err);
    }
    if (st == VT_OK) st = take(job, result, law, VTI_IN_D, "vft_strength", err);
    if (st == VT_OK) st = take(job, result, law, VTI_IN_T0, "vft_T0", err);
    law->kink = on_card(job, "kink_temperature") && on_card(job, "glass_activation_energy");
    if (st == VT_OK && law->kink) st = take(job, result, law, VTI_IN_TK, "kink_temperature", err);
    if (st == VT_OK && law->kink) st = take(job, result, law, VTI_IN_QG, "glass_activation_energy", err);
    return st;
}

/* Omega: on the card, or from molar mass and density. */
static vt_status read_atomic_volume(const vt_job *job, vt_result *result, vti_law *law, vt_error *err)
{
    if (on_card(job, "atomic_volume") || !on_card(job, "molar_mass") || !on_card(job, "density"))
        return take(job, result, law, VTI_IN_OMEGA, "atomic_volume", err);
    vt_quantity M, rho;
    vt_status st = vt_job_constant(job, result, "molar_mass", &M, err);
    if (st == VT_OK) st = vt_job_constant(job, result, "density", &rho, err);
    if (st != VT_OK) return st;
    law->input[VTI_IN_OMEGA] = (vti_input){.key = "atomic_volume",
                                           .log = true,
                                           .x = log(M.value / (rho.value * VT_AVOGADRO)),
                                           .u = hypot(M.u / M.value, rho.u / rho.value)};
    return VT_OK;
}

static vt_status read_diffusion(const vt_job *job, vt_result *result, vti_law *law, vt_error *err)
{
    static const char *const NEEDED[] = {"interface_mobility_at_reference", "interface_activation_energy"};
    for (size_t i = 0; i < 2; i++)
        if (!on_card(job, NEEDED[i]))
            return vt_result_warn(
                result, err, "W_NO_DIFFUSION",
                "the card of %s has no %s: interface diffusion, and with it the length of narrow wires "
                "and the critical diameter, cannot be given",
                vt_card_alloy(job->alloy), NEEDED[i]);
    vt_status st = take(job, result, law, VTI_IN_MOBILITY, "interface_mobility_at_reference", err);
    if (st == VT_OK) st = take(job, result, law, VTI_IN_QI, "interface_activation_energy", err);
    if (st == VT_OK) st = read_atomic_volume(job, result, law, err);
    law->diffusion = st == VT_OK;
    return st;
}

/* The mobility is given at the reference temperature; where the viscosity is given by its limit, at Tg. */
static vt_status read_conventions(const vt_job *job, double prefactor, vt_result *result, vti_law *law, vt_error *err)
{
    vt_quantity q;
    vt_status st = VT_OK;
    law->Tg = NAN;
    if (on_card(job, "glass_transition")) {
        st = vt_job_constant(job, result, "glass_transition", &q, err);
        if (st == VT_OK) law->Tg = q.value;
    }
    law->relaxation = on_card(job, "relaxation_time_at_reference") && law->Tg > 0.0;
    if (st == VT_OK && law->relaxation) st = take(job, result, law, VTI_IN_TAU, "relaxation_time_at_reference", err);
    law->prefactor = prefactor;
    if (st != VT_OK || prefactor > 0.0) return st;
    if (on_card(job, "viscosity_prefactor")) {
        st = vt_job_constant(job, result, "viscosity_prefactor", &q, err);
        if (st == VT_OK) law->prefactor = q.value;
        return st;
    }
    law->prefactor = 16.0;
    return vt_result_warn(result, err, "W_PREFACTOR",
                          "the card of %s does not say whether its viscosity goes with the prefactor 32 or 16; 16, the "
                          "integrated law, is used",
                          vt_card_alloy(job->alloy));
}

/* Covariance of x: the card's is of plain values. */
static void fill_covariance(const vt_job *job, vti_law *law)
{
    for (size_t i = 0; i < VTI_IN_LAW; i++)
        for (size_t j = 0; j < VTI_IN_LAW; j++) {
            const vti_input *a = &law->input[i], *b = &law->input[j];
            double c = 0.0;
            if (i == j)
                c = a->u * a->u;
            else if (a->u > 0.0 && b->u > 0.0)
                c = vt_card_covariance(job->alloy, a->key, b->key);
            if (i != j && a->log) c /= exp(a->x);
            if (i != j && b->log) c /= exp(b->x);
            law->cov[i * VTI_INPUTS + j] = c;
            if (i != j && c != 0.0) law->correlated[i] = true;
        }
}

/* What the card gives without uncertainty counts as exact, which is said. */
static vt_status warn_exact(const vt_job *job, const vti_law *law, vt_result *result, vt_error *err)
{
    char keys[256] = "";
    size_t n = 0;
    for (size_t i = 0; i < VTI_IN_LAW; i++) {
        const vti_input *in = &law->input[i];
        const bool convention = i == VTI_IN_OMEGA || i == VTI_IN_TAU;
        if (!in->key[0] || in->u > 0.0 || convention || n >= sizeof keys) continue;
        n += (size_t)snprintf(keys + n, sizeof keys - n, "%s%s", n ? ", " : "", in->key);
    }
    if (!n) return VT_OK;
    return vt_result_warn(result, err, "W_NO_UNCERTAINTY",
                          "the card of %s gives no uncertainty of %s: taken as exact, so intervals are too narrow",
                          vt_card_alloy(job->alloy), keys);
}

vt_status vti_law_read(const vt_job *job, double prefactor, vt_result *result, vti_law *law, vt_error *err)
{
    vti_law out = {.n = VTI_IN_LAW};
    vt_status st;
    VT_TRY(st = read_viscosity(job, result, &out, err));
    VT_TRY(st = read_conventions(job, prefactor, result, &out, err));
    VT_TRY(st = read_diffusion(job, result, &out, err));
    if (out.diffusion && isinf(out.T_ref) && !(out.Tg > 0.0)) {
        st = vt_fail(err, VT_EREFERENCE, "the card of %s has no glass_transition, where its interface mobility holds",
                     vt_card_alloy(job->alloy));
        goto done;
    }
    VT_TRY(st = warn_exact(job, &out, result, err));
    fill_covariance(job, &out);
    *law = out;
done:
    return st;
}

vt_status vti_law_add(vti_law *law, const char *key, double value, double u, bool log_scale, size_t *index,
                      vt_error *err)
{
    if (law->n >= VTI_INPUTS) return vt_fail(err, VT_ELIMIT, "input '%s': more than %d", key, VTI_INPUTS);
    const size_t i = law->n++;
    vti_input *in = &law->input[i];
    *in = (vti_input){.log = log_scale, .x = log_scale ? log(value) : value, .u = log_scale ? u / value : u};
    snprintf(in->key, sizeof in->key, "%s", key);
    law->cov[i * VTI_INPUTS + i] = in->u * in->u;
    *index = i;
    return VT_OK;
}

vt_status vti_law_factor(vti_law *law, vt_error *err)
{
    double *L = law->factor;
    memset(law->factor, 0, sizeof law->factor);
    for (size_t i = 0; i < law->n; i++) {
        if (!(law->input[i].u > 0.0)) continue;
        for (size_t j = 0; j <= i; j++) {
            if (!(law->input[j].u > 0.0)) continue;
            double sum = law->cov[i * VTI_INPUTS + j];
            for (size_t k = 0; k < j; k++) sum -= L[i * VTI_INPUTS + k] * L[j * VTI_INPUTS + k];
            if (j < i) {
                const double d = L[j * VTI_INPUTS + j];
                L[i * VTI_INPUTS + j] = d > 0.0 ? sum / d : 0.0;
                continue;
            }
            /* A fit may leave a direction exactly determined: rounding below that is nothing. */
            const double scale = law->cov[i * VTI_INPUTS + i];
            if (!(sum > -1e-8 * scale))
                return vt_fail(err, VT_EILLCOND, "the covariance of the card is not positive definite at %s",
                               law->input[i].key);
            L[i * VTI_INPUTS + i] = sum > 0.0 ? sqrt(sum) : 0.0;
        }
    }
    return VT_OK;
}

void vti_law_best(const vti_law *law, double *x)
{
    for (size_t i = 0; i < law->n; i++) x[i] = law->input[i].x;
}

void vti_law_draw(const vti_law *law, vt_stream *stream, double *x)
{
    double z[VTI_INPUTS];
    for (size_t i = 0; i < law->n; i++) z[i] = law->input[i].u > 0.0 ? vt_stream_normal(stream) : 0.0;
    for (size_t i = 0; i < law->n; i++) {
        x[i] = law->input[i].x;
        for (size_t k = 0; k <= i; k++) x[i] += law->factor[i * VTI_INPUTS + k] * z[k];
    }
}

vt_viscosity vti_law_viscosity(const vti_law *law, const double *x)
{
    return (vt_viscosity){.T_ref = law->T_ref,
                          .ln_eta_ref = x[VTI_IN_ETA],
                          .D = x[VTI_IN_D],
                          .T0 = x[VTI_IN_T0],
                          .Tk = law->kink ? x[VTI_IN_TK] : 0.0,
                          .Qg = law->kink ? x[VTI_IN_QG] : 0.0};
}

vt_arrhenius vti_law_mobility(const vti_law *law, const double *x)
{
    return (vt_arrhenius){
        .X_ref = exp(x[VTI_IN_MOBILITY]), .T_ref = isinf(law->T_ref) ? law->Tg : law->T_ref, .Q = x[VTI_IN_QI]};
}
