/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/outbox-note.c - that the relay has taken a reply, before that is committed.
 *
 * Committing takes milliseconds, and waits for other writers. A courier that is killed in them
 * would have the next one send the reply again. So that it left is first written, without a sync,
 * into a file beside the database: there it outlives the process. After a power cut it may be
 * missing, or be of an earlier attempt, which has a smaller token: the reply is then uncertain, as
 * it was before.
 *
 * A database on a server has a table of notes instead, which all nodes see. A note in it waits
 * for no other writer, and the server makes it even if the courier dies while it is asked.
 *
 * Runs in:  courier.
 * Source:   doc/spool.md, "Replies"; RFC 1047
 */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "spool/outbox-mend.h"
#include "spool/private.h"

#define SLOTS 4096 /* more than can be on their way at once */

/* proof: keyed, so that nothing but a note of ours counts as one; over the Message-ID too, as
 * numbers come again when an older copy of the database is put back. */
typedef struct {
    gint64 reply, token;
    guint8 proof[SPOOL_CRYPT_HASH_LENGTH];
} Note;

static void
make_note(SpoolDb *db, gint64 reply, gint64 token, const char *message_id, Note *out_note)
{
    g_autofree char *text =
        g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s", reply, token, message_id);
    g_autoptr(GBytes) proof = spool_crypt_hash(db->keys, "sent-note", text, strlen(text));

    *out_note = (Note){.reply = reply, .token = token};
    memcpy(out_note->proof, g_bytes_get_data(proof, NULL), sizeof out_note->proof);
}

static off_t
slot_of(gint64 reply)
{
    return (off_t)((guint64)reply % SLOTS * sizeof(Note));
}

/* -1 where there is no file to be had: then there are no notes. */
static int
notes(SpoolDb *db)
{
    if (db->notes_fd < 0 && db->notes != NULL)
        db->notes_fd = open(db->notes, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    return db->notes_fd;
}

/* Outside of any transaction, and so without the lock of the writers. */
static void
note_in_table(SpoolDb *db, const SpoolReply *reply)
{
    /* Without the note all is as safe as it was. */
    (void)spool_sql_run(db->sql,
                        "INSERT INTO outbox_note (reply_id, token) VALUES ($1, $2)"
                        " ON CONFLICT (reply_id) DO UPDATE SET token = excluded.token",
                        SQL_ARGS(SQL_INT(reply->id), SQL_INT(reply->token)), NULL, NULL);
}

static bool
is_in_table(SpoolDb *db, gint64 reply, gint64 token, bool *out_noted, GError **error)
{
    SpoolSqlNumber one;

    if (!spool_sql_number(db->sql, "SELECT 1 FROM outbox_note WHERE reply_id = $1 AND token = $2",
                          SQL_ARGS(SQL_INT(reply), SQL_INT(token)), &one, error))
        return false;
    *out_noted = one.found;
    return true;
}

bool
spool_outbox_note_clear(SpoolDb *db, gint64 reply, GError **error)
{
    return db->notes != NULL ||
           spool_sql_run(db->sql, "DELETE FROM outbox_note WHERE reply_id = $1",
                         SQL_ARGS(SQL_INT(reply)), NULL, error);
}

void
spool_outbox_note_sent(SpoolDb *db, const SpoolReply *reply)
{
    int fd = notes(db);
    Note note;

    if (db->notes == NULL) {
        note_in_table(db, reply);
        return;
    }
    make_note(db, reply->id, reply->token, reply->message_id, &note);
    /* Without the note all is as safe as it was. */
    (void)!pwrite(fd, &note, sizeof note, slot_of(reply->id));
}

bool
spool_outbox_was_noted(SpoolDb *db, gint64 reply, gint64 token, bool *out_noted, GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    int fd = notes(db);
    bool row = false;
    Note wanted, found;

    if (db->notes == NULL)
        return is_in_table(db, reply, token, out_noted, error);
    if (!spool_sql_query(db->sql, "SELECT message_id FROM outbox WHERE id = $1",
                         SQL_ARGS(SQL_INT(reply)), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    g_assert(row);
    make_note(db, reply, token, spool_sql_text(&rows, 0), &wanted);
    *out_noted = pread(fd, &found, sizeof found, slot_of(reply)) == sizeof found &&
                 memcmp(&found, &wanted, sizeof found) == 0;
    return true;
}
