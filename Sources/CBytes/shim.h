#pragma once
#include <stdint.h>
#include <string.h>

typedef uint8_t fluxwarden_bytes __attribute__((ext_vector_type(64)));
typedef _Bool fluxwarden_flags __attribute__((ext_vector_type(64)));

/// For each of the sixty-four bytes at `place` whether it is in an alphabet of base64 (`+`, `-`, `/`, `_`, digits and
/// letters), the first one lowest. Swift compiles comparisons of vectors into loops.
static inline uint64_t fluxwarden_base64_digits(const void *_Nonnull place) {
  fluxwarden_bytes text;
  memcpy(&text, place, sizeof text);
  fluxwarden_bytes letter = (text | 0x20) - 'a', digit = text - '/';
  fluxwarden_flags found = __builtin_convertvector(
      (letter < 26) | (digit < 11) | (text == '+') | (text == '-') | (text == '_'), fluxwarden_flags);
  uint64_t bits;
  memcpy(&bits, &found, sizeof bits);
  return bits;
}
