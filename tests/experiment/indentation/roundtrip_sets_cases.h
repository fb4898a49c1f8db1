#pragma once
/* The cases of the short and the long campaign, ROUND_TRIPS sets of wires and rods of each kind: ROUND_TRIPS is a
 * constant of the program.
 */
#include "roundtrip_sets.h"

static void soft_mounts_are_flagged_and_taken_off(void)
{
    soft_mounts(ROUND_TRIPS);
}
static void no_size_effect_is_reported_as_none(void)
{
    size_effect(ROUND_TRIPS, "1", "1");
}
static void a_real_size_effect_is_covered(void)
{
    size_effect(ROUND_TRIPS, "0.74", "0.83");
}
static void a_frame_that_is_uncertain_counts_once(void)
{
    uncertain_frame(ROUND_TRIPS);
}

CHECK_MAIN(CHECK_CASE(soft_mounts_are_flagged_and_taken_off), CHECK_CASE(no_size_effect_is_reported_as_none),
           CHECK_CASE(a_real_size_effect_is_covered), CHECK_CASE(a_frame_that_is_uncertain_counts_once))
