/* vitrum predict molding: the descriptor and the run. */
#include "process/molding/molding_internal.h"
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define AT(field) offsetof(vti_forming_settings, field)

static const vt_param PARAMS[] = {
    {"temperature", VT_REAL, "K", NULL, 273.15, 1500.0, NULL, "temperature of the mold", AT(temperature)},
    {"pressure", VT_REAL, "Pa", NULL, 1e5, 2e10, NULL, "pressure, constant over the time", AT(pressure)},
    {"time", VT_REAL, "s", NULL, 1e-3, 1e8, NULL, "time under pressure", AT(time)},
    {"diameter", VT_REAL, "m", NULL, 1e-9, 1e-3, NULL, "diameter of the pore", AT(diameter)},
    {"length", VT_REAL, "m", "", 1e-9, 1.0, NULL, "wanted length: the time to it is forecast", AT(length)},
    {"imprint", VT_REAL, "m", "0 nm", 0.0, 1e-3, NULL, "length that the prepress left in the pore", AT(imprint)},
    {"template_thickness", VT_REAL, "m", "", 1e-9, 1.0, NULL, "thickness of the template", AT(template_thickness)},
    {"surface_tension", VT_REAL, "N m-1", "", 0.01, 10.0, NULL, "surface tension; that of the card if not given",
     AT(surface_tension)},
    {"contact_angle", VT_REAL, "rad", "", 0.0, 3.1415926535897932, NULL,
     "contact angle on the wall (120 deg); that of the card if not given", AT(contact_angle)},
    {"capillary", VT_FLAG, NULL, "no", 0, 0, NULL, "add the capillary pressure to the pressure", AT(capillary)},
    {"prefactor", VT_CHOICE, NULL, "card", 0, 0, "card|32|16",
     "convention that the viscosity goes with: as the card says, mean speed (32), integrated (16)", AT(prefactor)},
    {"temperature_u", VT_REAL, "K", "0 K", 0.0, 50.0, NULL, "standard uncertainty of the temperature",
     AT(temperature_u)},
    {"pressure_u", VT_REAL, "1", "0", 0.0, 0.5, NULL, "relative standard uncertainty of the pressure", AT(pressure_u)},
    {"diameter_u", VT_REAL, "1", "0", 0.0, 0.5, NULL, "relative standard uncertainty of the diameter", AT(diameter_u)},
    VT_PARAM_END};

static const vt_output OUTPUTS[] = {
    {"length", "L", "m", "length of the wire: paper (fastest mechanism), physics (both at once)"},
    {"viscous_length", "L_col", "m", "length by viscous flow alone"},
    {"interface_length", "L_ind", "m", "length by interface diffusion alone"},
    {"length_with_entrance", "L_e", "m", "length with the resistance of the pore's entrance"},
    {"time_to_length", "t_L", "s", "time to the wanted length"},
    {"viscosity", "eta", "Pa s", "viscosity at the temperature"},
    {"interface_mobility", "delta D_I", "m3 s-1", "interface thickness times diffusivity at the temperature"},
    {"critical_diameter", "d_c", "m", "below it interface diffusion leads, above it viscous flow"},
    {"minimum_diameter", "d_min", "m", "diameter of the shortest wire"},
    {"viscous_share", "f", "1", "share of viscous flow in the squared length"},
    {"wall_stress", "tau_w", "Pa", "shear stress at the wall at the end"},
    {"time_over_relaxation_time", "t/tau_B", "1", "time over the bulk relaxation time"},
    {"capillary_pressure", "p_c", "Pa", "capillary pressure; positive helps"},
    {"crystallization_consumed", "U", "1", "share of the time to crystallization that is used"},
    VT_OUTPUT_END};

static vt_status add_surface(vti_forming_run *run, const char *key, double given, bool log_scale, size_t *index,
                             vt_error *err)
{
    vt_quantity q;
    *index = VTI_ABSENT;
    if (!isnan(given)) return vti_law_add(&run->law, key, given, 0.0, log_scale, index, err);
    if (!vt_card_find(run->job->alloy, key)) return VT_OK;
    const vt_status st = vt_job_constant(run->job, run->result, key, &q, err);
    return st == VT_OK ? vti_law_add(&run->law, key, q.value, q.u, log_scale, index, err) : st;
}

/* The settings as inputs with their uncertainty. */
static vt_status add_settings(vti_forming_run *run, vt_error *err)
{
    const vti_forming_settings *s = run->set;
    vti_law *law = &run->law;
    vt_status st;
    VT_TRY(st = vti_law_add(law, "temperature", s->temperature, s->temperature_u, false, &run->T, err));
    VT_TRY(st = vti_law_add(law, "pressure", s->pressure, s->pressure_u * s->pressure, true, &run->p, err));
    VT_TRY(st = vti_law_add(law, "diameter", s->diameter, s->diameter_u * s->diameter, true, &run->d, err));
    VT_TRY(st = add_surface(run, "surface_tension", s->surface_tension, true, &run->gamma, err));
    VT_TRY(st = add_surface(run, "contact_angle", s->contact_angle, false, &run->theta, err));
    if (s->capillary && (run->gamma == VTI_ABSENT || run->theta == VTI_ABSENT))
        st = vt_fail(err, VT_EREFERENCE,
                     "capillary=yes needs surface_tension and contact_angle; give them with --set or on the card");
done:
    return st;
}

static vt_status propagate(vti_forming_run *run, vt_error *err)
{
    static const bool POSITIVE[VTI_OUT_COUNT] = {
        [VTI_OUT_LENGTH_PAPER] = true, [VTI_OUT_LENGTH] = true, [VTI_OUT_VISCOUS] = true,    [VTI_OUT_INTERFACE] = true,
        [VTI_OUT_ENTRANCE] = true,     [VTI_OUT_ETA] = true,    [VTI_OUT_MOBILITY] = true,   [VTI_OUT_CRITICAL] = true,
        [VTI_OUT_MINIMUM] = true,      [VTI_OUT_TIME] = true,   [VTI_OUT_TIME_PAPER] = true, [VTI_OUT_STRESS] = true,
        [VTI_OUT_RELAXED] = true};
    /* Ten draws a replicate: a draw costs a thousandth of a refit, and JCGM 101 wants 2e4. */
    run->draws = 10 * (size_t)run->job->common.replicates;
    run->sample = malloc(VTI_OUT_COUNT * run->draws * sizeof *run->sample);
    if (!run->sample) return vt_fail(err, VT_EMEMORY, "no memory for %zu draws", run->draws);
    const vti_forecast f = {.law = &run->law,
                            .f = vti_forming_outputs,
                            .ctx = run,
                            .m = VTI_OUT_COUNT,
                            .positive = POSITIVE,
                            .draws = run->draws,
                            .seed = run->job->common.seed,
                            .purpose = "process/molding",
                            .level = run->job->common.level,
                            .threads = (int)run->job->common.threads};
    return vti_forecast_propagate(&f, run->out, run->sample, err);
}

static vt_status check_settings(const vti_forming_settings *s, vt_error *err)
{
    if (s->length <= s->imprint)
        return vt_fail(err, VT_ERANGE, "length = %.4g nm must exceed imprint = %.4g nm", 1e9 * s->length,
                       1e9 * s->imprint);
    return VT_OK;
}

static vt_status run_molding(const vt_job *job, vt_result *result, vt_error *err)
{
    static const double PREFACTOR[] = {0.0, 32.0, 16.0};
    vti_forming_run *run = calloc(1, sizeof *run);
    vt_status st;
    if (!run) return vt_fail(err, VT_EMEMORY, "no memory for the forecast");
    run->job = job;
    run->set = job->params;
    run->result = result;
    VT_TRY(st = check_settings(run->set, err));
    VT_TRY(st = vti_law_read(job, PREFACTOR[run->set->prefactor], result, &run->law, err));
    VT_TRY(st = add_settings(run, err));
    VT_TRY(st = vti_law_factor(&run->law, err));
    VT_TRY(st = vti_forming_check(run, err));
    VT_TRY(st = propagate(run, err));
    VT_TRY(st = vti_forming_properties(run, err));
    VT_TRY(st = vti_forming_warnings(run, err));
    VT_TRY(st = vti_forming_crystals(run, err));
    VT_TRY(st = vti_forming_curve(run, err));
done:
    free(run->sample);
    free(run);
    return st;
}

const vt_forecast vti_predict_molding = {
    .kind = VT_PROCESS,
    .name = "molding",
    .summary = "Length, mechanism, time and risk of one nanomolding run",
    .reference = "Liu et al. 2023 (S001), Eqs. 1-3; procedures P08-P12, P17; ledger A1-A6, A10-A13",
    .details =
        "A liquid pressed into a pore moves by viscous flow, L^2 = p t d^2 / (c eta), and along the wall by interface "
        "diffusion, L^2 = 8 delta D_I Omega p t / (k T d). Reading `paper` takes the longer of the two; reading "
        "`physics` "
        "adds their speeds, L^2 = a d^2 + b/d. The constants and their covariance come from the alloy card; every "
        "number "
        "carries first-order and Monte Carlo propagation, and says where it leaves the ground of the laws.",
    .example = "vitrum predict molding --alloy Ni45Pd35P16B4 --set temperature=297degC --set pressure=1.25GPa "
               "--set time=10h --set diameter=40nm --set length=1um",
    .params = PARAMS,
    .params_size = sizeof(vti_forming_settings),
    .outputs = OUTPUTS,
    .run = run_molding,
};
