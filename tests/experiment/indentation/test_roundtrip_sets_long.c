/* 1000 sets of wires and rods of each kind. */
enum { ROUND_TRIPS = 1000 };
#include "roundtrip_sets_cases.h"
