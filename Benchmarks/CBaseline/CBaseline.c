#include "CBaseline.h"
#include "CSQLite.h"

#include <stdio.h>

// The settings of Sources/SQLite/Connection+Pragmas.swift.
static const char *common_settings =
  "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA recursive_triggers = ON;"
  "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;";
static const char *writer_settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
static const char *reader_settings = "PRAGMA query_only = ON; PRAGMA mmap_size = 268435456;";
static const char *inspector_settings = "PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;";

static char texts[3][baseline_text_count][baseline_text_size];
// Known beforehand, as a Swift string knows its length.
static int lengths[3][baseline_text_count];

static void make_texts(void) {
  if (texts[0][0][0]) return;
  for (int i = 0; i < baseline_text_count; i++) {
    lengths[0][i] = snprintf(texts[0][i], baseline_text_size, "CORP\\operator-%d", i % 97);
    lengths[1][i] = snprintf(texts[1][i], baseline_text_size, "maintenance window %d of host esx%02d", i, i % 64);
    lengths[2][i] = snprintf(
      texts[2][i], baseline_text_size, "Migrating web-%04d off host esx%02d.corp.example in Delft, attempt %d", i, i % 64,
      i % 7);
  }
}

const char *baseline_text(int column, int64_t number) {
  make_texts();
  return texts[column][number % baseline_text_count];
}

static int open_database(const char *path, int flags, const char *settings, sqlite3 **database) {
  int code = sqlite3_open_v2(path, database, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_URI, NULL);
  if (code == SQLITE_OK) code = sqlite3_exec(*database, common_settings, NULL, NULL, NULL);
  if (code == SQLITE_OK) code = sqlite3_exec(*database, settings, NULL, NULL, NULL);
  return code;
}

static int prepare(sqlite3 *database, const char *query, sqlite3_stmt **statement) {
  return sqlite3_prepare_v3(database, query, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
}

static int finish(sqlite3 *database, sqlite3_stmt *statement, int code) {
  sqlite3_finalize(statement);
  int closing = sqlite3_close(database);
  return code != SQLITE_OK ? code : closing;
}

int baseline_insert(const char *path, int64_t rows) {
  make_texts();
  sqlite3 *database = NULL;
  sqlite3_stmt *insert = NULL;
  int code = open_database(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, writer_settings, &database);
  if (code == SQLITE_OK)
    code = sqlite3_exec(
      database,
      "CREATE TABLE sample (id INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL, vm INTEGER NOT NULL,"
      " host INTEGER NOT NULL, type INTEGER NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL, message TEXT NOT NULL)"
      " STRICT",
      NULL, NULL, NULL);
  if (code == SQLITE_OK) code = prepare(database, "INSERT INTO sample VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", &insert);
  for (int64_t id = 1; id <= rows && code == SQLITE_OK;) {
    code = sqlite3_exec(database, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    for (int row = 0; row < baseline_batch && id <= rows && code == SQLITE_OK; row++, id++) {
      sqlite3_bind_int64(insert, 1, id);
      sqlite3_bind_int64(insert, 2, 1700000000000000 + id * 1000);
      sqlite3_bind_int64(insert, 3, id % 1000);
      sqlite3_bind_int64(insert, 4, id % 20);
      sqlite3_bind_int64(insert, 5, id % 40);
      for (int column = 0; column < 3; column++) {
        int number = (int)(id % baseline_text_count);
        sqlite3_bind_text(insert, 6 + column, texts[column][number], lengths[column][number], SQLITE_STATIC);
      }
      code = sqlite3_step(insert);
      if (code == SQLITE_DONE) code = sqlite3_reset(insert);
    }
    if (code == SQLITE_OK) code = sqlite3_exec(database, "COMMIT", NULL, NULL, NULL);
  }
  return finish(database, insert, code);
}

// All eight columns of a row: the numbers, and of each text its length and first byte.
static int64_t row_checksum(sqlite3_stmt *row) {
  int64_t sum = 0;
  for (int column = 0; column < 5; column++) sum += sqlite3_column_int64(row, column);
  for (int column = 5; column < 8; column++) {
    const unsigned char *text = sqlite3_column_text(row, column);
    sum += text[0] + sqlite3_column_bytes(row, column);
  }
  return sum;
}

int baseline_scan(const char *path, int64_t *checksum) {
  sqlite3 *database = NULL;
  sqlite3_stmt *query = NULL;
  int code = open_database(path, SQLITE_OPEN_READONLY, reader_settings, &database);
  if (code == SQLITE_OK)
    code = prepare(database, "SELECT id, at, vm, host, type, actor, reason, message FROM sample", &query);
  if (code == SQLITE_OK) {
    while ((code = sqlite3_step(query)) == SQLITE_ROW) *checksum ^= row_checksum(query);
    if (code == SQLITE_DONE) code = SQLITE_OK;
  }
  return finish(database, query, code);
}

int baseline_points(const char *path, int64_t rows, int64_t count, uint64_t seed, int64_t *checksum) {
  sqlite3 *database = NULL;
  sqlite3_stmt *query = NULL;
  int code = open_database(path, SQLITE_OPEN_READONLY, reader_settings, &database);
  if (code == SQLITE_OK)
    code = prepare(database, "SELECT id, at, vm, host, type, actor, reason, message FROM sample WHERE id = $1", &query);
  if (code == SQLITE_OK) code = sqlite3_exec(database, "BEGIN", NULL, NULL, NULL);
  for (int64_t i = 0; i < count && code == SQLITE_OK; i++) {
    sqlite3_bind_int64(query, 1, 1 + (int64_t)(baseline_next(&seed) % (uint64_t)rows));
    code = sqlite3_step(query);
    if (code == SQLITE_ROW) *checksum ^= row_checksum(query);
    if (code == SQLITE_ROW || code == SQLITE_DONE) code = sqlite3_reset(query);
  }
  if (code == SQLITE_OK) code = sqlite3_exec(database, "COMMIT", NULL, NULL, NULL);
  return finish(database, query, code);
}

int baseline_read_all(const char *path, const char *query_text, int64_t *checksum) {
  sqlite3 *database = NULL;
  sqlite3_stmt *query = NULL;
  int code = open_database(path, SQLITE_OPEN_READONLY, inspector_settings, &database);
  if (code == SQLITE_OK) code = prepare(database, query_text, &query);
  int columns = sqlite3_column_count(query);
  while (code == SQLITE_OK && (code = sqlite3_step(query)) == SQLITE_ROW) {
    code = SQLITE_OK;
    for (int column = 0; column < columns; column++) {
      if (sqlite3_column_type(query, column) == SQLITE_INTEGER) {
        *checksum ^= sqlite3_column_int64(query, column);
      } else {
        const unsigned char *bytes = sqlite3_column_blob(query, column);
        *checksum ^= sqlite3_column_bytes(query, column) + (bytes ? bytes[0] : 0);
      }
    }
  }
  return finish(database, query, code == SQLITE_DONE ? SQLITE_OK : code);
}
