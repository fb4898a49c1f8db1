/* Text files of calorimeters: Pyris, Proteus, Universal Analysis, Discovery, PerkinElmer scans. */
#include "io/book_text.h"

static const char *meta(const vt_book *b, const char *key)
{
    const vt_table *t = vt_book_table(b, 0);
    for (size_t i = 0; i < vt_table_metas(t); i++)
        if (strcmp(vt_table_meta(t, i).key, key) == 0) return vt_table_meta(t, i).text;
    return "";
}

#define PYRIS \
    "Filename:\tC:\\x.ds8d\nOperator ID:\tq\nSample ID:\twire 7\nSample Weight:\t5.250 mg\nData Collected:\tnow\n" \
    "1) DSC Isothermal\nTime\tUnsubtracted\tBaseline\tProgram\tSample\tGas\n\tHeat Flow\tHeat Flow\tTemperature\t" \
    "Temperature\tFlow\n0.0\t1.5\t0\t25.0\t25.1\t20\n0.5\t2.5\t0\t35.0\t34.9\t20\n2) DSC Temp Scan\n" \
    "Time\tUnsubtracted\tBaseline\tProgram\tSample\tGas\n1.0\t3.5\t0\t45.0\t44.8\t20\n" \
    "TEMPERATURE CALIBRATION INPUTS:\nIndium\t156.6\t156.1\t1\t2\t3\n1\t2\t3\t4\t5\t6\n"

static void pyris_sections_are_one_record(void)
{
    vt_book *b = book_of(PYRIS);
    if (!b) return;
    const vt_table *t = vt_book_table(b, 0);
    CHECK_TEXT(vt_book_format(b), "Pyris");
    CHECK(vt_table_rows(t) == 3 && vt_table_columns(t) == 6); /* nothing of the calibration */
    CHECK_REL(book_at(b, 0, "Time", 2), 60.0, 1e-15);
    CHECK_REL(book_at(b, 0, "Heat Flow", 1), 2.5e-3, 1e-15);
    CHECK_REL(book_at(b, 0, "Sample Temperature", 2), 44.8 + 273.15, 1e-15);
    CHECK_TEXT(meta(b, "mass"), "5.250 mg");
    CHECK_TEXT(meta(b, "specimen"), "wire 7");
    CHECK(vt_table_line(t, 2) == 13); /* of the file */
    vt_book_free(b);
}

/* The same in UTF-16, and with a NUL byte behind each of its lines. */
static void pyris_files_of_other_bytes_are_read(void)
{
    unsigned char wide[2 * sizeof PYRIS], padded[2 * sizeof PYRIS];
    size_t n = 0, m = 0;
    wide[n++] = 0xFF;
    wide[n++] = 0xFE;
    for (const char *p = PYRIS; *p; p++) {
        wide[n++] = (unsigned char)*p;
        wide[n++] = 0;
        padded[m++] = (unsigned char)*p;
        if (*p == '\n' && p - PYRIS > 200) padded[m++] = 0;
    }
    const unsigned char *bytes[2] = {wide, padded};
    const size_t size[2] = {n, m};
    for (int k = 0; k < 2; k++) {
        vt_book *b = NULL;
        vt_error err = {0};
        CHECK_OK(vt_book_parse("x.txt", bytes[k], size[k], NULL, &b, &err), &err);
        if (!b) continue;
        CHECK(vt_table_rows(vt_book_table(b, 0)) == 3);
        CHECK_REL(book_at(b, 0, "Heat Flow", 2), 3.5e-3, 1e-15);
        vt_book_free(b);
    }
}

#define PROTEUS \
    "#EXPORTTYPE:;DATA ALL\n#FILE:;x.ngb-ds3\n#FTYPE:;ANSI\n#DECIMAL:;COMMA\n#SEPARATOR:;SEMICOLON\n" \
    "#SAMPLE:;rod 2\n#SAMPLE MASS /mg:;10,5\n#EXO:;-1\n##Temp./\xB0" \
    "C;Time/min;DSC/(mW/mg)\n30,25;0,5;0,125\n31,25;1,5;0,25\n"

static void proteus_tells_its_own_decimal_and_separator(void)
{
    vt_book *b = book_of(PROTEUS);
    if (!b) return;
    CHECK_TEXT(vt_book_format(b), "Proteus");
    CHECK_REL(book_at(b, 0, "Temp.", 0), 30.25 + 273.15, 1e-15);
    CHECK_REL(book_at(b, 0, "Time", 1), 90.0, 1e-15);
    CHECK_REL(book_at(b, 0, "DSC", 1), 250.0, 1e-15); /* W/kg */
    CHECK_TEXT(meta(b, "mass"), "10.5 mg");
    CHECK_TEXT(meta(b, "specimen"), "rod 2");
    CHECK_TEXT(meta(b, "sign"), "endo_up");
    CHECK(vt_table_line(vt_book_table(b, 0), 1) == 11);
    vt_book_free(b);
    book_refused_with(PROTEUS, "SEMICOLON", "COMMA", VT_EPARSE, 5, "both COMMA");
    book_refused_with(PROTEUS, "31,25;1,5;0,25", "31,25;1,5", VT_ESHAPE, 11, "");
    book_refused("#EXPORTTYPE:;DATA ALL\n#FILE:;x\n", VT_ESHAPE, 0, "names the columns");
}

#define ANALYSIS \
    "CLOSED\nVersion\t0.4\nSample\tIndium\nSize\t9.5\tmg\nExotherm\tUp\nKcell\t1.07\nNsig\t3\nSig1\tTime (min)\n" \
    "Sig2\tTemperature (\xB0" \
    "C)\nSig3\tHeat Flow (mW)\nStartOfData\n-1.000000\t69.1\t0.0\n0.5\t20.5\t-1.5\n1.5\t21.5\t-2.5\n-1.000000\t" \
    "20.0\t0.0\n2.5\t20.5\t-3.5\n"

static void universal_analysis_skips_its_marks(void)
{
    vt_book *b = book_of(ANALYSIS);
    if (!b) return;
    CHECK_TEXT(vt_book_format(b), "Universal Analysis");
    CHECK_REL(book_at(b, 0, "Time", 0), 30.0, 1e-15);
    CHECK_REL(book_at(b, 0, "Temperature", 0), 20.5 + 273.15, 1e-15);
    CHECK_REL(book_at(b, 0, "Heat Flow", 2), -3.5e-3, 1e-15);
    CHECK_TEXT(meta(b, "mass"), "9.5 mg");
    CHECK_TEXT(meta(b, "sign"), "exo_up");
    CHECK(vt_table_line(vt_book_table(b, 0), 2) == 16);
    CHECK_TEXT(vt_table_note(vt_book_table(b, 0), 0), "2 rows");
    vt_book_free(b);
    book_refused_with(ANALYSIS, "1.5\t21.5\t-2.5", "1.5\t21.5\tx", VT_EPARSE, 14, "'x'");
    book_refused_with(ANALYSIS, "Heat Flow (mW)", "Heat Flow (mQ)", VT_EUNITS, 11, "mQ");
}

static void exports_in_commas_are_read(void)
{
    vt_book *b = book_of("Time,Temp,Heat Flow\n[s],[k],[mW/mg]\n0,273.5,0.5\n6,274.5,1.5\n");
    if (!b) return;
    CHECK_TEXT(vt_book_format(b), "Discovery");
    CHECK_REL(book_at(b, 0, "Temp", 1), 274.5, 1e-15);
    CHECK_REL(book_at(b, 0, "Heat Flow", 0), 500.0, 1e-15);
    vt_book_free(b);
    b = book_of("Temperature (C), Heat Flow Endo Up (mW)\n-9.5, 0.25\n-8.5, 0.5\n");
    if (!b) return;
    CHECK_REL(book_at(b, 0, "Temperature", 0), 263.65, 1e-15);
    CHECK_REL(book_at(b, 0, "Heat Flow Endo Up", 1), 5e-4, 1e-15);
    CHECK_TEXT(meta(b, "sign"), "endo_up");
    vt_book_free(b);
    book_refused("Time,Temp,Heat Flow\n[s],[k],[mW/mg]\n", VT_ESHAPE, 0, "no readings");
}

CHECK_MAIN(CHECK_CASE(pyris_sections_are_one_record), CHECK_CASE(pyris_files_of_other_bytes_are_read),
           CHECK_CASE(proteus_tells_its_own_decimal_and_separator), CHECK_CASE(universal_analysis_skips_its_marks),
           CHECK_CASE(exports_in_commas_are_read))
