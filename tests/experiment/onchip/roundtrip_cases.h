#pragma once
/* Round trips of P22 and P23 (section 11): the virtual wafer writes records, the production code reduces them. The
 * wafer balances elastic and plastic strain with the change of volume and integrates flow; the reduction lays lines in
 * ln t. */
#include "round_trips.h"
#include <vitrum/constants.h>

struct wafer {
    struct settings truth;
    double E, yield, theta, V, mismatch, eps_a, S;
};

/* Every other wafer has dogbones whose fillets and overlap are known to 10 %, and six structures with two actuators. */
static void shape(struct wafer *w, vt_stream *s)
{
    set_number(&w->truth, "fillet_length", 3.0 + 7.0 * vt_stream_uniform(s), "um");
    set_number(&w->truth, "fillet_width", 1.5 + 2.5 * vt_stream_uniform(s), "um");
    set_number(&w->truth, "overlap_compliance", 4e-5 * vt_stream_uniform(s), "m/N");
    set_text(&w->truth, "two_actuators", "6");
}

/* A box about the published numbers; readings of 20 nm, dimensions of 3 % that the wafer shares. */
static struct wafer draw(uint64_t k)
{
    struct wafer w = {0};
    vt_stream s;
    vt_stream_init(&s, 20193, vt_stream_purpose("onchip/box"), k);
    w.E = 65e9 + 20e9 * vt_stream_uniform(&s);
    w.yield = 2.8e9 + 0.6e9 * vt_stream_uniform(&s);
    w.theta = 1.5e9 + 2e9 * vt_stream_uniform(&s);
    w.V = 1e-30 * (100.0 + 80.0 * vt_stream_uniform(&s));
    w.mismatch = -0.003 * vt_stream_uniform(&s);
    w.eps_a = -0.0044 + 0.0002 * vt_stream_uniform(&s);
    w.S = sqrt(3.0) * VT_BOLTZMANN * 298.0 / w.V;
    set_number(&w.truth, "seed", (double)(500 + k), "");
    set_number(&w.truth, "elastic_modulus", 1e-9 * w.E, "GPa");
    set_number(&w.truth, "yield_stress", 1e-6 * w.yield, "MPa");
    set_number(&w.truth, "hardening", 1e-9 * w.theta, "GPa");
    set_number(&w.truth, "activation_volume", 1e30 * w.V, "angstrom^3");
    set_number(&w.truth, "mismatch", w.mismatch, "");
    set_number(&w.truth, "actuator_mismatch", w.eps_a, "");
    set_text(&w.truth, "fracture_strain", "0.3");
    if (k % 2) shape(&w, &s);
    return w;
}

/* Few wafers have few draws: their ends are known to 0.13 standard deviations, and first order stands within 0.46. */
static struct settings how_reduced(uint64_t wafers)
{
    struct settings how = {0};
    if (wafers < 1000) set_text(&how, "replicates", "400");
    return how;
}

static const vt_property *of(const vt_result *r, const char *name, const char *reading, const char *key,
                             const char *text)
{
    size_t i = 0;
    return next(r, &i, name, reading, key, text);
}

/* Positive: everything comes back within its interval, V with hardening handled; without it is too large, and says so.
 */
static void wafers_come_back(uint64_t replicates)
{
    struct tally eps_a = {.what = "actuator mismatch"}, E = {.what = "E"}, E_F = {.what = "E, physics"},
                 f = {.what = "specimen mismatch"}, theta = {.what = "hardening"}, knee = {.what = "change point"},
                 offset = {.what = "offset yield"}, V = {.what = "V, handled"}, without = {.what = "V, ignored"},
                 m = {.what = "S, handled"};
    for (uint64_t k = 0; k < replicates; k++) {
        struct wafer w = draw(k);
        struct settings how = how_reduced(replicates);
        vt_result *r = there_and_back("onchip", &w.truth, &how);
        const vt_property *rate = of(r, "strain_rate", NULL, NULL, NULL);
        const double at = rate ? w.yield + w.S * log(rate->q.value / 1e-7) : (double)NAN;
        count(&eps_a, of(r, "actuator_mismatch", NULL, NULL, NULL), w.eps_a);
        count(&E, of(r, "elastic_modulus", "paper", NULL, NULL), w.E);
        count(&E_F, of(r, "elastic_modulus", "physics", NULL, NULL), w.E);
        count(&f, of(r, "specimen_mismatch", NULL, NULL, NULL), w.mismatch);
        count(&theta, of(r, "hardening_modulus", "physics", NULL, NULL), w.theta);
        count(&knee, of(r, "yield_stress", "physics", "criterion", "change point"), at);
        count(&offset, of(r, "yield_stress", "physics", "criterion", "0.2 % offset"), at + 0.002 * w.theta);
        count(&V, of(r, "activation_volume", "physics", "multiplier", "M = sqrt(3)"), w.V);
        count(&without, of(r, "activation_volume", "paper", "multiplier", "M = sqrt(3)"), w.V);
        count(&m, of(r, "rate_stress", "physics", NULL, NULL), w.S);
        vt_result_free(r);
    }
    judge(&eps_a, "wafer");
    judge(&E, "wafer");
    judge(&E_F, "wafer");
    judge(&f, "wafer");
    judge(&theta, "wafer");
    judge(&knee, "wafer");
    judge(&offset, "wafer");
    judge(&V, "wafer");
    judge(&m, "wafer");
    /* Ledger D6: by theta c3/c2, here 8 to 20 %. */
    const double over = without.relative / (double)without.n;
    fprintf(stderr, "wafer        V, hardening ignored: %.1f %% too large, coverage %.3f\n", 100.0 * over,
            (double)without.covered / (double)without.n);
    CHECK_BAND(over, 0.06, 0.25);
}

/* Strains of every structure and time, where the scale of the microscope and the length are right; without fillets. */
static void strains_come_back(uint64_t replicates)
{
    struct tally strain = {.what = "strain"};
    for (uint64_t k = 0; k < replicates; k++) {
        struct wafer w = draw(2 * k), quiet;
        struct settings how = how_reduced(replicates);
        vt_error err = {0};
        static const char *const NONE[] = {"scale_error", "session_error", "length_error"};
        for (int i = 0; i < 3; i++) set_text(&w.truth, NONE[i], "0");
        quiet = w;
        set_text(&quiet.truth, "displacement_noise", "0 nm");
        set_text(&quiet.truth, "resolution", "0 nm");
        vt_table *real = simulated("onchip", &quiet.truth, &err), *seen = simulated("onchip", &w.truth, &err);
        vt_result *r = reduced("onchip", seen, &how, &err);
        CHECK_OK(err.code, &err);
        const double *u = vt_table_values(real, (size_t)vt_table_find(real, "displacement"));
        const double *t = vt_table_values(real, (size_t)vt_table_find(real, "elapsed_time"));
        const size_t names = (size_t)vt_table_find(real, "structure");
        size_t row = 0;
        for (size_t i = 0; r && i < vt_result_properties(r); i++) {
            const vt_property *p = vt_result_property(r, i);
            if (strcmp(p->name, "strain") != 0) continue;
            const vt_scope *structure = scope_of(p, "structure"), *time = scope_of(p, "time");
            while (strcmp(vt_table_text(real, names, row), structure->text) != 0 || fabs(t[row] - time->value) > 1.0)
                row++;
            /* One of nine: the readings of a wafer share its mismatch, so that each counts as little more than one. */
            if (i % 9 == 0) count(&strain, p, log1p(u[row] / 25e-6) - w.mismatch);
        }
        vt_result_free(r);
        vt_table_free(real);
        vt_table_free(seen);
    }
    /* Shared terms leave fewer independent values than counted: the band is that of the wafers. */
    const double c = (double)strain.covered / (double)strain.n, n = (double)replicates;
    fprintf(stderr, "wafer        strain: n %ld coverage %.3f\n", strain.n, c);
    CHECK_BAND(c, 0.95 - 3.0 * sqrt(0.95 * 0.05 / n), 1.0);
}

/* Null: specimens that never yield do not relax, and nothing is told of flow. */
static void elastic_wafers_do_not_relax(uint64_t replicates)
{
    struct tally A1 = {.what = "A1 of elastic ones"};
    long silent = 0;
    for (uint64_t k = 0; k < replicates; k++) {
        struct wafer w = draw(k);
        struct settings how = how_reduced(replicates);
        set_text(&w.truth, "flow", "no");
        set_text(&w.truth, "strain_high", "0.042");
        set_text(&w.truth, "session_error", "0");
        vt_result *r = there_and_back("onchip", &w.truth, &how);
        const vt_property *p = of(r, "elastic_relaxation", NULL, NULL, NULL);
        A1.n++;
        A1.covered += p && fabs(p->q.value) < 2.0 * p->q.u;
        A1.pull += p ? p->q.value / p->q.u : 0.0;
        silent += warned(r, "W_NO_YIELD", "") && !quantity(r, "activation_volume", NULL) &&
                  !quantity(r, "yield_stress", NULL) && !quantity(r, "hardening_modulus", NULL);
        vt_result_free(r);
    }
    const double n = (double)replicates, band = 3.0 * sqrt(0.9545 * 0.0455 / n);
    fprintf(stderr, "elastic      A1 = 0 within 2u in %ld, nothing told of flow in %ld of %lu\n", A1.covered, silent,
            (unsigned long)replicates);
    CHECK_BAND((double)A1.covered / n, 0.9545 - band, fmin(1.0, 0.9545 + band));
    CHECK_ABS(A1.pull / n, 0.0, 0.2 + 3.0 / sqrt(n));
    CHECK((double)silent >= 0.95 * n);
}

/* Breakage: a displacement beyond the free contraction is refused by its line. */
static void too_far_is_refused(uint64_t replicates)
{
    long refused = 0;
    for (uint64_t k = 0; k < replicates; k++) {
        struct wafer w = draw(2 * k);
        struct settings how = how_reduced(replicates);
        vt_error err = {0};
        vt_table *t = simulated("onchip", &w.truth, &err);
        const size_t rows = vt_table_rows(t), at = rows - 1 - (size_t)(k % 40);
        double *u = (double *)(uintptr_t)vt_table_values(t, (size_t)vt_table_find(t, "displacement"));
        const double *L = vt_table_values(t, (size_t)vt_table_find(t, "actuator_length"));
        u[at] = 0.0047 * L[at] + 0.2e-6;
        vt_result *r = reduced("onchip", t, &how, &err);
        refused += !r && err.code == VT_EENERGY && strstr(err.msg, "beyond the free contraction");
        vt_result_free(r);
        vt_table_free(t);
    }
    CHECK(refused == (long)replicates);
}
