/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/record-field.c - corrections of what was read.
 *
 * A correction is a new version; the old one stays.
 *
 * Runs in:  staff pages.
 * Source:   doc/spool.md
 */
#include "config.h"

#include <string.h>

#include "spool/answers.h"
#include "spool/audit.h"
#include "spool/private.h"
#include "spool/record.h"
#include "spool/search.h"

#define KEY_MAX 128u

char *
spool_record_field_place(const SpoolFieldRow *row)
{
    const SpoolField *field = row->field;

    return g_strdup_printf("field.sealed %u/%u/%u %s by %s", field->form, row->number,
                           field->version, field->key, field->author);
}

/* Whatever a person put right is found, even where what was read is not. */
static bool
store_words(SpoolDb *db, const SpoolFieldRow *row, GError **error)
{
    const SpoolField *field = row->field;
    g_autoptr(SpoolSearchWords) words = spool_search_words_new(db);

    spool_search_words_add(words, field->key, field->value);
    if (!spool_search_knows(field->key))
        spool_search_words_add_typed(words, field->value);
    spool_search_words_add_typed(words, row->reason);
    return spool_search_words_store(words, row->record_id, error);
}

static bool
insert_field(SpoolDb *db, const SpoolMailKey *key, const SpoolFieldRow *row, GError **error)
{
    const SpoolField *field = row->field;
    g_autofree char *place = spool_record_field_place(row);
    g_autoptr(GBytes) sealed = NULL;

    return spool_text_seal(key, place,
                           SPOOL_TEXTS(field->value, field->raw, field->place, row->reason),
                           &sealed, error) &&
           spool_sql_run(db->sql,
                         "INSERT INTO field (record_id, form, number, version, key, confidence,"
                         " author, at, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                         SQL_ARGS(SQL_INT(row->record_id), SQL_INT(field->form),
                                  SQL_INT(row->number), SQL_INT(field->version),
                                  SQL_TEXT(field->key), SQL_REAL(field->confidence),
                                  SQL_TEXT(field->author), SQL_INT(field->at), SQL_BYTES(sealed)),
                         NULL, error) &&
           store_words(db, row, error);
}

/* Such as child.1.name: fixed words and numbers, fit for the audit. */
static bool
check_key(const char *key, GError **error)
{
    bool ok = key[0] != '\0' && strlen(key) <= KEY_MAX &&
              strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789._") == strlen(key);

    return ok || spool_throw(error, SPOOL_ERROR_NOT_FOUND, "no such field key");
}

/* Where the field was read, or the place behind the last one of its form. */
static bool
find_read(SpoolDb *db, const SpoolMailKey *key, SpoolFieldRow *row, GError **error)
{
    g_autoptr(GPtrArray) answers = NULL;
    SpoolField *field = (SpoolField *)row->field;
    SpoolSqlNumber last;

    if (!spool_answers_get(db, key, row->record_id, &answers, error) ||
        !spool_sql_number(db->sql,
                          "SELECT MAX(number) FROM field WHERE record_id = $1 AND form = $2",
                          SQL_ARGS(SQL_INT(row->record_id), SQL_INT(field->form)), &last, error))
        return false;
    row->number = last.found ? (guint)last.value + 1 : 0;
    field->version = 1;
    for (guint i = 0; i < answers->len; i++) {
        const SpoolField *answer = answers->pdata[i];

        if (answer->form == field->form && strcmp(answer->key, field->key) == 0) {
            row->number = i;
            field->version = 2;
            return true;
        }
        if (answer->form == field->form)
            row->number = MAX(row->number, i + 1);
    }
    return true;
}

/* The newest version of the field. */
static bool
find_field(SpoolDb *db, const SpoolMailKey *key, SpoolFieldRow *row, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    SpoolField *field = (SpoolField *)row->field;
    bool found = false;

    if (!spool_sql_query(
            db->sql,
            "SELECT number, version FROM field"
            " WHERE record_id = $1 AND form = $2 AND key = $3"
            " ORDER BY number, version DESC LIMIT 1",
            SQL_ARGS(SQL_INT(row->record_id), SQL_INT(field->form), SQL_TEXT(field->key)), &rows,
            error) ||
        !spool_sql_next(&rows, &found, error))
        return false;
    if (!found)
        return find_read(db, key, row, error);
    row->number = (guint)spool_sql_int(&rows, 0);
    field->version = (guint)spool_sql_int(&rows, 1) + 1;
    return true;
}

static bool
audit_correction(SpoolDb *db, const SpoolFieldRow *row, GError **error)
{
    const SpoolField *field = row->field;
    g_autofree char *object = g_strdup_printf("record:%" G_GINT64_FORMAT, row->record_id);
    g_autofree char *detail = g_strdup_printf("{\"form\":%u,\"key\":\"%s\",\"version\":%u}",
                                              field->form, field->key, field->version);

    return spool_audit_append(db, field->author, "corrected", object, detail, error);
}

bool
spool_record_correct(SpoolDb *db, const SpoolCorrection *correction, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_auto(SpoolMailKey) mail_key = {0};
    SpoolField field = {.form = correction->form,
                        .key = (char *)correction->key,
                        .value = (char *)correction->value,
                        .author = (char *)correction->author,
                        .raw = correction->before != NULL ? correction->before->raw : NULL,
                        .place = correction->before != NULL ? correction->before->place : NULL,
                        .confidence = 1.0,
                        .at = spool_now()};
    SpoolFieldRow row = {correction->record_id, 0, &field, correction->reason};
    SpoolSqlNumber mail;

    if (!check_key(correction->key, error) || !spool_txn_begin(&txn, db, error) ||
        !spool_sql_number(db->sql, "SELECT mail_id FROM record WHERE id = $1",
                          SQL_ARGS(SQL_INT(correction->record_id)), &mail, error))
        return false;
    if (!mail.found)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "no record %" G_GINT64_FORMAT,
                           correction->record_id);
    return spool_message_key(db, mail.value, &mail_key, error) &&
           find_field(db, &mail_key, &row, error) && insert_field(db, &mail_key, &row, error) &&
           audit_correction(db, &row, error) && spool_txn_commit(&txn, error);
}
