/* Round trips of the calibration (P18): virtual indents in fused silica and tungsten under an unknown tip and frame. */
#include "roundtrip.h"

enum { M = 4 };

static void cycles_in(struct settings *s, int session, const char *modulus, const char *hardness, const char *nu)
{
    set_number(s, "seed", 500 + session, "");
    set_text(s, "modulus", modulus);
    set_text(s, "hardness", hardness);
    set_text(s, "poisson_ratio", nu);
    set_text(s, "indents", "12");
    set_text(s, "cycles", "7");
    set_text(s, "loads", "48 mN");
    set_text(s, "sampling", "5 Hz");
    set_text(s, "frame_compliance", "0.4 nm/mN");
    set_text(s, "state", "none");
    set_text(s, "drift", "0.01 nm/s");
    set_text(s, "spacing", "50 um");
    set_text(s, "approach", "0 nm");
}

static void frame_and_tip_come_back(void)
{
    double C = 0.0, E = 0.0;
    int inside = 0, n = 0;
    for (int session = 0; session < M; session++) {
        struct settings silica = {0}, tungsten = {0}, how = {0};
        vt_error err = {0};
        cycles_in(&silica, 2 * session, "72 GPa", "9.5 GPa", "0.17");
        cycles_in(&tungsten, 2 * session + 1, "411 GPa", "5 GPa", "0.28");
        vt_table *t[2] = {simulated("indentation", &silica, &err), simulated("indentation", &tungsten, &err)};
        CHECK_OK(vt_table_name(t[0], "silica.csv", &err), &err); /* a reference is a file */
        CHECK_OK(vt_table_name(t[1], "tungsten.csv", &err), &err);
        set_text(&how, "references", "fused silica,tungsten");
        set_text(&how, "terms", "2");
        set_text(&how, "replicates", "200");
        vt_result *r = NULL;
        const vt_table *raw[2] = {t[0], t[1]};
        const vt_request in = {.raw = raw, .nraw = 2, .settings = rows(&how), .nsettings = how.n};
        CHECK_OK(vt_reduce(vt_experiment_find("indentation_calibration"), &in, &r, &err), &err);
        size_t i = 0, j = 0;
        const vt_property *c = r ? next(r, &i, "frame_compliance", NULL, NULL, NULL) : NULL;
        const vt_property *e = r ? next(r, &j, "elastic_modulus", NULL, "reference", "tungsten") : NULL;
        CHECK(c && e);
        if (c && e) {
            C += c->q.value, E += e->q.value, n++;
            inside += c->q.low <= 0.4e-6 && 0.4e-6 <= c->q.high;
        }
        vt_result_free(r);
        vt_table_free(t[0]);
        vt_table_free(t[1]);
    }
    fprintf(stderr, "C_f %.4f nm/mN (0.4), E of tungsten %.1f GPa (411), interval of C_f holds in %d of %d\n",
            1e6 * C / n, 1e-9 * E / n, inside, n);
    CHECK_REL(C / n, 0.4e-6,
              0.05); /* u of one is 1.7 %: 2.6 % for the mean of four at three sigma, twice for the exponent */
    CHECK_REL(E / n, 411e9, 0.02);
    CHECK(inside >= M - 1);
}

CHECK_MAIN(CHECK_CASE(frame_and_tip_come_back))
