/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/intake-commit.c - from findings to a decision on disk.
 *
 * The history is read and the decision committed in one transaction, so that two
 * copies of a mail decided at the same time cannot both become records.  A log line
 * is written only after its decision is on disk.
 *
 * Runs in:  intake.
 * Source:   doc/life-of-a-message.md, "Decide"
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/address.h"
#include "daemon/bounce-address.h"
#include "daemon/canary.h"
#include "daemon/explain.h"
#include "daemon/intake-commit.h"
#include "daemon/log.h"
#include "daemon/reply-params.h"
#include "spool/mark.h"
#include "spool/outbox.h"
#include "spool/record.h"
#include "spool/reference.h"
#include "spool/task.h"

static void
form_free(gpointer data)
{
    SpoolForm *form = data;

    g_free(form->missing);
    g_free(form);
}

static char *
join(const GPtrArray *texts)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < texts->len; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? "; " : "", (char *)texts->pdata[i]);
    return g_string_free(out, FALSE);
}

/* Borrows from findings all but "missing". */
static GPtrArray *
collect_forms(const ParsersFindings *findings)
{
    GPtrArray *forms = g_ptr_array_new_with_free_func(form_free);

    for (guint i = 0; i < findings->forms->len; i++) {
        const ParsersForm *from = findings->forms->pdata[i];
        SpoolForm *form = g_new0(SpoolForm, 1);

        *form =
            (SpoolForm){from->form, from->source, from->format, from->blank, join(from->missing)};
        g_ptr_array_add(forms, form);
    }
    return forms;
}

static void
collect_fields_of(const ParsersForm *from, guint index, GPtrArray *fields)
{
    for (guint i = 0; i < from->fields->len; i++) {
        const ParsersField *read = from->fields->pdata[i];
        SpoolField *field = g_new0(SpoolField, 1);

        field->key = read->key;
        field->value = read->value;
        field->raw = read->raw;
        field->place = read->place;
        field->confidence = read->confidence;
        field->form = index;
        field->version = 1;
        field->author = (char *)"machine";
        g_ptr_array_add(fields, field);
    }
}

/* Borrows from findings. */
static GPtrArray *
collect_fields(const ParsersFindings *findings)
{
    GPtrArray *fields = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < findings->forms->len; i++)
        collect_fields_of(findings->forms->pdata[i], i, fields);
    return fields;
}

static gint
by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Casefolding is the same for ASCII, and dear. */
static char *
fold(const char *text)
{
    return g_str_is_ascii(text) ? g_ascii_strdown(text, -1) : g_utf8_casefold(text, -1);
}

/* The answers, sorted and folded, by which the same form sent again is known; NULL when there are
 * too few to tell.  The caller frees. */
static char *
fingerprint(const ParsersFindings *findings)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    GString *out;

    for (guint i = 0; i < findings->forms->len; i++) {
        const ParsersForm *form = findings->forms->pdata[i];

        for (guint f = 0; f < form->fields->len; f++) {
            const ParsersField *field = form->fields->pdata[f];
            g_autofree char *folded = fold(field->value);

            g_ptr_array_add(lines, g_strconcat(field->key, "=", folded, NULL));
        }
    }
    if (lines->len < 5)
        return NULL;
    g_ptr_array_sort(lines, by_text);
    out = g_string_new(NULL);
    for (guint i = 0; i < lines->len; i++) {
        g_string_append(out, lines->pdata[i]);
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

/* Canonical references of those the mail quotes. */
static GPtrArray *
valid_references(const ParsersFindings *findings)
{
    GPtrArray *valid = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < findings->references->len; i++) {
        char *canonical = spool_reference_canonical(findings->references->pdata[i]);

        if (canonical != NULL)
            g_ptr_array_add(valid, canonical);
    }
    return valid;
}

static GPtrArray *
all_ids(const ParsersFindings *findings)
{
    GPtrArray *ids = g_ptr_array_new();

    g_ptr_array_extend(ids, findings->in_reply_to, NULL, NULL);
    g_ptr_array_extend(ids, findings->original_ids, NULL, NULL);
    return ids;
}

typedef struct {
    const DaemonSettings *settings;
    SpoolDb *db;
    const SpoolClaim *claim;
    const ParsersFindings *findings;
    const SpoolHistory *history;
    const char *fingerprint;
} Commit;

static bool
needs_reference(DaemonAction action)
{
    return action == DAEMON_ACCEPT || action == DAEMON_REDIRECT || action == DAEMON_HOLD;
}

static bool
write_decision(const Commit *commit, const DaemonDecision *decision, char **out_reference,
               GError **error)
{
    g_autoptr(json_t) reasons = daemon_explain_reasons(decision);
    g_autoptr(json_t) examined = daemon_explain_json(NULL, commit->findings, decision);
    g_autoptr(GPtrArray) forms = collect_forms(commit->findings);
    g_autoptr(GPtrArray) fields = collect_fields(commit->findings);
    char *reasons_text = daemon_explain_dump(reasons);
    char *examined_text = daemon_explain_dump(examined);
    char *params = daemon_reply_params_write(decision->variant, &decision->area, false);
    const char *reply = daemon_reply_name(decision->reply);
    SpoolDecision row = {
        .action = daemon_action_name(decision->action),
        .reply = reply,
        .kind = parsers_kind_name(commit->findings->kind),
        .sender = daemon_writer_name(decision->sender),
        .urgent = decision->urgent,
        .prefix = needs_reference(decision->action) ? decision->prefix : NULL,
        .attach_to = decision->action == DAEMON_ATTACH ? commit->history->record : 0,
        .reasons_json = reasons_text,
        .findings_json = examined_text,
        .forms = forms,
        .fields = fields,
        .message_id = commit->findings->message_id,
        .from_address = commit->findings->from_address,
        .fingerprint = commit->fingerprint,
        .shown_from = commit->findings->from_name[0] != '\0' ? commit->findings->from_name
                                                             : commit->findings->from_address,
        .subject = commit->findings->subject,
        .reply_domain = daemon_address_organisation(commit->findings->from_address),
        .reply_to = commit->findings->from_address,
        .reply_template = reply,
        .reply_params_json = params,
        .in_reply_to = commit->findings->message_id,
        .message_id_domain = commit->settings->message_id_domain,
        .alert_to = decision->alert ? commit->settings->duty_address : NULL,
        .alert_limit = commit->settings->alert_limit,
    };
    bool good = spool_record_commit(commit->db, commit->claim, &row, out_reference, error);

    free(reasons_text);
    free(examined_text);
    free(params);
    return good;
}

/* The reply of ours to whose signed address these were sent: its Message-ID, or NULL; owned. */
static char *
bounced_to(const Commit *commit, const GPtrArray *addresses)
{
    const char *pattern = commit->settings->bounce_address;

    for (guint i = 0; pattern != NULL && i < addresses->len; i++) {
        g_autofree char *token = daemon_bounce_address_token(pattern, addresses->pdata[i]);
        g_autofree char *id = token != NULL ? spool_mark_bounce_open(commit->db, token) : NULL;

        if (id != NULL)
            return g_strconcat(id, "@", commit->settings->message_id_domain, NULL);
    }
    return NULL;
}

/* The value of X-Postern-Mark, or NULL; borrowed. */
static const char *
mark_of(const ParsersFindings *findings)
{
    const char *evidence = parsers_findings_signal(findings, "own-mark");
    const char *colon = evidence != NULL ? strchr(evidence, ':') : NULL;

    return colon != NULL ? colon + 1 : NULL;
}

static bool
look_back(const Commit *commit, SpoolHistory *out_history, GError **error)
{
    g_autoptr(GPtrArray) references = valid_references(commit->findings);
    g_autoptr(GPtrArray) ids = all_ids(commit->findings);
    g_autofree char *delivered = bounced_to(commit, commit->findings->delivered_to);
    g_autofree char *addressed = bounced_to(commit, commit->findings->recipients);
    const SpoolHistoryKeys keys = {
        .mail_id = commit->claim->id,
        .message_id = commit->findings->message_id,
        .from_address = commit->findings->from_address,
        .fingerprint = commit->fingerprint,
        .ids = ids,
        .references = references,
        .domain = daemon_address_organisation(commit->findings->from_address),
        .mark = mark_of(commit->findings),
        .bounced = delivered != NULL ? delivered : addressed,
        .password = parsers_findings_signal(commit->findings, "password-follows") != NULL,
    };

    return spool_record_history(commit->db, &keys, out_history, error);
}

/* The mailbox a mail came from; one that is no longer in the settings is treated as the first. */
static const DaemonMailbox *
mailbox_of(const DaemonSettings *settings, const SpoolClaim *claim)
{
    const DaemonMailbox *mailbox = daemon_settings_mailbox(settings, claim->mailbox);

    return mailbox != NULL ? mailbox : settings->mailboxes->pdata[0];
}

/* What the log will say of a mail. */
static char *
log_line(const DaemonDecision *decision, const char *reference)
{
    const DaemonReason *first = decision->reasons->pdata[0];

    return g_strdup_printf(
        "decided action=%s reply=%s rule=%s reference=%s%s%s", daemon_action_name(decision->action),
        daemon_reply_name(decision->reply), first->rule, reference != NULL ? reference : "-",
        decision->urgent ? " urgent=yes" : "", decision->alert ? " alert=yes" : "");
}

static bool
has_reason(const DaemonDecision *decision, const char *rule)
{
    for (guint i = 0; i < decision->reasons->len; i++)
        if (g_str_equal(((const DaemonReason *)decision->reasons->pdata[i])->rule, rule))
            return true;
    return false;
}

/* A reply of ours came back for good: whoever it was for has not been told. */
static bool
note_bounce(const Commit *commit, const DaemonDecision *decision, GError **error)
{
    if (!has_reason(decision, "bounce-of-ours") || commit->history->reply_id == 0 ||
        parsers_findings_signal(commit->findings, "bounce-delayed") != NULL)
        return true;
    return spool_outbox_bounced(commit->db, commit->history->reply_id,
                                parsers_findings_signal(commit->findings, "bounce-status"), error);
}

static bool
note_canary(const Commit *commit, const DaemonMailbox *mailbox, const DaemonDecision *decision,
            GError **error)
{
    return !has_reason(decision, "canary") ||
           daemon_canary_back(commit->db, mailbox, commit->findings->message_id, error);
}

/* Whom a limit left unanswered, a person must tell.  out_new: whether this is the mail at which
 * replies stop. */
static bool
note_limits(const Commit *commit, const DaemonDecision *decision, bool *out_new, GError **error)
{
    bool breaker = has_reason(decision, "reply-breaker");
    const SpoolTask stopped = {.what = (char *)SPOOL_TASK_BREAKER, .mail_id = commit->claim->id};
    const SpoolTask untold = {.what = (char *)SPOOL_TASK_NOT_TOLD,
                              .mail_id = commit->claim->id,
                              .detail = (char *)(breaker ? "replies stopped" : "domain limit")};

    if (!breaker && !has_reason(decision, "reply-too-many-domain"))
        return true;
    return (!breaker || spool_task_open(commit->db, &stopped, out_new, error)) &&
           spool_task_open(commit->db, &untold, NULL, error);
}

/* What is said once all is on disk. */
typedef struct {
    GPtrArray *lines; /* one for each mail */
    guint stopped;    /* replies of an hour, when a mail was the one at which they stop */
} Notes;

static bool
decide(const DaemonIntakeDesk *desk, const DaemonIntakeMail *mail, Notes *notes, GError **error)
{
    const ParsersFindings *findings = mail->findings;
    const DaemonSettings *settings = desk->settings;
    g_autofree char *print = fingerprint(findings);
    g_autofree char *reference = NULL;
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_auto(SpoolHistory) history = {0};
    g_auto(DaemonDecision) decision = {0};
    DaemonCase what = {findings, settings, mailbox_of(settings, &mail->claim), mail->claim.received,
                       &history};
    Commit commit = {settings, desk->db, &mail->claim, findings, &history, print};
    bool stopped = false;

    if (!spool_txn_begin(&txn, desk->db, error) || !look_back(&commit, &history, error))
        return false;
    daemon_policy_decide(&what, &decision);
    if (!write_decision(&commit, &decision, &reference, error) ||
        !note_bounce(&commit, &decision, error) ||
        !note_canary(&commit, what.mailbox, &decision, error) ||
        !note_limits(&commit, &decision, &stopped, error) || !spool_txn_commit(&txn, error))
        return false;
    g_ptr_array_add(notes->lines, log_line(&decision, reference));
    if (stopped)
        notes->stopped = history.replies_hour;
    return true;
}

static void
write_log(const GPtrArray *mails, const Notes *notes)
{
    for (guint i = 0; i < notes->lines->len; i++) {
        const DaemonIntakeMail *mail = mails->pdata[i];
        g_autofree char *id = g_strdup_printf("mail:%" G_GINT64_FORMAT, mail->claim.id);
        const char *line = notes->lines->pdata[i];

        daemon_log(line != NULL ? DAEMON_LOG_NOTICE : DAEMON_LOG_WARNING, id, "%s",
                   line != NULL ? line : "decision dropped: another node has the mail");
    }
    if (notes->stopped > 0)
        daemon_log(DAEMON_LOG_ERROR, "-",
                   "%u replies in an hour: no more until it has passed; see postern tasks",
                   notes->stopped);
}

/* One that another node has, and for which nothing was written, hinders nobody. */
static bool
decide_or_drop(const DaemonIntakeDesk *desk, const DaemonIntakeMail *mail, Notes *notes,
               GError **error)
{
    g_autoptr(GError) problem = NULL;

    if (decide(desk, mail, notes, &problem))
        return true;
    if (g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_STALE)) {
        g_ptr_array_add(notes->lines, NULL);
        return true;
    }
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
}

/* The first count of mails, in one commit; they are removed then. */
static bool
commit_first(const DaemonIntakeDesk *desk, GPtrArray *mails, guint count, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    Notes notes = {.lines = lines};

    if (!spool_txn_begin(&txn, desk->db, error))
        return false;
    for (guint i = 0; i < count; i++) {
        if (!decide_or_drop(desk, mails->pdata[i], &notes, error))
            return false;
        if (desk->between != NULL && count > 1)
            desk->between(desk->data);
    }
    if (!spool_txn_commit(&txn, error))
        return false;
    write_log(mails, &notes);
    g_ptr_array_remove_range(mails, 0, count);
    return true;
}

DaemonIntakeMail *
daemon_intake_mail_new(SpoolClaim *claim)
{
    DaemonIntakeMail *mail = g_new0(DaemonIntakeMail, 1);

    mail->claim = *claim;
    *claim = (SpoolClaim){0};
    return mail;
}

void
daemon_intake_mail_free(DaemonIntakeMail *mail)
{
    if (mail == NULL)
        return;
    spool_claim_clear(&mail->claim);
    g_clear_pointer(&mail->findings, parsers_findings_free);
    g_free(mail);
}

bool
daemon_intake_commit(const DaemonIntakeDesk *desk, GPtrArray *mails, GError **error)
{
    g_autoptr(GError) problem = NULL;

    if (mails->len == 0 || commit_first(desk, mails, mails->len, mails->len > 1 ? &problem : error))
        return true;
    if (mails->len == 1)
        return false;
    daemon_log(DAEMON_LOG_WARNING, "-", "%u decisions undone, each is made anew by itself: %s",
               mails->len, problem->message);
    while (mails->len > 0)
        if (!commit_first(desk, mails, 1, error))
            return false;
    return true;
}
