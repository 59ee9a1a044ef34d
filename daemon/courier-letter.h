/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/courier-letter.h - a reply on its way: its words, its envelope, and what became of it.
 *
 * Runs in:  courier.
 * Source:   doc/life-of-a-message.md, "Answer"
 */
#ifndef DAEMON_COURIER_LETTER_H
#define DAEMON_COURIER_LETTER_H

#include "daemon/courier.h"
#include "daemon/smtp.h"
#include "spool/outbox-mend.h"
#include "templates/calendar.h"
#include "templates/kit.h"

typedef struct {
    SpoolReply *reply;
    char *from;
    GBytes *bytes;       /* NULL: it could not be rendered, and problem says why */
    DaemonSmtpMail mail; /* borrows from all of these */
    bool agreed;         /* the relay waits for it */
    bool started;        /* that it may leave is committed */
    bool lost;           /* it has gone to another courier */
    bool relay;          /* problem is the relay's and not this letter's */
    char *response;      /* of the server, or NULL */
    GError *problem;     /* NULL: sent, once it is done */
} DaemonCourierLetter;

/* What letters are written with. */
typedef struct {
    TemplatesCalendar *calendar;
    TemplatesKit *kit;
} DaemonCourierPress;

/* Write a reply as it is to leave now.  reply: owned from now on. */
DaemonCourierLetter *daemon_courier_letter_new(const DaemonCourierWork *work,
                                               const DaemonCourierPress *press, SpoolReply *reply);
void daemon_courier_letter_free(DaemonCourierLetter *letter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonCourierLetter, daemon_courier_letter_free)

/* Commit, in the open transaction, what became of it; and log it.
 * relay_pause: microseconds until the relay is tried again.
 * A letter that another courier has meanwhile is left to it. */
bool daemon_courier_letter_finish(const DaemonCourierWork *work, const DaemonCourierLetter *letter,
                                  gint64 relay_pause, GError **error);
void daemon_courier_letter_log(const DaemonCourierWork *work, const DaemonCourierLetter *letter);

/* Whether an address is in a list of domains such as "gov.uk;nhs.net", or below one of them.
 * domains: NULL is none. */
bool daemon_courier_letter_is_in(const char *domains, const char *address);

#endif
