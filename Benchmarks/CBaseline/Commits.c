#include "CSQLite.h"
#include "Replay.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct commits {
  char **statements;
  int64_t count, room;
  // Where the statements of each transaction begin.
  int64_t *begins;
  int64_t transactions;
  sqlite3 *database;
  sqlite3_stmt *begin, *commit;
};

static commits *recording;

// Called for each statement; those of triggers come as comments, and run again by themselves.
static int note(unsigned kind, void *context, void *statement, void *text) {
  (void)kind;
  (void)context;
  if (!recording || !strncmp(text, "--", 2) || sqlite3_stmt_readonly(statement)) return 0;
  const char *sql = sqlite3_sql(statement);
  if (strncasecmp(sql, "INSERT", 6) && strncasecmp(sql, "UPDATE", 6) && strncasecmp(sql, "DELETE", 6)) return 0;
  if (recording->count == recording->room) {
    recording->room = recording->room ? 2 * recording->room : 1024;
    recording->statements = realloc(recording->statements, recording->room * sizeof(char *));
  }
  char *expanded = sqlite3_expanded_sql(statement);
  if (expanded) recording->statements[recording->count++] = strdup(expanded);
  sqlite3_free(expanded);
  return 0;
}

static int watch(sqlite3 *database, const char **error, const void *functions) {
  (void)error;
  (void)functions;
  return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, note, NULL);
}

commits *commits_record(void) {
  recording = calloc(1, sizeof *recording);
  sqlite3_auto_extension((void (*)(void))watch);
  return recording;
}

void commits_next(commits *commits) {
  commits->begins = realloc(commits->begins, (commits->transactions + 1) * sizeof *commits->begins);
  commits->begins[commits->transactions++] = commits->count;
}

int commits_open(commits *commits, const char *path, const char *schema) {
  sqlite3_cancel_auto_extension((void (*)(void))watch);
  recording = NULL;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int code = sqlite3_open_v2(path, &commits->database, flags, NULL);
  if (code == SQLITE_OK) code = sqlite3_exec(commits->database, replay_settings, NULL, NULL, NULL);
  if (code == SQLITE_OK) code = sqlite3_exec(commits->database, schema, NULL, NULL, NULL);
  if (code == SQLITE_OK) code = sqlite3_prepare_v2(commits->database, "BEGIN IMMEDIATE", -1, &commits->begin, NULL);
  return code == SQLITE_OK ? sqlite3_prepare_v2(commits->database, "COMMIT", -1, &commits->commit, NULL) : code;
}

int commits_run(commits *commits, int64_t number, double (*clock)(void), double *seconds) {
  int64_t begin = commits->begins[number];
  int64_t end = number + 1 < commits->transactions ? commits->begins[number + 1] : commits->count;
  sqlite3_stmt **prepared = malloc((end - begin + 1) * sizeof *prepared);
  int code = prepared ? SQLITE_OK : SQLITE_NOMEM;
  int count = 0;
  for (int64_t i = begin; i < end && code == SQLITE_OK; i++) {
    code = sqlite3_prepare_v2(commits->database, commits->statements[i], -1, &prepared[count], NULL);
    if (code == SQLITE_OK) count++;
  }
  double begun = clock();
  if (code == SQLITE_OK && sqlite3_step(commits->begin) != SQLITE_DONE) code = SQLITE_ERROR;
  sqlite3_reset(commits->begin);
  for (int i = 0; i < count && code == SQLITE_OK; i++) {
    if (sqlite3_step(prepared[i]) != SQLITE_DONE) code = sqlite3_errcode(commits->database);
    sqlite3_reset(prepared[i]);
  }
  if (code == SQLITE_OK && sqlite3_step(commits->commit) != SQLITE_DONE) code = SQLITE_ERROR;
  sqlite3_reset(commits->commit);
  *seconds = clock() - begun;
  for (int i = 0; i < count; i++) sqlite3_finalize(prepared[i]);
  free(prepared);
  return code;
}

void commits_free(commits *commits) {
  sqlite3_finalize(commits->begin);
  sqlite3_finalize(commits->commit);
  sqlite3_close(commits->database);
  for (int64_t i = 0; i < commits->count; i++) free(commits->statements[i]);
  free(commits->statements);
  free(commits->begins);
  free(commits);
}
