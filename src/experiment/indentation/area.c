/* Area function of an indenter: value, slope, variance, inverse, limits. */
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/contact.h>

static const double NM = 1e-9; /* m */

double vt_area_berkovich(double angle)
{
    return 3.0 * sqrt(3.0) * tan(angle) * tan(angle);
}

double vt_area_vickers(double angle)
{
    return 4.0 * tan(angle) * tan(angle);
}

double vt_area_cone(double angle)
{
    return VT_PI * tan(angle) * tan(angle);
}

/* Terms of the function, x^2, x, x^(1/2), x^(1/4), ... at x = h_c in nm. */
static void terms(size_t n, double x, double *term)
{
    term[0] = x * x;
    for (size_t k = 1; k < n; k++) {
        term[k] = x;
        x = sqrt(x);
    }
}

double vt_area(const vt_area_function *f, double h_c)
{
    double term[VT_AREA_TERMS], A = 0.0;
    terms(f->n, h_c / NM, term);
    for (size_t k = 0; k < f->n; k++) A += f->C[k] * term[k];
    return A * NM * NM;
}

double vt_area_slope(const vt_area_function *f, double h_c)
{
    double term[VT_AREA_TERMS], slope = 0.0, power = 2.0;
    terms(f->n, h_c / NM, term);
    for (size_t k = 0; k < f->n; k++) {
        slope += power * f->C[k] * term[k];
        power *= 0.5;
    }
    return slope / h_c * NM * NM;
}

double vt_area_variance(const vt_area_function *f, double h_c)
{
    double term[VT_AREA_TERMS], v = 0.0;
    terms(f->n, h_c / NM, term);
    for (size_t i = 0; i < f->n; i++)
        for (size_t j = 0; j < f->n; j++) v += term[i] * f->cov[i * VT_AREA_TERMS + j] * term[j];
    return fmax(v, 0.0) * NM * NM * NM * NM; /* rounding may leave a hair below 0 */
}

static vt_status shape(const vt_area_function *f, vt_error *err)
{
    if (!f) return vt_fail(err, VT_EARG, "area function is NULL");
    if (f->n < 1 || f->n > VT_AREA_TERMS)
        return vt_fail(err, VT_EARG, "area function has %zu terms; it takes 1 to %d", f->n, VT_AREA_TERMS);
    for (size_t k = 0; k < f->n; k++)
        if (!isfinite(f->C[k])) return vt_fail(err, VT_EARG, "area function: C%zu = %g is not finite", k, f->C[k]);
    if (f->high != 0.0 && !(f->low >= 0.0 && f->low < f->high))
        return vt_fail(err, VT_EARG, "area function: its depths %g to %g m are not in order", f->low, f->high);
    return VT_OK;
}

vt_status vt_area_check(const vt_area_function *f, vt_error *err)
{
    enum { STEPS = 400 }; /* 2 % a step over four decades: the sums of few smooth terms do not wiggle faster */
    const vt_status st = shape(f, err);
    if (st != VT_OK) return st;
    const double from = f->high > 0.0 && f->low > 0.0 ? fmin(f->low, NM) : NM;
    const double to = f->high > 0.0 ? 1.1 * f->high : 1e4 * NM;
    for (int i = 0; i <= STEPS; i++) {
        const double h = from * pow(to / from, (double)i / STEPS);
        const double A = vt_area(f, h), slope = vt_area_slope(f, h);
        if (!(A > 0.0) || !(slope > 0.0))
            return vt_fail(err, VT_EAREA,
                           "area function is not monotone: A = %g nm^2 with slope %g nm at a contact depth of %g nm; "
                           "use fewer terms or state its range",
                           A / (NM * NM), slope / NM, h / NM);
    }
    return VT_OK;
}

vt_status vt_area_range(const vt_area_function *f, double h_c, vt_error *err)
{
    if (!f) return vt_fail(err, VT_EARG, "area function is NULL");
    if (!(h_c > 0.0)) return vt_fail(err, VT_EDOMAIN, "contact depth %g nm must be > 0", h_c / NM);
    if (f->high > 0.0 && !(h_c >= f->low && h_c <= f->high))
        return vt_fail(err, VT_EAREA_RANGE,
                       "contact depth %g nm is outside the depths that the area function was calibrated for, "
                       "%g to %g nm",
                       h_c / NM, f->low / NM, f->high / NM);
    return VT_OK;
}

/* Value and slope at once. */
static double value_and_slope(const vt_area_function *f, double h, double *slope)
{
    double x = h / NM, A = f->C[0] * x * x, s = 2.0 * A, power = 1.0;
    for (size_t k = 1; k < f->n; k++) {
        A += f->C[k] * x;
        s += power * f->C[k] * x;
        x = sqrt(x);
        power *= 0.5;
    }
    *slope = s / h * NM * NM;
    return A * NM * NM;
}

/* Depth between low and high, where the function passes A: Newton's steps for sqrt(A), which is nearly straight, from
 * where the first term alone has it; ln h is halved where a step would leave the bracket (a function that is not
 * monotone). */
static double invert(const vt_area_function *f, double A, double low, double high)
{
    enum { STEPS = 95 };
    double h = f->C[0] > 0.0 ? sqrt(A / f->C[0]) : 0.0, slope;
    if (!(h > low && h < high)) h = sqrt(low * high);
    for (int i = 0; i < STEPS; i++) {
        const double here = value_and_slope(f, h, &slope), before = h;
        if (here < A)
            low = h;
        else
            high = h;
        const double newton = h - 2.0 * (here - sqrt(here * A)) / slope; /* NaN: outside */
        h = newton >= low && newton <= high ? newton : sqrt(low * high);
        if (fabs(h - before) <= 1e-14 * h) break;
    }
    return h;
}

vt_status vt_area_depth(const vt_area_function *f, double A, double *h_c, vt_error *err)
{
    const vt_status st = h_c ? shape(f, err) : vt_fail(err, VT_EARG, "h_c is NULL");
    if (st != VT_OK) return st;
    if (!(A > 0.0)) return vt_fail(err, VT_EDOMAIN, "area %g m^2 must be > 0", A);
    double low = 1e-12, high = 1e-3; /* m: far below and above any contact */
    if (!(vt_area(f, low) <= A) || !(vt_area(f, high) >= A))
        return vt_fail(err, VT_ENOROOT, "no contact depth has the area %g m^2", A);
    *h_c = invert(f, A, low, high);
    return VT_OK;
}
