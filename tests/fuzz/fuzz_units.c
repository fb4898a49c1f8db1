/* Units, values with units and numbers from arbitrary text: a finite scale, or a refusal with code and text. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/units.h>

static void insist(int condition)
{
    if (!condition) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const WANTED[] = {NULL, "K", "Pa s", "m", "1", "rad"};
    if (size == 0) return 0;
    char *text = malloc(size);
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    const char *wanted = WANTED[data[0] % (sizeof WANTED / sizeof *WANTED)];
    vt_unit unit = {0};
    vt_error err = {0};
    vt_status st = vt_unit_read(text, wanted, &unit, &err);
    if (st == VT_OK)
        insist(unit.scale > 0.0 && isfinite(unit.scale) && isfinite(unit.offset) && unit.si[0] &&
               memchr(unit.text, 0, sizeof unit.text) && memchr(unit.si, 0, sizeof unit.si));
    else
        insist(err.code == st && err.msg[0]);
    double value = 0.5;
    st = vt_unit_read_value(text, wanted, &value, &unit, &err);
    insist(st == VT_OK ? isfinite(value) : value == 0.5);
    st = vt_number_read(text, &value, &err);
    insist(st != VT_OK || isfinite(value));
    long whole = 3;
    st = vt_integer_read(text, -10, 10, &whole, &err);
    insist(whole >= -10 && whole <= 10 && (st == VT_OK || whole == 3));
    free(text);
    return 0;
}
