/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/record-read.c - records and mails as staff are shown them.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/spool.md
 */
#include "config.h"

#include <string.h>

#include "spool/answers.h"
#include "spool/private.h"
#include "spool/record.h"
#include "spool/reference.h"

#define LISTING                                                                                    \
    "SELECT m.id, m.state, m.mailbox, m.received, m.decided, r.id, r.reference, r.action,"         \
    " r.reply, r.kind, r.sender, r.urgent, r.form, r.sealed,"                                      \
    " (SELECT o.state FROM outbox o WHERE o.mail_id = m.id AND o.template <> 'alert'"              \
    " ORDER BY o.id DESC LIMIT 1)"                                                                 \
    " FROM mail m LEFT JOIN record r ON r.mail_id = m.id "
/* The numbers of LISTING's columns. */
enum {
    L_MAIL,
    L_STATE,
    L_MAILBOX,
    L_RECEIVED,
    L_DECIDED,
    L_RECORD,
    L_REFERENCE,
    L_ACTION,
    L_REPLY,
    L_KIND,
    L_SENDER,
    L_URGENT,
    L_FORM,
    L_SEALED,
    L_OUT_STATE
};

void
spool_listing_free(SpoolListing *listing)
{
    if (listing == NULL)
        return;
    g_free(listing->reference);
    g_free(listing->mailbox);
    g_free(listing->action);
    g_free(listing->reply);
    g_free(listing->reply_state);
    g_free(listing->kind);
    g_free(listing->sender);
    g_free(listing->form);
    g_free(listing->reasons_json);
    g_free(listing->state);
    g_free(listing);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpoolListing, spool_listing_free)

static void
free_form(gpointer data)
{
    SpoolForm *form = data;

    g_free(form->form);
    g_free(form->source);
    g_free(form->format);
    g_free(form->missing);
    g_free(form);
}

static void
free_listing(gpointer data)
{
    spool_listing_free(data);
}

void
spool_record_free(SpoolRecord *record)
{
    if (record == NULL)
        return;
    spool_listing_free(record->listing);
    g_free(record->findings_json);
    g_clear_pointer(&record->forms, g_ptr_array_unref);
    g_clear_pointer(&record->fields, g_ptr_array_unref);
    g_clear_pointer(&record->attached, g_ptr_array_unref);
    g_free(record);
}

static bool
shown_state(const char *word, char **out_shown, GError **error)
{
    SpoolOutState state;

    if (word == NULL) {
        *out_shown = g_strdup("none");
        return true;
    }
    if (!spool_state_out_parse(word, &state, error))
        return false;
    *out_shown = g_strdup(spool_state_out_shown(state));
    return true;
}

/* Open a decided mail's reasons and findings. */
static bool
open_sealed(SpoolDb *db, const SpoolSqlRows *rows, GStrv *out_texts, GError **error)
{
    g_auto(SpoolMailKey) key = {0};
    g_autoptr(GBytes) sealed = spool_sql_bytes(rows, L_SEALED);

    return spool_message_key(db, spool_sql_int(rows, L_MAIL), &key, error) &&
           spool_text_open(&key, "record.sealed", sealed, 2, out_texts, error);
}

/* Reasons and findings.  out_findings: NULL in a listing, where damage is shown and passed over. */
static bool
read_reasons(SpoolDb *db, const SpoolSqlRows *rows, SpoolListing *listing, char **out_findings,
             GError **error)
{
    g_auto(GStrv) texts = NULL;
    g_autoptr(GError) problem = NULL;

    if (open_sealed(db, rows, &texts, &problem)) {
        listing->reasons_json = g_strdup(texts[0]);
        if (out_findings != NULL)
            *out_findings = g_strdup(texts[1]);
        return true;
    }
    listing->damaged = g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_CORRUPT) ||
                       g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_NOT_FOUND);
    if (listing->damaged && out_findings == NULL)
        return true;
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
}

static bool
read_listing(SpoolDb *db, const SpoolSqlRows *rows, SpoolListing **out_listing, char **out_findings,
             GError **error)
{
    g_autoptr(SpoolListing) listing = g_new0(SpoolListing, 1);

    listing->id = spool_sql_int(rows, L_MAIL);
    listing->state = g_strdup(spool_sql_text(rows, L_STATE));
    listing->mailbox = g_strdup(spool_sql_text(rows, L_MAILBOX));
    listing->received = spool_sql_int(rows, L_RECEIVED);
    listing->decided = spool_sql_int(rows, L_DECIDED);
    listing->reference = g_strdup(spool_sql_text(rows, L_REFERENCE));
    listing->action = g_strdup(spool_sql_text(rows, L_ACTION));
    listing->reply = g_strdup(spool_sql_text(rows, L_REPLY));
    listing->kind = g_strdup(spool_sql_text(rows, L_KIND));
    listing->sender = g_strdup(spool_sql_text(rows, L_SENDER));
    listing->urgent = spool_sql_int(rows, L_URGENT) != 0;
    listing->form = g_strdup(spool_sql_text(rows, L_FORM));
    if (!shown_state(spool_sql_text(rows, L_OUT_STATE), &listing->reply_state, error))
        return false;
    if (!spool_sql_is_null(rows, L_RECORD) && !read_reasons(db, rows, listing, out_findings, error))
        return false;
    *out_listing = g_steal_pointer(&listing);
    return true;
}

static bool
collect(SpoolDb *db, const char *text, SpoolSqlArgs args, GPtrArray **out_rows, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GPtrArray) listings = g_ptr_array_new_with_free_func(free_listing);
    bool row = true;

    if (!spool_sql_query(db->sql, text, args, &rows, error))
        return false;
    while (row) {
        SpoolListing *listing = NULL;

        if (!spool_sql_next(&rows, &row, error))
            return false;
        if (row && !read_listing(db, &rows, &listing, NULL, error))
            return false;
        if (row)
            g_ptr_array_add(listings, listing);
    }
    *out_rows = g_steal_pointer(&listings);
    return true;
}

bool
spool_record_list(SpoolDb *db, const char *action, const char *mailbox, guint max,
                  GPtrArray **out_rows, GError **error)
{
    if (action != NULL && mailbox != NULL)
        return collect(db,
                       LISTING "WHERE m.mailbox = $1 AND m.action = $2"
                               " ORDER BY m.id DESC LIMIT $3",
                       SQL_ARGS(SQL_TEXT(mailbox), SQL_TEXT(action), SQL_INT(max)), out_rows,
                       error);
    if (action != NULL)
        return collect(db, LISTING "WHERE m.action = $1 ORDER BY m.id DESC LIMIT $2",
                       SQL_ARGS(SQL_TEXT(action), SQL_INT(max)), out_rows, error);
    if (mailbox != NULL)
        return collect(db, LISTING "WHERE m.mailbox = $1 ORDER BY m.id DESC LIMIT $2",
                       SQL_ARGS(SQL_TEXT(mailbox), SQL_INT(max)), out_rows, error);
    return collect(db, LISTING "ORDER BY m.id DESC LIMIT $1", SQL_ARGS(SQL_INT(max)), out_rows,
                   error);
}

static bool
read_form(const SpoolMailKey *key, const SpoolSqlRows *rows, GPtrArray *forms, GError **error)
{
    g_autofree char *place = g_strdup_printf("form.sealed %u", (guint)spool_sql_int(rows, 0));
    g_autoptr(GBytes) sealed = spool_sql_bytes(rows, 4);
    g_auto(GStrv) texts = NULL;

    if (!spool_text_open(key, place, sealed, 2, &texts, error))
        return false;
    SpoolForm *form = g_new0(SpoolForm, 1);

    form->form = g_strdup(spool_sql_text(rows, 1));
    form->format = g_strdup(spool_sql_text(rows, 2));
    form->blank = spool_sql_int(rows, 3) != 0;
    form->source = g_strdup(texts[0]);
    form->missing = g_strdup(texts[1]);
    g_ptr_array_add(forms, form);
    return true;
}

static bool
read_forms(SpoolDb *db, const SpoolMailKey *key, SpoolRecord *record, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = true;

    if (!spool_sql_query(db->sql,
                         "SELECT number, form, format, blank, sealed FROM form"
                         " WHERE record_id = $1 ORDER BY number",
                         SQL_ARGS(SQL_INT(record->record_id)), &rows, error))
        return false;
    while (row)
        if (!spool_sql_next(&rows, &row, error) ||
            (row && !read_form(key, &rows, record->forms, error)))
            return false;
    return true;
}

/* The fields of a record under way. */
typedef struct {
    GPtrArray *read; /* in the mail: their numbers are their places */
    GPtrArray *more; /* of rows of their own, but those that correct what was read */
    guint number;    /* of the last of these */
} Fields;

static bool
open_field(const SpoolMailKey *key, const SpoolSqlRows *rows, SpoolField **out_field,
           GError **error)
{
    SpoolField stored = {.form = (guint)spool_sql_int(rows, 0),
                         .version = (guint)spool_sql_int(rows, 2),
                         .key = (char *)spool_sql_text(rows, 3),
                         .author = (char *)spool_sql_text(rows, 5)};
    SpoolFieldRow row = {0, (guint)spool_sql_int(rows, 1), &stored, NULL};
    g_autofree char *place = spool_record_field_place(&row);
    g_autoptr(GBytes) sealed = spool_sql_bytes(rows, 7);
    g_auto(GStrv) texts = NULL;

    if (!spool_text_open(key, place, sealed, 4, &texts, error))
        return false;
    SpoolField *field = g_new0(SpoolField, 1);

    *field = stored;
    field->key = g_strdup(stored.key);
    field->author = g_strdup(stored.author);
    field->confidence = spool_sql_real(rows, 4);
    field->at = spool_sql_int(rows, 6);
    field->value = g_strdup(texts[0]);
    field->raw = g_strdup(texts[1]);
    field->place = g_strdup(texts[2]);
    *out_field = field;
    return true;
}

/* Is that one read in the mail, with its number for its place? */
static bool
was_read(const Fields *fields, guint number, const SpoolField *field)
{
    const SpoolField *read = number < fields->read->len ? fields->read->pdata[number] : NULL;

    return read != NULL && read->form == field->form && g_str_equal(read->key, field->key);
}

static guint
form_of(const GPtrArray *fields, guint i)
{
    return ((const SpoolField *)fields->pdata[i])->form;
}

/* In place of the version before it. */
static void
place_field(Fields *fields, guint number, SpoolField *field)
{
    GPtrArray *among = fields->more;
    guint last = fields->more->len - 1;

    if (was_read(fields, number, field)) {
        among = fields->read;
        last = number;
    } else if (among->len == 0 || fields->number != number || form_of(among, last) != field->form) {
        fields->number = number;
        g_ptr_array_add(among, field);
        return;
    }
    spool_answers_field_free(among->pdata[last]);
    among->pdata[last] = field;
}

/* Each behind all others of its form. */
static GPtrArray *
join(Fields *fields)
{
    for (guint i = 0; i < fields->more->len; i++) {
        guint end = fields->read->len;

        while (end > 0 && form_of(fields->read, end - 1) > form_of(fields->more, i))
            end--;
        g_ptr_array_insert(fields->read, (gint)end, g_steal_pointer(&fields->more->pdata[i]));
    }
    return fields->read;
}

static bool
read_rows(const SpoolMailKey *key, SpoolSqlRows *rows, Fields *fields, GError **error)
{
    bool row = true;

    while (row) {
        SpoolField *field = NULL;

        if (!spool_sql_next(rows, &row, error) || (row && !open_field(key, rows, &field, error)))
            return false;
        if (row)
            place_field(fields, (guint)spool_sql_int(rows, 1), field);
    }
    return true;
}

static void
free_unless_null(gpointer field)
{
    if (field != NULL)
        spool_answers_field_free(field);
}

static bool
read_fields(SpoolDb *db, const SpoolMailKey *key, SpoolRecord *record, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GPtrArray) read = NULL;
    g_autoptr(GPtrArray) more = g_ptr_array_new_with_free_func(free_unless_null);

    if (!spool_answers_get(db, key, record->record_id, &read, error) ||
        !spool_sql_query(db->sql,
                         "SELECT form, number, version, key, confidence, author, at, sealed"
                         " FROM field WHERE record_id = $1 ORDER BY form, number, version",
                         SQL_ARGS(SQL_INT(record->record_id)), &rows, error))
        return false;
    Fields fields = {read, more, 0};

    if (!read_rows(key, &rows, &fields, error))
        return false;
    record->fields = g_ptr_array_ref(join(&fields));
    return true;
}

/* The mail that a reference or a number means. */
static bool
find_mail(SpoolDb *db, const char *ref, gint64 *out_mail, GError **error)
{
    g_autofree char *reference = spool_reference_canonical(ref);
    SpoolSqlNumber found;
    guint64 number = 0;

    if (reference == NULL) {
        if (!g_ascii_string_to_unsigned(ref, 10, 1, G_MAXINT64, &number, NULL))
            return spool_throw(error, SPOOL_ERROR_NOT_FOUND,
                               "neither a valid reference nor the number of a mail");
        *out_mail = (gint64)number;
        return true;
    }
    g_autofree char *code = spool_reference_code(reference);

    if (!spool_sql_number(db->sql, "SELECT mail_id FROM record WHERE code = $1 AND reference = $2",
                          SQL_ARGS(SQL_TEXT(code), SQL_TEXT(reference)), &found, error))
        return false;
    *out_mail = found.value;
    return found.found || spool_throw(error, SPOOL_ERROR_NOT_FOUND, "no record %s", reference);
}

static bool
read_head(SpoolDb *db, gint64 mail_id, SpoolRecord *record, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    if (!spool_sql_query(db->sql, LISTING "WHERE m.id = $1", SQL_ARGS(SQL_INT(mail_id)), &rows,
                         error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    if (!row)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "no mail %" G_GINT64_FORMAT, mail_id);
    record->record_id = spool_sql_int(&rows, L_RECORD);
    return read_listing(db, &rows, &record->listing, &record->findings_json, error);
}

bool
spool_record_get(SpoolDb *db, const char *ref, SpoolRecord **out_record, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_auto(SpoolMailKey) key = {0};
    g_autoptr(SpoolRecord) record = g_new0(SpoolRecord, 1);
    gint64 mail_id = 0;

    record->forms = g_ptr_array_new_with_free_func(free_form);
    if (!spool_txn_begin_reading(&txn, db, error) || !find_mail(db, ref, &mail_id, error) ||
        !read_head(db, mail_id, record, error) || !spool_message_key(db, mail_id, &key, error) ||
        !read_forms(db, &key, record, error) || !read_fields(db, &key, record, error) ||
        !collect(db, LISTING "WHERE r.attached_to = $1 ORDER BY m.id",
                 SQL_ARGS(SQL_INT(record->record_id)), &record->attached, error) ||
        !spool_txn_commit(&txn, error))
        return false;
    *out_record = g_steal_pointer(&record);
    return true;
}
