/* 200 fractures of each kind, simulated and reduced. The long campaign makes 1000. */
enum { ROUND_TRIPS = 200 };
#include "experiment/fracture/roundtrip_cases.h"
