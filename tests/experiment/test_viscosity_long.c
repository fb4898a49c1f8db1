/* Coverage of the intervals of `viscosity`, 1000 replicates. */
#include "experiment/viscosity_truth.h"

/* 0.95 -+ 3 standard deviations of 1000 trials (0.0069 each) */
static void intervals_cover_the_truth(void)
{
    size_t hits[3];
    CHECK(campaign(1000, hits) == 1000);
    for (int k = 0; k < 3; k++) CHECK_BAND((double)hits[k] / 1000.0, 0.929, 0.971);
}

CHECK_MAIN(CHECK_CASE(intervals_cover_the_truth))
