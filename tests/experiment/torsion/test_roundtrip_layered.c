/* Round trips of wires with a layer on an elastic core. */
#include "torsion_campaign.h"

static void layered(void)
{
    layer_on_an_elastic_core_is_found(85);
}

CHECK_MAIN(CHECK_CASE(layered))
