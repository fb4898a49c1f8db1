/* 1000 heated wires of each kind, simulated and reduced. */
enum { ROUND_TRIPS = 1000 };
#include "experiment/heating/roundtrip_cases.h"
