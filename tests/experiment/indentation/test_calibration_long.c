#include "calibration_campaign.h"

static void four_hundred_calibrations_cover_the_truth(void)
{
    campaign(400);
}

CHECK_MAIN(CHECK_CASE(four_hundred_calibrations_cover_the_truth))
