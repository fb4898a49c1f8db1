/* Budget of single indents: what a calibration says together, and conventions (P18, P19). */
#include "check.h"
#include "experiment/indentation/reduce_internal.h"
#include <math.h>
#include <string.h>

static const vti_indentation_params PAR = {.poisson_ratio = 0.23,
                                           .indenter_modulus = 1141e9,
                                           .indenter_poisson_ratio = 0.07,
                                           .beta = 1.034,
                                           .beta_half_width = 0.025,
                                           .epsilon = VTI_EPSILON_EXPONENT,
                                           .epsilon_half_width = 0.02};
static const vti_contact_reading READING = {.P = 4.3e-3, .h = 217e-9, .S = 61e3, .m = 1.31, .epsilon = NAN, .A = NAN};

static vti_indentation_run calibrated(void)
{
    vti_indentation_run run = {.par = &PAR, .area_source = VTI_AREA_GIVEN, .C_f = 0.4e-6, .u_C_f = 0.07e-6};
    run.area = (vt_area_function){.n = 2, .C = {23.7, 812.0}};
    run.area.cov[0] = 0.21 * 0.21;
    run.area.cov[1] = run.area.cov[VT_AREA_TERMS] = -0.4 * 0.21 * 37.0;
    run.area.cov[VT_AREA_TERMS + 1] = 37.0 * 37.0;
    return run;
}

static void evaluate(const vti_indentation_run *run, const vti_contact_reading *in, vti_indent_value out[])
{
    double epsilon;
    vt_error err = {0};
    CHECK_OK(vti_contact_of(run, in, 0.0, out, &epsilon, &err), &err);
}

/* Values with C_f and C0, C1 moved along a direction d = (dC_f, dC0, dC1): central difference. */
static double moved(const double d[3], int k)
{
    double y[2];
    for (int side = 0; side < 2; side++) {
        vti_indent_value out[VT_CONTACT_OUTPUTS];
        vti_indentation_run run = calibrated();
        const double s = side ? 0.5e-3 : -0.5e-3;
        run.C_f += s * d[0];
        run.area.C[0] += s * d[1];
        run.area.C[1] += s * d[2];
        evaluate(&run, &READING, out);
        y[side] = out[k].value;
    }
    return (y[1] - y[0]) / 1e-3;
}

static void area_and_frame_act_with_their_covariance(void)
{
    vti_indentation_run run = calibrated();
    const double cov_C_f[2] = {0.6 * 0.07e-6 * 0.21, 0.3 * 0.07e-6 * 37.0};
    memcpy(run.cov_C_f, cov_C_f, sizeof cov_C_f);
    const double V[3][3] = {{0.07e-6 * 0.07e-6, cov_C_f[0], cov_C_f[1]},
                            {cov_C_f[0], run.area.cov[0], run.area.cov[1]},
                            {cov_C_f[1], run.area.cov[1], run.area.cov[VT_AREA_TERMS + 1]}};
    vti_indent_value out[VT_CONTACT_OUTPUTS];
    evaluate(&run, &READING, out);
    const int outputs[3] = {VT_CONTACT_MODULUS, VT_CONTACT_HARDNESS, VT_CONTACT_STIFFNESS};
    for (int i = 0; i < 3; i++) {
        const int k = outputs[i];
        /* Steps of a thousandth of each u, so that the difference is that of the line to 1e-6. */
        const double J[3] = {moved((const double[3]){0.07e-6, 0.0, 0.0}, k) / 0.07e-6,
                             moved((const double[3]){0.0, 0.21, 0.0}, k) / 0.21,
                             moved((const double[3]){0.0, 0.0, 37.0}, k) / 37.0};
        double v = 0.0;
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++) v += J[a] * V[a][b] * J[b];
        CHECK_REL(hypot(out[k].part[VTI_IN_AREA], out[k].part[VTI_IN_FRAME]), sqrt(v), 1e-5);
    }
}

/* An error of the load moves along the unloading, a compliance that the fit took off moves all three; central
 * differences of the chain over steps of 1e-4 of the load and of 1/S. */
static void load_and_frame_take_depth_and_stiffness_along(void)
{
    vti_indentation_run run = calibrated();
    vti_contact_reading in = READING, side[2];
    vti_indent_value out[VT_CONTACT_OUTPUTS], y[2][VT_CONTACT_OUTPUTS];
    in.u_P = 2e-6, in.dh_dP = 1.0 / in.S, in.dS_dP = 4.1e6;
    in.dC[0] = 0.04 * in.P, in.dC[1] = -0.03 * in.S * in.S, in.dC[2] = 0.07 * in.S;
    evaluate(&run, &in, out);
    for (int s = 0; s < 2; s++) {
        const double dP = (s ? 1e-4 : -1e-4) * in.P;
        side[s] = in;
        side[s].P += dP, side[s].h += dP * in.dh_dP, side[s].S += dP * in.dS_dP;
        evaluate(&run, &side[s], y[s]);
    }
    for (int k = 0; k < VT_CONTACT_OUTPUTS; k++)
        CHECK_REL(out[k].part[VTI_IN_LOAD_NOISE], in.u_P * (y[1][k].value - y[0][k].value) / (2e-4 * in.P), 1e-4);
    for (int s = 0; s < 2; s++) {
        const double dC = (s ? 1e-4 : -1e-4) / in.S;
        side[s] = in;
        side[s].h += dC * in.dC[0], side[s].S += dC * in.dC[1], side[s].m += dC * in.dC[2];
        run.C_f = 0.4e-6 + dC;
        evaluate(&run, &side[s], y[s]);
    }
    /* Without covariance of frame and area: hypot of the two is that of the frame and the area alone. */
    for (int k = 0; k < VT_CONTACT_OUTPUTS; k++)
        CHECK_REL(out[k].part[VTI_IN_FRAME], 0.07e-6 * (y[1][k].value - y[0][k].value) / (2e-4 / in.S), 1e-4);
}

static void beta_of_the_calibration_cancels_in_moduli_alone(void)
{
    vti_indent_value apart[VT_CONTACT_OUTPUTS], same[VT_CONTACT_OUTPUTS];
    vti_indentation_run run = calibrated();
    evaluate(&run, &READING, apart);
    run.beta_calibrated = true;
    evaluate(&run, &READING, same);
    const double u = 0.025 / 1.034 / sqrt(3.0); /* relative, of beta */
    CHECK_REL(fabs(apart[VT_CONTACT_REDUCED].part[VTI_IN_BETA]), u * apart[VT_CONTACT_REDUCED].value, 1e-12);
    CHECK(apart[VT_CONTACT_HARDNESS].part[VTI_IN_BETA] == 0.0);
    /* E_r = sqrt(pi) S/(2 beta sqrt(A)) with A = (pi/4) (S/(beta E_r))^2 found with the same beta: exactly 0 but for
     * rounding. */
    CHECK_ABS(same[VT_CONTACT_REDUCED].part[VTI_IN_BETA] / same[VT_CONTACT_REDUCED].value, 0.0, 1e-15);
    CHECK_ABS(same[VT_CONTACT_MODULUS].part[VTI_IN_BETA] / same[VT_CONTACT_MODULUS].value, 0.0, 1e-15);
    CHECK_REL(same[VT_CONTACT_HARDNESS].part[VTI_IN_BETA], 2.0 * u * same[VT_CONTACT_HARDNESS].value, 1e-12);
}

static void epsilon_that_is_not_told_is_not_free_of_doubt(void)
{
    vti_indent_value told[VT_CONTACT_OUTPUTS], chosen[VT_CONTACT_OUTPUTS];
    const vti_indentation_run run = calibrated();
    vti_contact_reading without = READING;
    without.m = NAN; /* continuous stiffness, or a row without exponent */
    evaluate(&run, &READING, told);
    evaluate(&run, &without, chosen);
    CHECK(told[VT_CONTACT_DEPTH].part[VTI_IN_EPSILON] == 0.0); /* it is in that of the exponent */
    /* dh_c = -P/S d epsilon, S that of the contact. */
    CHECK_REL(chosen[VT_CONTACT_DEPTH].part[VTI_IN_EPSILON], -4.3e-3 * (1.0 / 61e3 - 0.4e-6) * 0.02 / sqrt(3.0), 1e-12);
}

CHECK_MAIN(CHECK_CASE(area_and_frame_act_with_their_covariance),
           CHECK_CASE(load_and_frame_take_depth_and_stiffness_along),
           CHECK_CASE(beta_of_the_calibration_cancels_in_moduli_alone),
           CHECK_CASE(epsilon_that_is_not_told_is_not_free_of_doubt))
