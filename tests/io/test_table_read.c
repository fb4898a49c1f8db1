/* Text tables: every separator, decimal sign, line end, encoding and header form that interface.md promises. */
#include "io/table_text.h"

static void a_plain_table_is_read_in_si(void)
{
    vt_table *t = table_of("# diameter: 52 [um]\n# alloy: ni-pd-p-b\n#just a remark\n"
                           "T [degC],eta [Pa*s],label,strain [],n [1]\n"
                           "297,3.16e8,\"a, \"\"quoted\"\" one\",0.5,7\n"
                           " 270.5 , 1e9 ,second,-0.25,8\n");
    CHECK(vt_table_rows(t) == 2 && vt_table_columns(t) == 5);
    CHECK(at(t, "T", 0) == 297 + 273.15); /* the same sum: exact */
    CHECK(at(t, "T", 1) == 270.5 + 273.15);
    CHECK(at(t, "eta", 0) == 3.16e8 && at(t, "strain", 1) == -0.25 && at(t, "n", 1) == 8.0);
    CHECK(strcmp(vt_table_text(t, 2, 0), "a, \"quoted\" one") == 0);
    CHECK(strcmp(vt_table_column_unit(t, 0)->text, "degC") == 0 && strcmp(vt_table_column_unit(t, 0)->si, "K") == 0);
    CHECK(vt_table_column_has_unit(t, 0) && vt_table_column_is_text(t, 2));
    CHECK(vt_table_metas(t) == 2);
    CHECK(strcmp(vt_table_meta(t, 0).key, "diameter") == 0 && strcmp(vt_table_meta(t, 0).text, "52 um") == 0);
    CHECK(vt_table_meta(t, 1).line == 2 && strcmp(vt_table_meta(t, 1).text, "ni-pd-p-b") == 0);
    CHECK(vt_table_line(t, 0) == 5 && vt_table_line(t, 1) == 6);
    CHECK(strcmp(vt_table_path(t), "t.csv") == 0 && vt_table_notes(t) == 0);
    vt_table_free(t);
}

/* The same two rows in every dress. */
static void separators_decimals_and_line_ends_do_not_matter(void)
{
    static const char *const DRESS[] = {
        "t [s],F [mN]\n0.5,12.25\n1.5,-3e2\n",       "t [s];F [mN]\n0,5;12,25\n1,5;-3e2\n",
        "t [s]\tF [mN]\n0.5\t12.25\n1.5\t-3e2\n",    "t [s]\tF [mN]\n0,5\t12,25\n1,5\t-3e2\n",
        "t [s];F [mN]\n0.5;12.25\n1.5;-3e2",         "t [s],F [mN]\r\n0.5,12.25\r\n1.5,-3e2\r\n",
        "t [s],F [mN]\r0.5,12.25\r1.5,-3e2\r",       "t [s],F [mN]\r\n0.5,12.25\n1.5,-3e2\r",
        "t [s]  F [mN]\n 0.5  12.25\n 1.5  -3e2 \n", "t [s] F [mN]\n0.5 12.25\n1.5\t -3e2\n",
        "t [s],F [mN],\n0.5,12.25,\n1.5,-3e2,\n",    "t [s],F [mN]\n0.5,12.25,,\n1.5,-3e2\n",
        "t (s),F (mN)\n0.5,12.25\n1.5,-3e2\n",       "t / s;F / mN\n0.5;12.25\n1.5;-3e2\n",
        "t,F\n[s],[mN]\n0.5,12.25\n1.5,-3e2\n",      "t,F\ns,mN\n0.5,12.25\n1.5,-3e2\n",
        "t,F\n(s),(mN)\n\n0.5,12.25\n1.5,-3e2\n",    "\"t [s]\",\"F [mN]\"\n\"0.5\",\"12.25\"\n1.5,\"-3e2\"\n",
        "# t [s], F [mN]\n0.5,12.25\n1.5,-3e2\n",    "##t [s];F [mN]\n0,5;12,25\n1,5;-3e2\n",
        "t_[s],F_[mN]\n0.5,12.25\n1.5,-3e2\n",       "\xEF\xBB\xBFt [s],F [mN]\n0.5,12.25\n1.5,-3e2\n"};
    for (size_t i = 0; i < sizeof DRESS / sizeof *DRESS; i++) {
        vt_table *t = table_of(DRESS[i]);
        if (!t) {
            CHECK_FAILED("dress %zu", i);
            continue;
        }
        const long f = vt_table_find(t, "F");
        const bool same = vt_table_rows(t) == 2 && vt_table_columns(t) == 2 && at(t, "t", 0) == 0.5 &&
                          at(t, "t", 1) == 1.5 && f == 1 && at(t, "F", 0) == 12.25 / 1e3 && at(t, "F", 1) == -300 / 1e3;
        if (!same) CHECK_FAILED("dress %zu reads differently", i);
        vt_table_free(t);
    }
}

static void utf16_of_both_orders_is_read(void)
{
    const char *text = "t [s],h [\xC2\xB5m]\r\n1.5,2.5\r\n2.5,3.5\r\n";
    for (int big = 0; big < 2; big++) {
        for (int mark = 0; mark < 2; mark++) {
            char wide[200];
            size_t n = 0;
            if (mark) {
                wide[n++] = (char)(big ? 0xFE : 0xFF);
                wide[n++] = (char)(big ? 0xFF : 0xFE);
            }
            for (const char *p = text; *p; p++) {
                unsigned char c = (unsigned char)*p;
                if (c == 0xC2) c = (unsigned char)*++p; /* U+00B5 */
                wide[n + (size_t)big] = (char)c;
                wide[n + (size_t)!big] = 0;
                n += 2;
            }
            vt_table *t = table_of_size(wide, n, NULL);
            CHECK(t && vt_table_rows(t) == 2);
            if (t) CHECK_REL(at(t, "h", 1), 3.5e-6, 1e-15); /* one product: half an ulp */
            vt_table_free(t);
        }
    }
}

static void latin1_signs_are_read(void)
{
    vt_table *t = table_of("depth [\xB5m],T [\xB0"
                           "C],wave [\xC5],who\n1.5,25,2,M\xFCller\n");
    CHECK_REL(at(t, "depth", 0), 1.5e-6, 1e-15);
    CHECK(at(t, "T", 0) == 25 + 273.15);
    CHECK_REL(at(t, "wave", 0), 2e-10, 1e-15);
    CHECK(strcmp(vt_table_text(t, 3, 0), "M\xC3\xBCller") == 0);
    vt_table_free(t);
}

static void preambles_are_skipped_and_noted(void)
{
    vt_table *t = table_of("Mon Apr 29 10:41:06 2019\n\nNumber of Points = 3\nDepth (nm)\tLoad (\xB5N)\tTime (s)\n"
                           "0.81\t1.84\t0.00\n\n0.56\t1.85\t0.05\n0.65\t1.74\t0.10\n");
    CHECK(vt_table_rows(t) == 3);
    CHECK_REL(at(t, "Load", 2), 1.74e-6, 1e-15);
    CHECK(vt_table_line(t, 0) == 5 && vt_table_line(t, 1) == 7 && vt_table_line(t, 2) == 8); /* a blank line between */
    CHECK_TEXT(vt_table_note(t, 0), "2 lines above the header in line 4");
    vt_table_free(t);

    t = table_of(
        "Operator\tMM\nMass\t9.000\tmg\nRun\t12\n\nComment\t\nTime\tTemp\tDSC\n[s]\t[K]\t[mW/mg]\n0\t300\t0.1\n"
        "1\t301\t0.2\n");
    CHECK(vt_table_rows(t) == 2 && vt_table_columns(t) == 3);
    CHECK_REL(at(t, "DSC", 1), 200.0, 1e-14); /* 0.2 mW/mg = 200 W/kg; two products */
    CHECK(vt_table_line(t, 0) == 8);
    vt_table_free(t);

    t = table_of(
        "Specimen label,A-17\nWidth,10.5,mm\n\nTime,Extension,Load\n(s),(mm),(N)\n0.1,0.2,\"1,234.5\"\n0.2,0.3,"
        "12.5\n");
    CHECK(at(t, "Load", 0) == 1234.5 && at(t, "Load", 1) == 12.5); /* thousands in quotes */
    CHECK_TEXT(vt_table_note(t, 1), "thousands");
    vt_table_free(t);
}

/* NETZSCH Proteus: settings and header behind '#', "name/unit". */
static void a_proteus_export_is_read(void)
{
    vt_table *t = table_of("#EXPORTTYPE:;DATA SYMMETRICAL\n#DECIMAL:;COMMA\n#SEPARATOR:;SEMICOLON\n"
                           "##Temp./\xB0"
                           "C;Time/min;DSC/(mW/mg)\n25,0;0,0;0,01\n26,0;0,1;-0,02\n");
    CHECK(vt_table_rows(t) == 2 && vt_table_metas(t) == 0);
    CHECK(at(t, "Temp.", 1) == 26.0 + 273.15 && at(t, "Time", 1) == 0.1 * 60.0);
    CHECK_REL(at(t, "DSC", 1), -20.0, 1e-14); /* -0.02 mW/mg = -20 W/kg; two products */
    vt_table_free(t);
}

/* Lines of more than a window: the layout waits for whole lines. */
static void lines_of_megabytes_are_read(void)
{
    const size_t wide = 1500000;
    char *text = malloc(4 * wide);
    size_t n = (size_t)sprintf(text, "note,t [s]\n");
    for (int row = 0; row < 2; row++) {
        memset(text + n, 'x', wide);
        n += wide;
        n += (size_t)sprintf(text + n, ",%d.5\n", row);
    }
    vt_table *t = table_of_size(text, n, NULL);
    CHECK(vt_table_rows(t) == 2 && at(t, "t", 1) == 1.5 && strlen(vt_table_text(t, 0, 1)) == wide);
    vt_table_free(t);
    free(text);
}

static void missing_values_and_sentinels_are_nan(void)
{
    vt_table *t =
        table_of("t [s];F [N];x [m]\n1;;nan\n2;------;1,7976931348623157e308\n3;9,9e37;NaN\n4;--,--;-\n5;1,5;2,5\n");
    CHECK(vt_table_rows(t) == 5);
    for (size_t i = 0; i < 4; i++) CHECK(isnan(at(t, "F", i)) && isnan(at(t, "x", i)));
    CHECK(at(t, "F", 4) == 1.5);
    CHECK(vt_table_notes(t) == 2); /* empty cells and nan are plain missing values: not counted */
    CHECK_TEXT(vt_table_note(t, 0), "F: 3 cells");
    CHECK_TEXT(vt_table_note(t, 1), "x: 2 cells");
    vt_table_free(t);
    t = table_of("name,t [s],F [N]\na,,\nb,2,3\n"); /* the first row has no number at all */
    CHECK(vt_table_rows(t) == 2 && isnan(at(t, "t", 0)) && at(t, "F", 1) == 3.0);
    vt_table_free(t);
}

static void declared_units_are_used(void)
{
    const vt_setting units[] = {{"G", "GPa", NULL, 0}, {"T", "degC", NULL, 0}};
    const vt_read_options options = {.units = units, .nunits = 2};
    const char *text = "Alloy,G,T [K]\nZn20,6.5,20\n";
    vt_table *t = table_of_size(text, strlen(text), &options);
    CHECK(at(t, "G", 0) == 6.5e9 && at(t, "T", 0) == 20 + 273.15); /* what the user says wins */
    vt_table_free(t);
    const vt_setting all[] = {{"T", "K", NULL, 0}, {"*", "1", NULL, 0}};
    const vt_read_options rest = {.units = all, .nunits = 2};
    text = "Alloy,G,T,p [kPa]\nZn20,6.5,20,3\n";
    t = table_of_size(text, strlen(text), &rest);
    CHECK(at(t, "G", 0) == 6.5 && at(t, "T", 0) == 20 && at(t, "p", 0) == 3000 && vt_table_column_is_text(t, 0));
    vt_table_free(t);
    const vt_setting typo[] = {{"g", "GPa", NULL, 0}};
    refused_size(text, strlen(text), &(vt_read_options){.units = typo, .nunits = 1}, VT_EKEY, 1,
                 "a unit is declared for 'g', which is no column");
}

static void text_columns_are_seen_or_declared(void)
{
    vt_table *t = table_of("specimen,t [s],id\nw52,1,\"17\"\n17,2,\"18\"\n"); /* quoted numbers are labels */
    CHECK(vt_table_column_is_text(t, 0) && vt_table_column_is_text(t, 2));
    CHECK(strcmp(vt_table_text(t, 0, 1), "17") == 0 && strcmp(vt_table_text(t, 2, 0), "17") == 0);
    vt_table_free(t);
    const char *const names[] = {"id", NULL};
    const vt_read_options options = {.text_columns = names};
    const char *text = "id,t [s]\n7,1\n8,2\n";
    t = table_of_size(text, strlen(text), &options);
    CHECK(vt_table_column_is_text(t, 0) && strcmp(vt_table_text(t, 0, 1), "8") == 0);
    vt_table_free(t);
    t = table_of("name,class\nAg35Ca65,BMG\nB17Fe83,ribbon\n"); /* no numbers at all */
    CHECK(vt_table_rows(t) == 2 && vt_table_column_is_text(t, 1));
    vt_table_free(t);
}

/* Stated observations: the unit stands in each row (interface.md, experiment transport). */
static void a_unit_column_gives_the_units(void)
{
    vt_table *t = table_of("quantity,temperature [degC],value,unit,uncertainty\nviscosity,297,3e8,Pa s,1e7\n"
                           "critical_diameter,270,93,nm,4\n");
    CHECK(at(t, "value", 1) == 93.0 && !vt_table_column_has_unit(t, 2) && vt_table_column_is_text(t, 3));
    CHECK(!vt_table_column_is_text(t, 4) && !vt_table_column_has_unit(t, 4));
    vt_table_free(t);
}

static void names_that_occur_twice_are_numbered(void)
{
    vt_table *t = table_of("Time [s],F [N],Time [s],d [m]\n1,2,3,4\n");
    CHECK(vt_table_find(t, "Time#2") == 2 && at(t, "Time#2", 0) == 3.0);
    CHECK_TEXT(vt_table_note(t, 0), "is called 'Time#2'");
    vt_table_free(t);
}

static void comments_below_the_header_are_left_out_and_counted(void)
{
    vt_table *t = table_of("t [s]\n1\n# paused\n2\n\n3\n");
    CHECK(vt_table_rows(t) == 3 && at(t, "t", 2) == 3.0);
    CHECK(vt_table_line(t, 1) == 4 && vt_table_line(t, 2) == 6);
    CHECK_TEXT(vt_table_note(t, 0), "1 comment lines");
    vt_table_free(t);
}

/* More than one window: rows must not be lost or doubled where windows meet. */
static void a_long_table_crosses_windows(void)
{
    const size_t rows = 200000; /* 1e7 in the long campaign */
    char *text = malloc(rows * 24 + 64);
    size_t n = (size_t)sprintf(text, "i [1];half [1];word\r\n");
    for (size_t i = 0; i < rows; i++)
        n += (size_t)sprintf(text + n, "%zu;%zu,5;w%zu%s", i, i, i % 1000, i % 3 ? "\r\n" : "\r");
    vt_table *t = table_of_size(text, n, NULL);
    CHECK(vt_table_rows(t) == rows);
    size_t wrong = 0;
    for (size_t i = 0; i < vt_table_rows(t); i++) {
        wrong += at(t, "i", i) != (double)i || at(t, "half", i) != (double)i + 0.5;
        wrong += strtoul(vt_table_text(t, 2, i) + 1, NULL, 10) != i % 1000;
        wrong += vt_table_line(t, i) != (long)i + 2;
    }
    CHECK(wrong == 0);
    vt_table_free(t);
    n += (size_t)sprintf(text + n, "7;8\r\n");
    refused_size(text, n, NULL, VT_ESHAPE, (long)rows + 2, "the row has 2 cells, the header in line 1 names 3 columns");
    free(text);
}

CHECK_MAIN(CHECK_CASE(a_plain_table_is_read_in_si), CHECK_CASE(separators_decimals_and_line_ends_do_not_matter),
           CHECK_CASE(utf16_of_both_orders_is_read), CHECK_CASE(latin1_signs_are_read),
           CHECK_CASE(preambles_are_skipped_and_noted), CHECK_CASE(a_proteus_export_is_read),
           CHECK_CASE(lines_of_megabytes_are_read), CHECK_CASE(missing_values_and_sentinels_are_nan),
           CHECK_CASE(declared_units_are_used), CHECK_CASE(text_columns_are_seen_or_declared),
           CHECK_CASE(a_unit_column_gives_the_units), CHECK_CASE(names_that_occur_twice_are_numbered),
           CHECK_CASE(comments_below_the_header_are_left_out_and_counted), CHECK_CASE(a_long_table_crosses_windows))
