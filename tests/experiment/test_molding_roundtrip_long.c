/* 1000 round trips for each truth, and coverage of the laws over temperature by their bootstrap. */
#include "molding_campaign.h"

enum { M = 1000, LAWS = 400 };

static void intervals_cover_when_speeds_add(void)
{
    const struct tally t = campaign(M, "additive", "additive");
    judge(&t, M);
    int all = 0;
    for (size_t k = 0; k < 7; k++) {
        all += t.chosen[k];
        CHECK_BAND(t.chosen[k] / (double)M, 0.90, 1.0);
    }
    fprintf(stderr, "additive: %.3f of conditions alone\n", all / (7.0 * M));
    CHECK(t.joint >= 0.99 * M);
}

static void intervals_cover_when_the_fastest_wins(void)
{
    const struct tally t = campaign(M, "fastest", "fastest-wins");
    judge(&t, M);
    int all = 0;
    for (size_t k = 0; k < 7; k++) all += t.chosen[k];
    fprintf(stderr, "fastest: %.3f of conditions alone, %.3f of studies\n", all / (7.0 * M), t.joint / (double)M);
    CHECK_BAND(all / (7.0 * M), 0.90, 1.0);
    CHECK(t.joint >= 0.99 * M);
}

/* P10: profile or bootstrap instead of Gauss-Newton, which covers 0.87 to 0.93. Assumed constants at their true values
 * and without uncertainty, so that the intervals are those of the lengths alone. */
static void laws_are_covered(void)
{
    static const struct {
        const char *name, *reading;
        double truth;
    } LAW[] = {{"vft_viscosity_at_reference", "paper", 1.671e9},
               {"vft_T0", NULL, 415.56},
               {"kink_temperature", NULL, 560.65},
               {"glass_activation_energy", NULL, 0.884 * VT_ELECTRONVOLT},
               {"interface_activation_energy", NULL, 1.58 * VT_ELECTRONVOLT},
               {"stokes_einstein_breakdown", NULL, 681.372},
               {"bulk_glass_transition", NULL, 561.492},
               {"interface_glass_transition", NULL, 528.930},
               {"maximum_critical_diameter", NULL, 99.83e-9}};
    enum { N = sizeof LAW / sizeof *LAW };
    int covered[N] = {0};
    const vt_experiment *e = vt_experiment_find("molding");
    for (int m = 0; m < LAWS; m++) {
        char seed[32];
        snprintf(seed, sizeof seed, "%d", 5000 + m);
        const vt_setting sim[] = {{"seed", seed, NULL, 0}};
        const vt_setting red[] = {{"replicates", "400", NULL, 0},
                                  {"vft_viscosity_infinite", "3.969e-5 Pa s", NULL, 0},
                                  {"vft_viscosity_infinite_decades", "0", NULL, 0},
                                  {"interface_thickness", "0.368 nm", NULL, 0},
                                  {"interface_thickness_factor", "1", NULL, 0},
                                  {"atomic_radius", "0.1316 nm", NULL, 0},
                                  {"atomic_radius_u", "0", NULL, 0},
                                  {"activation_ratio_u", "0", NULL, 0}};
        const vt_request a = {.settings = sim, .nsettings = 1};
        vt_table *table = NULL;
        vt_result *r = NULL;
        vt_error err = {0};
        CHECK_OK(vt_simulate(e, &a, &table, &err), &err);
        const vt_table *raw = table;
        const vt_request b = {.raw = &raw, .nraw = 1, .settings = red, .nsettings = sizeof red / sizeof *red};
        CHECK_OK(vt_reduce(e, &b, &r, &err), &err);
        for (size_t i = 0; r && i < N; i++) {
            const vt_property *p = vt_result_find(r, LAW[i].name, LAW[i].reading, NULL, 0);
            covered[i] += p && p->q.low <= LAW[i].truth && LAW[i].truth <= p->q.high;
        }
        vt_result_free(r);
        vt_table_free(table);
    }
    const double band = 3.0 * sqrt(0.95 * 0.05 / LAWS);
    for (size_t i = 0; i < N; i++) {
        fprintf(stderr, "%-30s coverage %.3f\n", LAW[i].name, covered[i] / (double)LAWS);
        CHECK_BAND(covered[i] / (double)LAWS, 0.95 - band, 0.95 + band);
    }
}

CHECK_MAIN(CHECK_CASE(intervals_cover_when_speeds_add), CHECK_CASE(intervals_cover_when_the_fastest_wins),
           CHECK_CASE(laws_are_covered))
