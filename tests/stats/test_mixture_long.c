/* One phase in sets of one, 1000 each. */
#include "mixture_campaign.h"

static void one_phase_is_found_in_sets_of_one(void)
{
    static const size_t n[3] = {25, 60, 225};
    for (int k = 0; k < 3; k++)
        for (size_t d = 1; d <= 2; d++) {
            const size_t one = one_phase(1000, n[k], d);
            if (one < 950) CHECK_FAILED("%zu points in %zu dimensions: one phase in %zu of 1000", n[k], d, one);
        }
}

CHECK_MAIN(CHECK_CASE(one_phase_is_found_in_sets_of_one))
