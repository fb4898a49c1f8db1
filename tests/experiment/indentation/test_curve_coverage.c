#include "curve_campaign.h"

/* Procedure 1.9: 200 replicates here, 1000 in the long campaign. */
static void intervals_cover(void)
{
    campaign_run(200, 2e-10, 3e-4);
}

static void intervals_cover_at_one_nanometre(void)
{
    campaign_run(200, 1e-9, 1e-3);
}

CHECK_MAIN(CHECK_CASE(intervals_cover), CHECK_CASE(intervals_cover_at_one_nanometre))
