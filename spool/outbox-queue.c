/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/outbox-queue.c - a mail of ours on its way into the outbox.
 *
 * Runs in:  intake, staff pages, command line.
 * Source:   doc/spool.md, "Replies"
 */
#include "config.h"

#include "spool/outbox.h"
#include "spool/private.h"
#include "spool/reference.h"

/* clang-format off */
static const struct {
    const char *reply; /* as the contract calls it */
    const char *word;  /* in the Message-ID */
} replies[] = {
    { "acknowledgement", "ack"   },
    { "apology",         "ack"   },
    { "redirection",     "redir" },
    { "holding",         "hold"  },
};
/* clang-format on */

const char *
spool_outbox_word(const char *reply)
{
    for (guint i = 0; i < G_N_ELEMENTS(replies); i++)
        if (g_strcmp0(replies[i].reply, reply) == 0)
            return replies[i].word;
    return NULL;
}

static bool
next_generation(SpoolDb *db, const SpoolLetter *letter, gint64 *out_generation, GError **error)
{
    SpoolSqlNumber last = {0};

    if (!letter->is_first &&
        !spool_sql_number(db->sql, "SELECT MAX(generation) FROM outbox WHERE record_id = $1",
                          SQL_ARGS(SQL_INT(letter->record_id)), &last, error))
        return false;
    *out_generation = last.value + 1;
    return true;
}

static bool
seal_letter(SpoolDb *db, const SpoolLetter *letter, gint64 generation, GBytes **out_sealed,
            GError **error)
{
    g_auto(SpoolMailKey) own = {0};
    const SpoolMailKey *key = letter->key != NULL ? letter->key : &own;
    g_autofree char *place = spool_outbox_place("sealed", generation);

    return (letter->key != NULL || spool_message_key(db, letter->mail_id, &own, error)) &&
           spool_text_seal(key, place,
                           SPOOL_TEXTS(letter->to, letter->in_reply_to, letter->params_json),
                           out_sealed, error);
}

/* Such as ack.7k3mq9tr.1@intake.example.org. */
static char *
outgoing_message_id(const SpoolLetter *letter, gint64 generation)
{
    g_autofree char *code = spool_reference_code(letter->reference);
    g_autofree char *id = g_strdup_printf("%s.%s.%" G_GINT64_FORMAT "@%s", letter->word, code,
                                          generation, letter->message_id_domain);

    return g_ascii_strdown(id, -1);
}

static bool
insert(SpoolDb *db, const SpoolLetter *letter, gint64 generation, gint64 *out_id, GError **error)
{
    g_autoptr(GBytes) address = spool_text_hash_address(db, letter->to);
    g_autoptr(GBytes) domain = spool_text_hash_domain(db, letter->domain);
    g_autofree char *message_id = outgoing_message_id(letter, generation);
    g_autoptr(GBytes) sealed = NULL;
    gint64 now = spool_now();
    SpoolSqlNumber id;

    if (!seal_letter(db, letter, generation, &sealed, error) ||
        !spool_sql_number(
            db->sql,
            "INSERT INTO outbox (record_id, mail_id, generation, state, due, queued,"
            " updated, template, message_id, address, domain, sealed, urgent)"
            " VALUES ($1, $2, $3, 'queued', $4, $5, $6, $7, $8, $9, $10, $11, $12)"
            " RETURNING id",
            SQL_ARGS(SQL_INT(letter->record_id), SQL_INT(letter->mail_id), SQL_INT(generation),
                     SQL_INT(letter->due != 0 ? letter->due : now), SQL_INT(now), SQL_INT(now),
                     SQL_TEXT(letter->template), SQL_TEXT(message_id), SQL_BYTES(address),
                     SQL_BYTES(domain), SQL_BYTES(sealed), SQL_INT(letter->urgent)),
            &id, error))
        return false;
    if (out_id != NULL)
        *out_id = id.value;
    return true;
}

bool
spool_outbox_queue(SpoolDb *db, const SpoolLetter *letter, gint64 *out_id, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    gint64 generation = 0;

    if (letter->reference == NULL)
        return spool_throw(error, SPOOL_ERROR_STATE, "a reply without a reference");
    return spool_txn_begin(&txn, db, error) && next_generation(db, letter, &generation, error) &&
           insert(db, letter, generation, out_id, error) && spool_txn_commit(&txn, error);
}
