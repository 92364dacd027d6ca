// The system SQLite, and wrappers for the parts Swift cannot import: variadic functions and pointer-valued macros.
// No decisions here: which setting is on, and what is copied, is decided in BenefitsLedger/SQLite.

#ifndef CSQLITE_SHIM_H
#define CSQLITE_SHIM_H

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

// SQLite takes a null pointer for NULL, and Swift's empty buffers may be null: here they are empty values.

static inline int csqlite_bind_text_copying(sqlite3_stmt *statement, int index, const void *bytes,
                                            sqlite3_uint64 count) {
  const char *text = bytes ? (const char *)bytes : "";
  return sqlite3_bind_text64(statement, index, text, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int csqlite_bind_text_borrowing(sqlite3_stmt *statement, int index, const void *bytes,
                                              sqlite3_uint64 count) {
  const char *text = bytes ? (const char *)bytes : "";
  return sqlite3_bind_text64(statement, index, text, count, SQLITE_STATIC, SQLITE_UTF8);
}

static inline int csqlite_bind_blob_copying(sqlite3_stmt *statement, int index, const void *bytes,
                                            sqlite3_uint64 count) {
  return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}

static inline int csqlite_bind_blob_borrowing(sqlite3_stmt *statement, int index, const void *bytes,
                                              sqlite3_uint64 count) {
  return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_STATIC);
}

// Sets one boolean SQLITE_DBCONFIG_… option. Only for options whose arguments are (int, int *).
static inline int csqlite_configure(sqlite3 *connection, int option, int on) {
  return sqlite3_db_config(connection, option, on, (int *)0);
}

// What the operating system said when SQLite last failed to open, read or write; null when it said nothing.
static inline const char *csqlite_system_message(sqlite3 *connection) {
  int number = sqlite3_system_errno(connection);
  return number ? strerror(number) : (const char *)0;
}

// Whether SQLite's last I/O error was for want of room. SQLite itself calls only ENOSPC at write(2) a full disk.
// When COMMIT fails, SQLite 3.40 does not note the system's number, but errno still is that of the failed write.
static inline int csqlite_is_out_of_room(sqlite3 *connection) {
  int last = errno;
  int noted = sqlite3_system_errno(connection);
  return last == ENOSPC || last == EDQUOT || last == EFBIG || noted == ENOSPC || noted == EDQUOT || noted == EFBIG;
}

#endif
