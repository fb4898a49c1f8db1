#include "calibration_campaign.h"

static void calibrations_cover_the_truth(void)
{
    campaign(60, 0.95 - 3.0 * sqrt(0.95 * 0.05 / 60.0));
}
CHECK_MAIN(CHECK_CASE(calibrations_cover_the_truth))
