#ifndef CSQLITE_H
#define CSQLITE_H

// The system's SQLite, and the few lines of C for what Swift cannot import from its header.
#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast, which Swift does not import: SQLite takes its own copy of the bytes.
static inline int csqlite_bind_text_copy(sqlite3_stmt *statement, int index, const char *text, int count) {
  return sqlite3_bind_text(statement, index, text, count, SQLITE_TRANSIENT);
}
static inline int csqlite_bind_blob_copy(sqlite3_stmt *statement, int index, const void *bytes, int count) {
  return sqlite3_bind_blob(statement, index, bytes, count, SQLITE_TRANSIENT);
}

// sqlite3_db_config is variadic: the form for options that are a switch.
static inline int csqlite_db_config_flag(sqlite3 *database, int option, int on) {
  return sqlite3_db_config(database, option, on, (int *)0);
}

// sqlite3_config is variadic, too.
static inline int csqlite_count_memory(int on) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, on); }

#endif
