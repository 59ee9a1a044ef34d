/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-words.c - fixed words of the spool as staff read them.
 *
 * Runs in:  review.
 * Source:   doc/review.md
 */
#include "config.h"

#include <glib.h>

#include "daemon/review-words.h"

typedef struct {
    const char *word, *shown;
} Word;

/* clang-format off */
static const Word outcomes[] = {
    { "",         "All"                    },
    { "accept",   "Referral"               },
    { "hold",     "To be decided"          },
    { "redirect", "Sent to the portal"     },
    { "attach",   "Filed with another"     },
    { "ignore",   "Not for the service"    },
};
static const Word states[] = {
    { "",         "All that wait"          },
    { "new",      "New"                    },
    { "open",     "Looked at"              },
    { "waiting",  "Waiting for somebody"   },
    { "closed",   "Closed"                 },
    { "any",      "Everything"             },
};
static const Word reply_states[] = {
    { "none",      "No reply"              },
    { "queued",    "About to be sent"      },
    { "deferred",  "Being tried again"     },
    { "sent",      "Sent"                  },
    { "failed",    "Could not be sent"     },
    { "uncertain", "May not have arrived"  },
    { "bounced",   "Came back"             },
};
/* clang-format on */

static const char *
look_up(const Word *words, gsize n, const char *word)
{
    for (gsize i = 0; i < n; i++)
        if (g_strcmp0(words[i].word, word) == 0)
            return words[i].shown;
    return word != NULL ? word : "";
}

const char *
daemon_review_outcome(const char *word)
{
    return look_up(outcomes, G_N_ELEMENTS(outcomes), word);
}

const char *
daemon_review_state(const char *word)
{
    return look_up(states, G_N_ELEMENTS(states), word);
}

const char *
daemon_review_reply_state(const char *word)
{
    return look_up(reply_states, G_N_ELEMENTS(reply_states), word);
}
