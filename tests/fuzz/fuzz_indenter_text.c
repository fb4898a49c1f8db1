/* Text files of indenters, rheometers and calorimeters from arbitrary bytes: the first byte chooses a format, whose
 * first lines are put in front so that its reader is reached at once; or none. What comes out is a book whose every
 * value can be touched, or a refusal with code, text and file. Seeds: seeds/fuzz_indenter_text; words of all formats:
 * fuzz_indenter_text.dict. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/io.h>

static const char *const HEADS[] = {
    "",
    "File Version: Hysitron 6\nTip C0: 24.5 nm^2/nm^2\nTest Data Points: 2\nTime_s\tDisp_nm\tForce_uN\n",
    "Test Type: Indentation\nTime Stamp: now\n",
    "today\n\nNumber of Points = 2\nDepth (nm)\tLoad (\xB5N)\tTime (s)\n",
    "nanoDMA Text Export Version 1.00\n\nTest Time (s)\tIndent Disp. (nm)\n",
    "a\tName of the application\nHM  0.3/ 1/ 0=   3\nBlock : 1   Value : 1\n",
    "a\tName of the application\nHM  0.3/ 1/ 0=   3\nBlock : 1   Value : 1\nhmax\t[\xB5m]\t1.5\nF\th\tt\n",
    "New Report\n----------\n\t\ttitle\t\n",
    "Group\tMeasurement\tParameter\tUnit\tValue\n",
    "X_a_1_Time_[s]\tY_a_1_Fn_[mN]\tX_a_1_Time_[s]\tY_a_1_Pd_[nm]\n",
    "Method Name : m\nChannels\n",
    "Method Name : m\nConfiguration Objects\n\tCurrentTipName\nFunctionType : 0\n",
    "Filename\ta\n[step]\nCreep\nStep time\tCompliance\nmin\t1/MPa\n",
    "Filename:\ta\nSample Weight:\t5 mg\n1) DSC Isothermal\nTime\tUnsubtracted\tSample\n",
    "#EXPORTTYPE:;DATA ALL\n#DECIMAL:;COMMA\n#SEPARATOR:;SEMICOLON\n##Temp./\260C;Time/min;DSC/(mW/mg)\n",
    "CLOSED\nSize\t9\tmg\nNsig\t2\nSig1\tTime (min)\nSig2\tHeat Flow (mW)\nStartOfData\n",
    "Time,Temp,Heat Flow\n[s],[k],[mW/mg]\n",
    "Temperature (C), Heat Flow Endo Up (mW)\n",
};

static void insist(int condition)
{
    if (!condition) abort();
}

static void touch(const vt_book *b)
{
    double sum = 0.0;
    insist(vt_book_tables(b) > 0);
    for (size_t i = 0; i < vt_book_tables(b); i++) {
        const vt_table *t = vt_book_table(b, i);
        for (size_t c = 0; c < vt_table_columns(t); c++)
            for (size_t r = 0; r < vt_table_rows(t); r++)
                sum +=
                    vt_table_column_is_text(t, c) ? (double)strlen(vt_table_text(t, c, r)) : vt_table_values(t, c)[r];
        for (size_t k = 0; k < vt_table_metas(t); k++) insist(vt_table_meta(t, k).key[0] && vt_table_meta(t, k).text);
        for (size_t k = 0; k < vt_table_notes(t); k++) insist(vt_table_note(t, k)[0]);
        insist(vt_table_rows(t) == 0 || vt_table_line(t, vt_table_rows(t) - 1) >= 0);
    }
    insist(sum <= 0.0 || sum > 0.0 || sum != sum);
    for (size_t i = 0; i < vt_book_ignored(b); i++) insist(vt_book_ignored_text(b, i)[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    const char *head = HEADS[data[0] % (sizeof HEADS / sizeof *HEADS)];
    const size_t n = strlen(head), all = n + size - 1;
    char *text = malloc(all ? all : 1); /* of the exact size, so that the sanitizer sees every byte read too many */
    if (n > 0) memcpy(text, head, n);
    if (size > 1) memcpy(text + n, data + 1, size - 1);
    vt_book *b = NULL;
    vt_error err = {0};
    const vt_status st = vt_book_parse("fuzz", text, all, NULL, &b, &err);
    free(text);
    if (st == VT_OK)
        touch(b);
    else
        insist(err.code == st && err.msg[0] && st != VT_EINTERNAL && !b);
    vt_book_free(b);
    return 0;
}
