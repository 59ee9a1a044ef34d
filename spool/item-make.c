/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/item-make.c - the item that a decision becomes for staff.
 *
 * Runs in:  intake.
 * Source:   doc/review.md, "Items"
 */
#include "config.h"

#include <string.h>

#include "spool/private.h"
#include "spool/search.h"

/* Bytes of each text in a list: more would not be shown. */
#define SHOWN_MAX 200u

static char *
shorten(const char *text)
{
    if (text == NULL)
        return g_strdup("");
    gsize length = strnlen(text, SHOWN_MAX);
    const char *end = text + length;

    if (*end != '\0')
        end = g_utf8_find_prev_char(text, end);
    return g_strndup(text, end != NULL ? (gsize)(end - text) : 0);
}

static const char *
adult_of(const SpoolDecision *decision)
{
    for (guint i = 0; decision->fields != NULL && i < decision->fields->len; i++) {
        const SpoolField *field = g_ptr_array_index(decision->fields, i);

        if (g_strcmp0(field->key, "adult.name") == 0)
            return field->value;
    }
    return "";
}

/* What its row in a list shows: from whom, subject, adult, address, Message-ID. */
static bool
seal(const SpoolMailKey *key, gint64 record_id, SpoolTexts shown, GBytes **out_sealed,
     GError **error)
{
    g_autofree char *place = g_strdup_printf("item.sealed %" G_GINT64_FORMAT, record_id);

    return spool_text_seal(key, place, shown, out_sealed, error);
}

/* What nobody needs to act upon is closed from the start, and found on pages of its own. */
static const char *
first_state(const SpoolDecision *decision)
{
    /* A consultation was over when it was entered. */
    bool waits =
        (g_strcmp0(decision->action, "accept") == 0 && g_strcmp0(decision->prefix, "CON") != 0) ||
        g_strcmp0(decision->action, "hold") == 0;

    return waits || decision->urgent ? "new" : "closed";
}

/* A mail that is filed with a record brings that one back to whoever closed it, and an urgent one
 * lifts it: nothing lowers it again. */
static bool
wake_root(SpoolDb *db, gint64 record_id, bool urgent, GError **error)
{
    return spool_sql_run(db->sql,
                         "UPDATE item SET news = 1, version = version + 1,"
                         " state = CASE WHEN state = 'closed' THEN 'open' ELSE state END,"
                         " urgent = CASE WHEN $1 = 1 THEN 1 ELSE urgent END"
                         " WHERE record_id ="
                         " (SELECT attached_to FROM record WHERE id = $2)",
                         SQL_ARGS(SQL_INT(urgent), SQL_INT(record_id)), NULL, error);
}

bool
spool_item_make(SpoolDb *db, const SpoolItemNew *item, const SpoolDecision *decision,
                GError **error)
{
    g_autofree char *from = shorten(decision->shown_from);
    g_autofree char *subject = shorten(decision->subject);
    g_autofree char *adult = shorten(adult_of(decision));
    const char *address = decision->from_address, *message_id = decision->message_id;
    g_autoptr(GBytes) sealed = NULL;
    const char *state = first_state(decision);

    if (g_strcmp0(decision->action, "attach") == 0) {
        state = "closed";
        if (!wake_root(db, item->record_id, decision->urgent, error))
            return false;
    }
    spool_search_words_add(item->words, "sender.name", from);
    spool_search_words_add(item->words, "sender.email", address);
    return seal(item->key, item->record_id, SPOOL_TEXTS(from, subject, adult, address, message_id),
                &sealed, error) &&
           spool_sql_run(db->sql,
                         "INSERT INTO item (record_id, mailbox, received, urgent, outcome, state,"
                         " sealed) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                         SQL_ARGS(SQL_INT(item->record_id), SQL_TEXT(item->mailbox),
                                  SQL_INT(item->received), SQL_INT(decision->urgent),
                                  SQL_TEXT(decision->action), SQL_TEXT(state), SQL_BYTES(sealed)),
                         NULL, error);
}
