/* 1000 sets of wires and rods of each kind. */
#include "roundtrip_sets.h"

enum { M = 1000 };

static void soft_mounts_are_flagged_and_taken_off(void)
{
    soft_mounts(M);
}
static void no_size_effect_is_reported_as_none(void)
{
    size_effect(M, "1", "1");
}
static void a_real_size_effect_is_covered(void)
{
    size_effect(M, "0.74", "0.83");
}

CHECK_MAIN(CHECK_CASE(soft_mounts_are_flagged_and_taken_off), CHECK_CASE(no_size_effect_is_reported_as_none),
           CHECK_CASE(a_real_size_effect_is_covered))
