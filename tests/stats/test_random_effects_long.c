/* Coverage of random effects at 3 specimens of 5 indents in 1000 replicates. */
#include "random_effects_campaign.h"

static void intervals_cover(void)
{
    static const double tau[4] = {0.0, 0.3, 1.0, 3.0};
    for (int k = 0; k < 4; k++) {
        cover(1000, tau[k], false, false);
        cover(1000, tau[k], true, false);
        cover(1000, tau[k], false, true);
    }
}

CHECK_MAIN(CHECK_CASE(intervals_cover))
