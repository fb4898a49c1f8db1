#pragma once
#include <stddef.h>
#include <stdint.h>

/* Counter-based random streams (Philox4x32-10). A stream is a value: (seed, purpose, index) name it,
 * so replicate i of a campaign draws the same numbers whatever thread runs it and in what order. */
typedef struct vt_stream {
    uint32_t key[2];
    uint32_t counter[4];
    uint32_t block[4];
    unsigned used; /* words of block already given out; 4: none left */
} vt_stream;

/* purpose: what the numbers are for, e.g. vt_stream_purpose("molding/length"); index: replicate. */
void vt_stream_init(vt_stream *s, uint64_t seed, uint32_t purpose, uint64_t index);

/* Hash of a name (FNV-1a, 32 bit), for purpose. */
uint32_t vt_stream_purpose(const char *name);

uint64_t vt_stream_bits(vt_stream *s);          /* 64 random bits */
double vt_stream_uniform(vt_stream *s);         /* open interval (0, 1), 52 bits */
double vt_stream_normal(vt_stream *s);          /* mean 0, variance 1 (inverse of the distribution function) */
double vt_stream_exponential(vt_stream *s);     /* mean 1 */
size_t vt_stream_below(vt_stream *s, size_t n); /* 0 ... n-1, unbiased; 0 if n is 0 */
