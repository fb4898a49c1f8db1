/* 200 heated wires of each kind, simulated and reduced. The long campaign makes 1000. */
enum { ROUND_TRIPS = 200 };
#include "experiment/heating/roundtrip_cases.h"
