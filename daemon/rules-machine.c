/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/rules-machine.c - rules for machines, and for answers to our own mails.
 *
 * Nothing that a person wrote is ever ignored: what looks like a machine's mail
 * and yet holds a form or a story is held.
 *
 * Runs in:  intake, command line.
 * Source:   the contract, "Actions"; doc/deciding.md
 */
#include "config.h"

#include <string.h>

#include "daemon/address.h"
#include "daemon/reply-rules.h"
#include "daemon/rules.h"
#include "spool/canary.h"

static bool
is_kind(const DaemonLook *look, ParsersKind kind)
{
    return look->mail->findings->kind == kind;
}

/* What a machine says of a mail that it got; lists and filters have words of their own. */
static bool
is_answer(const DaemonLook *look)
{
    return is_kind(look, PARSERS_KIND_AUTO_REPLY) || is_kind(look, PARSERS_KIND_BOUNCE) ||
           is_kind(look, PARSERS_KIND_REPORT);
}

/* Something that a person, not a machine, is likely to have put there.  Filters take people's mail
 * for spam more often than people write like a robot, so there anything about children counts. */
static const char *
story(const DaemonLook *look)
{
    static const char *const always[] = {"child-writes", "says-public", "self-report",
                                         "words-unread"};
    static const char *const in_answer[] = {"harm-words", "no-answer"};
    static const char *const in_spam[] = {"urgent-words",           "professional-role",
                                          "professional-signature", "professional-act",
                                          "referral-words",         "children-words"};

    if (look->mail->findings->has_form || daemon_rule_any_form(look, "lado-parent"))
        return "a form";
    if (look->writer->family)
        return "a family's words";
    for (gsize i = 0; i < G_N_ELEMENTS(always); i++)
        if (daemon_rule_signal(look, always[i]) != NULL)
            return always[i];
    for (gsize i = 0; is_answer(look) && i < G_N_ELEMENTS(in_answer); i++)
        if (daemon_rule_signal(look, in_answer[i]) != NULL)
            return in_answer[i];
    for (gsize i = 0; is_kind(look, PARSERS_KIND_SPAM) && i < G_N_ELEMENTS(in_spam); i++)
        if (daemon_rule_signal(look, in_spam[i]) != NULL)
            return in_spam[i];
    return NULL;
}

/* ---- machines, and answers to us ---- */

static bool
is_own_mail(const DaemonLook *look)
{
    const ParsersFindings *findings = look->mail->findings;
    const SpoolHistory *history = look->mail->history;
    const char *domain = daemon_address_domain(findings->message_id);
    bool shaped = g_ascii_strcasecmp(domain, look->mail->settings->message_id_domain) == 0;
    /* With the key at hand only the mark counts: anyone can write a Message-ID like ours. */
    bool ours = history != NULL ? history->own_mark : shaped;

    return ours && (daemon_rule_signal(look, "auto-submitted") != NULL ||
                    daemon_case_is_own_address(look->mail->settings, findings->from_address));
}

static char *
canary(const DaemonLook *look)
{
    return is_own_mail(look) && spool_canary_is_id(look->mail->findings->message_id)
               ? g_strdup("it is the mail that we sent to ourselves")
               : NULL;
}

static char *
own_mail_back(const DaemonLook *look)
{
    return is_own_mail(look)
               ? g_strdup(look->mail->history != NULL ? "it carries the mark of our own mails"
                                                      : "its Message-ID is one of ours")
               : NULL;
}

static char *
own_address(const DaemonLook *look)
{
    return daemon_case_is_own_address(look->mail->settings, look->mail->findings->from_address)
               ? g_strdup("From is our own address")
               : NULL;
}

/* Machines' mails that nevertheless hold a form or a story: somebody must look. */
static char *
machine_with_story(const DaemonLook *look)
{
    bool machine = !is_kind(look, PARSERS_KIND_PERSON) && !is_kind(look, PARSERS_KIND_ENCRYPTED);
    const char *found = machine ? story(look) : NULL;

    return found != NULL ? g_strdup_printf("looks like %s, yet holds %s",
                                           parsers_kind_name(look->mail->findings->kind), found)
                         : NULL;
}

/* It came to the signed address of one of our mails: proof that it answers or returns that one. */
static char *
ours_by_bounce_address(const DaemonLook *look)
{
    const SpoolHistory *history = look->mail->history;

    return history != NULL && history->by_bounce_address
               ? g_strdup("it came to the bounce address of our mail")
               : NULL;
}

/* What it answers or returns is one of our mails; without a spool its shape must do. */
static char *
ours_by_id(const DaemonLook *look, const GPtrArray *ids)
{
    const char *id = daemon_case_own_id(look->mail->settings, ids);
    const SpoolHistory *history = look->mail->history;

    if (id == NULL || (history != NULL && history->record_by_reply == 0))
        return NULL;
    return g_strdup_printf("refers to our mail %s", id);
}

static char *
ours_by_reference(const DaemonLook *look)
{
    const SpoolHistory *history = look->mail->history;
    g_autofree char *reference = daemon_case_reference(look->mail->findings);

    if (reference == NULL || (history != NULL && history->record_by_reference == 0))
        return NULL;
    return g_strdup_printf("quotes %s", reference);
}

static char *
bounce_of_ours(const DaemonLook *look)
{
    char *evidence = NULL;

    if (!is_kind(look, PARSERS_KIND_BOUNCE))
        return NULL;
    evidence = ours_by_bounce_address(look);
    if (evidence == NULL)
        evidence = ours_by_id(look, look->mail->findings->original_ids);
    if (evidence == NULL)
        evidence = ours_by_id(look, look->mail->findings->in_reply_to);
    return evidence != NULL ? evidence : ours_by_reference(look);
}

static char *
bounce(const DaemonLook *look)
{
    return is_kind(look, PARSERS_KIND_BOUNCE) ? g_strdup("returns a mail that is not ours") : NULL;
}

static char *
report(const DaemonLook *look)
{
    return is_kind(look, PARSERS_KIND_REPORT) ? daemon_rule_copy(look, "report") : NULL;
}

static char *
auto_reply(const DaemonLook *look)
{
    return is_kind(look, PARSERS_KIND_AUTO_REPLY) ? daemon_rule_copy(look, "auto-reply") : NULL;
}

static char *
recall(const DaemonLook *look)
{
    return daemon_rule_copy(look, "recall");
}

static char *
calendar_answer(const DaemonLook *look)
{
    const char *method = daemon_rule_signal(look, "calendar");

    return is_kind(look, PARSERS_KIND_CALENDAR) && g_strcmp0(method, "REPLY") == 0
               ? g_strdup(method)
               : NULL;
}

static char *
calendar(const DaemonLook *look)
{
    return is_kind(look, PARSERS_KIND_CALENDAR) ? g_strdup("a calendar entry") : NULL;
}

static char *
newsletter(const DaemonLook *look)
{
    return is_kind(look, PARSERS_KIND_LIST) ? daemon_rule_copy(look, "list-header") : NULL;
}

static char *
spam_by_gateway(const DaemonLook *look)
{
    return is_kind(look, PARSERS_KIND_SPAM) ? daemon_rule_copy(look, "spam-verdict") : NULL;
}

static char *
spam_by_looks(const DaemonLook *look)
{
    return is_kind(look, PARSERS_KIND_SPAM) ? daemon_rule_copy(look, "spam-words") : NULL;
}

static char *
answer_to_ours(const DaemonLook *look)
{
    char *evidence = ours_by_bounce_address(look);

    return evidence != NULL ? evidence : ours_by_id(look, look->mail->findings->in_reply_to);
}

/* What an automatic reply to our mail says, staff must see: the parent is away.  Without a spool
 * there is nothing to attach it to. */
static char *
auto_reply_to_ours(const DaemonLook *look)
{
    return is_kind(look, PARSERS_KIND_AUTO_REPLY) && look->mail->history != NULL
               ? answer_to_ours(look)
               : NULL;
}

static char *
same_mail_again(const DaemonLook *look)
{
    const SpoolHistory *history = look->mail->history;

    if (history == NULL || !history->same_sender)
        return NULL;
    if (history->record_by_message_id != 0)
        return g_strdup("the same Message-ID came before");
    return history->record_by_fingerprint != 0 ? g_strdup("the same answers came before") : NULL;
}

/* A password that comes by itself belongs with what it opens, and asks for no answer. */
static char *
password_for_locked(const DaemonLook *look)
{
    const SpoolHistory *history = look->mail->history;

    return history != NULL && history->record_locked != 0 && daemon_rule_is_password(look)
               ? g_strdup("a password, after one mail of this sender that could not be opened")
               : NULL;
}

static char *
forged(const DaemonLook *look)
{
    return daemon_reply_rules_forged(look->mail)
               ? g_strdup("our gateway's checks of the sender failed")
               : NULL;
}

/* What a filter has put there is seldom from whom it says: a person looks, and nobody is answered.
 */
static char *
junk_folder(const DaemonLook *look)
{
    return look->mail->mailbox->junk ? g_strdup("it lay in the Junk folder") : NULL;
}

/* clang-format off */
/* Machines come first, answers to us next. */
const DaemonRule daemon_rules_machine[] = {
    { "canary",                      canary,                      DAEMON_IGNORE,   DAEMON_REPLY_NONE },
    { "own-mail-back",               own_mail_back,               DAEMON_IGNORE,   DAEMON_REPLY_NONE },
    { "own-address",                 own_address,                 DAEMON_HOLD,     DAEMON_REPLY_NONE },
    { "bounce-of-ours",              bounce_of_ours,              DAEMON_ATTACH,   DAEMON_REPLY_NONE },
    { "machine-with-story",          machine_with_story,          DAEMON_HOLD,     DAEMON_REPLY_NONE },
    { "bounce",                      bounce,                      DAEMON_IGNORE,   DAEMON_REPLY_NONE },
    { "report",                      report,                      DAEMON_IGNORE,   DAEMON_REPLY_NONE },
    { "auto-reply-to-ours",          auto_reply_to_ours,          DAEMON_ATTACH,   DAEMON_REPLY_NONE },
    { "recall",                      recall,                      DAEMON_HOLD,     DAEMON_REPLY_NONE },
    { "auto-reply",                  auto_reply,                  DAEMON_IGNORE,   DAEMON_REPLY_NONE },
    { "calendar-answer",             calendar_answer,             DAEMON_IGNORE,   DAEMON_REPLY_NONE },
    { "calendar",                    calendar,                    DAEMON_HOLD,     DAEMON_REPLY_NONE },
    { "newsletter",                  newsletter,                  DAEMON_IGNORE,   DAEMON_REPLY_NONE },
    { "spam-by-gateway",             spam_by_gateway,             DAEMON_IGNORE,   DAEMON_REPLY_NONE },
    { "spam-by-looks",               spam_by_looks,               DAEMON_HOLD,     DAEMON_REPLY_NONE },
    { "forged",                      forged,                      DAEMON_HOLD,     DAEMON_REPLY_NONE },
    { "answer-to-ours",              answer_to_ours,              DAEMON_ATTACH,   DAEMON_REPLY_NONE },
    { "quotes-our-reference",        ours_by_reference,           DAEMON_ATTACH,   DAEMON_REPLY_NONE },
    { "same-mail-again",             same_mail_again,             DAEMON_ATTACH,   DAEMON_REPLY_NONE },
    { "password-for-locked",         password_for_locked,         DAEMON_ATTACH,   DAEMON_REPLY_NONE },
    { "junk-folder",                 junk_folder,                 DAEMON_HOLD,     DAEMON_REPLY_NONE },
    { NULL, NULL, DAEMON_HOLD, DAEMON_REPLY_NONE },
};
/* clang-format on */
