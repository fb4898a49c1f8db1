/* The viscosity as a thermometer: law, temperatures, what is uncertain of all of them alike (P05, route i). */
#include "experiment/experiment_internal.h"
#include "heating_internal.h"
#include <math.h>
#include <vitrum/joule.h>

/* u of ln eta by the law at T, from the card: its constants may be correlated. */
static double card_u(const vti_heating_run *run, double T)
{
    static const char *const KEY[3] = {"vft_viscosity_at_reference", "vft_strength", "vft_T0"};
    const vti_heating_params *p = &run->par;
    const double a = T - p->vft_T0, b = p->reference_temperature - p->vft_T0;
    const double by[3] = {1.0 / p->vft_viscosity_at_reference, p->vft_T0 * (1.0 / a - 1.0 / b),
                          p->vft_strength * (1.0 / a - 1.0 / b) +
                              p->vft_strength * p->vft_T0 * (1.0 / (a * a) - 1.0 / (b * b))};
    double u2 = 0.0;
    if (!run->job->alloy) return 0.0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            const vt_constant *c = vt_card_find(run->job->alloy, KEY[i]);
            double cov = vt_card_covariance(run->job->alloy, KEY[i], KEY[j]);
            if (i == j && c && c->u > 0.0) cov = c->u * c->u;
            if (isfinite(cov)) u2 += by[i] * by[j] * cov;
        }
    return u2 > 0.0 ? sqrt(u2) : 0.0;
}

vt_status vti_heating_law(vti_heating_run *run, vt_error *err)
{
    vti_heating_params *p = &run->par;
    const vti_known known[] = {
        {.param = "vft_T0", .key = "vft_T0", .to = &p->vft_T0},
        {.param = "vft_strength", .key = "vft_strength", .to = &p->vft_strength},
        {.param = "vft_viscosity_at_reference",
         .key = "vft_viscosity_at_reference",
         .to = &p->vft_viscosity_at_reference},
        {.param = "reference_temperature", .key = "reference_temperature", .to = &p->reference_temperature},
        {.param = "crystallization_onset", .key = "crystallization_onset", .to = &p->crystallization_onset}};
    const size_t n = sizeof known / sizeof *known;
    vt_status st = vti_known_constants(run->job, VTI_HEATING_PARAMS, n, known, run->result, err);
    if (st != VT_OK) return st;
    bool wanted = false;
    for (size_t i = 0; i < run->n; i++) wanted = wanted || isfinite(run->row[i].eta);
    if (!wanted) return VT_OK;
    for (size_t i = 0; i < 4; i++)
        if (!isfinite(*known[i].to))
            return vt_fail(err, VT_EREFERENCE,
                           "%s of the glass is needed to take its viscosity for a thermometer; set it, or name an "
                           "alloy that has it with --alloy",
                           known[i].param);
    st = vt_vft_init(&run->law, p->vft_viscosity_at_reference, p->reference_temperature, p->vft_strength, p->vft_T0,
                     err);
    run->has_law = st == VT_OK;
    return st;
}

static vt_status temperature(const vti_heating_run *run, double eta, double share, double *T, double *f, vt_error *err)
{
    const vt_joule_rod rod = {
        .T_grip = run->par.grip_temperature, .end_share = share, .kappa_slope = run->par.conductivity_slope};
    return vt_joule_thermometer(&run->law, eta, &rod, T, f, err);
}

/* K: change of the temperature for one of ln eta, by a small step to both sides. As steep as at the temperature found:
 * at that of the uniform wire, some K below, a kelvin means more ln eta. */
static vt_status steepness(const vti_heating_run *run, double eta, double share, double *by_ln_eta, vt_error *err)
{
    const double h = 1e-3;
    double hot, cold;
    vt_status st = temperature(run, eta * exp(-h), share, &hot, NULL, err);
    if (st == VT_OK) st = temperature(run, eta * exp(h), share, &cold, NULL, err);
    if (st == VT_OK) *by_ln_eta = (hot - cold) / (2.0 * h);
    return st;
}

vt_status vti_heating_temperatures(const vti_heating_run *run, vti_heating_row *r, vt_error *err)
{
    double f;
    r->T[VTI_ROUTE_MARKER] = r->T_marker;
    r->T[VTI_ROUTE_UNIFORM] = r->T[VTI_ROUTE_PROFILE] = NAN;
    if (!isfinite(r->eta)) return VT_OK;
    vt_status st = temperature(run, r->eta, 1.0, &r->T[VTI_ROUTE_UNIFORM], &f, err);
    if (st == VT_OK) st = temperature(run, r->eta, run->par.end_share, &r->T[VTI_ROUTE_PROFILE], &r->f, err);
    for (int k = VTI_ROUTE_UNIFORM; k <= VTI_ROUTE_PROFILE && st == VT_OK; k++) {
        st = steepness(run, r->eta, k == VTI_ROUTE_UNIFORM ? 1.0 : run->par.end_share, &r->by_ln_eta[k], err);
        r->u_own[k] = run->par.viscosity_scatter * r->by_ln_eta[k];
    }
    return st;
}

vt_status vti_heating_shared_u(const vti_heating_run *run, const vti_heating_row *r, vti_heating_route route,
                               vti_heating_shared *u, vt_error *err)
{
    const vti_heating_params *p = &run->par;
    *u = (vti_heating_shared){0.0, 0.0, 0.0};
    if (route == VTI_ROUTE_MARKER) {
        u->law = p->marker_u;
        return VT_OK;
    }
    const double by_ln_eta = r->by_ln_eta[route];
    u->viscosity = p->viscosity_u * by_ln_eta;
    u->law = hypot(p->law_temperature_u, card_u(run, r->T[route]) * by_ln_eta);
    if (route == VTI_ROUTE_UNIFORM) return VT_OK;
    /* Rectangular over the shares that are possible: the spread of its ends over 2 sqrt(3). */
    double low = NAN, high = NAN;
    vt_status st = temperature(run, r->eta, fmax(0.0, p->end_share - p->end_share_half_width), &high, NULL, err);
    if (st == VT_OK) st = temperature(run, r->eta, fmin(1.0, p->end_share + p->end_share_half_width), &low, NULL, err);
    u->ends = fabs(high - low) / (2.0 * sqrt(3.0));
    return st;
}

vt_status vti_heating_line(const vti_heating_run *run, size_t from, size_t to, vti_heating_route route,
                           vti_heating_fit *fit, vt_error *err)
{
    double *x = run->scratch, *y = x + run->n, *ux = y + run->n, *uy = ux + run->n;
    double low = INFINITY, high = 0.0, mean = 0.0, T = 0.0, u2 = 0.0;
    *fit = (vti_heating_fit){0};
    for (size_t i = from; i < to; i++) {
        const vti_heating_row *r = &run->row[i];
        if (!isfinite(r->T[route])) continue;
        const size_t k = fit->n++;
        x[k] = r->P;
        y[k] = r->T[route];
        ux[k] = run->par.power_u * r->P;
        uy[k] = route == VTI_ROUTE_MARKER ? run->par.marker_u : r->u_own[route];
        low = fmin(low, r->P);
        high = fmax(high, r->P);
        mean += r->P;
        T += y[k];
        u2 += uy[k] * uy[k];
    }
    if (fit->n == 0) return VT_OK;
    const double n = (double)fit->n;
    fit->P = mean / n;
    fit->T = T / n;
    fit->u_T = sqrt(u2) / n;
    fit->line = fit->n >= 2 && high > 1.01 * low && ux[0] + uy[0] > 0.0;
    if (!fit->line) return VT_OK;
    const vt_xy_data data = {.n = fit->n, .x = x, .y = y, .ux = ux, .uy = uy};
    vt_york_fit york;
    const vt_status st = vt_york_line(&data, &york, err);
    if (st != VT_OK) return st;
    /* Scatter beyond what the readings are said to have counts as theirs. */
    const double scale = york.nu > 0 && york.p_value < 0.05 ? sqrt(york.chi2 / (double)york.nu) : 1.0;
    const double var =
        york.u_intercept * york.u_intercept + 2.0 * fit->P * york.cov + fit->P * fit->P * york.u_slope * york.u_slope;
    fit->slope = york.slope;
    fit->u_slope = scale * york.u_slope;
    fit->T = york.intercept + york.slope * fit->P;
    fit->u_T = scale * sqrt(fmax(var, 0.0));
    return VT_OK;
}
