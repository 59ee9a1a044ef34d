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
 * Several replies may be started by one commit. So that those which had not left yet are not taken
 * for uncertain, that one is given to the relay is noted first, in the same way; without such a
 * note it has not left, if the notes are of a courier of this very boot: a power cut may lose them.
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
#include "spool/outbox-note.h"
#include "spool/private.h"

#define SLOTS 4096 /* more than can be on their way at once */
#define BOOT_ID "/proc/sys/kernel/random/boot_id"
#define BOOT_LENGTH 48

/* In the file: what is sent, what is given, and the boot whose notes of that are complete. */
typedef enum { SENT, GIVEN } Kind;

/* proof: keyed, so that nothing but a note of ours counts as one; over the Message-ID too, as
 * numbers come again when an older copy of the database is put back. */
typedef struct {
    gint64 reply, token;
    guint8 proof[SPOOL_CRYPT_HASH_LENGTH];
} Note;

static void
make_note(SpoolDb *db, Kind kind, const SpoolReply *reply, Note *out_note)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s",
                                            reply->id, reply->token, reply->message_id);
    g_autoptr(GBytes) proof =
        spool_crypt_hash(db->keys, kind == SENT ? "sent-note" : "given-note", text, strlen(text));

    *out_note = (Note){.reply = reply->id, .token = reply->token};
    memcpy(out_note->proof, g_bytes_get_data(proof, NULL), sizeof out_note->proof);
}

static off_t
slot_of(Kind kind, gint64 reply)
{
    return (off_t)((kind * SLOTS + (guint64)reply % SLOTS) * sizeof(Note));
}

static off_t
boot_slot(void)
{
    return (off_t)(2 * SLOTS * sizeof(Note));
}

/* Zeros when it cannot be known. */
static void
read_boot(char out[BOOT_LENGTH])
{
    g_autofree char *text = NULL;

    memset(out, 0, BOOT_LENGTH);
    if (g_file_get_contents(BOOT_ID, &text, NULL, NULL))
        g_strlcpy(out, g_strchomp(text), BOOT_LENGTH);
}

/* Whether the notes that are there tell what was not given. */
static bool
are_of_this_boot(int fd)
{
    char now[BOOT_LENGTH], before[BOOT_LENGTH] = {0};

    read_boot(now);
    return now[0] != '\0' && pread(fd, before, sizeof before, boot_slot()) == sizeof before &&
           memcmp(before, now, sizeof now) == 0;
}

/* -1 where there is no file to be had: then there are no notes. */
static int
notes(SpoolDb *db)
{
    if (db->notes_fd >= 0 || db->notes == NULL)
        return db->notes_fd;
    db->notes_fd = open(db->notes, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (db->notes_fd >= 0)
        db->notes_before = are_of_this_boot(db->notes_fd);
    return db->notes_fd;
}

void
spool_outbox_note_begin(SpoolDb *db)
{
    int fd = notes(db);
    char now[BOOT_LENGTH];

    read_boot(now);
    db->notes_whole =
        fd >= 0 && now[0] != '\0' && pwrite(fd, now, sizeof now, boot_slot()) == sizeof now;
}

bool
spool_outbox_notes_tell(SpoolDb *db)
{
    return notes(db) >= 0 && db->notes_whole;
}

/* Outside of any transaction, and so without the lock of the writers.  When the connection is found
 * lost the second attempt makes it anew. */
static void
note_in_table(SpoolDb *db, const SpoolReply *reply)
{
    bool noted = false;

    /* Without the note all is as safe as it was. */
    for (guint tries = 0; tries < 2 && !noted; tries++)
        noted = spool_sql_run(db->sql,
                              "INSERT INTO outbox_note (reply_id, token) VALUES ($1, $2)"
                              " ON CONFLICT (reply_id) DO UPDATE SET token = excluded.token"
                              " WHERE outbox_note.token < excluded.token",
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

static bool
write_note(SpoolDb *db, Kind kind, const SpoolReply *reply)
{
    int fd = notes(db);
    Note note;

    make_note(db, kind, reply, &note);
    return pwrite(fd, &note, sizeof note, slot_of(kind, reply->id)) == sizeof note;
}

void
spool_outbox_note_given(SpoolDb *db, const SpoolReply *reply)
{
    static const char nothing[BOOT_LENGTH];

    if (!spool_outbox_notes_tell(db) || write_note(db, GIVEN, reply))
        return;
    /* What is not noted must not be taken for not given. */
    db->notes_whole = false;
    (void)!pwrite(db->notes_fd, nothing, sizeof nothing, boot_slot());
}

void
spool_outbox_note_sent(SpoolDb *db, const SpoolReply *reply)
{
    /* Without the note all is as safe as it was. */
    if (db->notes == NULL)
        note_in_table(db, reply);
    else
        (void)write_note(db, SENT, reply);
}

static bool
has_note(SpoolDb *db, Kind kind, const SpoolReply *reply)
{
    Note wanted, found;

    make_note(db, kind, reply, &wanted);
    return pread(db->notes_fd, &found, sizeof found, slot_of(kind, reply->id)) == sizeof found &&
           memcmp(&found, &wanted, sizeof found) == 0;
}

bool
spool_outbox_was_noted(SpoolDb *db, gint64 reply, gint64 token, SpoolOutboxNoted *out_noted,
                       GError **error)
{
    g_auto(SpoolSqlRows) rows = SPOOL_SQL_ROWS_INIT;
    bool row = false, sent = false;

    if (db->notes == NULL) {
        if (!is_in_table(db, reply, token, &sent, error))
            return false;
        *out_noted = sent ? SPOOL_NOTED_SENT : SPOOL_NOTED_NOTHING;
        return true;
    }
    if (!spool_sql_query(db->sql, "SELECT message_id FROM outbox WHERE id = $1",
                         SQL_ARGS(SQL_INT(reply)), &rows, error) ||
        !spool_sql_next(&rows, &row, error))
        return false;
    g_assert(row);
    const SpoolReply wanted = {
        .id = reply, .token = token, .message_id = (char *)spool_sql_text(&rows, 0)};

    *out_noted = SPOOL_NOTED_NOTHING;
    if (notes(db) >= 0 && has_note(db, SENT, &wanted))
        *out_noted = SPOOL_NOTED_SENT;
    else if (db->notes_before && !has_note(db, GIVEN, &wanted))
        *out_noted = SPOOL_NOTED_NOT_GIVEN;
    return true;
}
