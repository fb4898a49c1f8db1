/* What observations that do not determine the constants leave open: the flat direction of the normal matrix. */
#include "transport.h"
#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { P = VTI_TRANSPORT_P };

/* Normal matrix scaled to unit diagonal: an eigenvalue this far below the largest is a sum of rounding errors only. */
static const double NOTHING = 1e-12;
/* Condition of the scaled normal matrix above which the constants are not separated in practice: vt_nlfit's W_ILLCOND
 * asks for care there. */
static const double ILL = 1e7;
/* Share of a constant in the flat direction that is worth naming. */
static const double SHARE = 0.1;

static const char *const NAMES[P] = {"viscosity at tg", "D*",    "T0", "Q_g", "T_k",
                                     "mobility at tg",  "delta", "R",  "Q_I"};

/* J'J of the free constants (which: their indices), scaled to unit diagonal, into n x n of A; n. A bound determines
 * nothing and is left out. */
static size_t normal_matrix(const vti_transport_problem *p, const vti_transport_fit *f, size_t *which, double *A)
{
    double sum[P][P] = {{0.0}};
    size_t n = 0;
    for (size_t j = 0; j < P; j++)
        if (!f->fixed[j]) which[n++] = j;
    for (size_t i = 0; i < p->n; i++) {
        const vti_transport_row *r = &p->row[i];
        double y, slope, g[P] = {0.0};
        if (r->bound || vti_transport_predict(&p->setup, r, f->x, &y, g, NULL) != VT_OK) continue;
        slope = r->lognormal ? r->value / r->u / (VTI_TRANSPORT_FACTS[r->kind].scale ? 1.0 : r->value)
                             : (VTI_TRANSPORT_FACTS[r->kind].scale ? r->value : 1.0) / r->u;
        for (size_t a = 0; a < n; a++)
            for (size_t b = 0; b < n; b++) sum[a][b] += g[which[a]] * g[which[b]] * slope * slope;
    }
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            const double scale = sqrt(sum[a][a]) * sqrt(sum[b][b]);
            A[a * n + b] = scale > 0.0 ? sum[a][b] / scale : 0.0;
        }
    return n;
}

/* Rank, condition and the constants of the flat direction. */
static vt_status decompose(size_t n, double *A, const size_t *which, vti_transport_separation *s, vt_error *err)
{
    double value[P], vector[P * P];
    gsl_eigen_symmv_workspace *w = gsl_eigen_symmv_alloc(n);
    if (!w) return vt_fail(err, VT_EMEMORY, "%zu eigenvalues", n);
    gsl_matrix_view a = gsl_matrix_view_array(A, n, n), v = gsl_matrix_view_array(vector, n, n);
    gsl_vector_view e = gsl_vector_view_array(value, n);
    const int bad = gsl_eigen_symmv(&a.matrix, &e.vector, &v.matrix, w);
    gsl_eigen_symmv_free(w);
    if (bad) return vt_fail(err, VT_EINTERNAL, "eigenvalues of the normal matrix");
    gsl_eigen_symmv_sort(&e.vector, &v.matrix, GSL_EIGEN_SORT_VAL_DESC);
    s->constants = n;
    s->rank = 0;
    while (s->rank < n && value[s->rank] > NOTHING * value[0]) s->rank++;
    s->condition = value[n - 1] > 0.0 ? value[0] / value[n - 1] : INFINITY;
    for (size_t j = 0; j < P; j++) s->open[j] = false;
    for (size_t k = s->rank < n ? s->rank : n - 1; k < n; k++)
        for (size_t j = 0; j < n; j++)
            if (fabs(vector[j * n + k]) > SHARE) s->open[which[j]] = true;
    return VT_OK;
}

vt_status vti_transport_separate(const vti_transport_problem *p, const vti_transport_fit *fit,
                                 vti_transport_separation *s, vt_error *err)
{
    double A[P * P];
    size_t which[P];
    const size_t n = normal_matrix(p, fit, which, A);
    if (n == 0) return vt_fail(err, VT_EDOF, "no constant is left to determine");
    return decompose(n, A, which, s, err);
}

static bool has(const vti_transport_problem *p, vti_transport_kind kind)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->row[i].kind == kind && !p->row[i].bound && !p->row[i].assumed) return true;
    return false;
}

static void add(char *text, size_t size, const char *between, const char *word)
{
    const size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%s", used ? between : "", word);
}

/* Kinds of observation that would fix what is open and that the table lacks; else more of what it has. */
static void advise(const vti_transport_problem *p, const bool *open, char *text, size_t size)
{
    const bool liquid = open[VTI_LN_ETA] || open[VTI_STRENGTH] || open[VTI_T0];
    const bool interface = open[VTI_LN_MOBILITY] || open[VTI_QI];
    text[0] = '\0';
    if (liquid) add(text, size, " or ", has(p, VTI_VISCOSITY) ? "a viscosity at another temperature" : "a viscosity");
    if (liquid && !has(p, VTI_BULK_TRANSITION)) add(text, size, " or ", "a bulk_glass_transition");
    if (interface && !has(p, VTI_INTERFACE_MOBILITY)) add(text, size, " or ", "an interface_mobility");
    if (interface && !has(p, VTI_INTERFACE_ENERGY)) add(text, size, " or ", "an interface_activation_energy");
    if (open[VTI_TK] && !has(p, VTI_KINK_TEMPERATURE)) add(text, size, " or ", "a kink_temperature");
    if (!text[0]) add(text, size, " or ", "rows at other temperatures");
}

vt_status vti_transport_refuse_open(const vti_transport_problem *p, const vti_transport_separation *s, vt_error *err)
{
    char names[160] = "", advice[200];
    for (size_t j = 0; j < P; j++)
        if (s->open[j]) add(names, sizeof names, ", ", NAMES[j]);
    advise(p, s->open, advice, sizeof advice);
    if (s->rank < s->constants)
        return vt_fail(err, VT_EDOF,
                       "the %zu observations (assumed ones included) make only %zu independent ones for %zu constants: "
                       "%s cannot be separated; add %s",
                       p->n, s->rank, s->constants, names, advice);
    return vt_fail(err, VT_EILLCOND,
                   "the observations do not separate %s (condition %.1e of the normal matrix, limit %.0e); add %s",
                   names, s->condition, ILL, advice);
}

bool vti_transport_ill(const vti_transport_separation *s)
{
    return s->rank < s->constants || !(s->condition <= ILL);
}
