/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/aside.c - libraries that few mails need, dropped where most mails are read.
 *
 * The converters for all the world's character sets are two fifths of what is mapped, and what the
 * reader of PDF brings is another third; a fork copies every mapping.  Whoever needs one where they
 * were dropped dies of SIGSEGV, and the mail is read anew where they are: see parsers/main.c.
 *
 * Runs in:  postern-parser.
 * Source:   mmap(2), MAP_FIXED; doc/process-model.md
 */
#include "config.h"

#include "parsers/aside.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "parsers/wire.h"

#define RANGES_MAX 256

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

/* What nearly every mail needs, by the beginning of its file's name; among it the converters for
 * what Western mail is written in. */
static bool
is_common(const char *path)
{
    static const char *const common[] = {
        "UTF-16.so", "UTF-7.so", "ISO8859-1.so", "ISO8859-15.so", "CP1252.so",  "ld-linux",
        "libc.so",   "libm.so",  "libglib-",     "libgobject-",   "libgmime-",  "libpcre2",
        "libxml2",   "libzip",   "libz.so",      "libytnef",      "libseccomp", "libcrypto",
    };
    const char *name = strrchr(path, '/') + 1;

    for (gsize i = 0; i < G_N_ELEMENTS(common); i++)
        if (g_str_has_prefix(name, common[i]))
            return true;
    return false;
}

/* Is that a library or converter that few mails need? */
static bool
is_rare(const char *line)
{
    const char *path = strchr(line, '/');

    return path != NULL && strstr(path, ".so") != NULL && !is_common(path);
}

static void
add(gulong from, gulong to)
{
    if (n_ranges > 0 && ranges[n_ranges - 1].to == from)
        ranges[n_ranges - 1].to = to;
    else if (n_ranges < RANGES_MAX)
        ranges[n_ranges++] = (Range){.from = from, .to = to};
}

bool
parsers_aside_find(void)
{
    FILE *maps = SIGNAL_IS_OURS ? fopen("/proc/self/maps", "re") : NULL;
    char line[4096];

    n_ranges = 0;
    while (maps != NULL && fgets(line, sizeof line, maps) != NULL) {
        gulong from = 0, to = 0;

        g_strchomp(line);
        if (is_rare(line) && sscanf(line, "%lx-%lx", &from, &to) == 2)
            add(from, to);
    }
    if (maps != NULL)
        fclose(maps);
    return n_ranges > 0;
}

bool
parsers_aside_drop(void)
{
    for (guint i = 0; i < n_ranges; i++)
        if (mmap(GSIZE_TO_POINTER(ranges[i].from), ranges[i].to - ranges[i].from, PROT_NONE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0) == MAP_FAILED)
            return false;
    return true;
}

bool
parsers_aside_part(ParsersAside *out_aside)
{
    int pair[2];

    *out_aside = (ParsersAside){.full = -1};
    if (!parsers_aside_find())
        return true;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    out_aside->second = fork();
    if (out_aside->second < 0)
        return false;
    if (out_aside->second > 0) {
        out_aside->full = pair[0];
        return close(pair[1]) == 0 && parsers_aside_drop();
    }
    out_aside->is_second = true;
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || dup2(pair[1], PARSERS_WIRE_FD) < 0)
        return false;
    close(pair[0]);
    return close(pair[1]) == 0;
}
