/* 200 round trips of each kind through the unloading. The long campaign makes 1000. */
#include "roundtrip_unloading.h"

enum { M = 200 };

static void intervals_cover_noise_and_drift(void)
{
    unloading_campaign(M, "noise", noise_alone);
}
static void intervals_cover_a_zero_point_that_is_fitted(void)
{
    unloading_campaign(M, "zero point", with_approach);
}
static void intervals_cover_correlated_noise(void)
{
    unloading_campaign(M, "correlated", correlated_noise);
}
static void intervals_cover_an_uncertain_calibration(void)
{
    unloading_campaign(M, "calibration", uncertain_calibration);
}

CHECK_MAIN(CHECK_CASE(intervals_cover_noise_and_drift), CHECK_CASE(intervals_cover_a_zero_point_that_is_fitted),
           CHECK_CASE(intervals_cover_correlated_noise), CHECK_CASE(intervals_cover_an_uncertain_calibration))
