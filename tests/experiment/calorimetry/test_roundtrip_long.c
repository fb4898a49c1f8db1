/* Calorimetry there and back, 1000 round trips of each case. */
enum { ROUND_TRIPS = 1000 };
#include "experiment/calorimetry/p21.h"

CHECK_MAIN(CHECK_CASE(straight_base_lines_are_covered), CHECK_CASE(bent_base_lines_are_covered),
           CHECK_CASE(two_exotherms_are_covered), CHECK_CASE(relaxing_glass_is_covered),
           CHECK_CASE(identical_runs_release_nothing))
