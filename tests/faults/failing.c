/* Makes the Nth call of a kind fail, or kills the process in its place; loaded into `peerage` by LD_PRELOAD.

   FAILING_CALLS  the kinds, between commas: open read readdir stat write rename sync mkdir remove lock
   FAILING_UNDER  a part of the path: other files are left alone
   FAILING_AT     which of these calls, from 1; 0 for none
   FAILING_HOW    once: that call fails; on: it and all that follow; kill: the process is killed before it
   FAILING_ERROR  the number of the error
   FAILING_COUNT  a file into which the number of calls is written at the end */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *calls = "", *under = "", *how = "once";
static long at;
static int number = EIO;
static atomic_long count;

__attribute__((constructor)) static void begin(void) {
  const char *value;
  if ((value = getenv("FAILING_CALLS"))) calls = value;
  if ((value = getenv("FAILING_UNDER"))) under = value;
  if ((value = getenv("FAILING_HOW"))) how = value;
  if ((value = getenv("FAILING_AT"))) at = atol(value);
  if ((value = getenv("FAILING_ERROR"))) number = atoi(value);
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("FAILING_COUNT");
  calls = "";
  FILE *file = path ? fopen(path, "w") : NULL;
  if (file) {
    fprintf(file, "%ld", atomic_load(&count));
    fclose(file);
  }
}

/* Whether this call is to fail, which sets errno. */
static int fails(const char *call, const char *path) {
  const char *found = strstr(calls, call);
  if (!found || !path || !strstr(path, under)) return 0;
  long now = atomic_fetch_add(&count, 1) + 1;
  if (at == 0 || now < at || (now > at && strcmp(how, "on") != 0)) return 0;
  if (strcmp(how, "kill") == 0) kill(getpid(), SIGKILL);
  errno = number;
  return 1;
}

static int fails_at(const char *call, int file) {
  if (!strstr(calls, call)) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return fails(call, path);
}

/* Two paths, one of which may matter: the second is where something gets to. */
static int fails_from(const char *call, int folder, const char *path) {
  if (folder == AT_FDCWD || (path && path[0] == '/')) return fails(call, path);
  return fails_at(call, folder);
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define MODE(flags) mode_t mode = 0; if ((flags) & (O_CREAT | __O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }

int open64(const char *path, int flags, ...) { REAL(open64); MODE(flags); return fails("open", path) ? -1 : real(path, flags, mode); }
int open(const char *path, int flags, ...) { REAL(open); MODE(flags); return fails("open", path) ? -1 : real(path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { REAL(openat64); MODE(flags); return fails_from("open", folder, path) ? -1 : real(folder, path, flags, mode); }
ssize_t read(int file, void *bytes, size_t size) { REAL(read); return fails_at("read,", file) ? -1 : real(file, bytes, size); }
struct dirent64 *readdir64(DIR *folder) { REAL(readdir64); return fails_at("readdir", dirfd(folder)) ? NULL : real(folder); }
int statx(int folder, const char *restrict path, int flags, unsigned mask, struct statx *restrict found) {
  REAL(statx);
  /* Rust asks for nothing at all, to learn whether the system has it; a compiler takes that for impossible. */
  const char *volatile asked = path;
  int failed = !asked ? 0 : *asked ? fails_from("stat", folder, path) : fails_at("stat", folder);
  return failed ? -1 : real(folder, path, flags, mask, found);
}
/* As a full disk does it, a part of what is to be written is still taken. */
ssize_t write(int file, const void *bytes, size_t size) {
  REAL(write);
  if (!fails_at("write", file)) return real(file, bytes, size);
  if (size > 1 && atomic_load(&count) == at && strcmp(how, "on") == 0) return real(file, bytes, size / 2);
  return -1;
}
ssize_t writev(int file, const struct iovec *parts, int number_of) { REAL(writev); return fails_at("write", file) ? -1 : real(file, parts, number_of); }
int rename(const char *from, const char *to) { REAL(rename); return fails("rename", to) ? -1 : real(from, to); }
int fsync(int file) { REAL(fsync); return fails_at("sync", file) ? -1 : real(file); }
int fdatasync(int file) { REAL(fdatasync); return fails_at("sync", file) ? -1 : real(file); }
int mkdir(const char *path, mode_t mode) { REAL(mkdir); return fails("mkdir", path) ? -1 : real(path, mode); }
int unlink(const char *path) { REAL(unlink); return fails("remove", path) ? -1 : real(path); }
int rmdir(const char *path) { REAL(rmdir); return fails("remove", path) ? -1 : real(path); }
int unlinkat(int folder, const char *path, int flags) { REAL(unlinkat); return fails_from("remove", folder, path) ? -1 : real(folder, path, flags); }
int flock(int file, int operation) { REAL(flock); return fails_at("lock", file) ? -1 : real(file, operation); }
