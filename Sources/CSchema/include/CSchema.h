#ifndef CSCHEMA_H
#define CSCHEMA_H
#include <stddef.h>

// A file of SQL that was put into the binary. `bytes` is UTF-8 without a terminating zero.
typedef struct {
  const char *name;
  const unsigned char *bytes;
  size_t count;
} cschema_file;

cschema_file cschema_current(void);        // schema.sql: what a new database gets
size_t cschema_migration_count(void);      // how many files migrations/ holds
cschema_file cschema_migration(size_t index);

#endif
