/* Workbooks from arbitrary bytes, and, since a ZIP's checksums keep a fuzzer out, arbitrary XML inside a good ZIP:
 * the first byte says which part the bytes become. */
#include "../io/zip_text.h"
#include <stdlib.h>
#include <vitrum/io.h>

#define BOOK    "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"one\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
#define RELS    "<Relationships><Relationship Id=\"a\" Target=\"worksheets/one.xml\"/></Relationships>"
#define STRINGS "<sst><si><t>T [K]</t></si><si><t>eta [Pa s]</t></si></sst>"
#define SHEET \
    "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>" \
    "<row r=\"2\"><c r=\"A2\"><v>570</v></c><c r=\"B2\"><v>3e8</v></c></row></sheetData></worksheet>"

#define TEST_BOOK \
    "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"Test 1\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
#define TEST \
    "<w><sheetData><row><c t=\"inlineStr\"><is><t>Markers</t></is></c><c t=\"s\"><v>0</v></c><c " \
    "t=\"s\"><v>1</v></c></row>" \
    "<row><c r=\"B2\" t=\"inlineStr\"><is><t>nm</t></is></c></row><row><c " \
    "r=\"B3\"><v>570</v></c></row></sheetData></w>"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1) return 0;
    char *text = malloc(size);
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    struct zip_member m[] = {{"xl/workbook.xml", BOOK},
                             {"xl/_rels/workbook.xml.rels", RELS},
                             {"xl/sharedStrings.xml", STRINGS},
                             {"xl/worksheets/one.xml", SHEET}};
    const unsigned which = data[0] % 5;    /* 4: the archive itself */
    const bool test = data[0] / 5 % 2 > 0; /* the sheet of a test, or a plain one */
    if (test) m[0].text = TEST_BOOK;
    if (test) m[3].text = TEST;
    size_t n = size - 1;
    char *zip = text;
    if (which < 4) {
        m[which].text = text;
        zip = zip_make(m, 4, &n);
    }
    vt_table *t = NULL;
    vt_error err = {0};
    const vt_status st = vt_table_parse("fuzz.xlsx", zip, n, NULL, &t, &err);
    if (st == VT_OK ? vt_table_rows(t) == 0 : (err.code != st || !err.msg[0] || t)) abort();
    vt_table_free(t);
    vt_book *book = NULL;
    err = (vt_error){0};
    const vt_status as_book = vt_book_parse("fuzz.xlsx", zip, n, NULL, &book, &err);
    if (as_book == VT_OK ? vt_book_tables(book) == 0 : (err.code != as_book || !err.msg[0] || book)) abort();
    vt_book_free(book);
    if (zip != text) free(zip);
    free(text);
    return 0;
}
