/* Alloy cards and study files from arbitrary bytes: an object or a refusal with code, text and file. */
#include <stdint.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <vitrum/io.h>
#include <vitrum/study.h>
#include <vitrum/yaml.h>

/* A study is read from a file. */
static void try_study(const uint8_t *data, size_t size)
{
    static char path[64];
    if (!path[0]) snprintf(path, sizeof path, "/tmp/vitrum-fuzz-%ld.yaml", (long)getpid());
    FILE *f = fopen(path, "wb");
    if (!f) abort();
    fwrite(data, 1, size, f);
    fclose(f);
    vt_study *study = NULL;
    vt_error err = {0};
    const vt_status st = vt_study_read(path, &study, &err);
    if (st != VT_OK && (err.code != st || !err.msg[0] || study)) abort();
    vt_study_free(study);
    remove(path);
}

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
    if (size % 8 == 0) try_study(data, size); /* slow: files */
    free(copy);
    return 0;
}
