#pragma once
/* A small InView workbook, made up: the layout, the names and the damaged units of KLA's exports. */
#include "zip_text.h"
#include <stdio.h>

enum { INVIEW_XML = 1 << 16 };

/* Rows of cells between '|', rows between newlines; a cell that begins with a digit or '-' is a number unless the
 * whole text of it is quoted by '. */
static inline char *inview_sheet(const char *rows)
{
    char *xml = malloc(INVIEW_XML), *o = xml;
    const char *p = rows;
    o += sprintf(o, "<worksheet><sheetData>");
    for (int row = 1; *p; row++) {
        o += sprintf(o, "<row r=\"%d\">", row);
        for (int column = 0; *p && *p != '\n'; column++) {
            const int n = (int)strcspn(p, "|\n"), quoted = n > 1 && p[0] == '\'';
            const char *type = !quoted && n > 0 && strchr("-0123456789", *p) ? "" : " t=\"inlineStr\"";
            if (n > 0)
                o += sprintf(o, *type ? "<c r=\"%c%d\"%s><is><t>%.*s</t></is></c>" : "<c r=\"%c%d\"%s><v>%.*s</v></c>",
                             'A' + column, row, type, n - 2 * quoted, p + quoted);
            p += n + (p[n] == '|');
        }
        o += sprintf(o, "</row>");
        p += *p == '\n';
    }
    sprintf(o, "</sheetData></worksheet>");
    return xml;
}

struct inview_part {
    const char *name, *rows;
};

/* Workbook of n <= 9 sheets; malloc'd. */
static inline char *inview_file(const struct inview_part *part, size_t n, size_t *size)
{
    char book[2048], rels[2048], path[9][32], *xml[9];
    size_t b = (size_t)sprintf(book, "<workbook xmlns:r=\"urn:r\"><sheets>"), r = (size_t)sprintf(rels, "<R>");
    struct zip_member m[12] = {
        {"[Content_Types].xml", "<Types/>"}, {"xl/workbook.xml", book}, {"xl/_rels/workbook.xml.rels", rels}};
    for (size_t i = 0; i < n; i++) {
        sprintf(path[i], "xl/worksheets/s%zu.xml", i);
        xml[i] = inview_sheet(part[i].rows);
        b += (size_t)sprintf(book + b, "<sheet name=\"%s\" r:id=\"s%zu\"/>", part[i].name, i);
        r += (size_t)sprintf(rels + r, "<Relationship Id=\"s%zu\" Target=\"worksheets/s%zu.xml\"/>", i, i);
        m[3 + i] = (struct zip_member){path[i], xml[i]};
    }
    sprintf(book + b, "</sheets></workbook>");
    sprintf(rels + r, "</R>");
    char *zip = zip_make(m, 3 + n, size);
    for (size_t i = 0; i < n; i++) free(xml[i]);
    return zip;
}
