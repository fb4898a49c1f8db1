/* P06, step 8: viscosity, and what its uncertainty and that of the steady stress are made of. */
#include "compression_internal.h"
#include <math.h>

static void add(vti_disc_test *s, vti_disc_influence i)
{
    if (i.u > 0.0 && s->influences < VTI_DISC_INFLUENCES) s->influence[s->influences++] = i;
}

/* Friction: u of the coefficient, and d ln(1 + 2 mu r/(3 h))/d mu at the centre. */
static void friction(const vti_compression_params *p, vti_disc_test *s, double r_over_h)
{
    const bool given = isfinite(p->friction);
    const double u = given ? p->friction_u : (p->friction_high - p->friction_low) / sqrt(12.0);
    const double slope = 2.0 / 3.0 * r_over_h / (1.0 + 2.0 / 3.0 * s->disc.friction * r_over_h);
    add(s, (vti_disc_influence){"friction", "friction", 'B', u, -slope, -slope});
}

static void sum_up(vti_disc_test *s)
{
    double stress = 0.0, eta = 0.0, own = 0.0, rate = 0.0;
    for (size_t k = 0; k < s->influences; k++) {
        const vti_disc_influence *i = &s->influence[k];
        const double a = i->stress * i->u, b = i->eta * i->u;
        stress += a * a;
        eta += b * b;
        if (i->group[0]) continue;
        own += a * a;
        rate += (b - a) * (b - a);
    }
    s->u_stress = sqrt(stress);
    s->u_eta = sqrt(eta);
    s->own_stress = sqrt(own);
    s->own_rate = sqrt(rate);
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
