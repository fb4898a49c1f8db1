/* 200 wires of each kind that flow by free volume, simulated and reduced. The long campaign makes 1000. */
enum { ROUND_TRIPS = 200 };
#include "experiment/creep/roundtrip_free_volume_cases.h"
