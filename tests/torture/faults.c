/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/torture/faults.c - a disk, a memory and a clock that fail when they are told to.
 *
 * Preloaded into posternd (LD_PRELOAD), and so part of every role, as roles are forked.  Not of the
 * parsers: those are executed with an environment of their own, and are killed instead.  What is to
 * fail is said by the file that POSTERN_FAULTS names, mapped by all processes and by the test, so
 * that a fault can be switched on and off while the daemon runs.
 *
 * Source:   doc/reliability.md
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { WRITE, SYNC, RENAME, ALLOCATE, KINDS };

/* Laid out as tests/torture/faults.py says. */
typedef struct {
    int64_t seen[KINDS];    /* calls so far */
    int64_t fail_at[KINDS]; /* the number of the call that fails; 0: none */
    int64_t failed[KINDS];  /* calls that were made to fail */
    int64_t full;           /* no file grows or changes: ENOSPC */
    int64_t sync_fails;     /* nothing reaches the disk: EIO */
    int64_t torn;           /* a write that fails has written its first half */
    int64_t clock_s;        /* what the wall clock is wrong by */
} Faults;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static Faults *faults;
static const int errors[KINDS] = {ENOSPC, EIO, EIO, ENOMEM};

__attribute__((constructor)) static void
begin(void)
{
    const char *path = getenv("POSTERN_FAULTS");
    int fd = path != NULL ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *map = MAP_FAILED;

    if (fd >= 0) {
        map = mmap(NULL, sizeof *faults, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        close(fd);
    }
    if (map != MAP_FAILED)
        faults = map;
}

/* Whether this call is to fail; errno says how. */
static int
strikes(int kind)
{
    int64_t now;

    if (faults == NULL)
        return 0;
    now = __atomic_add_fetch(&faults->seen[kind], 1, __ATOMIC_RELAXED);
    if (now != faults->fail_at[kind])
        return 0;
    __atomic_add_fetch(&faults->failed[kind], 1, __ATOMIC_RELAXED);
    errno = errors[kind];
    return 1;
}

static int
flagged(int64_t flag, int kind)
{
    if (!flag)
        return 0;
    __atomic_add_fetch(&faults->failed[kind], 1, __ATOMIC_RELAXED);
    errno = errors[kind];
    return 1;
}

/* Sockets, pipes and the log are not the disk. */
static int
is_disk(int fd)
{
    struct stat status;
    int before = errno;
    int disk = fd > STDERR_FILENO && fstat(fd, &status) == 0 && S_ISREG(status.st_mode);

    errno = before;
    return disk;
}

static int
write_fails(int fd)
{
    return faults != NULL && is_disk(fd) && (flagged(faults->full, WRITE) || strikes(WRITE));
}

static int
sync_fails(void)
{
    return faults != NULL && (flagged(faults->sync_fails, SYNC) || strikes(SYNC));
}

ssize_t
write(int fd, const void *data, size_t size)
{
    if (!write_fails(fd))
        return syscall(SYS_write, fd, data, size);
    if (faults->torn && size > 1)
        return syscall(SYS_write, fd, data, size / 2);
    return -1;
}

ssize_t
pwrite(int fd, const void *data, size_t size, off_t at)
{
    int why;

    if (!write_fails(fd))
        return syscall(SYS_pwrite64, fd, data, size, at);
    why = errno;
    if (faults->torn && size > 1)
        (void)!syscall(SYS_pwrite64, fd, data, size / 2, at);
    errno = why;
    return -1;
}

ssize_t
pwrite64(int fd, const void *data, size_t size, off64_t at)
{
    return pwrite(fd, data, size, at);
}

int
ftruncate(int fd, off_t size)
{
    return write_fails(fd) ? -1 : (int)syscall(SYS_ftruncate, fd, size);
}

int
ftruncate64(int fd, off64_t size)
{
    return ftruncate(fd, size);
}

int
posix_fallocate(int fd, off_t from, off_t size)
{
    if (write_fails(fd))
        return errno;
    return syscall(SYS_fallocate, fd, 0, from, size) == 0 ? 0 : errno;
}

int
posix_fallocate64(int fd, off64_t from, off64_t size)
{
    return posix_fallocate(fd, from, size);
}

int
fsync(int fd)
{
    return sync_fails() ? -1 : (int)syscall(SYS_fsync, fd);
}

int
fdatasync(int fd)
{
    return sync_fails() ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int
rename(const char *from, const char *to)
{
    return strikes(RENAME) ? -1 : (int)syscall(SYS_rename, from, to);
}

int
renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    return strikes(RENAME) ? -1 : (int)syscall(SYS_renameat, from_folder, from, to_folder, to);
}

void *
malloc(size_t size)
{
    return strikes(ALLOCATE) ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
    return strikes(ALLOCATE) ? NULL : __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
    return strikes(ALLOCATE) ? NULL : __libc_realloc(old, size);
}

int
clock_gettime(clockid_t clock, struct timespec *out)
{
    int code = (int)syscall(SYS_clock_gettime, clock, out);

    if (code == 0 && faults != NULL && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        out->tv_sec += faults->clock_s;
    return code;
}

int
gettimeofday(struct timeval *restrict out, void *restrict zone)
{
    struct timespec now;

    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    *out = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
    return 0;
}

time_t
time(time_t *out)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    if (out != NULL)
        *out = now.tv_sec;
    return now.tv_sec;
}
