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

/* As later Pyris writes it: lines begin with a tab, eight columns of which three hold heat flow, numbers that were
 * none, other words above the calibration. */
static void pyris_of_other_instruments_is_read(void)
{
    vt_book *b = book_of(
        "Filename:\tx.ds8d\r\nSample ID:\tribbon\r\nSample Weight:\t7,125 mg\r\n1)\tHeat from 50 to 400 C\r\n"
        "1) DSC 8500 Temperature Scan \r\n\tTime\tUnsubtracted\tBaseline\tProgram\tSample\tApprox.\tHeat Flow\t"
        "Uncorrected\t\r\n\t\tHeat Flow\tHeat Flow\tTemperature\tTemperature\tGas Flow\tCalibration\tHeat Flow\t\r\n"
        "\t0.5\t1.5\t0\t50.0\t49.9\t20\t1.01\t-1.#IND00\t\r\n\t1.5\t2.5\t0\t70.0\t69.8\t20\t1.01\t9.5\t\r\n"
        "\tDSC8500 MANUAL TUNE CALIBRATION VALUES: \r\n\t1.0\t2.0\t3.0\t4.0\t5.0\t6.0\t7.0\t8.0\r\n");
    if (!b) return;
    CHECK(vt_table_rows(vt_book_table(b, 0)) == 2 && vt_table_columns(vt_book_table(b, 0)) == 8);
    CHECK_REL(book_at(b, 0, "Time", 1), 90.0, 1e-15);
    CHECK_REL(book_at(b, 0, "Heat Flow", 1), 2.5e-3, 1e-15);
    CHECK_REL(book_at(b, 0, "Sample Temperature", 0), 49.9 + 273.15, 1e-15);
    CHECK(isnan(book_at(b, 0, "column 8", 0)));
    CHECK_TEXT(meta(b, "mass"), "7.125 mg");
    vt_book_free(b);
}

static void pyris_of_other_places_has_decimal_commas(void)
{
    vt_book *b =
        book_of("Filename:\tx.ds8d\nSample Weight:\t5,250 mg\n1) DSC Isothermal\nTime\tUnsubtracted\tBaseline\t"
                "Program\tSample\tGas\n0,0\t1,5\t0\t25,0\t25,1\t20\n0,5\t2,5\t0\t35,0\t34,9\t20\n");
    if (!b) return;
    CHECK_REL(book_at(b, 0, "Heat Flow", 1), 2.5e-3, 1e-15);
    CHECK_REL(book_at(b, 0, "Sample Temperature", 0), 25.1 + 273.15, 1e-15);
    vt_book_free(b);
    static const char *const FILES[] = {
        "Time,Unsubtracted Heat Flow,Baseline Heat Flow,Program Temperature,Sample Temperature,Approx. Gas Flow\r\n"
        "0.0,1.5,0,25.0,25.1,20\r\n0.5,2.5,0,35.0,34.9,20\r\n",
        "Time;Unsubtracted Heat Flow;Baseline Heat Flow;Program Temperature;Sample Temperature;Approx. Gas Flow\n"
        "0,0;1,5;0;25,0;25,1;20\n0,5;2,5;0;35,0;34,9;20\n"};
    for (int k = 0; k < 2; k++) {
        b = book_of(FILES[k]);
        if (!b) continue;
        CHECK_TEXT(vt_book_format(b), "table export");
        CHECK_REL(book_at(b, 0, "Heat Flow", 0), 1.5e-3, 1e-15);
        CHECK_REL(book_at(b, 0, "Sample Temperature", 1), 34.9 + 273.15, 1e-15);
        CHECK_REL(book_at(b, 0, "Time", 1), 30.0, 1e-15);
        vt_book_free(b);
    }
    book_refused("Time,Unsubtracted Heat Flow,Sample Temperature\n", VT_ESHAPE, 0, "no readings");
}

/* A whole header, as measured: keys and values parted by the separator of the file, or by the colon alone. */
#define WHOLE(sep, tail, decimal, separator, mass) \
    "#EXPORTTYPE:" sep "DATA ALL" tail "\r\n#FORMAT:" sep "NETZSCH5" tail "\r\n#IDENTITY:" sep "run 7" tail \
    "\r\n#DECIMAL:" sep decimal tail "\r\n#SEPARATOR:" sep separator tail "\r\n#SAMPLE:" sep "rod 2" tail \
    "\r\n#SAMPLE MASS /mg:" sep mass tail "\r\n#EXO:" sep "1" tail "\r\n#RANGE:" sep "-30,0\xB0" \
    "C/20,0(K/min)/200,0\xB0" \
    "C" tail "\r\n#SEGMENT:" sep "S1/3" tail "\r\n" tail "\r\n"

static void proteus_headers_of_all_kinds_are_read(void)
{
    static const char *const FILES[] = {
        WHOLE("", "", "POINT", "SEMICOLON", "10.225") "##Temp./\xB0"
                                                      "C;Time/min;DSC/(mW/mg);Gas Flow(purge2)/(ml/min);Segment\r\n"
                                                      " 30.25; 0.5; 1.25E-01;50;1\r\n 31.25; 1.5; 2.5E-01;50;1\r\n",
        WHOLE("          ,", ",,,", "POINT", "COMMA",
              "10.225") "##Temp./C,Time/min,DSC/(mW/mg),Gas Flow(purge2)/(ml/min),"
                        "Segment\r\n30.25,0.5,0.125,50,1\r\n31.25,1.5,0.25,50,1\r\n",
        WHOLE("\t", "", "COMMA", "TAB",
              "10,225") "##Temp./>C\tTime/min\tDSC/(mW/mg)\tGas Flow(purge2)/(ml/min)\tSegment\r\n"
                        "30,25\t0,5\t0,125\t50\t1\r\n31,25\t1,5\t0,25\t50\t1\r\n",
        WHOLE("", "", "POINT", "SEMICOLON", "10.225") "##Temp./\xB0"
                                                      "C;Time/min;DSC/(uV/mg);Sensit./(uV/mW);Segment\r\n"
                                                      "30.25;0.5;0.4275;3.42;1\r\n31.25;1.5;0.855;3.42;1\r\n"};
    for (int k = 0; k < 4; k++) {
        vt_book *b = book_of(FILES[k]);
        if (!b) continue;
        CHECK_TEXT(vt_book_format(b), "Proteus");
        CHECK(vt_table_rows(vt_book_table(b, 0)) == 2 && vt_table_columns(vt_book_table(b, 0)) == 5);
        CHECK_REL(book_at(b, 0, "Temp.", 0), 30.25 + 273.15, 1e-15);
        CHECK_REL(book_at(b, 0, "Time", 1), 90.0, 1e-15);
        CHECK_REL(book_at(b, 0, "DSC", 1), 250.0, 1e-11); /* 12 digits of the quotient */
        CHECK_TEXT(meta(b, "mass"), "10.225 mg");
        CHECK_TEXT(meta(b, "specimen"), "rod 2"); /* not the identity of the run */
        CHECK_TEXT(meta(b, "sign"), "exo_up");
        CHECK(meta(b, "heating_rate")[0] == 0); /* time tells it */
        vt_book_free(b);
    }
}

static void proteus_without_time_has_its_rate_from_the_header(void)
{
    vt_book *b = book_of("#SEPARATOR:SEMICOLON\n#DECIMAL:POINT\n#EXO:-1\n#RANGE:-30\xC2\xB0"
                         "C/10,0(K/min)/200\xC2\xB0"
                         "C\n##Temp./\xC2\xB0"
                         "C;DSC/(mW/mg)\n30.25;0.125\n31.25;0.25\n");
    if (!b) return;
    CHECK_TEXT(vt_book_format(b), "Proteus"); /* without the line that tells what was exported */
    CHECK_TEXT(meta(b, "heating_rate"), "10.0 K/min");
    CHECK_REL(book_at(b, 0, "DSC", 1), 250.0, 1e-15);
    vt_book_free(b);
}

#define VOLTS \
    "#EXPORTTYPE:DATA ALL\n#SEPARATOR:SEMICOLON\n##Temp./\xB0" \
    "C;Time/min;DSC/uV;Sensit./(uV/mW)\n30.25;0.5;4.275;3.42\n31.25;1.5;8.55;3.42\n"

static void voltage_without_sensitivity_is_no_heat_flow(void)
{
    vt_book *b = book_of(VOLTS);
    if (!b) return;
    CHECK_REL(book_at(b, 0, "DSC", 1), 2.5e-3, 1e-11);
    vt_book_free(b);
    book_refused_with(VOLTS, ";Sensit./(uV/mW)", "", VT_ECAL, 3, "no column Sensit");
    book_refused(
        "#EXPORTTYPE:DATA ALL\n#SEPARATOR:SEMICOLON\n##Temp./C;DSC/(uV/mg);Sensit./(uV/mW)\n30;0.5;1\n31;0.5;1\n",
        VT_ECAL, 0, "nobody calibrated it");
    book_refused_with(VOLTS, "8.55;3.42", "8.55x;3.42", VT_EPARSE, 5, "8.55x");
}

/* Cells are found from the begin of their line, which many of them make slow. */
static void headers_of_many_columns_are_refused(void)
{
    char many[3001] = "";
    for (size_t k = 0; k < 1500; k++) memcpy(many + 2 * k, ";x", 3);
    book_refused_with(VOLTS, ";DSC/uV", many, VT_ELIMIT, 3, "1503 columns: 1024 at most");
    for (size_t k = 0; k < 1500; k++) many[2 * k] = ',';
    char scan[3100];
    snprintf(scan, sizeof scan, "Temperature (C),Heat Flow Endo Up (mW)%s\n1,2\n", many);
    book_refused(scan, VT_ELIMIT, 1, "1502 columns: 1024 at most");
    for (size_t k = 0; k < 1500; k++) memcpy(many + 2 * k, "1\t", 2);
    book_refused_with(PYRIS, "0.0\t1.5", many, VT_ELIMIT, 9, "columns: 64 at most");
}

CHECK_MAIN(CHECK_CASE(pyris_sections_are_one_record), CHECK_CASE(pyris_files_of_other_bytes_are_read),
           CHECK_CASE(proteus_tells_its_own_decimal_and_separator), CHECK_CASE(universal_analysis_skips_its_marks),
           CHECK_CASE(exports_in_commas_are_read), CHECK_CASE(pyris_of_other_instruments_is_read),
           CHECK_CASE(pyris_of_other_places_has_decimal_commas), CHECK_CASE(proteus_headers_of_all_kinds_are_read),
           CHECK_CASE(proteus_without_time_has_its_rate_from_the_header),
           CHECK_CASE(voltage_without_sensitivity_is_no_heat_flow), CHECK_CASE(headers_of_many_columns_are_refused))
