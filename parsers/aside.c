/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/aside.c - converters that few mails need, left out of most children.
 *
 * The converters for all the world's character sets are two fifths of what is mapped, and a fork
 * copies every mapping.  A child without them that needs one dies of SIGSEGV, and the mail is read
 * anew in a child that has them: see parsers/main.c.
 *
 * Runs in:  postern-parser.
 * Source:   madvise(2), MADV_DONTFORK; doc/process-model.md
 */
#include "config.h"

#include "parsers/aside.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define RANGES_MAX 64

/* A sanitizer takes SIGSEGV for itself. */
#ifdef POSTERN_SANITIZERS
#define SIGNAL_IS_OURS 0
#else
#define SIGNAL_IS_OURS 1
#endif

typedef struct {
    gulong from;
    gulong to;
} Range;

static Range ranges[RANGES_MAX];
static guint n_ranges;

/* Western mail is written in these, and forms of PDF files. */
static bool
is_common(const char *path)
{
    static const char *const common[] = {"/UTF-16.so", "/ISO8859-1.so", "/ISO8859-15.so",
                                         "/CP1252.so"};

    for (gsize i = 0; i < G_N_ELEMENTS(common); i++)
        if (g_str_has_suffix(path, common[i]))
            return true;
    return false;
}

static void
add(gulong from, gulong to)
{
    if (n_ranges > 0 && ranges[n_ranges - 1].to == from)
        ranges[n_ranges - 1].to = to;
    else if (n_ranges < RANGES_MAX)
        ranges[n_ranges++] = (Range){.from = from, .to = to};
}

void
parsers_aside_find(void)
{
    FILE *maps = SIGNAL_IS_OURS ? fopen("/proc/self/maps", "re") : NULL;
    char line[4096];

    n_ranges = 0;
    while (maps != NULL && fgets(line, sizeof line, maps) != NULL) {
        gulong from = 0, to = 0;

        g_strchomp(line);
        if (strstr(line, "/gconv/") != NULL && g_str_has_suffix(line, ".so") && !is_common(line) &&
            sscanf(line, "%lx-%lx", &from, &to) == 2)
            add(from, to);
    }
    if (maps != NULL)
        fclose(maps);
}

bool
parsers_aside_leave(bool out)
{
    for (guint i = 0; i < n_ranges; i++)
        if (madvise(GSIZE_TO_POINTER(ranges[i].from), ranges[i].to - ranges[i].from,
                    out ? MADV_DONTFORK : MADV_DOFORK) != 0)
            return false;
    return n_ranges > 0;
}

bool
parsers_aside_reserve(void)
{
    for (guint i = 0; i < n_ranges; i++)
        if (mmap(GSIZE_TO_POINTER(ranges[i].from), ranges[i].to - ranges[i].from, PROT_NONE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1,
                 0) == MAP_FAILED)
            return false;
    return true;
}
