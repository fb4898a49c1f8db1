/* 200 creeping wires of each kind, simulated and reduced. The long campaign makes 1000. */
enum { ROUND_TRIPS = 200 };
#include "experiment/creep/roundtrip_segments_cases.h"
