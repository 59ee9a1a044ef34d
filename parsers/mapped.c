/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/mapped.c - pages of the mail that were read and are not needed for now.
 *
 * A mail of 100 MiB is read from end to end several times; without this, all of it
 * would stand in the child's memory beside what was decoded from it.
 *
 * Runs in:  postern-parser.
 * Source:   madvise(2), MADV_DONTNEED
 */
#include "config.h"

#include "parsers/mapped.h"

#include <sys/mman.h>
#include <unistd.h>

/* Less is not worth asking for: what is read again costs a fault for every few pages. */
enum { LEAST_BYTES = 256 * 1024 };

static guintptr mapped_start, mapped_end;

void
parsers_mapped_set(const void *data, gsize size)
{
    mapped_start = (guintptr)data;
    mapped_end = mapped_start + size;
}

void
parsers_mapped_release(const void *data, gsize size)
{
    const guintptr page = (guintptr)sysconf(_SC_PAGESIZE);
    const guintptr from = ((guintptr)data + page - 1) / page * page;
    const guintptr to = ((guintptr)data + size) / page * page;

    /* Memory of any other kind would lose what it holds. */
    if ((guintptr)data < mapped_start || (guintptr)data + size > mapped_end)
        return;
    if (size < LEAST_BYTES)
        return;
    madvise((void *)from, to - from, MADV_DONTNEED); /* only a hint */
}
