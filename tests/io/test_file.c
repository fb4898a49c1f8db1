/* Files written whole or not at all, and their checksum. */
#include "check.h"
#include "io/file_internal.h"
#include <unistd.h>
#include <vitrum/io.h>

static char dir[] = "/tmp/vitrum-file-XXXXXX";
static char path[64];

static long size_of(const char *p)
{
    FILE *f = fopen(p, "rb");
    if (!f) return -1;
    fseek(f, 0, SEEK_END);
    const long n = ftell(f);
    fclose(f);
    return n;
}

static void put(const char *text)
{
    vti_file_out out = {0};
    vt_error err = {0};
    CHECK_OK(vti_file_begin(&out, path, &err), &err);
    fputs(text, out.stream);
    CHECK_OK(vti_file_commit(&out, &err), &err);
    vti_file_abandon(&out); /* harmless after a commit */
}

static void a_commit_replaces_the_file(void)
{
    put("one");
    CHECK(size_of(path) == 3);
    put("twenty-one");
    CHECK(size_of(path) == 10);
}

static void an_abandoned_file_leaves_the_old_one(void)
{
    vti_file_out out = {0};
    vt_error err = {0};
    put("kept");
    CHECK_OK(vti_file_begin(&out, path, &err), &err);
    fputs("half-written", out.stream);
    char temporary[128];
    snprintf(temporary, sizeof temporary, "%s", out.temporary);
    vti_file_abandon(&out);
    CHECK(size_of(path) == 4);
    CHECK(access(temporary, F_OK) != 0);
}

static void a_full_disk_is_reported(void)
{
    vti_file_out out = {0};
    vt_error err = {0};
    if (access("/dev/full", W_OK) != 0) return;
    CHECK_OK(vti_file_begin(&out, path, &err), &err);
    fclose(out.stream);
    out.stream = fopen("/dev/full", "wb");
    fputs("does not fit", out.stream);
    CHECK(vti_file_commit(&out, &err) == VT_EWRITE);
    CHECK_TEXT(err.msg, "No space left");
    CHECK(size_of(path) == 4);
}

static void the_checksum_is_the_published_one(void)
{
    vt_error err = {0};
    char hex[65] = "";
    put("abc");
    CHECK_OK(vt_file_sha256(path, hex, &err), &err);
    /* FIPS 180-4, example "abc" */
    CHECK(strcmp(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") == 0);
}

static void what_cannot_be_opened_is_named(void)
{
    vt_error err = {0};
    char hex[65] = "unchanged";
    CHECK(vt_file_sha256("/no/such/file", hex, &err) == VT_EIO);
    CHECK_TEXT(err.file, "/no/such/file");
    CHECK_TEXT(err.msg, "No such file");
    CHECK(vt_file_sha256(dir, hex, &err) == VT_EIO);
    CHECK_TEXT(err.msg, "is a directory");
    CHECK(vt_file_sha256(NULL, hex, &err) == VT_EARG);
    CHECK(strcmp(hex, "unchanged") == 0);
    vti_file_out out = {0};
    CHECK(vti_file_begin(&out, "/no/such/folder/x.csv", &err) == VT_EWRITE);
    CHECK(out.stream == NULL);
}

int main(void)
{
    if (!mkdtemp(dir)) return 1;
    snprintf(path, sizeof path, "%s/x.txt", dir);
    const struct CMUnitTest tests[] = {
        CHECK_CASE(a_commit_replaces_the_file), CHECK_CASE(an_abandoned_file_leaves_the_old_one),
        CHECK_CASE(a_full_disk_is_reported), CHECK_CASE(the_checksum_is_the_published_one),
        CHECK_CASE(what_cannot_be_opened_is_named)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    remove(path);
    rmdir(dir);
    return failed;
}
