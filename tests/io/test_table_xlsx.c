/* Workbooks: cells of every type, gaps, sheets by name, and every refusal. */
#include "io/table_text.h"
#include "io/zip_text.h"

#define BOOK \
    "<?xml version=\"1.0\"?><workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"first\" sheetId=\"1\" r:id=\"a\"/>" \
    "<sheet name=\"runs &amp; more\" sheetId=\"2\" r:id=\"b\"/></sheets></workbook>"
#define RELS \
    "<Relationships><Relationship Id=\"b\" Target=\"/xl/worksheets/two.xml\"/><Relationship Id=\"a\" " \
    "Target=\"worksheets/one.xml\"/></Relationships>"
#define STRINGS \
    "<sst><si><t>T [degC]</t></si><si><r><t>eta </t></r><r><t>[Pa s]</t></r><rPh><t>no</t></rPh></si>" \
    "<si><t>who, \"or\" what</t></si><si><t>17</t></si></sst>"
#define ONE \
    "<worksheet><sheetData><row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c>" \
    "<c r=\"D2\" t=\"s\"><v>2</v></c><c r=\"C2\"/></row></sheetData></worksheet>"
#define TWO \
    "<worksheet><dimension ref=\"A1:ZZ99999999\"/><sheetData>" \
    "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c><c r=\"C2\" " \
    "t=\"s\"><v>2</v></c></row>" \
    "<row r=\"3\"><c r=\"A3\"><v>297.5</v></c><c r=\"B3\"><v>3.16E8</v></c><c r=\"C3\" t=\"inlineStr\"><is><t>a&lt;b" \
    "</t></is></c></row>" \
    "<row r=\"5\"><c r=\"A5\"><f>A3+1</f><v>298.5</v></c><c r=\"C5\" t=\"s\"><v>3</v></c></row>" \
    "<row><c><v>299.5</v></c><c t=\"e\"><v>#DIV/0!</v></c></row>" \
    "</sheetData></worksheet>"

static char *book(const char *workbook, const char *rels, const char *strings, const char *sheet, size_t *size)
{
    const struct zip_member m[] = {{"[Content_Types].xml", "<Types/>"},  {"xl/workbook.xml", workbook},
                                   {"xl/_rels/workbook.xml.rels", rels}, {"xl/sharedStrings.xml", strings},
                                   {"xl/worksheets/one.xml", ONE},       {"xl/worksheets/two.xml", sheet}};
    return zip_make(m, sizeof m / sizeof *m, size);
}

static void cells_of_every_type_are_read(void)
{
    size_t n;
    char *zip = book(BOOK, RELS, STRINGS, TWO, &n);
    vt_table *t = table_of_size(zip, n, &(vt_read_options){.sheet = "runs & more"});
    CHECK(vt_table_rows(t) == 3 && vt_table_columns(t) == 3);
    CHECK(at(t, "T", 0) == 297.5 + 273.15 && at(t, "T", 2) == 299.5 + 273.15); /* the same sums: exact */
    CHECK(at(t, "eta", 0) == 3.16e8 && isnan(at(t, "eta", 1)) && isnan(at(t, "eta", 2)));
    CHECK(vt_table_find(t, "who, \"or\" what") == 2);
    CHECK(strcmp(vt_table_text(t, 2, 0), "a<b") == 0 && strcmp(vt_table_text(t, 2, 1), "17") == 0);
    CHECK(strcmp(vt_table_text(t, 2, 2), "") == 0);
    CHECK(vt_table_line(t, 0) == 3 && vt_table_line(t, 1) == 5 && vt_table_line(t, 2) == 6); /* rows of the sheet */
    CHECK_TEXT(vt_table_note(t, 0), "eta: 1 cells");
    vt_table_free(t);
    free(zip);
}

static void refused_book(const char *workbook, const char *rels, const char *strings, const char *sheet, vt_status code,
                         long line, const char *part)
{
    size_t n;
    char *zip = book(workbook, rels, strings, sheet, &n);
    refused_size(zip, n, &(vt_read_options){.sheet = "runs & more"}, code, line, part);
    free(zip);
}

static void bad_workbooks_are_refused(void)
{
    size_t n;
    char *zip = book(BOOK, RELS, STRINGS, TWO, &n);
    refused_size(zip, n, &(vt_read_options){.sheet = "third"}, VT_EKEY, 0,
                 "no sheet 'third'; there are 'first', 'runs & more'");
    refused_size(zip, n, NULL, VT_EPARSE, 2, "a cell out of order in row 2"); /* the first sheet: D2 before C2 */
    refused_size(zip, n / 2, NULL, VT_EPARSE, 0, "cannot be unpacked");
    free(zip);
    refused_book("<workbook><sheets/></workbook>", RELS, STRINGS, TWO, VT_ESHAPE, 0, "the workbook has no sheet");
    refused_book(BOOK, "<Relationships/>", STRINGS, TWO, VT_EPARSE, 0, "has no part");
    refused_book(BOOK, "<Relationships><Relationship Id=\"b\" Target=\"gone.xml\"/></Relationships>", STRINGS, TWO,
                 VT_EPARSE, 0, "without 'xl/gone.xml'");
    refused_book(BOOK, RELS, "<sst/>", TWO, VT_EPARSE, 2, "a shared string that does not exist");
    refused_book(BOOK, RELS, STRINGS, "<worksheet><sheetData><row>", VT_EPARSE, 0,
                 "'xl/worksheets/two.xml' of the workbook is damaged");
    refused_book(BOOK, RELS, STRINGS, "<worksheet><sheetData/></worksheet>", VT_ESHAPE, 0, "empty");
    refused_book(BOOK, RELS, STRINGS, "<w><row r=\"3\"/><row r=\"2\"/></w>", VT_EPARSE, 3, "a row number out of order");
    refused_book(BOOK, RELS, STRINGS, "<w><row r=\"2000000\"/></w>", VT_EPARSE, 0, "a row number out of order");
    refused_book(BOOK, RELS, STRINGS, "<w><row r=\"1\"><c r=\"ZZZZZZ1\"/></row></w>", VT_EPARSE, 1,
                 "a cell out of order");
    refused_book(BOOK, RELS, STRINGS, "<w><row r=\"1\"><c r=\"A1\"><v>1\n2</v></c></row></w>", VT_EPARSE, 1,
                 "a number that is none");
}

/* Entities would be the way to a billion laughs or to another file. */
static void document_types_are_refused(void)
{
    refused_book(BOOK, RELS,
                 "<!DOCTYPE sst [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>", TWO,
                 VT_EPARSE, 0, "document type declaration");
}

static void archives_that_are_no_workbook_are_refused(void)
{
    const struct zip_member m[] = {{"notes.txt", "hello"}};
    size_t n;
    char *zip = zip_make(m, 1, &n);
    refused_size(zip, n, NULL, VT_EPARSE, 0, "without 'xl/workbook.xml': no .xlsx workbook");
    free(zip);
}

/* Depth is bounded by libxml2, with no recursion of ours. */
static void endless_nesting_is_refused(void)
{
    const size_t depth = 100000;
    char *sheet = malloc(3 * depth + 1);
    for (size_t i = 0; i < depth; i++) memcpy(sheet + 3 * i, "<a>", 3);
    sheet[3 * depth] = '\0';
    refused_book(BOOK, RELS, STRINGS, sheet, VT_EPARSE, 0, "is damaged");
    free(sheet);
}

CHECK_MAIN(CHECK_CASE(cells_of_every_type_are_read), CHECK_CASE(bad_workbooks_are_refused),
           CHECK_CASE(document_types_are_refused), CHECK_CASE(archives_that_are_no_workbook_are_refused),
           CHECK_CASE(endless_nesting_is_refused))
