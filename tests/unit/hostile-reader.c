/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/hostile-reader.c - a reader that has been taken over by the mail it reads.
 *
 * Linked with parsers/main.c in place of the real parsers_mail_read(), it does what the first word
 * of the mail says, inside the real cage.
 *
 * Runs in:  hostile-parser, started by test-daemon-parser and test-daemon-reader.
 */
#include "config.h"

#include <linux/futex.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "parsers/mail.h"

static void
do_loop(void)
{
    volatile unsigned turns = 0;

    for (;;)
        turns++;
}

static void
do_sleep(void)
{
    static int never = 0;

    for (;;)
        syscall(SYS_futex, &never, FUTEX_WAIT, 0, NULL, NULL, 0);
}

static void
do_crash(void)
{
    volatile int *nowhere = NULL;

    *nowhere = 1;
}

static void
do_socket(void)
{
    (void)socket(AF_INET, SOCK_STREAM, 0);
}

static void
do_abort(void)
{
    abort();
}

static void
do_take_all_memory(void)
{
    for (;;)
        memset(g_malloc(16u * 1024 * 1024), 1, 16u * 1024 * 1024);
}

/* Exit as if all were well, and leave nothing. */
static void
do_leave_nothing(void)
{
    _exit(0);
}

/* Say to whoever waits for the worker of plain mails that it has answered. */
static void
do_ring(void)
{
    const guint64 one = 1;

    if (write(1, &one, sizeof one) != sizeof one)
        _exit(42);
}

static const struct {
    const char *word;
    void (*deed)(void);
} deeds[] = {
    {"loop", do_loop},
    {"sleep", do_sleep},
    {"crash", do_crash},
    {"socket", do_socket},
    {"abort", do_abort},
    {"memory", do_take_all_memory},
    {"nothing", do_leave_nothing},
    {"ring", do_ring},
};

ParsersFindings *
parsers_mail_read(GBytes *raw, const ParsersDefinitions *definitions, const ParsersLimits *limits)
{
    return parsers_mail_read_converted(raw, definitions, limits, NULL);
}

ParsersFindings *
parsers_mail_read_converted(GBytes *raw, const ParsersDefinitions *definitions,
                            const ParsersLimits *limits, const GPtrArray *converted)
{
    g_autofree char *word = g_strndup(g_bytes_get_data(raw, NULL), g_bytes_get_size(raw));
    ParsersFindings *findings = parsers_findings_new();
    static guint mails = 0; /* read by this process */

    mails++;
    for (gsize i = 0; i < G_N_ELEMENTS(deeds); i++)
        if (g_str_has_prefix(word, deeds[i].word))
            deeds[i].deed();
    findings->unseen_pictures = g_str_has_prefix(word, "picture");
    g_free(findings->subject);
    findings->subject =
        g_str_has_prefix(word, "count") ? g_strdup_printf("%u", mails) : g_steal_pointer(&word);
    return findings;
}
