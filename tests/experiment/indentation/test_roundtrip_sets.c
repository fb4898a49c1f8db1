/* 200 sets of wires and rods of each kind. The long campaign makes 1000. */
enum { ROUND_TRIPS = 200 };
#include "roundtrip_sets_cases.h"
