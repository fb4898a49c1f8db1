#pragma once
/* Small ZIP archives with stored (not packed) members, made in memory: workbooks for tests. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct zip_member {
    const char *name, *text;
};

static uint32_t zip_crc(const char *p, size_t n)
{
    uint32_t crc = ~0u;
    for (size_t i = 0; i < n; i++) {
        crc ^= (unsigned char)p[i];
        for (int k = 0; k < 8; k++) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    return ~crc;
}

static void zip_put(char *out, size_t *n, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) out[(*n)++] = (char)(value >> 8 * i & 0xFF);
}

/* Header fields that the local and the central record share (APPNOTE.TXT 4.3.7, 4.3.12). */
static void zip_fields(char *out, size_t *n, const struct zip_member *m)
{
    const size_t size = strlen(m->text);
    zip_put(out, n, 20, 2);         /* version needed */
    zip_put(out, n, 0, 2);          /* flags */
    zip_put(out, n, 0, 2);          /* stored */
    zip_put(out, n, 0x58210000, 4); /* a date */
    zip_put(out, n, zip_crc(m->text, size), 4);
    zip_put(out, n, size, 4);
    zip_put(out, n, size, 4);
    zip_put(out, n, strlen(m->name), 2);
    zip_put(out, n, 0, 2);
}

/* malloc'd archive of the members; *size its length. */
static char *zip_make(const struct zip_member *member, size_t members, size_t *size)
{
    size_t room = 64, n = 0;
    uint32_t offset[32];
    for (size_t i = 0; i < members; i++) room += 128 + 2 * strlen(member[i].name) + strlen(member[i].text);
    char *out = malloc(room);
    for (size_t i = 0; i < members; i++) {
        offset[i] = (uint32_t)n;
        zip_put(out, &n, 0x04034b50, 4);
        zip_fields(out, &n, &member[i]);
        memcpy(out + n, member[i].name, strlen(member[i].name));
        n += strlen(member[i].name);
        memcpy(out + n, member[i].text, strlen(member[i].text));
        n += strlen(member[i].text);
    }
    const size_t directory = n;
    for (size_t i = 0; i < members; i++) {
        zip_put(out, &n, 0x02014b50, 4);
        zip_put(out, &n, 20, 2);
        zip_fields(out, &n, &member[i]);
        zip_put(out, &n, 0, 8);
        zip_put(out, &n, 0, 2);
        zip_put(out, &n, offset[i], 4);
        memcpy(out + n, member[i].name, strlen(member[i].name));
        n += strlen(member[i].name);
    }
    const size_t end = n;
    zip_put(out, &n, 0x06054b50, 4);
    zip_put(out, &n, 0, 4);
    zip_put(out, &n, members, 2);
    zip_put(out, &n, members, 2);
    zip_put(out, &n, end - directory, 4);
    zip_put(out, &n, directory, 4);
    zip_put(out, &n, 0, 2);
    *size = n;
    return out;
}
