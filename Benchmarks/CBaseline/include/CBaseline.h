#ifndef CBASELINE_H
#define CBASELINE_H

#include "Replay.h"

#include <stdint.h>

// What the Swift layer is measured against: the same work in plain C, on the same library, with the same settings.
// Every function opens the file, works and closes it again, and returns a result code of SQLite, 0 for success.

enum { baseline_batch = 1000, baseline_text_count = 1024, baseline_text_size = 128 };

// The text that row `number` has in text column `column` (0, 1, 2). It stays valid. Both sides take their texts from here,
// so that neither is charged for making them.
const char *baseline_text(int column, int64_t number);

// Makes the table `sample` and fills it: ids from 1, `baseline_batch` rows a transaction, texts bound in place.
int baseline_insert(const char *path, int64_t rows);

// Reads every row, all eight columns.
int baseline_scan(const char *path, int64_t *checksum);

// Reads `count` rows by primary key inside one read transaction, in the order of `baseline_next`.
int baseline_points(const char *path, int64_t rows, int64_t count, uint64_t seed, int64_t *checksum);

// Runs any query and reads every column of every row by the type that it has.
int baseline_read_all(const char *path, const char *query, int64_t *checksum);

// Parses a row of XML documents, each with its end tag at the left margin, by libxml2 and makes nothing of them.
// Returns 0 for success, -1 where the file cannot be read, else the number of the parser's error.
int baseline_parse_xml(const char *path);

// A seeded generator (SplitMix64 by Sebastiano Vigna), inline for both sides.
static inline uint64_t baseline_next(uint64_t *state) {
  uint64_t z = (*state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

#endif
