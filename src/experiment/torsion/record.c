/* From the table to the loading: torque, angle of the wire alone, slips, bins. */
#include "stats/quantile_internal.h"
#include "experiment/experiment_internal.h"
#include "torsion_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/constants.h>

enum { LEAST = 40 };

vt_status vti_torsion_geometry(vti_torsion_run *run, vt_error *err)
{
    const vti_torsion_params *p = run->par;
    vt_torsion_section s;
    double D = p->diameter;
    vt_status st = VT_OK;
    if (p->diameters.n > 0) {
        if ((st = vt_torsion_effective_diameter(p->diameters.n, p->diameters.x, &D, err)) != VT_OK) return st;
    } else if (!(D > 0.0))
        return vt_fail(err, VT_EREFERENCE,
                       "torsion needs the diameter of the wire, to its fourth power: give "
                       "diameter=52um, or diameters=51.8,52.1,...um along the gauge");
    if (p->minor_diameter > D)
        return vt_fail(err, VT_EDOMAIN,
                       "minor_diameter = %g um is above the diameter, %g um: of an ellipse diameter is the larger one",
                       1e6 * p->minor_diameter, 1e6 * D);
    if (p->minor_diameter > 0.0) {
        if ((st = vt_torsion_ellipse(0.5 * D, 0.5 * p->minor_diameter, &s, err)) != VT_OK) return st;
        D = pow(32.0 * s.J / VT_PI, 0.25);
    } else if ((st = vt_torsion_circle(D, &s, err)) != VT_OK)
        return st;
    if (!(p->gauge_length > 0.0))
        return vt_fail(err, VT_EREFERENCE, "torsion needs the twisted length of the wire: give gauge_length=1.7mm");
    run->D = D;
    run->R = 0.5 * D;
    run->L = p->gauge_length;
    run->stress = s.stress;
    return VT_OK;
}

double vti_torsion_torque_u(const vti_torsion_params *p, double T)
{
    const double I = (T - p->torque_zero) / p->torque_constant, K = p->torque_constant_u, zero = p->torque_zero_u;
    return sqrt(fmax(0.0, I * I * K * K + zero * zero + 2.0 * I * p->torque_covariance));
}

static vt_status torque_of(vti_torsion_run *run, const vt_table *t, double *T, vt_error *err)
{
    const double *torque = vti_bound_numbers(t, "torque"), *current = vti_bound_numbers(t, "current");
    const vti_torsion_params *p = run->par;
    const size_t n = vt_table_rows(t);
    if (!torque && !current)
        return vt_fail_at(err, VT_EKEY, vt_table_path(t), 0, 0, "torsion needs a column 'torque' or 'current'");
    if (!torque && !(p->torque_constant > 0.0))
        return vt_fail_at(err, VT_ECAL, vt_table_path(t), 0, 0,
                          "the record has a current, and no torque_constant to make it a torque: give "
                          "torque_constant=VALUE N m/A, from weights on an arm");
    if (fabs(p->torque_covariance) > p->torque_constant_u * p->torque_zero_u * (1.0 + 1e-9))
        return vt_fail(err, VT_ERANGE,
                       "torque_covariance = %g N2 m2/A is above the product of torque_constant_u and torque_zero_u, %g",
                       p->torque_covariance, p->torque_constant_u * p->torque_zero_u);
    run->by_current = !torque && p->torque_constant_u > 0.0;
    for (size_t i = 0; i < n; i++) {
        T[i] = torque ? torque[i] : p->torque_constant * current[i] + p->torque_zero;
        if (!isfinite(T[i]))
            return vt_fail_at(err, VT_ENAN, vt_table_path(t), vt_table_line(t, i), 0, "no %s in this row",
                              torque ? "torque" : "current");
    }
    return VT_OK;
}

/* Three equal readings or more at the maximum, and 1 % of all: the channel was clipped. */
static vt_status check_clipped(const vt_table *t, size_t n, const double *T, vt_error *err)
{
    size_t top = 0, run = 1, at = 0;
    for (size_t i = 1; i < n; i++) top = T[i] > T[top] ? i : top;
    for (at = top; at + 1 < n && T[at + 1] == T[top]; at++) run++;
    if (run < 3 || run < n / 100) return VT_OK;
    return vt_fail_at(err, VT_ESATURATED, vt_table_path(t), vt_table_line(t, top), 0,
                      "%zu readings in a row are the largest torque, %.4g uN m: the channel is clipped", run,
                      1e6 * T[top]);
}

/* Loading only: to the largest angle, and not beyond the last reading of 80 % of the largest torque: then it is broken.
 */
static size_t loading(size_t n, const double *phi, const double *T)
{
    size_t end = 0, last = 0;
    double top = 0.0;
    for (size_t i = 0; i < n; i++) end = phi[i] > phi[end] ? i : end;
    for (size_t i = 0; i <= end; i++) top = fmax(top, T[i]);
    for (size_t i = 0; i <= end; i++) last = T[i] >= 0.8 * top ? i : last;
    return last + 1;
}

/* Rough stiffness, N m/rad: between the first readings of 20 % and of 50 % of the last torque. */
static double rough_stiffness(const vti_torsion_run *run)
{
    const double top = run->T[run->n - 1];
    size_t low = 0, high;
    while (low + 1 < run->n && run->T[low] < 0.2 * top) low++;
    for (high = low; high + 1 < run->n && run->T[high] < 0.5 * top;) high++;
    return (run->T[high] - run->T[low]) / (run->phi[high] - run->phi[low]);
}

enum { NEAR = 4 };

/* Fall of the torque between the readings i - 1 and i: means of NEAR readings on both sides, less what loading adds. */
static double fall_at(const vti_torsion_run *run, size_t i, double step)
{
    double fall = 0.0;
    for (size_t k = 0; k < NEAR; k++) fall += run->T[i - 1 - k] - run->T[i + k];
    return fall / NEAR + step * NEAR;
}

/* A reading that falls below the one before by more than eight times the usual step, and stays there, is a slip of the
 * grip: the wire turns back by fall over stiffness. The angle is corrected; what then lies below the largest angle so
 * far is left out. */
static vt_status slips(vti_torsion_run *run, double *work, vt_error *err)
{
    const size_t n = run->n;
    double shift = 0.0, largest = -INFINITY;
    size_t kept = 0, count = 0;
    for (size_t i = 1; i < n; i++) work[i - 1] = run->T[i] - run->T[i - 1];
    const double step = work[vti_order_quantile(work, n - 1, 0.5)];
    for (size_t i = 1; i < n; i++) work[i - 1] = fabs(run->T[i] - run->T[i - 1] - step);
    const double usual = 1.4826 * work[vti_order_quantile(work, n - 1, 0.5)];
    const double least = fmax(8.0 * usual, 0.005 * run->T[n - 1]), stiffness = rough_stiffness(run);
    for (size_t i = 0; i < n; i++) work[i] = 0.0;
    for (size_t i = NEAR; i + NEAR <= n && stiffness > 0.0; i++)
        if (run->T[i - 1] - run->T[i] > least && fall_at(run, i, step) > 0.7 * least) {
            work[i] = fall_at(run, i, step) / stiffness;
            count++;
        }
    for (size_t i = 0; i < n; i++) {
        shift += work[i];
        const double phi = run->phi[i] - shift;
        if (shift > 0.0 && phi < largest) continue;
        largest = fmax(largest, phi);
        run->phi[kept] = phi;
        run->T[kept++] = run->T[i];
    }
    run->n = kept;
    if (count == 0) return VT_OK;
    return vt_result_warn(run->result, err, "W_SLIP",
                          "the torque falls from one reading to the next in %zu place%s, as if a grip slipped by %.3g "
                          "deg in all: taken out of the angle",
                          count, count == 1 ? "" : "s", shift * 180.0 / VT_PI);
}

/* Torque and angle must grow together. */
static vt_status check_sense(const vti_torsion_run *run, const vt_table *t, vt_error *err)
{
    const size_t n = vt_table_rows(t);
    double both = 0.0, own = 0.0, torque = 0.0;
    for (size_t i = 0; i < n; i++) {
        torque = fmax(torque, fabs(run->T[i] - run->T[0]));
        both += (run->T[i] - run->T[0]) * (run->phi[i] - run->phi[0]);
        own += (run->phi[i] - run->phi[0]) * (run->phi[i] - run->phi[0]);
    }
    if (n < 2 || both > 0.0) return VT_OK;
    if (!(own > 0.0) || !(torque > 0.0))
        return vt_fail(err, VT_ENARROW, "the %s is constant over %zu readings: is it the right column?",
                       own > 0.0 ? "torque" : "angle", n);
    return vt_fail(err, VT_ESIGN, "torque falls with the angle, by %.4g uN m/rad: is one of the signs reversed?",
                   1e6 * both / own);
}

static void make_bins(vti_torsion_run *run)
{
    const size_t bins = run->n < VTI_TORSION_BINS ? run->n : VTI_TORSION_BINS;
    run->bins = bins;
    for (size_t k = 0; k < bins; k++) {
        const size_t i0 = k * run->n / bins, i1 = (k + 1) * run->n / bins;
        double x = 0.0, y = 0.0;
        for (size_t i = i0; i < i1; i++) {
            x += run->phi[i];
            y += run->T[i];
        }
        run->bin_phi[k] = x / (double)(i1 - i0);
        run->bin_T[k] = y / (double)(i1 - i0);
    }
}

vt_status vti_torsion_record(vti_torsion_run *run, const vt_table *t, vt_error *err)
{
    const size_t n = vt_table_rows(t);
    const double *angle = vti_bound_numbers(t, "angle");
    double *work = malloc((n + 1) * sizeof *work), gamma;
    run->phi = malloc((n + 1) * sizeof *run->phi);
    run->T = malloc((n + 1) * sizeof *run->T);
    vt_status st = VT_EMEMORY;
    if (!work || !run->phi || !run->T) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu readings", n);
        goto done;
    }
    VT_TRY(st = torque_of(run, t, run->T, err));
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += angle[i] - angle[0];
    const double sign = sum < 0.0 ? -1.0 : 1.0; /* the other sense of twist */
    for (size_t i = 0; i < n; i++) {
        run->T[i] *= sign;
        VT_TRY(st = vt_torsion_strain(run->D, run->L, angle[i], &gamma, err));
        run->phi[i] = sign * angle[i] - run->par->machine_compliance * run->T[i];
    }
    VT_TRY(st = check_sense(run, t, err));
    st = VT_ESEGMENT_SHORT;
    run->n = n > 0 ? loading(n, run->phi, run->T) : 0;
    if (n >= LEAST && run->n == 1) {
        st = vt_fail_at(
            err, VT_ETIME, vt_table_path(t), vt_table_line(t, 0), 0,
            "the first reading has the largest angle, %.4g deg, and the wire is only let go: does the record "
            "run backwards?",
            fabs(run->phi[0]) * 180.0 / VT_PI);
        goto done;
    }
    if (run->n < LEAST) {
        vt_fail_at(err, st, vt_table_path(t), 0, 0, "%zu readings on loading: need at least %d", run->n, LEAST);
        goto done;
    }
    VT_TRY(st = check_clipped(t, run->n, run->T, err));
    VT_TRY(st = slips(run, work, err));
    if (run->n < LEAST) VT_TRY(st = vt_fail(err, VT_ESEGMENT_SHORT, "%zu readings are left without slips", run->n));
    make_bins(run);
    st = VT_OK;
done:
    free(work);
    if (st != VT_OK) vt_error_place(err, vt_table_path(t), 0);
    return st;
}
