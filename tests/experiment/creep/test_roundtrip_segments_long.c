/* 1000 creeping wires of each kind, simulated and reduced. */
enum { ROUND_TRIPS = 1000 };
#include "experiment/creep/roundtrip_segments_cases.h"
