/* Fictive temperatures of glasses as made and annealed, 1000 round trips. */
enum { ROUND_TRIPS = 1000 };
#include "experiment/calorimetry/fictive.h"

CHECK_MAIN(CHECK_CASE(fresh_glass_is_covered), CHECK_CASE(aged_glass_is_covered), CHECK_CASE(old_glass_is_covered))
