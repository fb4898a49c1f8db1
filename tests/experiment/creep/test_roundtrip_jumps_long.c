/* 1000 wires with load jumps of each kind, simulated and reduced. */
enum { ROUND_TRIPS = 1000 };
#include "experiment/creep/roundtrip_jumps_cases.h"
