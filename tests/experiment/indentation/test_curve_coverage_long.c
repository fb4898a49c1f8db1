#include "curve_campaign.h"

static void intervals_cover(void)
{
    campaign_run(1000, 2e-10, 3e-4);
}

static void intervals_cover_at_one_nanometre(void)
{
    campaign_run(1000, 1e-9, 1e-3);
}

/* Depth noise alone, load noise alone. */
static void intervals_cover_with_one_noise(void)
{
    campaign_run(1000, 1e-9, 1e-6);
    campaign_run(1000, 1e-12, 1e-3);
}

CHECK_MAIN(CHECK_CASE(intervals_cover), CHECK_CASE(intervals_cover_at_one_nanometre),
           CHECK_CASE(intervals_cover_with_one_noise))
