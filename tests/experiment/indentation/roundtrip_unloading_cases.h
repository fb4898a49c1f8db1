#pragma once
/* The cases of the short and the long campaign, ROUND_TRIPS round trips of each kind through the unloading: ROUND_TRIPS
 * is a constant of the program. */
#include "roundtrip_unloading.h"

static void intervals_cover_noise_and_drift(void)
{
    unloading_campaign(ROUND_TRIPS, "noise", noise_alone);
}
static void intervals_cover_a_zero_point_that_is_fitted(void)
{
    unloading_campaign(ROUND_TRIPS, "zero point", with_approach);
}
static void intervals_cover_correlated_noise(void)
{
    unloading_campaign(ROUND_TRIPS, "correlated", correlated_noise);
}
static void intervals_cover_an_uncertain_calibration(void)
{
    unloading_campaign(ROUND_TRIPS, "calibration", uncertain_calibration);
}
static void intervals_cover_a_drift_that_is_stated_only(void)
{
    unloading_campaign(ROUND_TRIPS, "no hold", unknown_drift);
}

CHECK_MAIN(CHECK_CASE(intervals_cover_noise_and_drift), CHECK_CASE(intervals_cover_a_zero_point_that_is_fitted),
           CHECK_CASE(intervals_cover_correlated_noise), CHECK_CASE(intervals_cover_an_uncertain_calibration),
           CHECK_CASE(intervals_cover_a_drift_that_is_stated_only))
