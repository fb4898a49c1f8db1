/* Counter-based random streams on Random123's Philox4x32-10 (Salmon et al., SC11, 2011). */
#include <Random123/philox.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>
#include <vitrum/random.h>

void vt_stream_init(vt_stream *s, uint64_t seed, uint32_t purpose, uint64_t index)
{
    /* key: seed; counter: block, purpose, index. No two named streams share a block. */
    *s = (vt_stream){.key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
                     .counter = {0, purpose, (uint32_t)index, (uint32_t)(index >> 32)},
                     .used = 4};
}

uint32_t vt_stream_purpose(const char *name)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (const unsigned char *c = (const unsigned char *)name; c && *c; c++) h = (h ^ *c) * 16777619u;
    return h;
}

static uint32_t word(vt_stream *s)
{
    if (s->used >= 4) {
        philox4x32_ctr_t counter = {{s->counter[0], s->counter[1], s->counter[2], s->counter[3]}};
        philox4x32_key_t key = {{s->key[0], s->key[1]}};
        const philox4x32_ctr_t block = philox4x32(counter, key);
        memcpy(s->block, block.v, sizeof s->block);
        s->counter[0]++;
        s->used = 0;
    }
    return s->block[s->used++];
}

uint64_t vt_stream_bits(vt_stream *s)
{
    const uint64_t low = word(s);
    return low | (uint64_t)word(s) << 32;
}

double vt_stream_uniform(vt_stream *s)
{
    return ((double)(vt_stream_bits(s) >> 12) + 0.5) * 0x1p-52; /* middles of 2^52 cells: never 0 or 1 */
}

double vt_stream_normal(vt_stream *s)
{
    return gsl_cdf_ugaussian_Pinv(vt_stream_uniform(s)); /* one uniform each: no pairs to keep in step */
}

double vt_stream_exponential(vt_stream *s)
{
    return -log(vt_stream_uniform(s));
}

size_t vt_stream_below(vt_stream *s, size_t n)
{
    if (n == 0) return 0;
    const uint64_t limit = UINT64_MAX - UINT64_MAX % n; /* a multiple of n: rejection leaves no bias */
    uint64_t bits;
    do bits = vt_stream_bits(s);
    while (bits >= limit);
    return (size_t)(bits % n);
}
