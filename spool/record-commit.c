/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/record-commit.c - the decision about a mail and everything it causes, in one commit.
 *
 * Whoever lost the claim changes nothing; whoever holds it leaves the mail decided
 * once, with one record and at most one reply.
 *
 * Runs in:  intake.
 * Source:   doc/spool.md, "The decision"
 */
#include "config.h"

#include <string.h>

#include "spool/answers.h"
#include "spool/alert.h"
#include "spool/audit.h"
#include "spool/outbox.h"
#include "spool/private.h"
#include "spool/record.h"
#include "spool/reference.h"

/* Two random references meet once in tens of thousands; five times running means no randomness. */
#define REFERENCE_TRIES 5
#define RULE_MAX 64u /* letters of a rule's name */

/* What grows while a decision is committed. */
typedef struct {
    SpoolDb *db;
    const SpoolClaim *claim;
    const SpoolDecision *decision;
    SpoolMailKey key;
    gint64 root;      /* record that this one is filed with, or 0 */
    gint64 record_id; /* its own */
    char *reference;  /* its own, or that of root */
    gint64 now;
    SpoolSearchWords *words; /* by which it will be found */
} Commit;

static void
commit_clear(Commit *commit)
{
    spool_mail_key_clear(&commit->key);
    g_clear_pointer(&commit->reference, g_free);
    g_clear_pointer(&commit->words, spool_search_words_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Commit, commit_clear)

static bool
replies_at_all(const SpoolDecision *decision)
{
    return g_strcmp0(decision->reply, "none") != 0;
}

/* A decision that cannot be committed is the caller's bug; nothing has been written yet. */
static bool
check_decision(const SpoolDecision *decision, GError **error)
{
    const char *const actions[] = {"accept", "redirect", "hold", "attach", "ignore", NULL};
    const char *const prefixes[] = {"LADO", "RFS", "OT", "CON", NULL};

    if (decision->action == NULL || !g_strv_contains(actions, decision->action))
        return spool_throw(error, SPOOL_ERROR_STATE, "no such action: %s", decision->action);
    if (decision->prefix != NULL && !g_strv_contains(prefixes, decision->prefix))
        return spool_throw(error, SPOOL_ERROR_STATE, "no such prefix: %s", decision->prefix);
    if (decision->alert_to != NULL && decision->message_id_domain == NULL)
        return spool_throw(error, SPOOL_ERROR_STATE, "an alert without a domain");
    if (!replies_at_all(decision))
        return true;
    if (spool_outbox_word(decision->reply) == NULL)
        return spool_throw(error, SPOOL_ERROR_STATE, "no such reply: %s", decision->reply);
    if (decision->reply_to == NULL || decision->reply_to[0] == '\0' ||
        decision->reply_template == NULL || decision->message_id_domain == NULL)
        return spool_throw(error, SPOOL_ERROR_STATE, "a reply without address, template or domain");
    if (decision->prefix == NULL && decision->attach_to == 0)
        return spool_throw(error, SPOOL_ERROR_STATE, "a reply without a reference");
    return true;
}

/* The record that an attached mail belongs to; what is filed with an attached mail goes where that
 * one went. */
static bool
find_root(Commit *commit, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    gint64 id = commit->decision->attach_to;
    bool row = false;

    if (id == 0)
        return true;
    if (!spool_sql_query(commit->db->sql,
                         "SELECT root.id, root.reference FROM record r"
                         " JOIN record root ON root.id = COALESCE(r.attached_to, r.id)"
                         " WHERE r.id = $1",
                         SQL_ARGS(SQL_INT(id)), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    if (!row)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "no record %" G_GINT64_FORMAT, id);
    commit->root = spool_sql_int(&rows, 0);
    commit->reference = g_strdup(spool_sql_text(&rows, 1));
    return true;
}

/* The mail is decided, if the claim is still the last one; with its key, all else can be written.
 * Nothing has been changed when another reader has it. */
static bool
decide(Commit *commit, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    const gint64 id = commit->claim->id;
    SpoolMailState to;
    bool row = false;

    if (!spool_state_mail_next(SPOOL_MAIL_READING, SPOOL_MAIL_COMMITTED, &to, error) ||
        !spool_sql_query(commit->db->sql,
                         "UPDATE mail SET state = $1, action = $2, decided = $3, owner = NULL,"
                         " lease = NULL WHERE id = $4 AND state = 'reading' AND token = $5"
                         " RETURNING (SELECT wrapped FROM mail_key WHERE mail_id = mail.id)",
                         SQL_ARGS(SQL_TEXT(spool_state_mail_word(to)),
                                  SQL_TEXT(commit->decision->action), SQL_INT(commit->now),
                                  SQL_INT(id), SQL_INT(commit->claim->token)),
                         &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    if (!row)
        return spool_message_lost(commit->claim, error);
    g_autoptr(GBytes) wrapped = spool_sql_bytes(&rows, 0);

    return spool_crypt_mail_key_open(commit->db->keys, id, wrapped, &commit->key, error) &&
           spool_sql_next(&rows, &row, error);
}

typedef struct {
    GBytes *all; /* reasons and findings */
    GBytes *answers;
} Sealed;

static void
sealed_clear(Sealed *sealed)
{
    g_clear_pointer(&sealed->all, g_bytes_unref);
    g_clear_pointer(&sealed->answers, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sealed, sealed_clear)

/* Insert the record under a reference; *out_free is false when another has it already. */
static bool
try_record(Commit *commit, const char *reference, const Sealed *sealed, bool *out_free,
           GError **error)
{
    const SpoolDecision *d = commit->decision;
    const SpoolForm *form =
        d->forms != NULL && d->forms->len > 0 ? g_ptr_array_index(d->forms, 0) : NULL;
    g_autofree char *code = reference != NULL ? spool_reference_code(reference) : NULL;
    /* Nothing is filed with an ignored mail, so nothing must find it. */
    bool findable = g_strcmp0(d->action, "ignore") != 0;
    g_autoptr(GBytes) address = spool_text_hash_address(commit->db, d->from_address);
    g_autoptr(GBytes) message_id =
        findable ? spool_text_hash_message_id(commit->db, d->message_id) : NULL;
    g_autoptr(GBytes) fingerprint =
        findable ? spool_text_hash_fingerprint(commit->db, d->fingerprint) : NULL;
    SpoolSqlNumber id;

    if (!spool_sql_number(
            commit->db->sql,
            "INSERT INTO record (mail_id, reference, code, attached_to, action, reply, kind,"
            " sender, urgent, form, message_id, address, fingerprint, at, sealed, answers)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
            " ON CONFLICT (code) DO NOTHING RETURNING id",
            SQL_ARGS(SQL_INT(commit->claim->id), SQL_TEXT(reference), SQL_TEXT(code),
                     commit->root != 0 ? SQL_INT(commit->root) : SQL_NULL, SQL_TEXT(d->action),
                     SQL_TEXT(d->reply), SQL_TEXT(d->kind), SQL_TEXT(d->sender), SQL_INT(d->urgent),
                     SQL_TEXT(form != NULL ? form->form : NULL), SQL_BYTES(message_id),
                     SQL_BYTES(address), SQL_BYTES(fingerprint), SQL_INT(commit->now),
                     SQL_BYTES(sealed->all), SQL_BYTES(sealed->answers)),
            &id, error))
        return false;
    commit->record_id = id.value;
    *out_free = id.found;
    return true;
}

static bool
insert_record(Commit *commit, GError **error)
{
    const SpoolDecision *d = commit->decision;
    g_auto(Sealed) sealed = {NULL, NULL};
    bool own = d->prefix != NULL && commit->root == 0, is_free = false;

    if (!spool_text_seal(&commit->key, "record.sealed",
                         SPOOL_TEXTS(d->reasons_json, d->findings_json), &sealed.all, error) ||
        !spool_answers_seal(&commit->key, d->fields, &sealed.answers, error))
        return false;
    for (guint i = 0; i < REFERENCE_TRIES && !is_free; i++) {
        g_autofree char *reference = own ? spool_reference_new(d->prefix) : NULL;

        if (!try_record(commit, reference, &sealed, &is_free, error))
            return false;
        if (is_free && own)
            commit->reference = g_steal_pointer(&reference);
    }
    return is_free ||
           spool_throw(error, SPOOL_ERROR_IO, "no free reference: the system's randomness fails");
}

static bool
insert_form(Commit *commit, guint number, const SpoolForm *form, GError **error)
{
    g_autofree char *place = g_strdup_printf("form.sealed %u", number);
    g_autoptr(GBytes) sealed = NULL;

    return spool_text_seal(&commit->key, place, SPOOL_TEXTS(form->source, form->missing), &sealed,
                           error) &&
           spool_sql_run(commit->db->sql,
                         "INSERT INTO form (record_id, number, form, format, blank, sealed)"
                         " VALUES ($1, $2, $3, $4, $5, $6)",
                         SQL_ARGS(SQL_INT(commit->record_id), SQL_INT(number), SQL_TEXT(form->form),
                                  SQL_TEXT(form->format), SQL_INT(form->blank), SQL_BYTES(sealed)),
                         NULL, error);
}

static bool
insert_forms(Commit *commit, GError **error)
{
    const SpoolDecision *d = commit->decision;

    for (guint i = 0; d->forms != NULL && i < d->forms->len; i++)
        if (!insert_form(commit, i, g_ptr_array_index(d->forms, i), error))
            return false;
    return true;
}

/* Whatever a person typed is found, even where what was read is not. */
static void
gather_words(Commit *commit)
{
    const GPtrArray *fields = commit->decision->fields;

    for (guint i = 0; fields != NULL && i < fields->len; i++) {
        const SpoolField *field = fields->pdata[i];
        const bool read = field->author == NULL || strcmp(field->author, "machine") == 0;

        spool_search_words_add(commit->words, field->key, field->value);
        if (!read && !spool_search_knows(field->key))
            spool_search_words_add_typed(commit->words, field->value);
    }
}

static bool
make_item(Commit *commit, GError **error)
{
    const SpoolItemNew item = {&commit->key, commit->record_id, commit->claim->mailbox,
                               commit->claim->received, commit->words};

    gather_words(commit);
    return spool_item_make(commit->db, &item, commit->decision, error) &&
           spool_search_words_store(commit->words, commit->record_id, error);
}

/* The alert first: it is what cannot wait. */
static bool
queue_letters(Commit *commit, GError **error)
{
    const SpoolDecision *d = commit->decision;
    SpoolLetter alert = {.record_id = commit->root != 0 ? commit->root : commit->record_id,
                         .mail_id = commit->claim->id,
                         .reference = commit->reference,
                         .to = d->alert_to,
                         .in_reply_to = "",
                         .message_id_domain = d->message_id_domain,
                         .urgent = true,
                         .key = &commit->key};
    SpoolLetter reply = alert;

    if (d->alert_to != NULL && !spool_alert_queue(commit->db, &alert, d->alert_limit, error))
        return false;
    if (!replies_at_all(d))
        return true;
    reply.word = spool_outbox_word(d->reply);
    reply.template = d->reply_template;
    reply.to = d->reply_to;
    reply.domain = d->reply_domain;
    reply.in_reply_to = d->in_reply_to;
    reply.params_json = d->reply_params_json;
    reply.urgent = d->urgent;
    reply.is_first = commit->root == 0 && d->alert_to == NULL;
    return spool_outbox_queue(commit->db, &reply, NULL, error);
}

/* Its copies may leave the inbox. */
static bool
release_copies(Commit *commit, GError **error)
{
    const gint64 id = commit->claim->id;
    guint due = 0;

    return spool_sql_run(commit->db->sql,
                         "UPDATE arrival SET place = 'due' WHERE mail_id = $1 AND place = 'inbox'",
                         SQL_ARGS(SQL_INT(id)), &due, error) &&
           (due > 0 || spool_message_settle(commit->db, id, error));
}

/* What stands for a member "rule" at text, which is behind its key: its length, or 0. */
static gsize
rule_at(const char **text)
{
    const char *at = *text + strspn(*text, " ");
    gsize length;

    if (*at != ':')
        return 0;
    at += 1 + strspn(at + 1, " ");
    if (*at != '"')
        return 0;
    length = strspn(++at, "abcdefghijklmnopqrstuvwxyz0123456789-");
    *text = at;
    return length <= RULE_MAX && at[length] == '"' ? length : 0;
}

/* The rules' names from the reasons.  The quotes of a text inside JSON are escaped, so that only a
 * key reads as "rule" and a colon. */
static void
append_rules(GString *detail, const char *reasons_json)
{
    static const char key[] = "\"rule\"";
    const char *comma = "", *at = reasons_json != NULL ? reasons_json : "";

    g_string_append(detail, ",\"rules\":[");
    while ((at = strstr(at, key)) != NULL) {
        at += strlen(key);
        const gsize length = rule_at(&at);

        if (length > 0) {
            g_string_append_printf(detail, "%s\"%.*s\"", comma, (int)length, at);
            comma = ",";
        }
    }
    g_string_append_c(detail, ']');
}

/* A hash of what was read and why, so that the chain covers it without showing it. */
static void
append_hash(GString *detail, Commit *commit)
{
    const SpoolDecision *d = commit->decision;
    g_autofree char *all = g_strconcat(d->reasons_json != NULL ? d->reasons_json : "", "\n",
                                       d->findings_json != NULL ? d->findings_json : "", NULL);
    g_autoptr(GBytes) hash = spool_crypt_hash(commit->db->keys, "decision", all, strlen(all));
    g_autofree char *digits = spool_crypt_hex(hash);

    g_string_append_printf(detail, ",\"content\":\"%s\"", digits);
}

static bool
audit_decision(Commit *commit, GError **error)
{
    const SpoolDecision *d = commit->decision;
    g_autofree char *object = g_strdup_printf("mail:%" G_GINT64_FORMAT, commit->claim->id);
    g_autoptr(GString) detail = g_string_new(NULL);

    g_string_append_printf(
        detail, "{\"action\":\"%s\",\"reply\":\"%s\",\"attempts\":%u,\"record\":%" G_GINT64_FORMAT,
        d->action, d->reply, commit->claim->attempts, commit->record_id);
    if (commit->reference != NULL)
        g_string_append_printf(detail, ",\"reference\":\"%s\"", commit->reference);
    if (commit->root != 0)
        g_string_append_printf(detail, ",\"with\":%" G_GINT64_FORMAT, commit->root);
    if (d->alert_to != NULL)
        g_string_append(detail, ",\"alert\":true");
    append_rules(detail, d->reasons_json);
    append_hash(detail, commit);
    g_string_append_c(detail, '}');
    return spool_audit_append(commit->db, "intake", "decided", object, detail->str, error);
}

bool
spool_record_commit(SpoolDb *db, const SpoolClaim *claim, const SpoolDecision *decision,
                    char **out_reference, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_auto(Commit) commit = {.db = db, .claim = claim, .decision = decision, .now = spool_now()};

    commit.words = spool_search_words_new(db);
    if (!check_decision(decision, error) || !spool_txn_begin(&txn, db, error) ||
        !decide(&commit, error) || !find_root(&commit, error) || !insert_record(&commit, error) ||
        !insert_forms(&commit, error) || !make_item(&commit, error) ||
        !queue_letters(&commit, error) || !release_copies(&commit, error) ||
        !audit_decision(&commit, error) || !spool_txn_commit(&txn, error))
        return false;
    *out_reference = g_steal_pointer(&commit.reference);
    return true;
}
