/* Texts and numbers of YAML files that vitrum writes. */
#include "io/yaml_write_internal.h"
#include "base/number_internal.h"
#include <math.h>
#include <string.h>

void vti_yaml_put_text(FILE *out, const char *text)
{
    fputc('"', out);
    for (const char *c = text; *c; c++) {
        const unsigned char byte = (unsigned char)*c;
        if (byte == '"' || byte == '\\')
            fprintf(out, "\\%c", byte);
        else if (byte < 0x20 || byte == 0x7F)
            fprintf(out, "\\x%02X", byte);
        else
            fputc(byte, out);
    }
    fputc('"', out);
}

void vti_yaml_put_number(FILE *out, const vt_unit *unit, double si, double (*to_si)(const vt_unit *, double),
                         double start)
{
    char best[VTI_NUMBER_TEXT] = "", text[VTI_NUMBER_TEXT];
    double x = nextafter(nextafter(start, -INFINITY), -INFINITY);
    for (int i = 0; i < 5; i++, x = nextafter(x, INFINITY)) {
        const double back = to_si(unit, x);
        if (back < si || back > si) continue;
        vti_number_write(x, text);
        if (!best[0] || strlen(text) < strlen(best)) memcpy(best, text, sizeof best);
    }
    if (!best[0]) vti_number_write(start, best); /* the conversion is not onto: one unit in the last place off */
    fputs(best, out);
}
