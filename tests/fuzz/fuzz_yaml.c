/* Alloy cards and study files from arbitrary bytes: an object or a refusal with code, text and file. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/io.h>
#include <vitrum/yaml.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = malloc(size ? size : 1);
    if (size > 0) memcpy(copy, data, size);
    vt_error err = {0};
    vt_yaml *doc = NULL;
    vt_status st = vt_yaml_parse("fuzz.yaml", copy, size, &doc, &err);
    if (st != VT_OK && (err.code != st || !err.msg[0] || doc)) abort();
    vt_yaml_free(doc);
    vt_card *card = NULL;
    memset(&err, 0, sizeof err);
    st = vt_card_parse("fuzz.yaml", copy, size, &card, &err);
    if (st != VT_OK && (err.code != st || !err.msg[0] || card)) abort();
    vt_card_free(card);
    free(copy);
    return 0;
}
