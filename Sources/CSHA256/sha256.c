// The SHA-256 compression function on the x86 SHA instructions, written from FIPS 180-4 and Intel's SDM volume 2.
// Not here: portable code. On other architectures this file only answers "not accelerated".

#include "CSHA256.h"

#if defined(__x86_64__) || defined(__i386__)

#include <cpuid.h>
#include <immintrin.h>

int csha256_accelerated(void) {
  unsigned int eax, ebx, ecx, edx;
  if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx)) return 0;
  const int has_ssse3 = (ecx >> 9) & 1;
  const int has_sse41 = (ecx >> 19) & 1;
  if (!__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx)) return 0;
  const int has_sha = (ebx >> 29) & 1;
  return has_ssse3 && has_sse41 && has_sha;
}

// FIPS 180-4 section 4.2.2.
static const uint32_t round_constants[64] __attribute__((aligned(16))) = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

// Lane names below run from the lowest 32-bit lane to the highest. The round instruction wants the eight working
// variables as two registers, (f e b a) and (h g d c).
__attribute__((target("sha,sse4.1,ssse3")))
void csha256_compress(uint32_t state[8], const uint8_t *blocks, size_t block_count) {
  const __m128i swap_bytes = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);

  const __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)&state[0]), 0xB1);
  const __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)&state[4]), 0x1B);
  __m128i feba = _mm_alignr_epi8(badc, hgfe, 8);
  __m128i hgdc = _mm_blend_epi16(hgfe, badc, 0xF0);

  for (; block_count > 0; block_count--, blocks += 64) {
    const __m128i feba_before = feba;
    const __m128i hgdc_before = hgdc;

    // The last sixteen schedule words; group g (words 4g to 4g + 3) is words[g % 4].
    __m128i words[4];
    for (int group = 0; group < 4; group++) {
      const __m128i bytes = _mm_loadu_si128((const __m128i *)(blocks + 16 * group));
      words[group] = _mm_shuffle_epi8(bytes, swap_bytes);
    }

#pragma clang loop unroll(full)
    for (int group = 0; group < 16; group++) {
      if (group >= 4) {
        // W[t] = W[t-16] + s0(W[t-15]) + W[t-7] + s1(W[t-2]): msg1 adds the first two, msg2 the last.
        const __m128i recent = words[(group + 3) & 3];
        const __m128i seven_back = _mm_alignr_epi8(recent, words[(group + 2) & 3], 4);
        const __m128i old = _mm_sha256msg1_epu32(words[group & 3], words[(group + 1) & 3]);
        words[group & 3] = _mm_sha256msg2_epu32(_mm_add_epi32(old, seven_back), recent);
      }
      // Each instruction does two rounds with the two low words; what was (f e b a) becomes (h g d c).
      const __m128i constants = _mm_load_si128((const __m128i *)&round_constants[4 * group]);
      const __m128i inputs = _mm_add_epi32(words[group & 3], constants);
      hgdc = _mm_sha256rnds2_epu32(hgdc, feba, inputs);
      feba = _mm_sha256rnds2_epu32(feba, hgdc, _mm_shuffle_epi32(inputs, 0x0E));
    }

    feba = _mm_add_epi32(feba, feba_before);
    hgdc = _mm_add_epi32(hgdc, hgdc_before);
  }

  const __m128i abef = _mm_shuffle_epi32(feba, 0x1B);
  const __m128i ghcd = _mm_shuffle_epi32(hgdc, 0xB1);
  _mm_storeu_si128((__m128i *)&state[0], _mm_blend_epi16(abef, ghcd, 0xF0));
  _mm_storeu_si128((__m128i *)&state[4], _mm_alignr_epi8(ghcd, abef, 8));
}

#else

#include <stdlib.h>

int csha256_accelerated(void) { return 0; }

void csha256_compress(uint32_t state[8], const uint8_t *blocks, size_t block_count) {
  (void)state, (void)blocks, (void)block_count;
  abort();
}

#endif
