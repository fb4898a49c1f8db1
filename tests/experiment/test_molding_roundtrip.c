/* 200 round trips of the whole study: coverage of the intervals, choice of the model. The long campaign makes 1000. */
#include "molding_campaign.h"

enum { M = 200 };

static void intervals_cover_when_speeds_add(void)
{
    const struct tally t = campaign(M, "additive", "additive");
    judge(&t, M);
    int all = 0;
    for (size_t k = 0; k < 7; k++) all += t.chosen[k];
    CHECK_BAND(all / (7.0 * M), 0.90, 1.0); /* criterion: at least 90 % of data sets */
    CHECK(t.joint >= 0.99 * M);
}

static void the_fastest_mechanism_is_recognised(void)
{
    const struct tally t = campaign(M, "fastest", "fastest-wins");
    int all = 0;
    for (size_t k = 0; k < 7; k++) all += t.chosen[k];
    fprintf(stderr, "fastest: %.3f of conditions alone, %.3f of studies\n", all / (7.0 * M), t.joint / (double)M);
    CHECK_BAND(all / (7.0 * M), 0.90, 1.0);
    CHECK(t.joint >= 0.99 * M);
}

CHECK_MAIN(CHECK_CASE(intervals_cover_when_speeds_add), CHECK_CASE(the_fastest_mechanism_is_recognised))
