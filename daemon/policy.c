/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/policy.c - what to do with a mail.
 *
 * The rules of rules-*.c are asked in order; the first that matches decides,
 * and its name goes into the audit, the dry run and the staff page.  No parent is ever redirected
 * or ignored: every rule that does either says what it needs, and whatever is
 * left at the end is held for a person.
 *
 * Runs in:  intake, command line.
 * Source:   the contract, "Actions"; doc/deciding.md
 */
#include "config.h"

#include <string.h>

#include "daemon/policy.h"
#include "daemon/reply-rules.h"
#include "daemon/rules.h"

/* Longer than this, and somebody tells more than a password. */
#define PASSWORD_TEXT 600

const char *
daemon_rule_signal(const DaemonLook *look, const char *name)
{
    return parsers_findings_signal(look->mail->findings, name);
}

char *
daemon_rule_copy(const DaemonLook *look, const char *name)
{
    return g_strdup(daemon_rule_signal(look, name));
}

bool
daemon_rule_any_form(const DaemonLook *look, const char *name)
{
    return daemon_case_form(look->mail->findings, name, false) != NULL ||
           daemon_case_form(look->mail->findings, name, true) != NULL;
}

bool
daemon_rule_is_password(const DaemonLook *look)
{
    const ParsersFindings *findings = look->mail->findings;

    return daemon_rule_signal(look, "password-follows") != NULL &&
           findings->kind == PARSERS_KIND_PERSON && findings->forms->len == 0 &&
           daemon_case_count_parts(findings, PARSERS_PART_LOCKED) == 0 &&
           strlen(findings->text) <= PASSWORD_TEXT;
}

const ParsersForm *
daemon_rule_other_form(const DaemonLook *look)
{
    static const char *const names[] = {"request-for-support", "occupational-therapy"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        for (int blank = 0; blank < 2; blank++) {
            const ParsersForm *form = daemon_case_form(look->mail->findings, names[i], blank != 0);

            if (form != NULL)
                return form;
        }
    return NULL;
}

/* False when no rule of this part matches. */
static bool
apply_part(const DaemonRule *rules, const DaemonLook *look, DaemonDecision *decision)
{
    for (; rules->name != NULL; rules++) {
        g_autofree char *evidence = rules->matches(look);

        if (evidence == NULL)
            continue;
        decision->action = rules->action;
        decision->reply = rules->reply;
        daemon_reason_add(decision->reasons, rules->name, evidence);
        return true;
    }
    return false;
}

static void
apply_first_rule(const DaemonLook *look, DaemonDecision *decision)
{
    bool matched = apply_part(daemon_rules_machine, look, decision) ||
                   apply_part(daemon_rules_referral, look, decision) ||
                   apply_part(daemon_rules_rest, look, decision);

    g_assert(matched); /* the last rule always matches */
}

/* Being accepted, or turned away, without being told is no outcome for a person's mail: when the
 * sender cannot be answered, somebody must look.  A capped or blind-copied sender is still known.
 */
static bool
needs_a_person(const DaemonDecision *decision, const char *rule)
{
    static const char *const known_still[] = {"reply-too-many",
                                              "reply-too-many-domain",
                                              "reply-breaker",
                                              "reply-just-answered",
                                              "reply-not-addressed",
                                              "reply-unproved",
                                              NULL};

    if (decision->action == DAEMON_REDIRECT)
        return true;
    return decision->action == DAEMON_ACCEPT && !g_strv_contains(known_still, rule);
}

static void
apply_reply_rules(const DaemonCase *mail, DaemonDecision *decision)
{
    const char *rule = NULL;
    g_autofree char *evidence = NULL;

    if (decision->reply == DAEMON_REPLY_NONE || daemon_reply_rules_allow(mail, &rule, &evidence))
        return;
    decision->reply = DAEMON_REPLY_NONE;
    if (needs_a_person(decision, rule))
        decision->action = DAEMON_HOLD;
    daemon_reason_add(decision->reasons, rule, evidence);
}

/* What is filed with a record, but was not written by who sent that, staff must look at twice. */
static void
mark_somebody_else(const DaemonCase *mail, DaemonDecision *decision)
{
    ParsersKind kind = mail->findings->kind;

    if (decision->action != DAEMON_ATTACH || mail->history == NULL || mail->history->same_sender)
        return;
    if (kind != PARSERS_KIND_BOUNCE && kind != PARSERS_KIND_REPORT)
        daemon_reason_add(decision->reasons, "from-somebody-else",
                          "not from the address that sent the first mail");
}

/* clang-format off */
/* Holding replies that say why the sender should not just wait, by the rule that decided. */
static const struct {
    const char *rule, *variant;
} variants[] = {
    { "encrypted",     "unopened" },
    { "locked",        "unopened" },
    { "limit-reached", "unopened" },
    { "damaged",       "unopened" },
    { "unsupported",   "unopened" },
    { "blank-form",    "blank"    },
};
/* clang-format on */

static const char *
choose_variant(const DaemonDecision *decision)
{
    const DaemonReason *first = decision->reasons->pdata[0];

    for (gsize i = 0; i < G_N_ELEMENTS(variants); i++)
        if (decision->reply == DAEMON_REPLY_HOLDING && g_str_equal(first->rule, variants[i].rule))
            return variants[i].variant;
    return NULL;
}

/* What a machine only quotes was said before; whoever is on duty knows what they wrote themselves.
 */
static bool
needs_alert(const DaemonCase *mail, const DaemonDecision *decision)
{
    const char *duty = mail->settings->duty_address;
    ParsersKind kind = mail->findings->kind;

    if (!decision->urgent || duty == NULL || decision->action == DAEMON_IGNORE ||
        g_ascii_strcasecmp(mail->findings->from_address, duty) == 0)
        return false;
    return decision->action != DAEMON_ATTACH || kind == PARSERS_KIND_PERSON ||
           kind == PARSERS_KIND_ENCRYPTED;
}

static void
note_urgency(const DaemonLook *look, DaemonDecision *decision)
{
    const char *words = daemon_rule_signal(look, "urgent-words");

    decision->urgent = words != NULL || daemon_rule_signal(look, "child-writes") != NULL;
    if (decision->urgent)
        daemon_reason_add(decision->reasons, "urgent", words);
    decision->alert = needs_alert(look->mail, decision);
}

/* The names of areas come from areas.json, never from the mail. */
static void
note_area(DaemonArea area, DaemonDecision *decision)
{
    if (area.home != NULL)
        daemon_reason_add(decision->reasons, "home-elsewhere", area.home);
    if (area.work != NULL)
        daemon_reason_add(decision->reasons, "work-elsewhere", area.work);
    if (area.words != NULL)
        daemon_reason_add(decision->reasons, "names-elsewhere", area.words);
    decision->area = area;
}

static const char *
choose_prefix(const DaemonLook *look)
{
    const ParsersForm *form = daemon_rule_other_form(look);

    if (form == NULL)
        return "LADO";
    return g_str_equal(form->form, "request-for-support") ? "RFS" : "OT";
}

void
daemon_policy_decide(const DaemonCase *mail, DaemonDecision *out_decision)
{
    g_auto(DaemonWriter) writer = {0};
    DaemonLook look = {mail, &writer, daemon_area_of(mail)};

    daemon_writer_weigh(mail, &writer);
    out_decision->reasons = g_ptr_array_new_with_free_func(daemon_reason_free);
    out_decision->action = DAEMON_HOLD;
    out_decision->reply = DAEMON_REPLY_NONE;
    apply_first_rule(&look, out_decision);
    apply_reply_rules(mail, out_decision);
    mark_somebody_else(mail, out_decision);
    out_decision->sender = writer.kind;
    out_decision->variant = choose_variant(out_decision);
    note_urgency(&look, out_decision);
    note_area(look.area, out_decision);
    out_decision->prefix = choose_prefix(&look);
    for (guint i = 0; i < writer.reasons->len; i++) {
        const DaemonReason *reason = writer.reasons->pdata[i];

        daemon_reason_add(out_decision->reasons, reason->rule, reason->evidence);
    }
}

void
daemon_decision_clear(DaemonDecision *decision)
{
    g_clear_pointer(&decision->reasons, g_ptr_array_unref);
}

const char *
daemon_action_name(DaemonAction action)
{
    static const char *const names[] = {"accept", "redirect", "hold", "attach", "ignore"};

    return names[action];
}

const char *
daemon_reply_name(DaemonReply reply)
{
    static const char *const names[] = {"none", "acknowledgement", "holding", "redirection"};

    return names[reply];
}
