#include "FaultSQLite.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <string.h>

static atomic_long count, target;
static atomic_int kinds;
static fault_manner manner;
static char prefix[1024];

typedef struct {
  sqlite3_file base;
  sqlite3_io_methods methods;
  int counts;
  sqlite3_file *real;
} fault_file;

static sqlite3_vfs *real_vfs;

static int counts(const char *path) { return path && *prefix && strncmp(path, prefix, strlen(prefix)) == 0; }

// Whether this call is the one to fail.
static int fails(int kind) { return (kinds & kind) && ++count == target; }

static int code(int error) { return manner == fault_full ? SQLITE_FULL : error; }

#define REAL(file) (((fault_file *)(file))->real)
#define FAILS(file, kind) (((fault_file *)(file))->counts && fails(kind))

static int file_close(sqlite3_file *file) { return REAL(file)->pMethods ? REAL(file)->pMethods->xClose(REAL(file)) : SQLITE_OK; }
static int file_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 at) {
  if (FAILS(file, fault_read)) return SQLITE_IOERR_READ;
  return REAL(file)->pMethods->xRead(REAL(file), bytes, size, at);
}
static int file_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at) {
  if (FAILS(file, fault_write)) {
    if (manner == fault_short) REAL(file)->pMethods->xWrite(REAL(file), bytes, size / 2, at);
    return code(SQLITE_IOERR_WRITE);
  }
  return REAL(file)->pMethods->xWrite(REAL(file), bytes, size, at);
}
static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
  if (FAILS(file, fault_truncate)) return SQLITE_IOERR_TRUNCATE;
  return REAL(file)->pMethods->xTruncate(REAL(file), size);
}
static int file_sync(sqlite3_file *file, int flags) {
  if (FAILS(file, fault_sync)) return SQLITE_IOERR_FSYNC;
  return REAL(file)->pMethods->xSync(REAL(file), flags);
}
static int file_size(sqlite3_file *file, sqlite3_int64 *size) { return REAL(file)->pMethods->xFileSize(REAL(file), size); }
static int file_lock(sqlite3_file *file, int level) { return REAL(file)->pMethods->xLock(REAL(file), level); }
static int file_unlock(sqlite3_file *file, int level) { return REAL(file)->pMethods->xUnlock(REAL(file), level); }
static int file_reserved(sqlite3_file *file, int *out) { return REAL(file)->pMethods->xCheckReservedLock(REAL(file), out); }
static int file_control(sqlite3_file *file, int op, void *argument) {
  return REAL(file)->pMethods->xFileControl(REAL(file), op, argument);
}
static int file_sector(sqlite3_file *file) { return REAL(file)->pMethods->xSectorSize(REAL(file)); }
static int file_traits(sqlite3_file *file) { return REAL(file)->pMethods->xDeviceCharacteristics(REAL(file)); }
static int file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
  if (FAILS(file, fault_shm)) return code(SQLITE_IOERR_SHMMAP);
  return REAL(file)->pMethods->xShmMap(REAL(file), page, size, extend, out);
}
static int file_shm_lock(sqlite3_file *file, int offset, int n, int flags) {
  // Giving a lock back cannot fail.
  if ((flags & SQLITE_SHM_LOCK) && FAILS(file, fault_shm)) return SQLITE_IOERR_SHMLOCK;
  return REAL(file)->pMethods->xShmLock(REAL(file), offset, n, flags);
}
static void file_shm_barrier(sqlite3_file *file) { REAL(file)->pMethods->xShmBarrier(REAL(file)); }
static int file_shm_unmap(sqlite3_file *file, int deletes) { return REAL(file)->pMethods->xShmUnmap(REAL(file), deletes); }
static int file_fetch(sqlite3_file *file, sqlite3_int64 at, int size, void **out) {
  return REAL(file)->pMethods->xFetch(REAL(file), at, size, out);
}
static int file_unfetch(sqlite3_file *file, sqlite3_int64 at, void *bytes) {
  return REAL(file)->pMethods->xUnfetch(REAL(file), at, bytes);
}

static const sqlite3_io_methods methods = {
    3,          file_close,   file_read,    file_write,   file_truncate, file_sync,     file_size,
    file_lock,  file_unlock,  file_reserved, file_control, file_sector,   file_traits,   file_shm_map,
    file_shm_lock, file_shm_barrier, file_shm_unmap, file_fetch, file_unfetch,
};

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out) {
  fault_file *wrapped = (fault_file *)file;
  memset(wrapped, 0, sizeof *wrapped);
  wrapped->real = (sqlite3_file *)(wrapped + 1);
  wrapped->real->pMethods = 0;
  wrapped->counts = counts(path);
  if (FAILS(file, fault_open)) return code(SQLITE_CANTOPEN);
  int result = real_vfs->xOpen(real_vfs, path, wrapped->real, flags, out);
  if (wrapped->real->pMethods) {
    wrapped->methods = methods;
    if (wrapped->real->pMethods->iVersion < 3) wrapped->methods.iVersion = wrapped->real->pMethods->iVersion;
    wrapped->base.pMethods = &wrapped->methods;
  }
  return result;
}
static int vfs_delete(sqlite3_vfs *vfs, const char *path, int syncs) {
  if (counts(path) && fails(fault_delete)) return SQLITE_IOERR_DELETE;
  return real_vfs->xDelete(real_vfs, path, syncs);
}

int fault_files_install(void) {
  static sqlite3_vfs vfs;
  if (real_vfs) return SQLITE_OK;
  sqlite3_vfs *found = sqlite3_vfs_find(0);
  if (!found) return SQLITE_ERROR;
  // All that is not about the content of files is the system's own.
  vfs = *found;
  vfs.zName = "fault";
  vfs.pNext = 0;
  vfs.szOsFile = (int)sizeof(fault_file) + found->szOsFile;
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  real_vfs = found;
  return sqlite3_vfs_register(&vfs, 1);
}

void fault_files_arm(const char *path, int which, long number, fault_manner how) {
  kinds = 0;
  strncpy(prefix, path, sizeof prefix - 1);
  manner = how;
  count = 0;
  target = number;
  kinds = which;
}

long fault_files_count(void) { return count; }

static sqlite3_mem_methods real_memory;
static atomic_long allocations, first_failing, last_failing;

static int has_no_memory(void) {
  long number = ++allocations;
  return first_failing > 0 && number >= first_failing && number <= last_failing;
}
static void *memory_allocate(int size) { return has_no_memory() ? 0 : real_memory.xMalloc(size); }
static void *memory_reallocate(void *old, int size) { return has_no_memory() ? 0 : real_memory.xRealloc(old, size); }

int fault_memory_install(void) {
  int result = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory);
  if (result != SQLITE_OK) return result;
  sqlite3_mem_methods failing = real_memory;
  failing.xMalloc = memory_allocate;
  failing.xRealloc = memory_reallocate;
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &failing);
}

void fault_memory_arm(long number, long length) {
  first_failing = 0;
  allocations = 0;
  last_failing = number + length - 1;
  first_failing = number;
}

long fault_memory_count(void) { return allocations; }
