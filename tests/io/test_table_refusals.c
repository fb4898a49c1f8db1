/* Bad text tables (procedures 12): the right code, file, line and fix for each; never a crash. */
#include "io/table_text.h"
#include <unistd.h>

static void tables_without_rows_are_refused(void)
{
    refused("", VT_ESHAPE, 0, "the file is empty");
    refused("\n\r\n  \n", VT_ESHAPE, 0, "the file is empty");
    refused("\xEF\xBB\xBF", VT_ESHAPE, 0, "the file is empty");
    refused("# diameter: 52 [um]\n", VT_ESHAPE, 0, "comments only");
    refused("t [s],F [N]\n", VT_ESHAPE, 1, "a header but no rows");
    refused("# a: b\n\nt [s],F [N]", VT_ESHAPE, 3, "a header but no rows");
    refused("t,F\n[s],[N]\n", VT_ESHAPE, 1, "a header but no rows");
}

static void one_row_is_a_table(void)
{
    vt_table *t = table_of("t [s],F [N]\n1.5,2.5\n"); /* too few for a fit, which is the reduction's to say */
    CHECK(vt_table_rows(t) == 1);
    vt_table_free(t);
}

static void numbers_without_header_are_refused(void)
{
    refused("1,2,3\n4,5,6\n", VT_EPARSE, 1, "without a header; write a line above them");
    refused("# remark\n1\t2\n4\t5\n", VT_EPARSE, 2, "(2, separated by tabs), such as 'time [s]<tab>load [mN]'");
    refused("1;2;3\n4;5;6\n", VT_EPARSE, 1, "(3, separated by semicolons), such as 'time [s];load [mN]'");
    refused("1  2 3\n4  5 6\n", VT_EPARSE, 1, "(3, separated by two blanks or more), such as 'time [s]  load [mN]'");
    refused("This is a letter.\nIt has no table.\nReally not.\n", VT_EPARSE, 1, "no table found");
}

static void rows_of_another_length_are_refused(void)
{
    refused("t [s],F [N]\n1,2\n3\n5,6\n", VT_ESHAPE, 3,
            "the row has 1 cells, the header in line 1 names 2 columns ('3')");
    refused("t [s],F [N]\n1,2\n3,4,5\n5,6\n", VT_ESHAPE, 3, "the row has 3 cells");
    refused("t [s],F [N]\n3\n1,2\n5,6\n", VT_ESHAPE, 2, "the row has 1 cells");
    refused("t [s],F [N]\n1,2,3\n4,5,6\n", VT_ESHAPE, 2, "names 2 columns");
    refused("t [s]\tF [N]\n1\t2\n[step]\nother\tblock\n", VT_ESHAPE, 3, "one file holds one table");
}

static void a_decimal_comma_between_commas_is_explained(void)
{
    refused("T [K],eta [Pa s]\n570,15,3,5\n571,15,2,5\n", VT_ESHAPE, 2, "with decimal commas separate the cells");
    refused("T [K];eta [Pa s]\n570,15;3,5\n571.15;2,5\n", VT_EPARSE, 3, "has a decimal '.', but the table has ','");
}

static void unreadable_cells_are_named_with_line_and_column(void)
{
    vt_table *t = NULL;
    vt_error err = {0};
    const char *text = "t [s],F [N],x [m]\n1,2,3\n4,5,6o\n";
    CHECK(vt_table_parse("t.csv", text, strlen(text), NULL, &t, &err) == VT_EPARSE);
    CHECK(err.line == 3 && err.column == 5);
    CHECK_TEXT(err.msg, "column 'x': '6o' is not a number");
    refused("t [s],F [N]\n1,2\n1,1e999\n", VT_EPARSE, 3, "'1e999' is not a number");
    refused("t [s],F [N]\n1,2\n1,0x1F\n", VT_EPARSE, 3, "'0x1F'");
    refused("t [s],F [N]\n1,2\n1,1 2\n", VT_EPARSE, 3, "'1 2'");
    refused("t [s],F [N]\n1,2\n1,inf\n", VT_EPARSE, 3, "'inf'");
    refused("t [s],who\n1,a\n2,\"open\n", VT_EPARSE, 3, "is not closed on its line");
    refused("t [s],F [N]\nabc,2\n1,2\n", VT_EPARSE, 2, "column 't': 'abc'"); /* a unit: a numeric column */
}

static void missing_units_are_named_with_the_fix(void)
{
    refused("Temp,F [N]\n1,2\n", VT_EUNITS, 1,
            "column 'Temp' has numbers but no unit; write it as 'Temp [K]' or declare "
            "it with --unit 'Temp=K'");
    refused("# m: 1\nt [s],Load_mN\n1,2\n", VT_EUNITS, 2, "'Load_mN'"); /* name_unit is no unit */
    refused("t [s],H (O&P)\n1,2\n", VT_EUNITS, 1, "column 'H (O&P)'");
    refused("t [s],Load (1)\n1,2\n", VT_EUNITS, 1, "column 'Load (1)'"); /* a copy's number, not a unit */
}

static void unknown_units_are_refused_by_name(void)
{
    refused("t [s],F [Newtonian]\n1,2\n", VT_EUNITS, 1, "column 'F': unit 'Newtonian'");
    refused("Time,Temp\n[s],[k]\n1,2\n", VT_EUNITS, 2, "column 'Temp': unit 'k'");
    refused("Temperature (C),x [m]\n1,2\n", VT_EUNITS, 1, "is the coulomb; write [degC]");
    refused("K [GPa m^0.5]\n1\n2\n", VT_EUNITS, 1, "non-integer exponent");
    const vt_setting bad[] = {{"F", "Nn", NULL, 0}};
    vt_table *t = NULL;
    vt_error err = {0};
    const char *text = "t [s],F\n1,2\n";
    CHECK(vt_table_parse("t.csv", text, strlen(text), &(vt_read_options){.units = bad, .nunits = 1}, &t, &err) ==
          VT_EUNITS);
    CHECK_TEXT(err.msg, "declared unit of column 'F'");
}

static void nul_bytes_are_refused_with_line_and_offset(void)
{
    const char text[] = "t [s],F [N]\n1,2\n3,\0\n";
    refused_size(text, sizeof text - 1, NULL, VT_EPARSE, 3, "NUL byte at offset 18");
    const char early[] = "t [\0s],F [N]\n1,2\n";
    refused_size(early, sizeof early - 1, NULL, VT_EPARSE, 1, "NUL byte at offset 3");
}

static void other_files_are_refused_for_what_they_are(void)
{
    refused("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", VT_EPARSE, 0, "OLE2 compound file");
    refused("\x89HDF\r\n\x1A\n", VT_EPARSE, 0, "an HDF5 file");
    refused("%PDF-1.4\n", VT_EPARSE, 0, "a PDF document");
    refused("FS1.hap\tName of the application\r\n1\t2\r\n", VT_EPARSE, 1, "is a Fischerscope report");
    const char *text = "t [s]\n1\n";
    refused_size(text, strlen(text), &(vt_read_options){.sheet = "lp"}, VT_EARG, 0, "this is no workbook");
}

static void headers_must_name_every_column(void)
{
    refused("t [s],[N],x [m]\n1,2,3\n", VT_EPARSE, 1, "column 2 has no name");
    vt_error err = {0};
    vt_table *t = NULL;
    CHECK(vt_table_parse(NULL, "", 0, NULL, &t, &err) == VT_EARG);
    CHECK(vt_table_read("no-such-file.csv", NULL, &t, &err) == VT_EIO);
    CHECK_TEXT(err.file, "no-such-file.csv");
    CHECK(vt_table_read("/", NULL, &t, &err) == VT_EIO);
    CHECK_TEXT(err.msg, "directory");
    CHECK(t == NULL);
}

/* A line without end must not eat the memory of the machine. */
static void an_endless_line_is_refused(void)
{
    const size_t n = 40u << 20;
    char *text = malloc(n);
    memset(text, 'x', n);
    memcpy(text, "t [s]\n1\n", 8);
    refused_size(text, n, NULL, VT_ELIMIT, 3, "the line is longer than 16 MiB");
    free(text);
}

static void too_many_columns_are_refused(void)
{
    const size_t columns = 20000;
    char *text = malloc(8 * columns + 8 * columns);
    size_t n = 0;
    for (size_t i = 0; i < columns; i++) n += (size_t)sprintf(text + n, "c[s]%c", i + 1 < columns ? ',' : '\n');
    for (size_t i = 0; i < columns; i++) n += (size_t)sprintf(text + n, "1%c", i + 1 < columns ? ',' : '\n');
    refused_size(text, n, NULL, VT_ELIMIT, 1, "16384 columns or more");
    free(text);
}

/* Every prefix and every single damaged byte of a table gives a table or a refusal with code and text. */
static void damaged_tables_never_crash(void)
{
    static const char text[] =
        "# d: 5 [um]\nPreamble\t12\n\nt [s],\"F, x\" [mN],who\n1,2.5,\"a\"\"b\"\n-3e-2,,\r\n4,nan,c\r";
    char copy[sizeof text];
    for (size_t i = 0; i < sizeof text; i++) {
        for (int b = -1; b < 256; b += b < 0 ? 1 : 3) {
            memcpy(copy, text, sizeof text);
            if (b >= 0) copy[i] = (char)b;
            const size_t size = b >= 0 ? sizeof text - 1 : i;
            vt_table *t = NULL;
            vt_error err = {0};
            const vt_status st = vt_table_parse("t.csv", copy, size, NULL, &t, &err);
            if (st == VT_OK ? vt_table_rows(t) == 0 : (err.code != st || !err.msg[0] || !err.file[0]))
                CHECK_FAILED("byte %d at %zu: %s '%s'", b, i, vt_status_name(st), err.msg);
            vt_table_free(t);
        }
    }
}

CHECK_MAIN(CHECK_CASE(tables_without_rows_are_refused), CHECK_CASE(one_row_is_a_table),
           CHECK_CASE(numbers_without_header_are_refused), CHECK_CASE(rows_of_another_length_are_refused),
           CHECK_CASE(a_decimal_comma_between_commas_is_explained),
           CHECK_CASE(unreadable_cells_are_named_with_line_and_column),
           CHECK_CASE(missing_units_are_named_with_the_fix), CHECK_CASE(unknown_units_are_refused_by_name),
           CHECK_CASE(nul_bytes_are_refused_with_line_and_offset),
           CHECK_CASE(other_files_are_refused_for_what_they_are), CHECK_CASE(headers_must_name_every_column),
           CHECK_CASE(an_endless_line_is_refused), CHECK_CASE(too_many_columns_are_refused),
           CHECK_CASE(damaged_tables_never_crash))
