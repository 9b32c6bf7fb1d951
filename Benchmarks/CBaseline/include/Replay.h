#ifndef REPLAY_H
#define REPLAY_H

#include <stdint.h>

// The rows of a recorded ledger, written once more by plain C: what a ledger costs at least. Nothing is worked out: names
// have their numbers, spans are folded, the bytes that are hashed are given.
typedef struct replay replay;

// Reads every row of the ledger's tables into memory. `schema` is the text that makes an empty one.
int replay_load(const char *path, const char *schema, replay **result);
void replay_free(replay *replay);

// Writes them into a new file, `size` events a transaction with their share of the spans. Hashes each event's bytes (those up
// to its entry in `ends`) with libcrypto and compares with the recorded hash.
int replay_run(const replay *replay, const char *path, const unsigned char *canonical, const int64_t *ends, int64_t size);

// Writes the first events into a new file, each in a transaction of its own, and nothing else; how long each took.
int replay_commits(const replay *replay, const char *path, int64_t count, double *seconds, double (*clock)(void));

#endif
