/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/state.h - the states of a mail and of a reply, and the legal moves between them.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md, "States"
 */
#ifndef SPOOL_STATE_H
#define SPOOL_STATE_H

#include "spool/error.h"

/* A mail. */
typedef enum {
    SPOOL_MAIL_RECEIVED, /* on disk, waits to be read */
    SPOOL_MAIL_READING,  /* claimed until its lease ends */
    SPOOL_MAIL_DECIDED,  /* decision on disk; a copy still lies in an inbox */
    SPOOL_MAIL_FILED,    /* and has left every inbox */
    SPOOL_N_MAIL_STATES
} SpoolMailState;

typedef enum {
    SPOOL_MAIL_CLAIMED,  /* by intake; again when the lease before ended */
    SPOOL_MAIL_RELEASED, /* given back without a decision */
    SPOOL_MAIL_COMMITTED,
    SPOOL_MAIL_LEFT, /* its last copy has left the inbox */
    SPOOL_MAIL_CAME_AGAIN,
    SPOOL_N_MAIL_EVENTS
} SpoolMailEvent;

/* A reply. */
typedef enum {
    SPOOL_OUT_QUEUED,
    SPOOL_OUT_CLAIMED,   /* by a courier that has not begun to send it */
    SPOOL_OUT_SENDING,   /* may have left already */
    SPOOL_OUT_DEFERRED,  /* waits for its next attempt */
    SPOOL_OUT_UNCERTAIN, /* may have left; waits for the one attempt more, or for a person */
    SPOOL_OUT_SENT,
    SPOOL_OUT_FAILED,
    SPOOL_OUT_BOUNCED, /* sent, and came back */
    SPOOL_N_OUT_STATES
} SpoolOutState;

typedef enum {
    SPOOL_OUT_TAKEN,
    SPOOL_OUT_STARTED,
    SPOOL_OUT_GIVEN_BACK, /* not begun: the courier stopped or died before */
    SPOOL_OUT_ACCEPTED,
    SPOOL_OUT_REFUSED_NOW,
    SPOOL_OUT_REFUSED,
    SPOOL_OUT_CAME_BACK,   /* a bounce says that it did not arrive */
    SPOOL_OUT_ANSWER_LOST, /* or the courier died while sending */
    SPOOL_N_OUT_EVENTS
} SpoolOutEvent;

/* Where an event leads.  Errors: SPOOL_ERROR_STATE when the table has no such move. */
bool spool_state_mail_next(SpoolMailState from, SpoolMailEvent event, SpoolMailState *out_to,
                           GError **error);
bool spool_state_out_next(SpoolOutState from, SpoolOutEvent event, SpoolOutState *out_to,
                          GError **error);

/* The words that stand for states in the database; static. */
const char *spool_state_mail_word(SpoolMailState state);
const char *spool_state_out_word(SpoolOutState state);

/* Errors: SPOOL_ERROR_CORRUPT when it is none of them. */
bool spool_state_mail_parse(const char *word, SpoolMailState *out_state, GError **error);
bool spool_state_out_parse(const char *word, SpoolOutState *out_state, GError **error);

/* What others are shown: queued, sent, deferred, failed, uncertain, bounced; static. */
const char *spool_state_out_shown(SpoolOutState state);

#endif
