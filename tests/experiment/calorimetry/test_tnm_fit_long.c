/* Coverage of the fitted relaxation law: 60 round trips of each set. */
#include "experiment/calorimetry/tnm_round_trip.h"

static void covered(const tnm_set *s)
{
    struct tally tally[4] = {{0}};
    tnm_campaign(s, 60, tally);
    for (size_t j = 0; j < 4; j++) judge(&tally[j], s->name);
}

static void boron_oxide_is_covered(void)
{
    covered(&TNM_SETS[0]);
}

static void polystyrene_is_covered(void)
{
    covered(&TNM_SETS[2]);
}

CHECK_MAIN(CHECK_CASE(boron_oxide_is_covered), CHECK_CASE(polystyrene_is_covered))
