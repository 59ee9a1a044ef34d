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
#include "spool/search.h"

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
static const Word templates[] = {
    { "acknowledgement",    "Acknowledgement"                        },
    { "holding",            "We have it and will look at it"         },
    { "holding-blank",      "The form was empty"                     },
    { "holding-unopened",   "It could not be opened"                 },
    { "redirection",        "The way to the portal"                  },
    { "apology",            "Apology: it should not have been sent to the portal" },
    { "alert",              "Alert to whoever is on duty"            },
    { "consultation",       "Number of a consultation"               },
};
static const Word acts[] = {
    { "take",              "took it"                      },
    { "hand",              "handed it to somebody"        },
    { "correct",           "corrected an answer"          },
    { "accept",            "accepted it as a referral"    },
    { "redirect",          "sent it to the portal"        },
    { "hold",              "kept it to be decided"        },
    { "this-was-a-parent", "took back that it was sent to the portal" },
    { "link",              "linked it with another"       },
    { "split",             "made records of its forms"    },
    { "restrict",          "restricted who may see it"    },
    { "reply",             "sent a reply"                 },
    { "note",              "noted"                        },
    { "export",            "handed it to the case system" },
    { "close",             "closed it"                    },
    { "reopen",            "opened it again"              },
    { "urgent",            "marked it as urgent"          },
};
static const char *const hows[] = {
    [SPOOL_SEARCH_SAME]     = "the same name",
    [SPOOL_SEARCH_NICKNAME] = "a short or other form of the name",
    [SPOOL_SEARCH_NEAR]     = "one letter is different",
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

const char *
daemon_review_template(const char *word)
{
    return look_up(templates, G_N_ELEMENTS(templates), word);
}

const char *
daemon_review_act_words(const char *word)
{
    return look_up(acts, G_N_ELEMENTS(acts), word);
}

const char *
daemon_review_how(int how)
{
    return how >= 0 && how < (int)G_N_ELEMENTS(hows) ? hows[how] : "";
}
