/* A user of the installed library: units, the registry, an error. */
#include <stdio.h>
#include <string.h>
#include <vitrum/experiment.h>
#include <vitrum/units.h>
#include <vitrum/version.h>

int main(void)
{
    vt_error err = {0};
    vt_unit unit;
    double d = 0.0;
    if (vt_unit_read_value("52 um", "m", &d, &unit, &err) != VT_OK || !(d > 5.1e-5 && d < 5.3e-5)) return 1;
    if (vt_unit_read_value("52 um", "K", &d, &unit, &err) != VT_EUNITS || !strstr(err.msg, "um")) return 2;
    if (!vt_experiment_find("molding") || !VT_EXPERIMENTS[0]) return 3;
    printf("vitrum %s as a library: works\n", VT_VERSION);
    return 0;
}
