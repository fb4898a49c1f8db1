/* Null case and soft mounts in 1000 sets of wires and rods. */
#include "set_campaign.h"

static void campaigns_hold(void)
{
    null_campaign(1000);
    mount_campaign(1000);
}

CHECK_MAIN(CHECK_CASE(campaigns_hold))
