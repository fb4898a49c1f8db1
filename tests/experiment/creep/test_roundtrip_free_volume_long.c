/* 1000 wires of each kind that flow by free volume, simulated and reduced. */
enum { ROUND_TRIPS = 1000 };
#include "experiment/creep/roundtrip_free_volume_cases.h"
