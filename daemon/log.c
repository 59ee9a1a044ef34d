/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/log.c - one line for each thing worth knowing, id first, then key=value.
 *
 * A line is written with one write(), so that lines of several roles never mix.
 *
 * Runs in:  every role.
 * Source:   sd-daemon(3) for the priority prefix
 */
#include "config.h"

#include <unistd.h>

#include "daemon/log.h"

static const char *role_name = "postern";

void
daemon_log_role(const char *role)
{
    role_name = role;
}

/* Control characters would let a hostile server forge lines or move a terminal's cursor. */
static void
make_printable(char *line)
{
    for (char *p = line; *p != '\0'; p++)
        if ((guchar)*p < 0x20 || *p == 0x7f)
            *p = ' ';
}

void
daemon_log(DaemonLogLevel level, const char *id, const char *format, ...)
{
    static const int priority[] = {3, 4, 5, 7, 1};
    g_autofree char *text = NULL;
    g_autofree char *valid = NULL;
    g_autofree char *line = NULL;
    va_list args;

    if (level == DAEMON_LOG_DEBUG && g_getenv("POSTERN_DEBUG") == NULL)
        return;
    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    valid = g_utf8_make_valid(text, -1);
    make_printable(valid);
    if (g_getenv("JOURNAL_STREAM") != NULL)
        line = g_strdup_printf("<%d>%s: %s %s\n", priority[level], role_name, id, valid);
    else
        line = g_strdup_printf("%s[%d]: %s %s\n", role_name, (int)getpid(), id, valid);
    if (write(STDERR_FILENO, line, strlen(line)) < 0)
        return; /* nowhere left to say so */
}
