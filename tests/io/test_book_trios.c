/* TRIOS text exports of rheometers. */
#include "io/book_text.h"

#define HEAD "Filename\tcreep.txt\nSample name\tPS 3\n[File Parameters]\nName\tcreep\n"
#define STEP \
    "[step]\nCreep - 1\nStep time\tTemperature\tCompliance\tTan(delta)\tDate and time\tModulus\n" \
    "min\t\xC2\xB0" \
    "C\t1/MPa\t\t\tMPa\n" \
    "0.5\t175.0\t12.5\t0.25\t10/17/2022 10:27:02 AM\n" \
    "1.5\t175.5\t25\t0.5\t10/17/2022 10:27:03 AM\t0.04\n"
#define RECOVERY "[step]\nRecovery\nStep time\tStrain\ns\t%\n2\t150\n"

static void steps_are_tables_with_units(void)
{
    vt_book *b = book_of(HEAD STEP RECOVERY);
    if (!b) return;
    CHECK(vt_book_tables(b) == 2);
    CHECK_TEXT(vt_book_format(b), "TRIOS");
    CHECK_TEXT(vt_table_label(vt_book_table(b, 0)), "Creep - 1");
    CHECK(vt_table_rows(vt_book_table(b, 0)) == 2);
    CHECK_REL(book_at(b, 0, "Step time", 1), 90.0, 1e-15);
    CHECK_REL(book_at(b, 0, "Temperature", 0), 448.15, 1e-15);
    CHECK_REL(book_at(b, 0, "Compliance", 0), 12.5e-6, 1e-15);
    CHECK_REL(book_at(b, 0, "Tan(delta)", 1), 0.5, 1e-15);
    CHECK_REL(book_at(b, 0, "Modulus", 1), 4e4, 1e-15);
    CHECK(isnan(book_at(b, 0, "Modulus", 0))); /* the row ends before it */
    CHECK_TEXT(vt_table_note(vt_book_table(b, 0), 0), "1 rows of 'Creep - 1' end before the last column");
    CHECK(vt_table_line(vt_book_table(b, 0), 1) == 10);
    CHECK_REL(book_at(b, 1, "Strain", 0), 1.5, 1e-15);
    CHECK(vt_table_line(vt_book_table(b, 1), 0) == 15);
    CHECK(vt_table_metas(vt_book_table(b, 1)) == 1);
    CHECK_TEXT(vt_table_meta(vt_book_table(b, 1), 0).text, "PS 3");
    vt_book_free(b);
}

static void damaged_exports_are_refused_by_line(void)
{
    book_refused(HEAD "Notes\n", VT_ESHAPE, 5, "no [step]");
    book_refused(HEAD "[step]\nCreep\nStep time\tStrain\ns\t%\n", VT_ESHAPE, 5, "cut off");
    book_refused(HEAD "[step]\nCreep\nStep time\tStrain\ns\t%\n[step]\n", VT_ESHAPE, 5, "cut off");
    book_refused(HEAD STEP "[Notes]\nx\n", VT_EPARSE, 11, "is no [step]");
    book_refused_with(HEAD STEP, "MPa\t\t\tMPa", "MPq\t\t\tMPa", VT_EUNITS, 8, "MPq");
    book_refused_with(HEAD STEP, "1.5\t175.5\t25\t0.5\t10/17/2022 10:27:03 AM\t0.04", "1.5\t175.5", VT_ESHAPE, 10,
                      "2 cells");
}

static void a_real_export_is_read(void)
{
    char path[512];
    vt_book *b = NULL;
    vt_error err = {0};
    const char *root = check_real_files();
    if (!root) return;
    snprintf(path, sizeof path, "%s/creep/trios-creep-export/creep_experiment.txt", root);
    CHECK_OK(vt_book_read(path, NULL, &b, &err), &err);
    if (!b) return;
    CHECK(vt_book_tables(b) == 1);
    CHECK(vt_table_rows(vt_book_table(b, 0)) == 483 && vt_table_columns(vt_book_table(b, 0)) == 24);
    CHECK_REL(book_at(b, 0, "Temperature", 0), 44.9870147705078 + 273.15, 1e-14); /* line 124 of the file */
    CHECK_REL(book_at(b, 0, "Step time", 1), 60.0 * 9.06666682567447E-06, 1e-14);
    CHECK_REL(book_at(b, 0, "Stress", 482), 0.00050000001362507 * 1e6, 1e-14);
    /* Strain over stress is what the file calls compliance. */
    CHECK_REL(book_at(b, 0, "Compliance", 482), book_at(b, 0, "Strain", 482) / book_at(b, 0, "Stress", 482), 1e-3);
    vt_book_free(b);
}

CHECK_MAIN(CHECK_CASE(steps_are_tables_with_units), CHECK_CASE(damaged_exports_are_refused_by_line),
           CHECK_CASE(a_real_export_is_read))
