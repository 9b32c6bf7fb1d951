#ifndef FAULT_SQLITE_H
#define FAULT_SQLITE_H

// Failing hardware for SQLite: one call of those that are counted fails, every other one is the system's own.

// Which calls count.
enum {
  fault_write = 1,
  fault_sync = 2,
  fault_truncate = 4,
  fault_open = 8,
  fault_delete = 16,
  fault_shm = 32,
  fault_read = 64,
};

// How the call fails.
typedef enum { fault_error, fault_full, fault_short } fault_manner;

// Puts the failing file system in front of the system's own, for all connections that are opened from now on. Returns an
// SQLite code.
int fault_files_install(void);
// Counts the calls of these kinds on files whose path begins so; the one of this number (from 1; 0: none) fails.
void fault_files_arm(const char *prefix, int kinds, long number, fault_manner manner);
// How many calls were counted.
long fault_files_count(void);

// Puts a failing allocator in front of the system's own. Only before SQLite is used in this process; returns its code.
int fault_memory_install(void);
// Counts allocations; the one of this number (from 1; 0: none) gets nothing, nor do as many after it as are to fail.
void fault_memory_arm(long number, long length);
long fault_memory_count(void);

#endif
