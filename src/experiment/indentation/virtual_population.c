/* Population of the virtual indenter: groups, specimens, indents, their places and what each of them is (P19, size
 * series). */
#include "virtual_internal.h"
#include <math.h>
#include <string.h>
#include <vitrum/constants.h>

/* Entry k of a list that has one for each group, or one for all. */
static double of_group(const vt_list *list, size_t k)
{
    return list->x[list->n > 1 ? k : 0];
}

static size_t count_names(const char *list)
{
    size_t n = 1;
    for (; *list; list++) n += *list == ',';
    return n;
}

vt_status vti_population_check(const vti_indent_truth *p, size_t *groups, vt_error *err)
{
    const size_t n = count_names(p->groups);
    const struct {
        const char *name;
        const vt_list *list;
    } per_group[] = {{"specimens", &p->specimens},
                     {"modulus_ratios", &p->modulus_ratios},
                     {"hardness_ratios", &p->hardness_ratios},
                     {"mount_compliances", &p->mount_compliances}};
    for (size_t i = 0; i < sizeof per_group / sizeof *per_group; i++)
        if (per_group[i].list->n != n && per_group[i].list->n != 1)
            return vt_fail(err, VT_ESHAPE, "%zu %s for %zu groups (%s); give one, or one for each",
                           per_group[i].list->n, per_group[i].name, n, p->groups);
    for (size_t k = 0; k < p->specimens.n; k++)
        if (p->specimens.x[k] != floor(p->specimens.x[k]))
            return vt_fail(err, VT_ERANGE, "specimens[%zu] = %g must be a whole number", k, p->specimens.x[k]);
    const vt_list *targets = p->control ? &p->depths : &p->loads;
    if (targets->n == 0)
        return vt_fail(err, VT_EARG, "%s must not be empty with control=%s", p->control ? "depths" : "loads",
                       p->control ? "depth" : "load");
    if (p->mode == VTI_MODE_CSM && p->cycles != 1)
        return vt_fail(err, VT_EARG, "cycles = %ld with mode=csm, which unloads once; set cycles=1", p->cycles);
    *groups = n;
    return VT_OK;
}

size_t vti_population_specimens(const vti_indent_truth *p, size_t group)
{
    return (size_t)of_group(&p->specimens, group);
}

/* Pharr and Bolshakov's epsilon (P19), here through lgamma. */
static double epsilon_of(double m)
{
    const double a = 0.5 / (m - 1.0);
    return m * (1.0 - 2.0 * (m - 1.0) * exp(lgamma(m * a) - lgamma(a)) / sqrt(VT_PI));
}

/* Is the domain around (x, y) of the second phase? Domains are cells of a square lattice, drawn one by one. */
static bool second_phase(const vti_indent_truth *p, uint64_t seed, double x, double y)
{
    const int64_t i = (int64_t)floor(x / p->phase_size), j = (int64_t)floor(y / p->phase_size);
    vt_stream s;
    vt_stream_init(&s, seed, vt_stream_purpose("indentation/phase"), ((uint64_t)i << 32) ^ ((uint64_t)j & 0xffffffffu));
    return vt_stream_uniform(&s) < p->phase_fraction;
}

/* Relative factor of a property: normal, cut at a tenth so that nothing turns negative. */
static double factor(double sd, vt_stream *s)
{
    return fmax(0.1, 1.0 + sd * vt_stream_normal(s));
}

void vti_population_instrument(const vti_indent_truth *p, uint64_t seed, vti_instrument_truth *out)
{
    vt_stream r;
    vt_stream_init(&r, seed, vt_stream_purpose("indentation/instrument"), 0);
    out->area_scale = factor(p->area_error, &r);
    out->C_f = p->frame_compliance + p->frame_error * vt_stream_normal(&r);
    out->load_gain = factor(p->load_error, &r);
    out->nu = fmin(0.5, fmax(0.0, p->poisson_ratio + p->poisson_error * vt_stream_normal(&r)));
}

void vti_population_specimen(const vti_indent_truth *p, uint64_t seed, size_t group, size_t specimen,
                             vti_specimen_truth *out)
{
    vt_stream s;
    vt_stream_init(&s, seed, vt_stream_purpose("indentation/specimen"), specimen);
    out->E = p->modulus * of_group(&p->modulus_ratios, group) * factor(p->modulus_specimens, &s);
    out->H = p->hardness * of_group(&p->hardness_ratios, group) * factor(p->hardness_specimens, &s);
    out->C_s = of_group(&p->mount_compliances, group);
}

void vti_population_indent(const vti_indent_truth *p, const vti_instrument_truth *box,
                           const vti_specimen_truth *specimen, uint64_t seed, size_t k, vt_stream *s,
                           vti_virtual_indent *out)
{
    const size_t side = (size_t)ceil(sqrt((double)p->indents)), row = k / side;
    out->x = p->spacing * (double)(k % side);
    out->y = p->spacing * (double)row;
    const bool other = p->phase_fraction > 0.0 && second_phase(p, seed, out->x, out->y);
    const double E = specimen->E * factor(p->modulus_indents, s) * (other ? p->phase_modulus_ratio : 1.0);
    const double H = specimen->H * factor(p->hardness_indents, s) * (other ? p->phase_hardness_ratio : 1.0);
    const double nu_i = p->indenter_poisson_ratio;
    const double E_r = 1.0 / ((1.0 - box->nu * box->nu) / E + (1.0 - nu_i * nu_i) / p->indenter_modulus);
    out->tip = (vti_tip){.shape = p->tip, .C0 = p->tip_constant, .R = p->tip_radius};
    out->ground = (vti_ground){.H = H,
                               .K = p->beta * E_r,
                               .m = p->exponent,
                               .epsilon = p->epsilon ? epsilon_of(p->exponent) : 0.75,
                               .creep = p->hold_time > 0.0 ? p->creep : 0.0,
                               .pop_ins = (int)p->pop_ins,
                               .C_series = p->frame_compliance + specimen->C_s};
    out->drift = p->drift + p->drift_scatter * vt_stream_normal(s);
    out->load_gain = box->load_gain;
    out->ground.lag = p->pop_in_size * (0.5 + vt_stream_uniform(s));
    out->ground.pop_in_place = 0.5 * vt_stream_uniform(s);
    const vt_list *targets = p->control ? &p->depths : &p->loads;
    const double target = targets->x[k % targets->n];
    out->P = p->control ? vti_load_at_depth(&out->ground, &out->tip, target, specimen->C_s) : target;
}
