/* Compression of a short cylinder: geometry, friction, the Newtonian disc, heat. */
#include <math.h>
#include <vitrum/compression_law.h>

static const double PI = 3.14159265358979323846;

static vt_status check_disc(const vt_compression_disc *d, vt_error *err)
{
    if (!d) return vt_fail(err, VT_EARG, "disc is NULL");
    if (!(d->diameter > 0.0) || !(d->height > 0.0) || !(d->compliance >= 0.0) || !(d->friction >= 0.0) ||
        isinf(d->diameter + d->height + d->compliance + d->friction))
        return vt_fail(err, VT_EARG,
                       "diameter %g m and height %g m must be > 0, compliance %g m/N and friction %g >= 0, all finite",
                       d->diameter, d->height, d->compliance, d->friction);
    return VT_OK;
}

vt_status vt_compression_stress(const vt_compression_disc *disc, size_t n, const double *u, const double *F,
                                double *strain, double *stress, vt_error *err)
{
    const vt_status st = check_disc(disc, err);
    if (st != VT_OK) return st;
    if (n > 0 && (!u || !F || !strain || !stress)) return vt_fail(err, VT_EARG, "an array is NULL");
    const double h0 = disc->height, A0 = 0.25 * PI * disc->diameter * disc->diameter;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(u[i]) || !isfinite(F[i])) return vt_fail(err, VT_ENAN, "u[%zu] or F[%zu] is not finite", i, i);
        if (!(u[i] - disc->compliance * F[i] < h0))
            return vt_fail(err, VT_EDOMAIN, "u[%zu] = %g m at F = %g N leaves nothing of the height %g m", i, u[i],
                           F[i], h0);
    }
    for (size_t i = 0; i < n; i++) {
        const double force = F[i], h = h0 - (u[i] - disc->compliance * force);
        const double r = 0.5 * disc->diameter * sqrt(h0 / h);
        strain[i] = log(h0 / h);
        stress[i] = force * h / (A0 * h0) / (1.0 + 2.0 * disc->friction * r / (3.0 * h));
    }
    return VT_OK;
}

vt_status vt_compression_friction(double mu, double r_over_h, double *linear, double *whole, vt_error *err)
{
    if (!linear && !whole) return vt_fail(err, VT_EARG, "no place for the factor");
    if (!(mu >= 0.0) || !(r_over_h > 0.0) || isinf(mu + r_over_h))
        return vt_fail(err, VT_EDOMAIN, "friction %g must be >= 0, radius over height %g > 0", mu, r_over_h);
    const double x = 2.0 * mu * r_over_h;
    if (linear) *linear = 1.0 + x / 3.0;
    /* Below 1e-2 the difference of exponentials loses digits; there the sixth term is below 1e-13. */
    if (whole)
        *whole = x > 1e-2 ? 2.0 / (x * x) * (expm1(x) - x)
                          : 1.0 + x / 3.0 * (1.0 + x / 4.0 * (1.0 + x / 5.0 * (1.0 + x / 6.0)));
    return VT_OK;
}

vt_status vt_compression_newtonian(const vt_compression_disc *disc, double eta, double speed, size_t n,
                                   const double *time, double *force, vt_error *err)
{
    const vt_status st = check_disc(disc, err);
    if (st != VT_OK) return st;
    if ((n > 0 && (!time || !force)) || !(eta > 0.0) || !(speed > 0.0))
        return vt_fail(err, VT_EARG, "an array is NULL, or viscosity %g Pa s or speed %g m/s is not > 0", eta, speed);
    for (size_t i = 0; i < n; i++)
        if (!(time[i] >= 0.0) || !(speed * time[i] < disc->height))
            return vt_fail(err, VT_EDOMAIN, "time[%zu] = %g s is not within 0 to %g s, when the platens meet", i,
                           time[i], disc->height / speed);
    const double volume = 0.25 * PI * disc->diameter * disc->diameter * disc->height;
    for (size_t i = 0; i < n; i++) {
        const double h = disc->height - speed * time[i];
        force[i] = 3.0 * eta * speed * volume / (h * h);
    }
    return VT_OK;
}

vt_status vt_compression_heating(const vt_compression_heat *heat, double stress, double rate, double strain,
                                 double *rise, vt_error *err)
{
    if (!heat || !rise) return vt_fail(err, VT_EARG, "heat or result is NULL");
    if (!(heat->density > 0.0) || !(heat->heat_capacity > 0.0) || !(heat->conductivity >= 0.0) ||
        !(heat->radius > 0.0) || !(heat->share > 0.0))
        return vt_fail(err, VT_EARG, "density %g, heat capacity %g, radius %g and share %g must be > 0", heat->density,
                       heat->heat_capacity, heat->radius, heat->share);
    if (!(stress >= 0.0) || !(rate > 0.0) || !(strain >= 0.0) || isinf(stress + rate + strain))
        return vt_fail(err, VT_EDOMAIN, "stress %g Pa and strain %g must be >= 0, rate %g per s > 0", stress, strain,
                       rate);
    const double volume_heat = heat->density * heat->heat_capacity;
    double kept = strain;
    if (heat->conductivity > 0.0) {
        const double tau = heat->radius * heat->radius * volume_heat / heat->conductivity;
        kept = -rate * tau * expm1(-strain / (rate * tau));
    }
    *rise = heat->share * stress / volume_heat * kept;
    return VT_OK;
}
