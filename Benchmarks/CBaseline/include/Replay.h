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

// The settings of Sources/SQLite/Connection+Pragmas.swift.
extern const char *const replay_settings;

// The statements that wrote to a database, transaction by transaction, to be run once more by plain C.
typedef struct commits commits;

// From now on every connection that is opened has its writing statements noted, until `commits_open`. One at a time.
commits *commits_record(void);
// What is noted from here on belongs to the next transaction.
void commits_next(commits *commits);
// Makes a new file, with nothing but the schema, for the transactions that were noted.
int commits_open(commits *commits, const char *path, const char *schema);
// Runs transaction `number`, counted from 0 and in order. Its statements are prepared before the clock starts.
int commits_run(commits *commits, int64_t number, double (*clock)(void), double *seconds);
void commits_free(commits *commits);

#endif
