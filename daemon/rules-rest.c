/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/rules-rest.c - what no other rule took: held, with the reason that helps staff most.
 *
 * The last rule always matches, so that every mail has an outcome.
 *
 * Runs in:  intake, command line.
 * Source:   the contract, "Actions"; doc/deciding.md
 */
#include "config.h"

#include <string.h>

#include "daemon/rules.h"

/* ---- the rest: held, with the reason that helps staff most ---- */

static char *
first_part(const DaemonLook *look, ParsersPartState state)
{
    for (guint i = 0; i < look->mail->findings->parts->len; i++) {
        const ParsersPart *part = look->mail->findings->parts->pdata[i];

        if (part->state == state)
            return g_strdup_printf("%s: %s", part->type, part->problem);
    }
    return NULL;
}

static char *
locked(const DaemonLook *look)
{
    return first_part(look, PARSERS_PART_LOCKED);
}

static char *
limit_reached(const DaemonLook *look)
{
    return first_part(look, PARSERS_PART_LIMIT);
}

static char *
damaged(const DaemonLook *look)
{
    return first_part(look, PARSERS_PART_DAMAGED);
}

static char *
unsupported(const DaemonLook *look)
{
    return first_part(look, PARSERS_PART_UNSUPPORTED);
}

static char *
unknown_form(const DaemonLook *look)
{
    return daemon_rule_any_form(look, "unknown") ? g_strdup("a form that no definition fits")
                                                 : NULL;
}

static char *
blank_form(const DaemonLook *look)
{
    return look->mail->findings->forms->len > 0 ? g_strdup("the form is not filled in") : NULL;
}

static char *
link_only(const DaemonLook *look)
{
    return daemon_rule_copy(look, "cloud-link");
}

static char *
evidence_only(const DaemonLook *look)
{
    return first_part(look, PARSERS_PART_EVIDENCE);
}

static char *
other_language(const DaemonLook *look)
{
    return daemon_rule_copy(look, "other-language");
}

/* Its value is nobody's evidence. */
static char *
password(const DaemonLook *look)
{
    return daemon_rule_is_password(look) ? g_strdup("a password, and little else") : NULL;
}

static char *
asks_for_form(const DaemonLook *look)
{
    return daemon_rule_copy(look, "asks-for-form");
}

static char *
no_form(const DaemonLook *look)
{
    return g_strdup(look->mail->findings->text[0] != '\0' ? "words, but no form" : "empty");
}

/* clang-format off */
/* From what cannot be opened to what has no form at all. */
const DaemonRule daemon_rules_rest[] = {
    { "locked",                      locked,                      DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "limit-reached",               limit_reached,               DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "damaged",                     damaged,                     DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "unsupported",                 unsupported,                 DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "unknown-form",                unknown_form,                DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "blank-form",                  blank_form,                  DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "link-only",                   link_only,                   DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "evidence-only",               evidence_only,               DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "other-language",              other_language,              DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "password",                    password,                    DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "asks-for-form",               asks_for_form,               DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { "no-form",                     no_form,                     DAEMON_HOLD,     DAEMON_REPLY_HOLDING },
    { NULL, NULL, DAEMON_HOLD, DAEMON_REPLY_NONE },
};
/* clang-format on */
