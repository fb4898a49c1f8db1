/* The campaigns of test_kink_bootstrap.c in full size. */
#include "kink_campaign.h"

static void p_value_is_uniform_without_a_kink(void)
{
    check_uniform_p(1000, 199);
}

static void profiles_cover(void)
{
    check_profile_coverage(1000);
}

CHECK_MAIN(CHECK_CASE(p_value_is_uniform_without_a_kink), CHECK_CASE(profiles_cover))
