/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/item.c - what people see of a decided mail, and what they have done with it.
 *
 * Runs in:  staff pages.
 * Source:   doc/review.md, "Items"
 */
#include "config.h"

#include <string.h>

#include "spool/audit.h"
#include "spool/item.h"
#include "spool/private.h"
#include "spool/reference.h"

#define COUNT_MAX 1000

#define ITEM                                                                                       \
    "SELECT i.record_id, r.mail_id, r.reference, i.mailbox, r.kind, r.sender, r.form, r.action,"   \
    " i.outcome, i.state, i.holder, a.shown, i.version, i.urgent, i.restricted, i.received,"       \
    " i.viewed, i.settled, i.closed, i.sealed, i.news,"                                            \
    " (SELECT o.state FROM outbox o WHERE o.mail_id = r.mail_id AND o.template <> 'alert'"         \
    " ORDER BY o.id DESC LIMIT 1)"                                                                 \
    " FROM item i JOIN record r ON r.id = i.record_id LEFT JOIN account a ON a.id = i.holder "
/* The numbers of ITEM's columns. */
enum {
    I_RECORD,
    I_MAIL,
    I_REFERENCE,
    I_MAILBOX,
    I_KIND,
    I_SENDER,
    I_FORM,
    I_ACTION,
    I_OUTCOME,
    I_STATE,
    I_HOLDER,
    I_HOLDER_NAME,
    I_VERSION,
    I_URGENT,
    I_RESTRICTED,
    I_RECEIVED,
    I_VIEWED,
    I_SETTLED,
    I_CLOSED,
    I_SEALED,
    I_NEWS,
    I_OUT_STATE
};

/* $1 account, $2 mailbox, $3 outcome, $4 state, $5 urgent, $6 holder; "" and 0 for any. */
#define WANTED                                                                                     \
    SPOOL_MAY_SEE " AND ($2 = '' OR i.mailbox = $2) AND ($3 = '' OR i.outcome = $3)"               \
                  " AND ($4 = '' OR i.state = $4) AND ($5 = 0 OR i.urgent = 1)"                    \
                  " AND ($6 = 0 OR i.holder = $6)"

void
spool_item_free(SpoolItem *item)
{
    if (item == NULL)
        return;
    g_free(item->reference);
    g_free(item->mailbox);
    g_free(item->kind);
    g_free(item->sender);
    g_free(item->form);
    g_free(item->reply_state);
    g_free(item->action);
    g_free(item->outcome);
    g_free(item->state);
    g_free(item->holder_name);
    g_free(item->from);
    g_free(item->subject);
    g_free(item->adult);
    g_free(item->address);
    g_free(item->message_id);
    g_free(item);
}

static void
free_item(gpointer item)
{
    spool_item_free(item);
}

static bool
shown_state(const char *word, char **out_shown, GError **error)
{
    SpoolOutState state;

    if (word != NULL && !spool_state_out_parse(word, &state, error))
        return false;
    *out_shown = g_strdup(word != NULL ? spool_state_out_shown(state) : "none");
    return true;
}

/* From, subject and adult.  Damage is shown and passed over, so that the other items are seen. */
static bool
open_shown(SpoolDb *db, const SpoolSqlRows *rows, SpoolItem *item, GError **error)
{
    g_auto(SpoolMailKey) key = {0};
    g_autoptr(GBytes) sealed = spool_sql_bytes(rows, I_SEALED);
    g_autofree char *place = g_strdup_printf("item.sealed %" G_GINT64_FORMAT, item->record_id);
    g_auto(GStrv) texts = NULL;
    g_autoptr(GError) problem = NULL;

    if (!spool_sql_is_null(rows, I_SEALED) &&
        (!spool_message_key(db, item->mail_id, &key, &problem) ||
         !spool_text_open(&key, place, sealed, 5, &texts, &problem))) {
        item->damaged = g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_CORRUPT) ||
                        g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_NOT_FOUND);
        if (!item->damaged) {
            g_propagate_error(error, g_steal_pointer(&problem));
            return false;
        }
    }
    item->from = g_strdup(texts != NULL ? texts[0] : "");
    item->subject = g_strdup(texts != NULL ? texts[1] : "");
    item->adult = g_strdup(texts != NULL ? texts[2] : "");
    item->address = g_strdup(texts != NULL ? texts[3] : "");
    item->message_id = g_strdup(texts != NULL ? texts[4] : "");
    return true;
}

static bool
read_item(SpoolDb *db, const SpoolSqlRows *rows, SpoolItem **out_item, GError **error)
{
    g_autoptr(SpoolItem) item = g_new0(SpoolItem, 1);

    item->record_id = spool_sql_int(rows, I_RECORD);
    item->mail_id = spool_sql_int(rows, I_MAIL);
    item->reference = g_strdup(spool_sql_text(rows, I_REFERENCE));
    item->mailbox = g_strdup(spool_sql_text(rows, I_MAILBOX));
    item->kind = g_strdup(spool_sql_text(rows, I_KIND));
    item->sender = g_strdup(spool_sql_text(rows, I_SENDER));
    item->form = g_strdup(spool_sql_text(rows, I_FORM));
    item->action = g_strdup(spool_sql_text(rows, I_ACTION));
    item->outcome = g_strdup(spool_sql_text(rows, I_OUTCOME));
    item->state = g_strdup(spool_sql_text(rows, I_STATE));
    item->holder = spool_sql_int(rows, I_HOLDER);
    item->holder_name = g_strdup(spool_sql_text(rows, I_HOLDER_NAME));
    item->version = (guint)spool_sql_int(rows, I_VERSION);
    item->urgent = spool_sql_int(rows, I_URGENT) != 0;
    item->restricted = spool_sql_int(rows, I_RESTRICTED) != 0;
    item->received = spool_sql_int(rows, I_RECEIVED);
    item->viewed = spool_sql_int(rows, I_VIEWED);
    item->settled = spool_sql_int(rows, I_SETTLED);
    item->closed = spool_sql_int(rows, I_CLOSED);
    item->news = spool_sql_int(rows, I_NEWS) != 0;
    if (!shown_state(spool_sql_text(rows, I_OUT_STATE), &item->reply_state, error) ||
        !open_shown(db, rows, item, error))
        return false;
    *out_item = g_steal_pointer(&item);
    return true;
}

/* Where a page ended: urgent, receipt and record, by which both orders go on. */
typedef struct {
    gint64 urgent, received, record_id;
} Key;

static bool
parse_key(const SpoolItemFilter *filter, bool newest, Key *out_key, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(filter->after != NULL ? filter->after : "", ".", 4);
    gint64 *const numbers[] = {&out_key->urgent, &out_key->received, &out_key->record_id};

    *out_key = newest ? (Key){0, G_MAXINT64, G_MAXINT64} : (Key){1, G_MININT64, G_MININT64};
    if (filter->after == NULL)
        return true;
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        if (g_strv_length(parts) != G_N_ELEMENTS(numbers) ||
            !g_ascii_string_to_signed(parts[i], 10, 0, G_MAXINT64, numbers[i], NULL))
            return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "no such page of items");
    return true;
}

static const char *const queue_text =
    ITEM "WHERE i.state <> 'closed' AND " WANTED
         " AND (i.urgent < $7 OR (i.urgent = $7 AND (i.received > $8"
         " OR (i.received = $8 AND i.record_id > $9))))"
         " ORDER BY i.urgent DESC, i.received, i.record_id LIMIT $10";
static const char *const newest_text = ITEM "WHERE " WANTED " AND $7 >= 0 AND (i.received < $8"
                                            " OR (i.received = $8 AND i.record_id < $9))"
                                            " ORDER BY i.received DESC, i.record_id DESC LIMIT $10";

static bool
query(SpoolDb *db, const SpoolItemFilter *filter, SpoolSqlRows *out_rows, GError **error)
{
    bool any = g_strcmp0(filter->state, "any") == 0;
    bool newest = any || g_strcmp0(filter->state, "closed") == 0;
    const char *state = any || filter->state == NULL ? "" : filter->state;
    Key key;

    return parse_key(filter, newest, &key, error) &&
           spool_sql_query(db->sql, newest ? newest_text : queue_text,
                           SQL_ARGS(SQL_INT(filter->account),
                                    SQL_TEXT(filter->mailbox != NULL ? filter->mailbox : ""),
                                    SQL_TEXT(filter->outcome != NULL ? filter->outcome : ""),
                                    SQL_TEXT(state), SQL_INT(filter->urgent),
                                    SQL_INT(filter->holder), SQL_INT(key.urgent),
                                    SQL_INT(key.received), SQL_INT(key.record_id),
                                    SQL_INT((gint64)filter->max + 1)),
                           out_rows, error);
}

/* One more than a page was asked for: it tells whether there is a next one. */
static char *
cut_page(GPtrArray *items, guint max)
{
    if (items->len <= max)
        return NULL;
    g_ptr_array_set_size(items, (gint)max);
    const SpoolItem *last = g_ptr_array_index(items, max - 1);

    return g_strdup_printf("%d.%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, last->urgent,
                           last->received, last->record_id);
}

bool
spool_item_list(SpoolDb *db, const SpoolItemFilter *filter, GPtrArray **out_items, char **out_after,
                GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(free_item);
    bool more = true;

    if (!query(db, filter, &rows, error))
        return false;
    while (more) {
        SpoolItem *item = NULL;

        if (!spool_sql_next(&rows, &more, error) || (more && !read_item(db, &rows, &item, error)))
            return false;
        if (more)
            g_ptr_array_add(items, item);
    }
    *out_after = cut_page(items, filter->max);
    *out_items = g_steal_pointer(&items);
    return true;
}

bool
spool_item_count_urgent(SpoolDb *db, gint64 account, guint *out_urgent, GError **error)
{
    SpoolSqlNumber urgent;

    if (!spool_sql_number(db->sql,
                          "SELECT COUNT(*) FROM (SELECT 1 FROM item i WHERE " SPOOL_MAY_SEE
                          " AND i.state <> 'closed' AND i.urgent = 1 LIMIT $2) x",
                          SQL_ARGS(SQL_INT(account), SQL_INT(COUNT_MAX)), &urgent, error))
        return false;
    *out_urgent = (guint)urgent.value;
    return true;
}

bool
spool_item_get(SpoolDb *db, gint64 record_id, gint64 account, SpoolItem **out_item, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false;

    if (!spool_sql_query(db->sql, ITEM "WHERE " SPOOL_MAY_SEE " AND i.record_id = $2",
                         SQL_ARGS(SQL_INT(account), SQL_INT(record_id)), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    if (!row)
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "there is no such item");
    return read_item(db, &rows, out_item, error);
}

bool
spool_item_find(SpoolDb *db, const char *ref, gint64 account, SpoolItem **out_item, GError **error)
{
    g_autofree char *reference = spool_reference_canonical(ref);
    g_autofree char *code = reference != NULL ? spool_reference_code(reference) : NULL;
    guint64 mail = 0;
    SpoolSqlNumber found;

    if (code == NULL && !g_ascii_string_to_unsigned(ref, 10, 1, G_MAXINT64, &mail, NULL))
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "there is no such item");
    if (!spool_sql_number(db->sql,
                          code != NULL ? "SELECT id FROM record WHERE code = $1"
                                       : "SELECT id FROM record WHERE mail_id = $1",
                          SQL_ARGS(code != NULL ? SQL_TEXT(code) : SQL_INT((gint64)mail)), &found,
                          error))
        return false;
    return spool_item_get(db, found.value, account, out_item, error);
}

bool
spool_item_viewed(SpoolDb *db, gint64 record_id, const SpoolAccount *account, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    g_autofree char *object = g_strdup_printf("record:%" G_GINT64_FORMAT, record_id);
    bool acts = (account->roles & (SPOOL_ROLE_REVIEWER | SPOOL_ROLE_MANAGER)) != 0;

    return spool_txn_begin(&txn, db, error) &&
           (!acts ||
            spool_sql_run(db->sql,
                          "UPDATE item SET viewed = COALESCE(viewed, $1), news = 0,"
                          " state = CASE WHEN state = 'new' THEN 'open' ELSE state END"
                          " WHERE record_id = $2",
                          SQL_ARGS(SQL_INT(spool_now()), SQL_INT(record_id)), NULL, error)) &&
           spool_audit_append(db, account->name, "viewed", object, NULL, error) &&
           spool_txn_commit(&txn, error);
}
