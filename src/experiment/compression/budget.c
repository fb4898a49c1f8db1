/* P06, step 8: viscosity, and what its uncertainty and that of the steady stress are made of. */
#include "base/quantity_internal.h"
#include "compression_internal.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

static void add(vti_disc_test *s, vti_disc_influence i)
{
    if (i.u > 0.0 && s->influences < VTI_DISC_INFLUENCES) s->influence[s->influences++] = i;
}

/* Friction: u of the coefficient, and d ln(factor)/d mu at the centre. Between limits: half the way of the whole slab
 * factor from one to the other, which is wider than that of its linear part. */
static void friction(const vti_compression_params *p, vti_disc_test *s, double r_over_h)
{
    const double slope = 2.0 / 3.0 * r_over_h / (1.0 + 2.0 / 3.0 * s->disc.friction * r_over_h);
    double low = 1.0, high = 1.0;
    if (isfinite(p->friction)) {
        add(s, (vti_disc_influence){"friction", "friction", 'B', p->friction_u, -slope, -slope});
        return;
    }
    (void)vt_compression_friction(p->friction_low, r_over_h, NULL, &low, NULL);
    (void)vt_compression_friction(p->friction_high, r_over_h, NULL, &high, NULL);
    s->u_friction = 0.5 * log(high / low);
    const double u = (p->friction_high - p->friction_low) / sqrt(12.0),
                 c = u > 0.0 ? s->u_friction / sqrt(3.0) / u : 0.0;
    add(s, (vti_disc_influence){"friction", "friction", 'B', u, -c, -c});
}

static void sum_up(vti_disc_test *s)
{
    double stress = 0.0, eta = 0.0, own = 0.0, own_eta = 0.0;
    for (size_t k = 0; k < s->influences; k++) {
        const vti_disc_influence *i = &s->influence[k];
        const double a = i->stress * i->u, b = i->eta * i->u;
        stress += a * a;
        eta += b * b;
        if (i->group[0]) continue;
        own += a * a;
        own_eta += b * b;
    }
    s->u_stress = sqrt(stress);
    s->u_eta = sqrt(eta);
    s->own_stress = sqrt(own);
    /* Height and zero move stress and rate against each other. The fits of stress against rate take both errors for
     * independent: so that of the rate is what makes their sum that of the viscosity. */
    s->own_rate = sqrt(fmax(own_eta - own, 0.0));
}

/* Distribution function of a normal of standard deviation s and a rectangle of half width a, at x. */
static double below(double x, double s, double a)
{
    const double z[2] = {(x - a) / s, (x + a) / s};
    double part[2];
    for (int k = 0; k < 2; k++) part[k] = z[k] * gsl_cdf_ugaussian_P(z[k]) + gsl_ran_ugaussian_pdf(z[k]);
    return s / (2.0 * a) * (part[1] - part[0]);
}

double vti_compression_cover(double level, double u, double a)
{
    const double wanted = 0.5 + 0.5 * level, s = sqrt(fmax(u * u - a * a / 3.0, 0.0));
    if (!(a > 0.01 * u)) return vti_coverage_factor(level, INFINITY);
    if (!(s > 0.01 * a)) return level * sqrt(3.0);
    double low = 0.0, high = a + 10.0 * s;
    for (int i = 0; i < 60; i++) {
        const double x = 0.5 * (low + high);
        if (below(x, s, a) < wanted)
            low = x;
        else
            high = x;
    }
    return 0.5 * (low + high) / u;
}

void vti_compression_budget(const vti_compression_run *run, vti_disc_test *s)
{
    const vti_compression_params *p = &run->par;
    const vti_steady *w = &s->steady;
    const double h0 = s->disc.height, h = h0 * exp(-w->strain), r = 0.5 * s->disc.diameter * exp(0.5 * w->strain);
    const double sigma = exp(w->ln_stress), F = sigma * 3.14159265358979 * r * r, way = h0 - h;
    s->eta = sigma / (3.0 * w->rate);
    add(s, (vti_disc_influence){"noise of the force", "", 'A', w->u, 1.0, 1.0});
    add(s, (vti_disc_influence){"slope of the height", "", 'A', w->u_rate, 0.0, -1.0});
    add(s, (vti_disc_influence){"drift in the window", "", 'B', fabs(w->drift) / sqrt(12.0), 1.0, 1.0});
    add(s, (vti_disc_influence){"diameter", "", 'B', p->diameter_u, -2.0 / s->disc.diameter, -2.0 / s->disc.diameter});
    add(s, (vti_disc_influence){"height", "", 'B', p->height_u, 1.0 / h - 1.0 / h0, 2.0 / h - 1.0 / h0});
    add(s, (vti_disc_influence){"zero of the displacement", "", 'A', s->u_u0, 1.0 / h, 2.0 / h});
    add(s, (vti_disc_influence){"load cell", "load cell", 'B', p->force_u, 1.0, 1.0});
    add(s, (vti_disc_influence){"crosshead", "crosshead", 'B', p->displacement_u, -way / h, -1.0 - 2.0 * way / h});
    if (s->has_compliance) {
        const double u = isfinite(p->machine_compliance) ? p->compliance_u * p->machine_compliance : run->u_compliance;
        add(s, (vti_disc_influence){"machine compliance", "machine compliance", 'B', u, F / h, 2.0 * F / h});
    }
    friction(p, s, r / h);
    if (p->vft_strength > 0.0 && p->vft_T0 > 0.0 && s->temperature > p->vft_T0) {
        const double B = p->vft_strength * p->vft_T0, away = s->temperature - p->vft_T0;
        add(s, (vti_disc_influence){"temperature", "temperature", 'B', p->temperature_u, 0.0, B / (away * away)});
    }
    sum_up(s);
}
