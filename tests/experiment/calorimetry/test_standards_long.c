/* Melting edges, empty pan and sapphire there and back, 1000 calorimeters. */
enum { ROUND_TRIPS = 1000 };
#include "experiment/calorimetry/standards.h"

CHECK_MAIN(CHECK_CASE(standards_are_covered), CHECK_CASE(slow_standards_are_covered))
