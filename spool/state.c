/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/state.c - the states of a mail and of a reply, and the legal moves between them.
 *
 * A pair that has no row here is a bug in the caller and moves nothing.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md, "States"; RFC 1047
 */
#include "config.h"

#include "spool/state.h"

/* clang-format off */

/*                   .--- released ----.
 *                   v                 |
 *   put --> RECEIVED --- claimed --> READING --- committed --> DECIDED --- left --> FILED
 *                                     |   ^                      |  ^                 |
 *                                     '---'                      |  '-- came again ---'
 *                        claimed (the lease before ended)        '--' came again
 */
static const struct {
    SpoolMailState from;
    SpoolMailEvent event;
    SpoolMailState to;
} mail_moves[] = {
    { SPOOL_MAIL_RECEIVED, SPOOL_MAIL_CLAIMED,    SPOOL_MAIL_READING  },
    { SPOOL_MAIL_READING,  SPOOL_MAIL_CLAIMED,    SPOOL_MAIL_READING  },
    { SPOOL_MAIL_READING,  SPOOL_MAIL_RELEASED,   SPOOL_MAIL_RECEIVED },
    { SPOOL_MAIL_READING,  SPOOL_MAIL_COMMITTED,  SPOOL_MAIL_DECIDED  },
    { SPOOL_MAIL_DECIDED,  SPOOL_MAIL_LEFT,       SPOOL_MAIL_FILED    },
    { SPOOL_MAIL_DECIDED,  SPOOL_MAIL_CAME_AGAIN, SPOOL_MAIL_DECIDED  },
    { SPOOL_MAIL_FILED,    SPOOL_MAIL_CAME_AGAIN, SPOOL_MAIL_DECIDED  },
    { SPOOL_MAIL_RECEIVED, SPOOL_MAIL_CAME_AGAIN, SPOOL_MAIL_RECEIVED },
    { SPOOL_MAIL_READING,  SPOOL_MAIL_CAME_AGAIN, SPOOL_MAIL_READING  },
};

/*              .------ given back ------+-------------------.
 *              v                        |                   |
 *   commit --> QUEUED --- taken ---> CLAIMED --- started ---> SENDING --- accepted --> SENT
 *                                    ^ ^  |                   |  |  |
 *                                    | |  '-- refused --------)--)--+---- refused ---> FAILED
 *                              taken | |                      |  |
 *                             DEFERRED-)--- refused for now --'  |
 *                                      |    (CLAIMED as well)    |
 *                         taken (once) '--- UNCERTAIN <----------' answer lost
 *
 *   SENT, UNCERTAIN --- came back --> BOUNCED
 *
 * UNCERTAIN is taken once more at most (spool/outbox.c counts); after that a person must look.
 */
static const struct {
    SpoolOutState from;
    SpoolOutEvent event;
    SpoolOutState to;
} out_moves[] = {
    { SPOOL_OUT_QUEUED,    SPOOL_OUT_TAKEN,       SPOOL_OUT_CLAIMED   },
    { SPOOL_OUT_DEFERRED,  SPOOL_OUT_TAKEN,       SPOOL_OUT_CLAIMED   },
    { SPOOL_OUT_UNCERTAIN, SPOOL_OUT_TAKEN,       SPOOL_OUT_CLAIMED   },
    { SPOOL_OUT_CLAIMED,   SPOOL_OUT_STARTED,     SPOOL_OUT_SENDING   },
    { SPOOL_OUT_CLAIMED,   SPOOL_OUT_GIVEN_BACK,  SPOOL_OUT_QUEUED    },
    { SPOOL_OUT_CLAIMED,   SPOOL_OUT_REFUSED_NOW, SPOOL_OUT_DEFERRED  },
    { SPOOL_OUT_CLAIMED,   SPOOL_OUT_REFUSED,     SPOOL_OUT_FAILED    },
    { SPOOL_OUT_SENDING,   SPOOL_OUT_GIVEN_BACK,  SPOOL_OUT_QUEUED    },
    { SPOOL_OUT_SENDING,   SPOOL_OUT_ACCEPTED,    SPOOL_OUT_SENT      },
    { SPOOL_OUT_SENDING,   SPOOL_OUT_REFUSED_NOW, SPOOL_OUT_DEFERRED  },
    { SPOOL_OUT_SENDING,   SPOOL_OUT_REFUSED,     SPOOL_OUT_FAILED    },
    { SPOOL_OUT_SENDING,   SPOOL_OUT_ANSWER_LOST, SPOOL_OUT_UNCERTAIN },
    { SPOOL_OUT_SENT,      SPOOL_OUT_CAME_BACK,   SPOOL_OUT_BOUNCED   },
    { SPOOL_OUT_UNCERTAIN, SPOOL_OUT_CAME_BACK,   SPOOL_OUT_BOUNCED   },
};

static const char *const mail_words[SPOOL_N_MAIL_STATES] = {
    [SPOOL_MAIL_RECEIVED] = "received", [SPOOL_MAIL_READING] = "reading",
    [SPOOL_MAIL_DECIDED]  = "decided",  [SPOOL_MAIL_FILED]   = "filed",
};

static const char *const out_words[SPOOL_N_OUT_STATES] = {
    [SPOOL_OUT_QUEUED]   = "queued",   [SPOOL_OUT_CLAIMED]   = "claimed",
    [SPOOL_OUT_SENDING]  = "sending",  [SPOOL_OUT_DEFERRED]  = "deferred",
    [SPOOL_OUT_UNCERTAIN]= "uncertain",[SPOOL_OUT_SENT]      = "sent",
    [SPOOL_OUT_FAILED]   = "failed",   [SPOOL_OUT_BOUNCED]   = "bounced",
};
/* clang-format on */

bool
spool_state_mail_next(SpoolMailState from, SpoolMailEvent event, SpoolMailState *out_to,
                      GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(mail_moves); i++) {
        if (mail_moves[i].from == from && mail_moves[i].event == event) {
            *out_to = mail_moves[i].to;
            return true;
        }
    }
    return spool_throw(error, SPOOL_ERROR_STATE, "a mail that is %s allows no event %d",
                       spool_state_mail_word(from), (int)event);
}

bool
spool_state_out_next(SpoolOutState from, SpoolOutEvent event, SpoolOutState *out_to, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(out_moves); i++) {
        if (out_moves[i].from == from && out_moves[i].event == event) {
            *out_to = out_moves[i].to;
            return true;
        }
    }
    return spool_throw(error, SPOOL_ERROR_STATE, "a reply that is %s allows no event %d",
                       spool_state_out_word(from), (int)event);
}

const char *
spool_state_mail_word(SpoolMailState state)
{
    g_assert(state < SPOOL_N_MAIL_STATES);
    return mail_words[state];
}

const char *
spool_state_out_word(SpoolOutState state)
{
    g_assert(state < SPOOL_N_OUT_STATES);
    return out_words[state];
}

bool
spool_state_mail_parse(const char *word, SpoolMailState *out_state, GError **error)
{
    for (int state = 0; state < SPOOL_N_MAIL_STATES; state++) {
        if (g_strcmp0(word, mail_words[state]) == 0) {
            *out_state = (SpoolMailState)state;
            return true;
        }
    }
    return spool_throw(error, SPOOL_ERROR_CORRUPT, "no state of a mail: %s", word);
}

bool
spool_state_out_parse(const char *word, SpoolOutState *out_state, GError **error)
{
    for (int state = 0; state < SPOOL_N_OUT_STATES; state++) {
        if (g_strcmp0(word, out_words[state]) == 0) {
            *out_state = (SpoolOutState)state;
            return true;
        }
    }
    return spool_throw(error, SPOOL_ERROR_CORRUPT, "no state of a reply: %s", word);
}

const char *
spool_state_out_shown(SpoolOutState state)
{
    bool inside = state == SPOOL_OUT_CLAIMED || state == SPOOL_OUT_SENDING;

    return spool_state_out_word(inside ? SPOOL_OUT_QUEUED : state);
}
