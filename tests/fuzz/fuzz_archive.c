/* ZIP archives of texts from arbitrary bytes, and, since checksums keep a fuzzer out, arbitrary texts inside a good
 * archive: the first byte says which. */
#include "../io/zip_text.h"
#include <stdlib.h>
#include <vitrum/io.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2) return 0;
    char *text = malloc(size);
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    const struct zip_member m[] = {{"a 10.txt", "0 1 2\n1 2 3\n"}, {"a 9.txt", text}};
    size_t n = size - 1;
    char *zip = data[0] % 2 ? zip_make(m, 2, &n) : text;
    if (zip == text && n >= 4) memcpy(zip, "PK\3\4", 4);
    vt_book *b = NULL;
    vt_error err = {0};
    const vt_status st = vt_book_parse("fuzz.zip", zip, n, NULL, &b, &err);
    if (st == VT_OK ? vt_book_tables(b) == 0 : (err.code != st || !err.msg[0] || b)) abort();
    vt_book_free(b);
    if (zip != text) free(zip);
    free(text);
    return 0;
}
