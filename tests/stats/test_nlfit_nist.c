/* NIST StRD nonlinear regression: certified parameters and standard deviations from both of NIST's starts. */
#include "check.h"
#include <vitrum/nlfit.h>

enum { N_MAX = 256, P_MAX = 8 };
static const double PI = 3.14159265358979323846;

typedef struct problem {
    const char *name;
    size_t n, p;
    double x[N_MAX], y[N_MAX], start[2][P_MAX], value[P_MAX], sd[P_MAX], rss;
    double (*model)(double x, const double *b, double *g); /* g: gradient in b, p values */
    size_t starts;                                         /* 0: NIST's start alone */
    bool positive; /* all parameters are positive by nature: fitted in their logarithms (procedure 1.5) */
} problem;

static double misra1a(double x, const double *b, double *g)
{
    const double e = exp(-b[1] * x);
    g[0] = 1.0 - e;
    g[1] = b[0] * x * e;
    return b[0] * g[0];
}

static double misra1b(double x, const double *b, double *g)
{
    const double u = 1.0 + 0.5 * b[1] * x;
    g[0] = 1.0 - 1.0 / (u * u);
    g[1] = b[0] * x / (u * u * u);
    return b[0] * g[0];
}

static double misra1c(double x, const double *b, double *g)
{
    const double u = 1.0 + 2.0 * b[1] * x;
    g[0] = 1.0 - 1.0 / sqrt(u);
    g[1] = b[0] * x / (u * sqrt(u));
    return b[0] * g[0];
}

static double misra1d(double x, const double *b, double *g)
{
    const double u = 1.0 + b[1] * x;
    g[0] = b[1] * x / u;
    g[1] = b[0] * x / (u * u);
    return b[0] * g[0];
}

static double danwood(double x, const double *b, double *g)
{
    g[0] = pow(x, b[1]);
    g[1] = b[0] * g[0] * log(x);
    return b[0] * g[0];
}

static double rat42(double x, const double *b, double *g)
{
    const double e = exp(b[1] - b[2] * x), u = 1.0 + e;
    g[0] = 1.0 / u;
    g[1] = -b[0] * e / (u * u);
    g[2] = -x * g[1];
    return b[0] / u;
}

static double rat43(double x, const double *b, double *g)
{
    const double e = exp(b[1] - b[2] * x), u = 1.0 + e, f = pow(u, -1.0 / b[3]);
    g[0] = f;
    g[1] = -b[0] * f * e / (u * b[3]);
    g[2] = -x * g[1];
    g[3] = b[0] * f * log(u) / (b[3] * b[3]);
    return b[0] * f;
}

static double mgh09(double x, const double *b, double *g)
{
    const double num = x * x + x * b[1], den = x * x + x * b[2] + b[3];
    g[0] = num / den;
    g[1] = b[0] * x / den;
    g[2] = -b[0] * num * x / (den * den);
    g[3] = -b[0] * num / (den * den);
    return b[0] * num / den;
}

static double mgh10(double x, const double *b, double *g)
{
    const double e = exp(b[1] / (x + b[2]));
    g[0] = e;
    g[1] = b[0] * e / (x + b[2]);
    g[2] = -b[0] * b[1] * e / ((x + b[2]) * (x + b[2]));
    return b[0] * e;
}

static double mgh17(double x, const double *b, double *g)
{
    g[0] = 1.0;
    g[1] = exp(-x * b[3]);
    g[2] = exp(-x * b[4]);
    g[3] = -x * b[1] * g[1];
    g[4] = -x * b[2] * g[2];
    return b[0] + b[1] * g[1] + b[2] * g[2];
}

static double thurber(double x, const double *b, double *g)
{
    const double num = b[0] + x * (b[1] + x * (b[2] + x * b[3])), den = 1.0 + x * (b[4] + x * (b[5] + x * b[6]));
    double power = 1.0;
    for (int k = 0; k < 4; k++, power *= x) g[k] = power / den;
    power = x;
    for (int k = 4; k < 7; k++, power *= x) g[k] = -num * power / (den * den);
    return num / den;
}

static double eckerle4(double x, const double *b, double *g)
{
    const double t = (x - b[2]) / b[1], e = exp(-0.5 * t * t);
    g[0] = e / b[1];
    g[1] = b[0] * e * (t * t - 1.0) / (b[1] * b[1]);
    g[2] = b[0] * e * t / (b[1] * b[1]);
    return b[0] * e / b[1];
}

static double lanczos3(double x, const double *b, double *g)
{
    double f = 0.0;
    for (int k = 0; k < 6; k += 2) {
        g[k] = exp(-b[k + 1] * x);
        g[k + 1] = -x * b[k] * g[k];
        f += b[k] * g[k];
    }
    return f;
}

static double roszman1(double x, const double *b, double *g)
{
    const double d = x - b[3], s = d * d + b[2] * b[2];
    g[0] = 1.0;
    g[1] = -x;
    g[2] = -d / (PI * s);
    g[3] = -b[2] / (PI * s);
    return b[0] - b[1] * x - atan(b[2] / d) / PI;
}

static double chwirut2(double x, const double *b, double *g)
{
    const double den = b[1] + b[2] * x, f = exp(-b[0] * x) / den;
    g[0] = -x * f;
    g[1] = -f / den;
    g[2] = -x * f / den;
    return f;
}

static double bennett5(double x, const double *b, double *g)
{
    g[0] = pow(b[1] + x, -1.0 / b[2]);
    g[1] = -b[0] * g[0] / (b[2] * (b[1] + x));
    g[2] = b[0] * g[0] * log(b[1] + x) / (b[2] * b[2]);
    return b[0] * g[0];
}

/* BoxBOD: from start 1 the first step throws b2 to where exp(-b2 x) is 0 and stays there, a stationary point of the
 * flat end. The five starts of procedure 1.5 find the minimum. */
static problem PROBLEMS[] = {
    {.name = "Misra1a", .p = 2, .model = misra1a},
    {.name = "Misra1b", .p = 2, .model = misra1b},
    {.name = "Misra1c", .p = 2, .model = misra1c},
    {.name = "Misra1d", .p = 2, .model = misra1d},
    {.name = "BoxBOD", .p = 2, .model = misra1a, .positive = true, .starts = 5},
    {.name = "DanWood", .p = 2, .model = danwood},
    {.name = "Rat42", .p = 3, .model = rat42},
    {.name = "Rat43", .p = 4, .model = rat43},
    {.name = "MGH09", .p = 4, .model = mgh09},
    {.name = "MGH10", .p = 3, .model = mgh10, .positive = true},
    {.name = "MGH17", .p = 5, .model = mgh17},
    {.name = "Thurber", .p = 7, .model = thurber},
    {.name = "Eckerle4", .p = 3, .model = eckerle4},
    {.name = "Lanczos3", .p = 6, .model = lanczos3},
    {.name = "Roszman1", .p = 4, .model = roszman1},
    {.name = "Chwirut2", .p = 3, .model = chwirut2},
    {.name = "Hahn1", .p = 7, .model = thurber},
    {.name = "Bennett5", .p = 3, .model = bennett5},
};
enum { PROBLEM_COUNT = sizeof PROBLEMS / sizeof PROBLEMS[0] };

static void take(problem *pr, const char *kind, size_t i, double a, double b)
{
    if (strcmp(kind, "data") == 0 && i < N_MAX) {
        pr->x[i] = a;
        pr->y[i] = b;
        pr->n = i + 1;
    } else if (strcmp(kind, "start") == 0 && i < P_MAX) {
        pr->start[0][i] = a;
        pr->start[1][i] = b;
    } else if (strcmp(kind, "value") == 0 && i < P_MAX) {
        pr->value[i] = a;
        pr->sd[i] = b;
    } else if (strcmp(kind, "rss") == 0) {
        pr->rss = a;
    }
}

static bool load(void)
{
    FILE *f = fopen("tests/reference/stats_nist.csv", "r");
    char line[256], name[32], kind[32];
    size_t i, rows = 0;
    double a, b;
    if (!f) return false;
    while (fgets(line, sizeof line, f)) {
        if (sscanf(line, "%31[^,],%31[^,],%zu,%lf,%lf", name, kind, &i, &a, &b) != 5) continue;
        for (size_t k = 0; k < PROBLEM_COUNT; k++)
            if (strcmp(PROBLEMS[k].name, name) == 0) take(&PROBLEMS[k], kind, i, a, b), rows++;
    }
    fclose(f);
    return rows > 850;
}

static int residual(const double *b, double *r, void *ctx)
{
    const problem *pr = ctx;
    double g[P_MAX];
    for (size_t i = 0; i < pr->n; i++) r[i] = pr->model(pr->x[i], b, g) - pr->y[i];
    return 0;
}

static int jacobian(const double *b, double *J, void *ctx)
{
    const problem *pr = ctx;
    for (size_t i = 0; i < pr->n; i++) pr->model(pr->x[i], b, J + i * pr->p);
    return 0;
}

static vt_status fit(problem *pr, int start, double *x, double *cov, vt_nlfit_summary *sum)
{
    vt_nlfit *ws = NULL;
    vt_error err = {0};
    static const vt_nlfit_transform logarithms[P_MAX] = {VT_NLFIT_LOG, VT_NLFIT_LOG, VT_NLFIT_LOG};
    const vt_nlfit_problem fp = {.n = pr->n,
                                 .p = pr->p,
                                 .residual = residual,
                                 .jacobian = jacobian,
                                 .ctx = pr,
                                 .transform = pr->positive ? logarithms : NULL};
    /* Hahn-like and exponential sums are ill-conditioned by design; NIST certifies them all the same. */
    const vt_nlfit_options opt = {
        .weights = VT_NLFIT_RELATIVE, .max_iterations = 5000, .max_condition = 1e16, .starts = pr->starts};
    CHECK_OK(vt_nlfit_create(&ws, N_MAX, P_MAX, &err), &err);
    memcpy(x, pr->start[start], pr->p * sizeof *x);
    const vt_status st = vt_nlfit_solve(ws, &fp, &opt, x, cov, sum, &err);
    if (st != VT_OK) CHECK_FAILED("%s, start %d: %s", pr->name, start + 1, err.msg);
    vt_nlfit_free(ws);
    return st;
}

static void certified_values_are_reached_from_both_starts(void)
{
    CHECK(load());
    for (size_t k = 0; k < PROBLEM_COUNT; k++)
        for (int start = 0; start < 2; start++) {
            problem *pr = &PROBLEMS[k];
            double x[P_MAX], cov[P_MAX * P_MAX], worst = 0.0, worst_sd = 0.0;
            vt_nlfit_summary sum;
            if (fit(pr, start, x, cov, &sum) != VT_OK) continue;
            for (size_t j = 0; j < pr->p; j++) {
                worst = fmax(worst, fabs(x[j] / pr->value[j] - 1.0));
                if (pr->sd[j] > 0.0) worst_sd = fmax(worst_sd, fabs(sqrt(cov[j * pr->p + j]) / pr->sd[j] - 1.0));
            }
            printf("%-9s start %d: %4zu iterations, condition %8.1e, parameters to %.1e, deviations to %.1e, rss to "
                   "%.1e\n",
                   pr->name, start + 1, sum.iterations, sum.condition, worst, worst_sd, fabs(sum.chi2 / pr->rss - 1.0));
            /* Certified to 11 digits; NIST asks for 4 to 6. A gradient cosine of 1e-8 leaves a parameter open by up to
             * 1e-8 sqrt(nu) of its deviation times the square root of the condition's share: 3e-7 relative in the worst
             * (Bennett5, 47 +- 1.2 with condition 4e9), most are at 1e-9. */
            CHECK_BAND(worst, 0.0, 3e-7);
            CHECK_BAND(worst_sd, 0.0, 5e-7);
            CHECK_REL(sum.chi2, pr->rss, 1e-10); /* certified to 11 digits */
        }
}

CHECK_MAIN(CHECK_CASE(certified_values_are_reached_from_both_starts))
