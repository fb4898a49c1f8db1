#include "calibration_campaign.h"

static void four_hundred_calibrations_cover_the_truth(void)
{
    campaign(400, 0.95 - 3.0 * sqrt(0.95 * 0.05 / 400.0));
}

CHECK_MAIN(CHECK_CASE(four_hundred_calibrations_cover_the_truth))
