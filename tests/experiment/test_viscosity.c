/* The experiment `viscosity`: laws, fits, intervals, refusals. */
#include "experiment/viscosity_truth.h"
#include <vitrum/kink.h>
#include <vitrum/myega.h>
#include <vitrum/vft.h>

enum { P = VTI_VISCOSITY_P };
static const double X[P] = {[VTI_A] = -4.31, [VTI_TG] = 591.7, [VTI_M] = 47.3};
static const double L = 12.0;

static void the_laws_are_those_of_the_glass(void)
{
    const double C = L - X[VTI_A], T0 = X[VTI_TG] * (1.0 - C / X[VTI_M]), B = log(10.0) * C * C * X[VTI_TG] / X[VTI_M];
    const vt_vft vft = {.eta0 = pow(10.0, X[VTI_A]), .B = B, .T0 = T0};
    const vt_myega myega = {.eta_inf = pow(10.0, X[VTI_A]), .eta_g = 1e12, .Tg = X[VTI_TG], .m = X[VTI_M]};
    double m;
    CHECK(vt_vft_fragility(&vft, X[VTI_TG], &m, NULL) == VT_OK);
    CHECK_REL(m, X[VTI_M], 1e-13); /* the same closed form: a dozen roundings */
    for (double T = 580.0; T < 1500.0; T *= 1.13) {
        double y, eta;
        CHECK(vti_viscosity_y(VTI_VFT, L, X, T, &y, NULL));
        CHECK(vt_vft_viscosity(&vft, 1, &T, &eta, NULL) == VT_OK);
        CHECK_ABS(y, log10(eta), 1e-12); /* rounding of T - T0, amplified by B/(T - T0) = 37 */
        CHECK(vti_viscosity_y(VTI_MYEGA, L, X, T, &y, NULL));
        CHECK(vt_myega_viscosity(&myega, 1, &T, &eta, NULL) == VT_OK);
        CHECK_ABS(y, log10(eta), 1e-12);
    }
}

static void gradients_are_the_slopes(void)
{
    const double step[P] = {1e-4, 1e-2, 1e-3};
    for (int law = 0; law < VTI_VISCOSITY_LAWS; law++) {
        for (double T = 570.0; T < 1500.0; T *= 1.21) {
            double y, g[P];
            CHECK(vti_viscosity_y((vti_viscosity_law)law, L, X, T, &y, g));
            for (int j = 0; j < P; j++) {
                double up[P], down[P], yu = 0.0, yd = 0.0;
                memcpy(up, X, sizeof up);
                memcpy(down, X, sizeof down);
                up[j] += step[j];
                down[j] -= step[j];
                CHECK(vti_viscosity_y((vti_viscosity_law)law, L, up, T, &yu, NULL));
                CHECK(vti_viscosity_y((vti_viscosity_law)law, L, down, T, &yd, NULL));
                /* central difference: steps of 2e-5 relative, error of order 1e-9, rounding 1e-11 of y/step */
                CHECK_ABS(g[j], (yu - yd) / (2.0 * step[j]), 1e-7 * (1.0 + fabs(g[j])));
            }
        }
    }
    double y = -7.0;
    CHECK(!vti_viscosity_y(VTI_VFT, L, X, 300.0, &y, NULL)); /* below T0 */
    const double bad[P] = {12.5, 590.0, 40.0};
    CHECK(!vti_viscosity_y(VTI_MYEGA, L, bad, 600.0, &y, NULL));
    CHECK(y == -7.0);
}

static void exact_points_give_their_law_back(void)
{
    double T[12], y[12];
    vt_error err = {0};
    vt_nlfit *ws = NULL;
    CHECK_OK(vt_nlfit_create(&ws, 12, P, &err), &err);
    for (int law = 0; law < VTI_VISCOSITY_LAWS; law++) {
        for (int i = 0; i < 12; i++) {
            T[i] = 595.0 + 47.0 * i;
            CHECK(vti_viscosity_y((vti_viscosity_law)law, L, X, T[i], &y[i], NULL));
            y[i] += 1e-7 * (i % 2 ? 1 : -1) * (i % 3); /* a trace of scatter: the interval needs some */
        }
        const vti_viscosity_points p = {.n = 12, .T = T, .y = y};
        vti_viscosity_fit f;
        CHECK_OK(vti_viscosity_fit_law(ws, (vti_viscosity_law)law, L, &p, 0.95, &f, &err), &err);
        for (int j = 0; j < P; j++) CHECK_REL(f.x[j], X[j], 1e-6); /* the scatter of 1e-7, amplified by 5 */
        CHECK_BAND(f.scatter, 0.5e-7, 3e-7);
    }
    vt_nlfit_free(ws);
}

/* The separable fit of stats/kink.c is other code for the same minimum. */
static void the_minimum_is_the_one_of_the_kink_fit(void)
{
    vt_table *t = simulated((const char *const[]){"points=25", NULL}, 3);
    const size_t n = vt_table_rows(t);
    const double *T = vt_table_values(t, 1), *y = vt_table_values(t, 2);
    double *ln_eta = malloc(n * sizeof *ln_eta), *u = malloc(n * sizeof *u);
    for (size_t i = 0; i < n; i++) {
        ln_eta[i] = y[i] * log(10.0);
        u[i] = 1.0;
    }
    vt_error err = {0};
    vt_kink *kink = NULL;
    vt_nlfit *ws = NULL;
    vt_kink_fit other;
    vti_viscosity_fit f;
    CHECK_OK(vt_kink_create(&kink, n, &err), &err);
    CHECK_OK(vt_nlfit_create(&ws, n, P, &err), &err);
    const vt_kink_data data = {.n = n, .T = T, .ln_eta = ln_eta, .u = u};
    const vt_kink_options options = {.model = VT_KINK_VFT, .weights = VT_NLFIT_RELATIVE};
    CHECK_OK(vt_kink_solve(kink, &data, &options, &other, &err), &err);
    const vti_viscosity_points p = {.n = n, .T = T, .y = y};
    CHECK_OK(vti_viscosity_fit_law(ws, VTI_VFT, L, &p, 0.95, &f, &err), &err);
    const double C = L - f.x[VTI_A];
    CHECK_REL(f.sum.chi2 * log(10.0) * log(10.0), other.chi2, 1e-9); /* both minima to 1e-10 of chi2 */
    CHECK_REL(f.x[VTI_TG] * (1.0 - C / f.x[VTI_M]), other.law.T0, 1e-5);
    CHECK_REL(f.x[VTI_A] * log(10.0), other.law.ln_eta0, 1e-5);
    vt_kink_free(kink);
    vt_nlfit_free(ws);
    free(ln_eta);
    free(u);
    vt_table_free(t);
}

static vt_table *written(const char *text)
{
    vt_table *t = NULL;
    vt_error err = {0};
    CHECK_OK(vt_table_parse("melts.csv", text, strlen(text), NULL, &t, &err), &err);
    return t;
}

#define RISING "600,1e11\n650,3.1e8\n700,4.2e6\n760,1.1e5\n850,2.3e3\n950,160\n1100,11.5\n"

static void stated_uncertainties_weigh(void)
{
    const char *text =
        "T [K],eta [Pa s],uncertainty [1]\n600,1e11,0.1\n650,3.1e8,0.1\n700,4.2e6,0.1\n760,1.1e5,0.1\n"
        "850,2.3e3,0.1\n950,160,0.1\n1100,11.5,0.1\n1200,1e3,9\n"; /* the last is nonsense, and says so */
    vt_table *t = written(text), *without = written("T [K],eta [Pa s]\n" RISING);
    vt_result *r = NULL, *s = NULL;
    vt_error err = {0};
    CHECK_OK(reduced(t, NULL, 1, &r, &err), &err);
    CHECK_OK(reduced(without, NULL, 1, &s, &err), &err);
    const vt_quantity *a = quantity(r, "fragility", NULL), *b = quantity(s, "fragility", NULL);
    CHECK(a && b);
    /* weight 1.2e-4 of the others, residual 2.4 decades: a pull of 3e-4 of one scatter of 0.1 per point */
    if (a && b) CHECK_REL(a->value, b->value, 5e-3);
    if (a) CHECK(a->nbudget == 1 && a->budget[0].type == 'B' && isinf(a->dof));
    if (b) CHECK(b->budget[0].type == 'A' && b->dof == 4.0);
    CHECK(vt_result_models(r) == 2 && isfinite(vt_result_model(r, 0)->chi2) && isnan(vt_result_model(s, 0)->chi2));
    CHECK_ABS(vt_result_model(r, 0)->weight + vt_result_model(r, 1)->weight, 1.0, 1e-12);
    vt_result_free(r);
    vt_result_free(s);
    vt_table_free(t);
    vt_table_free(without);
}

static void series_are_fitted_one_by_one(void)
{
    vt_table *t =
        written("melt,T [K],log10_viscosity [1]\na,600,11\nb,600,9\na,650,8.5\na,700,6.6\na,760,5.05\nb,700,8\n"
                "a,850,3.36\na,950,2.2\na,1100,1.06\nc,600,1\nc,650,2\nc,700,3\nc,750,4\nc,800,5\nc,900,6\n"
                "a,1000,\n");
    vt_result *r = NULL;
    vt_error err = {0};
    CHECK_OK(reduced(t, NULL, 1, &r, &err), &err);
    CHECK(quantity(r, "fragility", "a") && !quantity(r, "fragility", "b") && !quantity(r, "fragility", "c"));
    CHECK(warned(r, "W_SERIES", "series 'b' is not fitted: 2 points, fewer than min_points = 6"));
    CHECK(warned(r, "W_SERIES", "series 'c' is not fitted: the viscosity does not rise on cooling"));
    CHECK(warned(r, "W_INPUT", "1 rows have no viscosity"));
    CHECK(vt_result_figures(r) == 2 && vt_result_curves(r) == 3);
    vt_result_free(r);
    r = NULL;
    CHECK_OK(reduced(t, (const char *const[]){"series=a", NULL}, 1, &r, &err), &err);
    CHECK(vt_result_warnings(r) == 1); /* the empty row */
    vt_result_free(r);
    vt_table_free(t);
}

static void cautions_are_given(void)
{
    /* a strong liquid, measured far from T12: straight in 1/T, and extrapolated */
    vt_table *t =
        written("T [K],log10_viscosity [1]\n1500,5.02\n1600,4.21\n1700,3.46\n1800,2.83\n1900,2.24\n2000,1.73\n"
                "2100,1.25\n");
    vt_result *r = NULL;
    vt_error err = {0};
    CHECK_OK(reduced(t, NULL, 1, &r, &err), &err);
    CHECK(warned(r, "W_EXTRAPOLATED", "7.0 decades from 1e+12 Pa s, so T12 and fragility are not given"));
    CHECK(!quantity(r, "isoviscous_temperature", NULL) && !quantity(r, "fragility", NULL));
    vt_result_free(r);
    r = NULL;
    CHECK_OK(reduced(t, (const char *const[]){"max_extrapolation=8", NULL}, 1, &r, &err), &err);
    CHECK(warned(r, "W_EXTRAPOLATED", "extrapolated by the law"));
    vt_result_free(r);
    vt_table_free(t);
    /* sub-Arrhenius: y = 2 + 3 (1000/T)^0.7 bends the other way */
    char text[512];
    size_t n = (size_t)snprintf(text, sizeof text, "T [K],log10_viscosity [1]\n");
    for (int i = 0; i < 9; i++) {
        const double T = 250.0 + 60.0 * i;
        n += (size_t)snprintf(text + n, sizeof text - n, "%g,%.5f\n", T,
                              2.0 + 3.0 * pow(1000.0 / T, 0.7) + 0.003 * (i % 2));
    }
    t = written(text);
    r = NULL;
    CHECK_OK(reduced(t, NULL, 1, &r, &err), &err);
    CHECK(warned(r, "W_NO_CURVATURE", "straight or bends downwards") && !quantity(r, "vft_T0", NULL));
    vt_result_free(r);
    vt_table_free(t);
}

/* A database has thousands of series: three warnings of a kind, then a number. */
static void many_cautions_are_counted(void)
{
    char text[4096];
    size_t n = (size_t)snprintf(text, sizeof text, "series,T [K],log10_viscosity [1]\n");
    for (int i = 0; i < 12; i++) n += (size_t)snprintf(text + n, sizeof text - n, "few%d,%d,5\n", i, 600 + i);
    for (int i = 0; i < 8; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "good,%d,%g\n", 600 + 50 * i,
                              -4.0 + 4000.0 / (250.0 + 50.0 * i) + 0.01 * (i % 2));
    vt_table *t = written(text);
    vt_result *r = NULL;
    vt_error err = {0};
    size_t told = 0;
    CHECK_OK(reduced(t, NULL, 1, &r, &err), &err);
    for (size_t i = 0; i < vt_result_warnings(r); i++)
        told += strstr(vt_result_warning_message(r, i), "fewer than") != NULL;
    CHECK(told == 3 && warned(r, "W_SERIES", "9 more series have too few points"));
    vt_result_free(r);
    vt_table_free(t);
}

static void refusal(const char *text, const char *const *settings, vt_status code, const char *part)
{
    vt_table *t = written(text);
    vt_result *r = NULL;
    vt_error err = {0};
    const vt_status st = reduced(t, settings, 1, &r, &err);
    if (st != code || !strstr(err.msg, part) || strcmp(err.file, "melts.csv") != 0)
        CHECK_FAILED("%s \"%s\" in %s, expected %s \"%s\"", vt_status_name(st), err.msg, err.file, vt_status_name(code),
                     part);
    CHECK(r == NULL);
    vt_table_free(t);
}

static void what_cannot_be_answered_is_refused(void)
{
    refusal("T [K],x [m]\n600,1\n", NULL, VT_EKEY, "needs a column 'viscosity [Pa s]' or 'log10_viscosity [1]'");
    refusal("T [K],eta [Pa s]\n600,1e11\n650,3e8\n", NULL, VT_EDOF, "2 points, fewer than min_points = 6");
    refusal("T [K],eta [Pa s]\n" RISING, (const char *const[]){"min_points=8", NULL}, VT_EDOF, "min_points = 8");
    refusal("T [K],eta [Pa s]\n600,1\n600,1\n600,2\n600,2\n700,1\n700,1\n", NULL, VT_EDOF, "2 different temperatures");
    refusal("T [K],eta [Pa s]\n600,1\n700,2\n800,3\n900,4\n1000,5\n1100,6\n", NULL, VT_EUNPHYSICAL,
            "does not rise on cooling");
    refusal("s,T [K],eta [Pa s]\na,600,1\n", (const char *const[]){"series=b", NULL}, VT_EKEY, "no series 'b'");
    refusal("T [K],eta [Pa s]\n25,1e3\n30,1e2\n", NULL, VT_EUNITS, "25"); /* Celsius in a column of kelvin */
    refusal("T [K],eta [Pa s]\n600,\n700,nan\n", NULL, VT_EDOF, "no row has a viscosity");
}

static void results_do_not_depend_on_threads(void)
{
    vt_table *t = simulated((const char *const[]){"series=9", NULL}, 11);
    vt_result *one = NULL, *seven = NULL;
    vt_error err = {0};
    CHECK_OK(reduced(t, NULL, 1, &one, &err), &err);
    CHECK_OK(reduced(t, NULL, 7, &seven, &err), &err);
    CHECK(vt_result_properties(one) == vt_result_properties(seven) && vt_result_properties(one) == 72);
    for (size_t i = 0; i < vt_result_properties(one) && i < vt_result_properties(seven); i++) {
        const vt_quantity *a = &vt_result_property(one, i)->q, *b = &vt_result_property(seven, i)->q;
        CHECK(a->value == b->value && a->u == b->u && a->low == b->low && a->high == b->high);
    }
    vt_result_free(one);
    vt_result_free(seven);
    vt_table_free(t);
}

/* 200 replicates of truth 0.95: 99.7 % of campaigns lie within 0.95 -+ 3 * 0.0154; a shift of the intervals by one
 * standard uncertainty gives 0.83. */
static void intervals_cover_the_truth(void)
{
    size_t hits[3];
    CHECK(campaign(200, hits) == 200);
    for (int k = 0; k < 3; k++) CHECK_BAND((double)hits[k] / 200.0, 0.904, 0.996);
}

static void the_right_law_is_chosen(void)
{
    size_t right[2] = {0, 0};
    for (int law = 0; law < 2; law++) {
        for (uint64_t i = 0; i < 50; i++) {
            vt_table *t = simulated((const char *const[]){law ? "law=myega" : "law=vft", NULL}, 5000 + i);
            vt_result *r = NULL;
            vt_error err = {0};
            CHECK_OK(reduced(t, NULL, 1, &r, &err), &err);
            right[law] += r && vt_result_model(r, (size_t)law)->weight > 0.5;
            vt_result_free(r);
            vt_table_free(t);
        }
    }
    CHECK(right[0] >= 45 && right[1] >= 45); /* 90 %, as for the molding models; the laws differ by 6 sigma here */
}

CHECK_MAIN(CHECK_CASE(the_laws_are_those_of_the_glass), CHECK_CASE(gradients_are_the_slopes),
           CHECK_CASE(exact_points_give_their_law_back), CHECK_CASE(the_minimum_is_the_one_of_the_kink_fit),
           CHECK_CASE(stated_uncertainties_weigh), CHECK_CASE(series_are_fitted_one_by_one),
           CHECK_CASE(cautions_are_given), CHECK_CASE(many_cautions_are_counted),
           CHECK_CASE(what_cannot_be_answered_is_refused), CHECK_CASE(results_do_not_depend_on_threads),
           CHECK_CASE(intervals_cover_the_truth), CHECK_CASE(the_right_law_is_chosen))
