#include "calibration_campaign.h"

static void calibrations_cover_the_truth(void)
{
    campaign(40);
}

CHECK_MAIN(CHECK_CASE(calibrations_cover_the_truth))
