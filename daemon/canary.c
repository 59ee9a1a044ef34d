/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/canary.c - the mail to ourselves that proves a mailbox's way in and out.
 *
 * Runs in:  courier (sends, raises the alarm), intake (sees it come back).
 * Source:   doc/imap.md, "The canary"; RFC 3834 section 5
 */
#include "config.h"

#include <string.h>

#include "daemon/canary.h"
#include "daemon/log.h"
#include "daemon/settings-mailbox.h"
#include "daemon/trouble.h"
#include "spool/canary.h"
#include "spool/lease.h"
#include "spool/mark.h"

#define LOOK_S 10
#define RETRY_S 60
#define MINUTE (60 * G_USEC_PER_SEC)

void
daemon_canary_init(DaemonCanary *canary, const DaemonSettings *settings, SpoolDb *db)
{
    *canary = (DaemonCanary){.settings = settings,
                             .db = db,
                             .since = spool_now(),
                             .told = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free),
                             .next = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free)};
}

void
daemon_canary_clear(DaemonCanary *canary)
{
    g_clear_pointer(&canary->told, g_hash_table_unref);
    g_clear_pointer(&canary->next, g_hash_table_unref);
}

/* Holds nothing that is not ours, so there is nothing to encode. */
static GBytes *
write_mail(const DaemonCanary *canary, const char *to, const char *message_id)
{
    g_autofree char *mark = spool_mark_new(canary->db, message_id);
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    /* Not g_date_time_format(): names of days and months must be English. */
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char *text = g_strdup_printf(
        "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\nFrom: <%s>\r\nTo: <%s>\r\n"
        "Subject: Postern canary\r\nMessage-ID: %s\r\nAuto-Submitted: auto-generated\r\n"
        "X-Auto-Response-Suppress: All\r\nX-Postern-Mark: %s\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=us-ascii\r\n\r\n"
        "Postern sends this mail to itself, to see that mail goes out and comes in.\r\n"
        "Nobody need do anything about it.\r\n",
        days[g_date_time_get_day_of_week(now) - 1], g_date_time_get_day_of_month(now),
        months[g_date_time_get_month(now) - 1], g_date_time_get_year(now),
        g_date_time_get_hour(now), g_date_time_get_minute(now), g_date_time_get_second(now),
        canary->settings->smtp_from_address, to, message_id, mark);

    return g_bytes_new_take(text, strlen(text));
}

static bool
send_it(const DaemonCanary *canary, const DaemonMailbox *mailbox, const char *message_id,
        GError **error)
{
    const char *to = mailbox->addresses->pdata[0];
    g_autofree char *id = g_strconcat("mailbox:", mailbox->name, NULL);
    g_autoptr(GBytes) mail = write_mail(canary, to, message_id);
    g_autoptr(GError) problem = NULL;
    gint64 *again = NULL;

    if (canary->send(canary->data, to, mail, &problem)) {
        daemon_log(DAEMON_LOG_NOTICE, id, "canary sent");
        return spool_canary_sent(canary->db, mailbox->name, error);
    }
    again = g_new(gint64, 1);
    *again = spool_now() + RETRY_S * G_USEC_PER_SEC;
    g_hash_table_insert(canary->next, mailbox->name, again);
    /* What a relay says may quote an address. */
    daemon_log(DAEMON_LOG_WARNING, id, "canary not-sent trouble=%s", daemon_trouble_word(problem));
    return true;
}

static bool
send_new(const DaemonCanary *canary, const DaemonMailbox *mailbox, const char *last, GError **error)
{
    g_autofree char *id = NULL;

    return spool_canary_begin(canary->db, mailbox->name, canary->settings->message_id_domain, last,
                              &id, error) &&
           (id == NULL || send_it(canary, mailbox, id, error));
}

/* Its time is over.  Told once for each; the trouble stays until one comes back. */
static bool
tell(const DaemonCanary *canary, const DaemonMailbox *mailbox, const SpoolCanary *lost,
     GError **error)
{
    g_autofree char *id = g_strconcat("mailbox:", mailbox->name, NULL);

    if (g_strcmp0(g_hash_table_lookup(canary->told, mailbox->name), lost->message_id) == 0)
        return true;
    g_hash_table_insert(canary->told, mailbox->name, g_strdup(lost->message_id));
    daemon_log(DAEMON_LOG_ALERT, id, "canary lost: %s; check the mailbox, the relay and Junk",
               lost->sent != 0 ? "the relay took it, and it did not come back"
                               : "the relay did not take it");
    return spool_trouble_note(canary->db, mailbox->name, DAEMON_TROUBLE_CANARY, NULL, error);
}

static bool
look_at(const DaemonCanary *canary, const DaemonMailbox *mailbox, GError **error)
{
    g_auto(SpoolCanary) last = {0};
    gint64 now = spool_now(), patience = mailbox->canary_patience * MINUTE;
    const gint64 *again = g_hash_table_lookup(canary->next, mailbox->name);
    bool under_way, late, elsewhere;

    /* Of several nodes only the one that has the mailbox sends, and tells. */
    if (!spool_lease_is_elsewhere(canary->db, mailbox->name, daemon_settings_node(canary->settings),
                                  &elsewhere, error))
        return false;
    if (elsewhere)
        return true;
    if (!spool_canary_get(canary->db, mailbox->name, &last, error))
        return false;
    under_way = last.message_id != NULL && last.back == 0;
    late = under_way && now > MAX(last.began, canary->since) + patience;
    if (late && !tell(canary, mailbox, &last, error))
        return false;
    if ((!under_way || late) && now >= last.began + mailbox->canary_interval * MINUTE)
        return send_new(canary, mailbox, last.message_id, error);
    /* Perhaps another node is just sending it. */
    if (under_way && last.sent == 0 &&
        now >= (again != NULL ? *again : last.began + RETRY_S * G_USEC_PER_SEC))
        return send_it(canary, mailbox, last.message_id, error);
    return true;
}

bool
daemon_canary_look(DaemonCanary *canary, GError **error)
{
    const GPtrArray *mailboxes = canary->settings->mailboxes;

    if (g_get_monotonic_time() < canary->look_at)
        return true;
    canary->look_at = g_get_monotonic_time() + LOOK_S * G_USEC_PER_SEC;
    for (guint i = 0; i < mailboxes->len; i++) {
        const DaemonMailbox *mailbox = mailboxes->pdata[i];

        if (mailbox->canary_interval > 0 && !look_at(canary, mailbox, error))
            return false;
    }
    return true;
}

static bool
note_junk(SpoolDb *db, const DaemonMailbox *junk, GError **error)
{
    gsize length = strlen(junk->name) - strlen(DAEMON_SETTINGS_JUNK);
    g_autofree char *name = g_strndup(junk->name, length);
    g_autofree char *id = g_strconcat("mailbox:", name, NULL);

    daemon_log(DAEMON_LOG_ALERT, id, "canary in Junk: people's mails may be there, too");
    return spool_trouble_note(db, name, DAEMON_TROUBLE_CANARY_JUNK, NULL, error);
}

bool
daemon_canary_back(SpoolDb *db, const DaemonMailbox *mailbox, const char *message_id,
                   GError **error)
{
    g_autofree char *id = g_strconcat("mailbox:", mailbox->name, NULL);
    bool known = false, lost = false, junk = false;

    if (mailbox->junk)
        return note_junk(db, mailbox, error);
    if (!spool_canary_back(db, mailbox->name, message_id, &known, error))
        return false;
    if (!known)
        return true;
    if (!spool_trouble_clear(db, mailbox->name, DAEMON_TROUBLE_CANARY, &lost, error) ||
        !spool_trouble_clear(db, mailbox->name, DAEMON_TROUBLE_CANARY_JUNK, &junk, error))
        return false;
    daemon_log(DAEMON_LOG_NOTICE, id, "canary back%s", lost || junk ? " right-again" : "");
    return true;
}
