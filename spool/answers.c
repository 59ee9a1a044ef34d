/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/answers.c - what was read in a mail: all answers of a record, sealed together.
 *
 * They are written once and never changed.  An answer's number is its place among them; what
 * people put right afterwards are rows of their own (spool/record-field.c).
 *
 * Runs in:  intake (seals), staff pages and command line (read).
 * Source:   doc/spool.md, "The decision"
 */
#include "config.h"

#include <string.h>

#include "spool/answers.h"
#include "spool/private.h"

#define PLACE "record.answers"
/* Texts of one answer, in this order. */
enum { A_FORM, A_KEY, A_AUTHOR, A_CONFIDENCE, A_VALUE, A_RAW, A_PLACE, A_TEXTS };

void
spool_answers_field_free(gpointer data)
{
    SpoolField *field = data;

    g_free(field->key);
    g_free(field->value);
    g_free(field->raw);
    g_free(field->place);
    g_free(field->author);
    g_free(field);
}

/* Numbers as texts: a form's, and a confidence in millionths. */
#define MILLION 1000000.0
typedef struct {
    char form[16], confidence[16];
} Numbers;

static void
add(GPtrArray *texts, const SpoolField *field, Numbers *numbers)
{
    g_snprintf(numbers->form, sizeof numbers->form, "%u", field->form);
    g_snprintf(numbers->confidence, sizeof numbers->confidence, "%u",
               (guint)(CLAMP(field->confidence, 0.0, 1.0) * MILLION + 0.5));
    g_ptr_array_add(texts, numbers->form);
    g_ptr_array_add(texts, field->key);
    g_ptr_array_add(texts, field->author != NULL ? field->author : (char *)"machine");
    g_ptr_array_add(texts, numbers->confidence);
    g_ptr_array_add(texts, field->value);
    g_ptr_array_add(texts, field->raw);
    g_ptr_array_add(texts, field->place);
}

bool
spool_answers_seal(const SpoolMailKey *key, const GPtrArray *fields, GBytes **out_sealed,
                   GError **error)
{
    const guint count = fields != NULL ? fields->len : 0;
    g_autoptr(GPtrArray) texts = g_ptr_array_sized_new(count * A_TEXTS);
    g_autofree Numbers *numbers = g_new(Numbers, count);

    *out_sealed = NULL;
    if (count == 0)
        return true;
    for (guint i = 0; i < count; i++)
        add(texts, fields->pdata[i], &numbers[i]);
    return spool_text_seal(key, PLACE, (SpoolTexts){(const char *const *)texts->pdata, texts->len},
                           out_sealed, error);
}

static SpoolField *
read_answer(char *const *texts, gint64 at)
{
    SpoolField *field = g_new0(SpoolField, 1);

    field->form = (guint)g_ascii_strtoull(texts[A_FORM], NULL, 10);
    field->key = g_strdup(texts[A_KEY]);
    field->author = g_strdup(texts[A_AUTHOR]);
    field->confidence = (double)g_ascii_strtoull(texts[A_CONFIDENCE], NULL, 10) / MILLION;
    field->value = g_strdup(texts[A_VALUE]);
    field->raw = g_strdup(texts[A_RAW]);
    field->place = g_strdup(texts[A_PLACE]);
    field->version = 1;
    field->at = at;
    return field;
}

static bool
open_answers(const SpoolMailKey *key, const SpoolSqlRows *rows, GPtrArray *fields, GError **error)
{
    g_autoptr(GBytes) sealed = spool_sql_bytes(rows, 0);
    g_auto(GStrv) texts = NULL;

    if (!spool_text_open_all(key, PLACE, sealed, &texts, error))
        return false;
    const guint count = g_strv_length(texts);

    if (count % A_TEXTS != 0)
        return spool_throw(error, SPOOL_ERROR_CORRUPT, PLACE ": a text is missing");
    for (guint i = 0; i < count; i += A_TEXTS)
        g_ptr_array_add(fields, read_answer(texts + i, spool_sql_int(rows, 1)));
    return true;
}

bool
spool_answers_get(SpoolDb *db, const SpoolMailKey *key, gint64 record_id, GPtrArray **out_fields,
                  GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(spool_answers_field_free);
    bool row = false;

    if (!spool_sql_query(db->sql, "SELECT answers, at FROM record WHERE id = $1",
                         SQL_ARGS(SQL_INT(record_id)), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    if (row && !spool_sql_is_null(&rows, 0) && !open_answers(key, &rows, fields, error))
        return false;
    *out_fields = g_steal_pointer(&fields);
    return true;
}
