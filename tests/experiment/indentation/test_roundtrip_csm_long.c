/* 1000 round trips through continuous stiffness. */
#include "roundtrip_csm.h"

static void intervals_cover_the_plateau(void)
{
    csm_campaign(1000, "0");
}

CHECK_MAIN(CHECK_CASE(intervals_cover_the_plateau))
