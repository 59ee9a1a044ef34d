/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/reply-rules.c - whether a mail may be answered at all.
 *
 * A reply goes to the writer's own address or to nobody: never to a robot, a
 * list, a forged sender, ourselves, or an address found only inside the mail.
 *
 * Runs in:  intake, command line.
 * Source:   RFC 3834 section 2; RFC 5230 section 4.6; RFC 8601; doc/deciding.md, "May we answer?"
 */
#include "config.h"

#include <string.h>

#include "daemon/address.h"
#include "daemon/reply-rules.h"
#include "daemon/settings-table.h"
#include "templates/address.h"

/* A machine answers at once; mail that waits on its way may take minutes. */
#define JUST_NOW (G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC)

typedef enum { VERDICT_NONE, VERDICT_PASS, VERDICT_FAIL } Verdict;

/* True when domain is the From domain, or an organisation's name above or below it. */
static bool
aligned(const DaemonCase *mail, const char *domain)
{
    const char *from = daemon_address_domain(mail->findings->from_address);
    gsize from_length = strlen(from), length = strlen(domain);

    if (length == 0 || from_length == 0)
        return false;
    if (length >= from_length)
        return g_ascii_strcasecmp(domain + length - from_length, from) == 0 &&
               (length == from_length || domain[length - from_length - 1] == '.');
    return strchr(domain, '.') != NULL &&
           g_ascii_strcasecmp(from + from_length - length, domain) == 0 &&
           from[from_length - length - 1] == '.';
}

/* A field without a name is our gateway's where it stands above all others of the mail; anywhere
 * else the sender may have written it. */
static bool
is_ours(const DaemonCase *mail, const ParsersAuth *entry)
{
    const char *name = mail->settings->authserv_id;

    if (name == NULL)
        return false;
    if (strcmp(name, DAEMON_SETTING_UNNAMED) == 0)
        return entry->authserv_id[0] == '\0' && entry->instance == 0;
    return g_ascii_strcasecmp(entry->authserv_id, name) == 0;
}

/* Microsoft adds up what it knows of the From address: "compauth=fail" also stands beside
 * "dmarc=none", when nothing was published that a forger could break. */
static bool
says_forged(const ParsersAuth *entry)
{
    return (g_str_equal(entry->method, "dmarc") || g_str_equal(entry->method, "compauth")) &&
           g_str_equal(entry->result, "fail");
}

/* "bestguesspass": it would pass, if the domain published that it wants to be checked.  A pass of
 * compauth is none: Microsoft also gives it for a sender's history. */
static bool
says_proved(const DaemonCase *mail, const ParsersAuth *entry)
{
    if (g_str_equal(entry->method, "dmarc"))
        return g_str_equal(entry->result, "pass") || g_str_equal(entry->result, "bestguesspass");
    return g_str_equal(entry->result, "pass") && aligned(mail, entry->domain);
}

/* Only the topmost field with our gateway's name counts: what is below it, the sender may have
 * written (RFC 8601 section 5). */
static Verdict
authentic(const DaemonCase *mail)
{
    const GPtrArray *auth = mail->findings->auth;
    Verdict verdict = VERDICT_NONE;
    guint instance = G_MAXUINT;

    for (guint i = 0; i < auth->len; i++) {
        const ParsersAuth *entry = auth->pdata[i];

        if (!is_ours(mail, entry))
            continue;
        if (instance == G_MAXUINT)
            instance = entry->instance;
        if (entry->instance != instance)
            continue;
        if (says_forged(entry))
            return VERDICT_FAIL;
        if (says_proved(mail, entry))
            verdict = VERDICT_PASS;
    }
    return verdict;
}

/* Both checks failed and nothing passed: forged, though its domain publishes no DMARC policy. */
static bool
failed_softly(const DaemonCase *mail)
{
    guint fails = 0;

    if (authentic(mail) != VERDICT_NONE)
        return false;
    for (guint i = 0; i < mail->findings->auth->len; i++) {
        const ParsersAuth *entry = mail->findings->auth->pdata[i];

        if (is_ours(mail, entry))
            fails += g_str_equal(entry->result, "fail") || g_str_equal(entry->result, "softfail");
    }
    return fails > 0;
}

bool
daemon_reply_rules_forged(const DaemonCase *mail)
{
    return authentic(mail) == VERDICT_FAIL || failed_softly(mail);
}

static char *
null_sender(const DaemonCase *mail)
{
    return mail->findings->has_return_path && mail->findings->return_path[0] == '\0'
               ? g_strdup("Return-Path: <>")
               : NULL;
}

static char *
no_address(const DaemonCase *mail)
{
    return mail->findings->from_count != 1 ||
                   !templates_address_is_plain(mail->findings->from_address)
               ? g_strdup("From holds no single plain address")
               : NULL;
}

static char *
ourselves(const DaemonCase *mail)
{
    return daemon_case_is_own_address(mail->settings, mail->findings->from_address)
               ? g_strdup("From is our own address")
               : NULL;
}

static char *
robot(const DaemonCase *mail)
{
    const char *const addresses[] = {mail->findings->from_address, mail->findings->return_path};

    for (gsize i = 0; i < G_N_ELEMENTS(addresses); i++)
        if (daemon_address_is_robot(addresses[i]))
            return g_strdup(addresses[i]);
    return NULL;
}

/* Marks that the parser found in the headers. */
static char *
machine(const DaemonCase *mail)
{
    static const char *const signals[] = {"auto-submitted",   "auto-response-suppress",
                                          "precedence",       "list-header",
                                          "vendor-auto-mark", "loop-mark",
                                          "report",           "failed-recipients",
                                          "auto-subject",     "auto-words"};

    for (gsize i = 0; i < G_N_ELEMENTS(signals); i++) {
        const char *evidence = parsers_findings_signal(mail->findings, signals[i]);

        if (evidence != NULL)
            return g_strdup_printf("%s: %s", signals[i], evidence);
    }
    return NULL;
}

static char *
not_a_person(const DaemonCase *mail)
{
    ParsersKind kind = mail->findings->kind;

    return kind != PARSERS_KIND_PERSON && kind != PARSERS_KIND_ENCRYPTED
               ? g_strdup(parsers_kind_name(kind))
               : NULL;
}

static char *
forged(const DaemonCase *mail)
{
    return daemon_reply_rules_forged(mail) ? g_strdup("our gateway's checks of the sender failed")
                                           : NULL;
}

/* Who has their mail read by others may ask for the answer somewhere else: neither place is safe to
 * choose for them, and a forger would like to choose. */
static char *
elsewhere(const DaemonCase *mail)
{
    const char *there = mail->findings->reply_to;
    const char *here = daemon_address_organisation(mail->findings->from_address);

    if (there[0] == '\0' || g_ascii_strcasecmp(daemon_address_organisation(there), here) == 0)
        return NULL;
    return g_strdup("Reply-To names another organisation than From");
}

static char *
unproved(const DaemonCase *mail)
{
    return !mail->settings->reply_unauthenticated && authentic(mail) == VERDICT_NONE
               ? g_strdup("our gateway gave no verdict on the sender")
               : NULL;
}

static bool
any_is_ours(const DaemonCase *mail, const GPtrArray *addresses)
{
    for (guint i = 0; i < addresses->len; i++)
        if (daemon_case_is_own_address(mail->settings, addresses->pdata[i]))
            return true;
    return false;
}

/* A blind copy is fine when the server says so, or when the sender is proved. */
static char *
not_addressed(const DaemonCase *mail)
{
    if (any_is_ours(mail, mail->findings->recipients) ||
        any_is_ours(mail, mail->findings->delivered_to) || authentic(mail) == VERDICT_PASS)
        return NULL;
    return g_strdup("none of our addresses is in To, Cc or Delivered-To");
}

/* A form, or a file that a person may have put there. */
static bool
has_something(const DaemonCase *mail)
{
    if (mail->findings->forms->len > 0)
        return true;
    for (guint i = 0; i < mail->findings->parts->len; i++) {
        const ParsersPart *part = mail->findings->parts->pdata[i];

        if (part->name[0] != '\0' && part->state != PARSERS_PART_DECORATION)
            return true;
    }
    return false;
}

/* Another reply would come back, too; somebody has been asked to find a better way. */
static char *
bounced_before(const DaemonCase *mail)
{
    return mail->history != NULL && mail->history->bounced_before
               ? g_strdup("a reply to this address came back, and its task is open")
               : NULL;
}

static char *
too_many(const DaemonCase *mail)
{
    if (mail->history == NULL || mail->history->replies_to_sender_day < mail->settings->reply_limit)
        return NULL;
    return g_strdup_printf("%u replies to this address in 24 hours",
                           mail->history->replies_to_sender_day);
}

/* Words alone that come back right after a reply of ours are most likely a machine's that does not
 * say so; whoever wrote them has our reference already. */
static char *
just_answered(const DaemonCase *mail)
{
    const SpoolHistory *history = mail->history;
    gint64 since = history != NULL ? mail->received - history->last_sent : 0;

    if (history == NULL || history->last_sent == 0 || has_something(mail))
        return NULL;
    /* Servers cut the time of receipt to the second.  What lay in the inbox before is no answer. */
    if (since < -2 * G_USEC_PER_SEC || since > JUST_NOW)
        return NULL;
    return g_strdup("words alone, within the hour after our last reply to this address");
}

static char *
too_many_to_domain(const DaemonCase *mail)
{
    guint limit = mail->settings->reply_limit_domain;

    if (mail->history == NULL || mail->history->replies_to_domain_hour < limit)
        return NULL;
    return g_strdup_printf("%u replies to this organisation in an hour",
                           mail->history->replies_to_domain_hour);
}

static char *
breaker(const DaemonCase *mail)
{
    if (mail->history == NULL)
        return NULL;
    if (mail->history->breaker)
        return g_strdup("replies are stopped for this hour");
    return mail->history->replies_hour >= mail->settings->reply_limit_all
               ? g_strdup_printf("%u replies in an hour", mail->history->replies_hour)
               : NULL;
}

/* clang-format off */
static const struct {
    const char *rule;
    char *(*refuses)(const DaemonCase *mail); /* evidence, owned; NULL when it does not refuse */
} rules[] = {
    { "reply-null-sender",   null_sender },   /* RFC 3834 section 2 */
    { "reply-no-address",    no_address },
    { "reply-ourselves",     ourselves },
    { "reply-robot",         robot },         /* RFC 3834 section 2 */
    { "reply-machine",       machine },       /* RFC 3834 sections 2, 5; RFC 5230 section 4.6 */
    { "reply-not-a-person",  not_a_person },
    { "reply-forged",        forged },        /* RFC 8601, RFC 7489 */
    { "reply-elsewhere",     elsewhere },
    { "reply-unproved",      unproved },
    { "reply-not-addressed", not_addressed }, /* RFC 5230 section 4.5 */
    { "reply-bounced-before", bounced_before },
    { "reply-just-answered", just_answered },
    { "reply-too-many",      too_many },
    { "reply-too-many-domain", too_many_to_domain },
    { "reply-breaker",       breaker },
};
/* clang-format on */

bool
daemon_reply_rules_allow(const DaemonCase *mail, const char **out_rule, char **out_evidence)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++) {
        char *evidence = rules[i].refuses(mail);

        if (evidence == NULL)
            continue;
        *out_rule = rules[i].rule;
        *out_evidence = evidence;
        return false;
    }
    return true;
}
