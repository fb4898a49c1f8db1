/* Calorimetry there and back: base lines that bend, two exotherms, glass that relaxes by its own law. */
enum { ROUND_TRIPS = 200 };
#include "experiment/calorimetry/p21.h"

CHECK_MAIN(CHECK_CASE(bent_base_lines_are_covered), CHECK_CASE(two_exotherms_are_covered),
           CHECK_CASE(relaxing_glass_is_covered))
