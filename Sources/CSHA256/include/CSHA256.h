// The SHA-256 compression function on the x86 SHA instructions, and the question whether this machine has them.
// Not here: padding, streaming and the portable code; those are in BenefitsLedger/Merkle/SHA256.swift.

#ifndef CSHA256_H
#define CSHA256_H

#include <stddef.h>
#include <stdint.h>

/// 1 when the processor this runs on has the instructions csha256_compress needs, otherwise 0.
/// Asks the processor every time (CPUID is slow, slower still in a virtual machine); callers keep the answer.
int csha256_accelerated(void);

/// Mixes `block_count` blocks of 64 bytes into `state` (FIPS 180-4 section 6.2.2; words a to h, host byte order).
/// `blocks` needs no alignment. Call only when csha256_accelerated() answered 1; elsewhere it aborts or faults.
void csha256_compress(uint32_t state[8], const uint8_t *blocks, size_t block_count);

#endif
