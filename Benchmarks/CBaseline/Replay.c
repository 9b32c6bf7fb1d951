#include "CSQLite.h"
#include "Replay.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  int type, size;
  int64_t number;
  const char *bytes;
} cell;

typedef struct {
  char name[64];
  int columns;
  int64_t count, room;
  cell *cells;
} table;

struct replay {
  char *schema;
  table tables[32];
  int count;
};

typedef unsigned char *(*sha256)(const unsigned char *, size_t, unsigned char *);

// The settings of Sources/SQLite/Connection+Pragmas.swift.
const char *const replay_settings =
  "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA recursive_triggers = ON;"
  "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";

// In the order in which foreign keys allow them.
static const char *names[] = {"source",         "term",        "object",     "foreign_fields", "event",
                              "residency",      "vm_power",    "vm_shape",   "disk_placement", "host_state",
                              "membership",     "setting",     "naming",     "cluster_sighting"};
enum { table_count = sizeof names / sizeof *names, event_table = 4 };

static int load(sqlite3 *database, table *table, const char *name) {
  char query[128];
  // What the schema itself puts into an empty file is there already.
  const char *but = !strcmp(name, "source") ? " WHERE id > 1" : !strcmp(name, "term") ? " WHERE id > 31" : "";
  snprintf(query, sizeof query, "SELECT * FROM %s%s", name, but);
  strcpy(table->name, name);
  sqlite3_stmt *rows = NULL;
  int code = sqlite3_prepare_v2(database, query, -1, &rows, NULL);
  table->columns = sqlite3_column_count(rows);
  while (code == SQLITE_OK && (code = sqlite3_step(rows)) == SQLITE_ROW) {
    code = SQLITE_OK;
    if (table->count == table->room) {
      table->room = table->room ? table->room * 2 : 1024;
      table->cells = realloc(table->cells, table->room * table->columns * sizeof(cell));
    }
    for (int column = 0; column < table->columns; column++) {
      cell *cell = &table->cells[table->count * table->columns + column];
      cell->type = sqlite3_column_type(rows, column);
      cell->number = sqlite3_column_int64(rows, column);
      cell->size = 0;
      if (cell->type == SQLITE_TEXT || cell->type == SQLITE_BLOB) {
        const void *bytes = sqlite3_column_blob(rows, column);
        cell->size = sqlite3_column_bytes(rows, column);
        char *copy = malloc(cell->size + 1);
        if (cell->size) memcpy(copy, bytes, cell->size);
        cell->bytes = copy;
      }
    }
    table->count++;
  }
  sqlite3_finalize(rows);
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

int replay_load(const char *path, const char *schema, replay **result) {
  replay *replay = *result = calloc(1, sizeof *replay);
  replay->schema = strdup(schema);
  sqlite3 *database = NULL;
  int code = sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL);
  for (int i = 0; i < table_count && code == SQLITE_OK; i++) code = load(database, &replay->tables[i], names[i]);
  replay->count = table_count;
  sqlite3_close(database);
  return code;
}

void replay_free(replay *replay) {
  for (int i = 0; i < replay->count; i++) {
    table *table = &replay->tables[i];
    for (int64_t cell = 0; cell < table->count * table->columns; cell++)
      if (table->cells[cell].size || table->cells[cell].type == SQLITE_TEXT) free((void *)table->cells[cell].bytes);
    free(table->cells);
  }
  free(replay->schema);
  free(replay);
}

static int insert(sqlite3_stmt *statement, const cell *cells, int columns) {
  for (int column = 0; column < columns; column++) {
    const cell *cell = &cells[column];
    switch (cell->type) {
    case SQLITE_INTEGER: sqlite3_bind_int64(statement, column + 1, cell->number); break;
    case SQLITE_TEXT: sqlite3_bind_text(statement, column + 1, cell->bytes, cell->size, SQLITE_STATIC); break;
    case SQLITE_BLOB: sqlite3_bind_blob(statement, column + 1, cell->bytes, cell->size, SQLITE_STATIC); break;
    default: sqlite3_bind_null(statement, column + 1);
    }
  }
  int code = sqlite3_step(statement);
  return code == SQLITE_DONE ? sqlite3_reset(statement) : code;
}

static int prepare(sqlite3 *database, const table *table, sqlite3_stmt **statement) {
  char query[256];
  int length = snprintf(query, sizeof query, "INSERT INTO %s VALUES (?", table->name);
  for (int column = 1; column < table->columns; column++) length += snprintf(query + length, sizeof query - length, ", ?");
  snprintf(query + length, sizeof query - length, ")");
  return sqlite3_prepare_v3(database, query, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
}

// Inserts the part of a table's rows that belongs to this batch of so many.
static int insert_part(sqlite3 *database, const table *table, int64_t batch, int64_t batches) {
  sqlite3_stmt *statement = NULL;
  int code = prepare(database, table, &statement);
  for (int64_t row = table->count * batch / batches; row < table->count * (batch + 1) / batches && code == SQLITE_OK; row++)
    code = insert(statement, &table->cells[row * table->columns], table->columns);
  sqlite3_finalize(statement);
  return code;
}

int replay_run(const replay *replay, const char *path, const unsigned char *canonical, const int64_t *ends, int64_t size) {
  void *library = dlopen("libcrypto.so.3", RTLD_NOW);
  sha256 digest = library ? (sha256)dlsym(library, "SHA256") : NULL;
  if (!digest) return SQLITE_MISUSE;
  sqlite3 *database = NULL;
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_open_v2(
    path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (code == SQLITE_OK) code = sqlite3_exec(database, replay_settings, NULL, NULL, NULL);
  if (code == SQLITE_OK) code = sqlite3_exec(database, replay->schema, NULL, NULL, NULL);
  const table *events = &replay->tables[event_table];
  if (code == SQLITE_OK) code = prepare(database, events, &statement);
  static unsigned char buffer[1 << 20];
  unsigned char hash[32] = {0};
  int64_t batches = (events->count + size - 1) / size, begin = 0;
  for (int64_t batch = 0; batch < batches && code == SQLITE_OK; batch++) {
    code = sqlite3_exec(database, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    for (int i = 0; i < event_table && batch == 0 && code == SQLITE_OK; i++)
      code = insert_part(database, &replay->tables[i], 0, 1);
    for (int64_t row = batch * size; row < (batch + 1) * size && row < events->count && code == SQLITE_OK; row++) {
      memcpy(buffer, hash, 32);
      memcpy(buffer + 32, canonical + begin, ends[row] - begin);
      digest(buffer, 32 + ends[row] - begin, hash);
      begin = ends[row];
      cell *cells = &events->cells[row * events->columns];
      for (int column = 0; column < events->columns; column++)
        if (cells[column].type == SQLITE_BLOB && memcmp(cells[column].bytes, hash, 32)) code = SQLITE_CORRUPT;
      if (code == SQLITE_OK) code = insert(statement, cells, events->columns);
    }
    for (int i = event_table + 1; i < replay->count && code == SQLITE_OK; i++)
      code = insert_part(database, &replay->tables[i], batch, batches);
    if (code == SQLITE_OK) code = sqlite3_exec(database, "COMMIT", NULL, NULL, NULL);
  }
  sqlite3_finalize(statement);
  if (code == SQLITE_OK) code = sqlite3_exec(database, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
  sqlite3_close(database);
  return code;
}
