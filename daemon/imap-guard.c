/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/imap-guard.c - looks at every byte of an IMAP server before libetpan does.
 *
 * Knows just enough of the syntax to tell literals and quoted strings from the
 * rest.  A server that confuses it can only have its own connection ended.
 *
 * Runs in:  mailbox.
 * Source:   RFC 9051 sections 4.3 and 9
 */
#include "config.h"

#include "daemon/imap-guard.h"

#include <string.h>

#define MIN_HEAD 8u /* what may_carry_literal() looks at; the rest is bounded by line */

/* Only data carries literals.  In the text of "* OK ... {900000}" the braces mean nothing to the
 * parser, and what follows must be looked at, not skipped. */
static bool
may_carry_literal(const DaemonImapGuard *guard)
{
    return guard->head[0] == '*' && guard->head[1] == ' ' &&
           (g_ascii_isdigit(guard->head[2]) ||
            g_ascii_strncasecmp(guard->head + 2, "LIST ", 5) == 0);
}

/* The status word of a response, such as "NO", with what follows, or NULL; within head. */
static const char *
status_of(const DaemonImapGuard *guard)
{
    gsize length = MIN(guard->line, sizeof guard->head);
    const char *space = memchr(guard->head, ' ', length);

    return space != NULL && (gsize)(space - guard->head) + 5 <= length ? space + 1 : NULL;
}

/* libetpan calls a FETCH that ends in NO a success when anything came before it, and forgets what a
 * BYE said, so the guard must know better. */
static void
note_status(DaemonImapGuard *guard)
{
    const char *status = status_of(guard);
    bool tagged = g_ascii_isalnum(guard->head[0]);
    bool bye = !tagged && status != NULL && g_ascii_strncasecmp(status, "BYE", 3) == 0;
    gsize length;

    guard->refused =
        tagged && status != NULL &&
        (g_ascii_strncasecmp(status, "NO", 2) == 0 || g_ascii_strncasecmp(status, "BAD", 3) == 0);
    if (!guard->refused && !bye)
        return;
    length = MIN(guard->line, sizeof guard->head) - (gsize)(status - guard->head);
    memcpy(guard->said, status, length);
    guard->said[length] = '\0';
    g_strchomp(guard->said);
}

/* At the end of a line: either a literal follows, or the response is over. */
static bool
end_line(DaemonImapGuard *guard, GError **error)
{
    bool literal = guard->state == DAEMON_IMAP_BRACED && may_carry_literal(guard);

    if (literal && guard->announced > guard->budget)
        return daemon_throw(error, DAEMON_ERROR_PROTOCOL,
                            "the server announces %" G_GUINT64_FORMAT
                            " bytes, more than was asked for",
                            guard->announced);
    if (literal) {
        guard->literal_left = guard->announced;
    } else {
        note_status(guard);
        guard->depth = 0;
        guard->line = 0;
        memset(guard->head, 0, MIN_HEAD);
    }
    guard->state = DAEMON_IMAP_TEXT;
    return true;
}

static void
count_digit(DaemonImapGuard *guard, char byte)
{
    if (byte == '}')
        guard->state = DAEMON_IMAP_BRACED;
    else if (g_ascii_isdigit(byte))
        /* Saturated far above any budget, so that it can never wrap round to a small number. */
        guard->announced = MIN(guard->announced, G_MAXUINT64 / 100) * 10 + (guint)(byte - '0');
    else if (byte != '+')
        guard->state = DAEMON_IMAP_TEXT;
}

static bool
see_text(DaemonImapGuard *guard, char byte, GError **error)
{
    switch (byte) {
    case '"':
        guard->state = DAEMON_IMAP_QUOTED;
        break;
    case '{':
        guard->state = DAEMON_IMAP_BRACE;
        guard->announced = 0;
        break;
    case '(':
        if (++guard->depth > DAEMON_IMAP_DEPTH_MAX)
            return daemon_throw(error, DAEMON_ERROR_PROTOCOL,
                                "the server nests brackets more than %u deep",
                                DAEMON_IMAP_DEPTH_MAX);
        break;
    case ')':
        guard->depth -= guard->depth > 0;
        break;
    default:
        break;
    }
    return true;
}

static bool
see(DaemonImapGuard *guard, char byte, GError **error)
{
    if (guard->line < sizeof guard->head)
        guard->head[guard->line] = byte;
    if (++guard->line > DAEMON_IMAP_LINE_MAX)
        return daemon_throw(error, DAEMON_ERROR_PROTOCOL,
                            "the server sends a line of more than %u bytes", DAEMON_IMAP_LINE_MAX);
    if (byte == '\n')
        return end_line(guard, error);
    if (byte == '\r')
        return true;
    switch (guard->state) {
    case DAEMON_IMAP_QUOTED:
        if (byte == '"')
            guard->state = DAEMON_IMAP_TEXT;
        else if (byte == '\\')
            guard->state = DAEMON_IMAP_ESCAPED;
        return true;
    case DAEMON_IMAP_ESCAPED:
        guard->state = DAEMON_IMAP_QUOTED;
        return true;
    case DAEMON_IMAP_BRACE:
        count_digit(guard, byte);
        return true;
    case DAEMON_IMAP_BRACED:
        guard->state = DAEMON_IMAP_TEXT;
        return see_text(guard, byte, error);
    default:
        return see_text(guard, byte, error);
    }
}

void
daemon_imap_guard_begin(DaemonImapGuard *guard, guint64 budget)
{
    guard->budget = budget;
    guard->refused = false;
    guard->said[0] = '\0';
}

bool
daemon_imap_guard_check(DaemonImapGuard *guard, const char *bytes, gsize length, GError **error)
{
    gsize at = 0;

    if (length > guard->budget)
        return daemon_throw(error, DAEMON_ERROR_PROTOCOL,
                            "the server sends more than was asked for");
    guard->budget -= length;
    while (at < length) {
        gsize skip = (gsize)MIN(guard->literal_left, (guint64)(length - at));

        guard->literal_left -= skip;
        at += skip;
        if (at < length && !see(guard, bytes[at++], error))
            return false;
    }
    return true;
}
