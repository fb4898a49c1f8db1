/* Fictive temperatures of glasses as made and annealed, 200 round trips. */
enum { ROUND_TRIPS = 200 };
#include "experiment/calorimetry/fictive.h"

CHECK_MAIN(CHECK_CASE(fresh_glass_is_covered), CHECK_CASE(aged_glass_is_covered), CHECK_CASE(old_glass_is_covered))
