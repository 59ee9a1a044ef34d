/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/trouble.c - the words for what can be wrong with a mailbox, and how bad each is.
 *
 * Runs in:  mailbox, courier, intake (note), staff pages and command line (tell).
 * Source:   doc/imap.md, "What is told to people"
 */
#include "config.h"

#include "daemon/trouble.h"

/* clang-format off */
static const struct {
    const char *what;
    guint patience; /* times before it is told */
    DaemonHealthState state;
    const char *says;
} table[] = {
    { "connect",       5, DAEMON_HEALTH_LOOK, "its server cannot be reached" },
    { "timeout",       5, DAEMON_HEALTH_LOOK, "its server falls silent" },
    { "protocol",      5, DAEMON_HEALTH_LOOK, "its server breaks off, or says what makes no sense" },
    { "tls",           1, DAEMON_HEALTH_BAD,  "its server's certificate is not right: check it, and ca-file" },
    { "auth",          1, DAEMON_HEALTH_BAD,  "its server refuses us: check the account and its password or token" },
    { "mailbox",       1, DAEMON_HEALTH_BAD,  "its folder cannot be opened: check its name and our rights on it" },
    { "throttled",     3, DAEMON_HEALTH_LOOK, "its server makes us wait: find out what else uses this account" },
    { "not-connected", 3, DAEMON_HEALTH_BAD,  "its server logs us in and gives us no mailbox: check its name, its licence and our rights on it" },
    { "other",         1, DAEMON_HEALTH_LOOK, "see the log" },
    { DAEMON_TROUBLE_READ_ONLY,   1, DAEMON_HEALTH_LOOK, "we may only read it: mails are decided, and stay where they are" },
    { DAEMON_TROUBLE_QUOTA,       1, DAEMON_HEALTH_LOOK, "it is full: mails are decided, and stay where they are until there is room" },
    { DAEMON_TROUBLE_MOVE,        1, DAEMON_HEALTH_LOOK, "mails are decided and cannot be moved: check our rights on the folders below Postern" },
    { DAEMON_TROUBLE_CANARY,      1, DAEMON_HEALTH_BAD,  "the canary did not come back: mails may not reach us, or replies not leave" },
    { DAEMON_TROUBLE_CANARY_JUNK, 1, DAEMON_HEALTH_BAD,  "the canary was filed as Junk: people's mails, or our replies, may be too" },
};
/* clang-format on */

const char *
daemon_trouble_word(const GError *failure)
{
    static const char *const words[DAEMON_N_ERRORS] = {
        [DAEMON_ERROR_CONNECT] = "connect",     [DAEMON_ERROR_TLS] = "tls",
        [DAEMON_ERROR_AUTH] = "auth",           [DAEMON_ERROR_PROTOCOL] = "protocol",
        [DAEMON_ERROR_TIMEOUT] = "timeout",     [DAEMON_ERROR_MAILBOX] = "mailbox",
        [DAEMON_ERROR_THROTTLED] = "throttled", [DAEMON_ERROR_UNCONNECTED] = "not-connected",
    };

    if (failure->domain != DAEMON_ERROR || words[failure->code] == NULL)
        return "other";
    return words[failure->code];
}

const char *const *
daemon_trouble_of_connection(void)
{
    static const char *const words[] = {"connect", "timeout",   "protocol",      "tls",   "auth",
                                        "mailbox", "throttled", "not-connected", "other", NULL};

    return words;
}

guint
daemon_trouble_patience(const char *what)
{
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
        if (g_str_equal(table[i].what, what))
            return table[i].patience;
    return 1;
}

DaemonHealthState
daemon_trouble_judge(const SpoolTrouble *trouble, const char **out_says)
{
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        if (!g_str_equal(table[i].what, trouble->what))
            continue;
        *out_says = table[i].says;
        return trouble->times >= table[i].patience ? table[i].state : DAEMON_HEALTH_GOOD;
    }
    *out_says = "see the log";
    return DAEMON_HEALTH_LOOK;
}
