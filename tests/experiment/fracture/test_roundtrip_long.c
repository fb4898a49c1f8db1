/* 1000 fractures of each kind, simulated and reduced. */
enum { ROUND_TRIPS = 1000 };
#include "experiment/fracture/roundtrip_cases.h"
