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
#include "spool/search-parts.h"
#include "spool/task.h"

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
    { "unrestrict",        "let everybody see it again"   },
    { "reply",             "sent a reply"                 },
    { "note",              "noted"                        },
    { "export",            "handed it to the case system" },
    { "close",             "closed it"                    },
    { "reopen",            "opened it again"              },
    { "urgent",            "marked it as urgent"          },
};
static const Word mail_kinds[] = {
    { "person",       "Written by a person"           },
    { "auto-reply",   "Automatic answer"              },
    { "bounce",       "Returned mail"                 },
    { "list",         "Newsletter or list"            },
    { "calendar",     "Calendar"                      },
    { "report",       "Report of a machine"           },
    { "spam",         "Spam"                          },
    { "encrypted",    "Encrypted"                     },
    { "consultation", "Consultation entered by staff" },
};
static const Word tasks[] = {
    { SPOOL_TASK_NOT_TOLD,      "The person who wrote has not been told"  },
    { SPOOL_TASK_DUTY_NOT_TOLD, "Whoever is on duty has not been alerted" },
    { SPOOL_TASK_NOT_EXPORTED,  "The case system has not got it"          },
    { SPOOL_TASK_BREAKER,       "Too many replies in an hour"             },
};
static const Word todos[] = {
    { SPOOL_TASK_NOT_TOLD,      "Ring or write to them, then say here what you did." },
    { SPOOL_TASK_DUTY_NOT_TOLD, "Look at this mail now. Then say here what you did." },
    { SPOOL_TASK_NOT_EXPORTED,
      "Enter it in the case system by hand, or have it put right and hand it over again." },
    { SPOOL_TASK_BREAKER,
      "Nobody was answered for the rest of that hour. Look at the mails of that hour in the queue, "
      "and answer those who wait." },
};
static const Word handovers[] = {
    { "queued",  "About to be sent" },
    { "sending", "Being sent"       },
    { "done",    "Arrived"          },
    { "failed",  "Did not arrive"   },
};
static const Word audit_acts[] = {
    { "viewed",        "looked at it"                },
    { "searched",      "searched"                    },
    { "exported",      "took a copy out"             },
    { "signed-in",     "somebody signed in"          },
    { "decided",       "decided by machine"          },
    { "kept",          "a mail was kept"             },
    { "downloaded",    "took the mail out"           },
    { "account-made",  "made an account"             },
    { "password-set",  "set a password"              },
    { "second-factor-set", "set up a second factor"  },
    { "entered",       "entered it"                  },
    { "corrected",     "corrected an answer"         },
    { "uncertain",     "a reply may not have arrived" },
    { "sent",          "a reply was sent"            },
    { "deferred",      "a reply is tried again"      },
    { "bounced",       "a reply came back"           },
    { "task-opened",   "a task for a person"         },
    { "task-closed",   "a task was done"             },
    { "delivered",     "the case system took it"     },
    { "not-delivered", "the case system did not take it" },
    { "failed",        "a reply could not be sent"   },
    { "expired",       "a reply was given up"        },
    { "damaged",       "a reply could not be opened" },
    { "came-again",    "a mail came again"           },
    { "number-reused", "another mail came under an old number" },
    { "mailbox-started", "began to look at the mailbox" },
    { "taken-over",    "took over from a node that was gone" },
    { "sign-in-wrong", "a wrong password or code"    },
    { "account-locked",   "locked after wrong tries" },
    { "account-unlocked", "unlocked an account"      },
    { "account-changed",  "changed an account"       },
    { "second-factor-reset", "took a second factor away" },
};
/* How a part that is no name was met: there is only one way. */
static const char *const kinds[] = {
    [SPOOL_PART_NAME] = "the same name or word", [SPOOL_PART_WORD] = "the same word",
    [SPOOL_PART_DATE] = "the same date",         [SPOOL_PART_POSTCODE] = "the same post code",
    [SPOOL_PART_PHONE] = "the same number",      [SPOOL_PART_MAIL] = "the same e-mail address",
};
static const char *const whose[] = {
    [SPOOL_SEARCH_ANYBODY] = "anybody",      [SPOOL_SEARCH_ADULT] = "the adult concerned",
    [SPOOL_SEARCH_CHILD] = "a child",        [SPOOL_SEARCH_REFERRER] = "who wrote to us",
    [SPOOL_SEARCH_OTHER] = "somebody else, or what staff wrote",
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

const char *
daemon_review_task(const char *what)
{
    return look_up(tasks, G_N_ELEMENTS(tasks), what);
}

const char *
daemon_review_task_todo(const char *what)
{
    return look_up(todos, G_N_ELEMENTS(todos), what);
}

const char *
daemon_review_handover_state(const char *word)
{
    return look_up(handovers, G_N_ELEMENTS(handovers), word);
}

const char *
daemon_review_audit_act(const char *word)
{
    const char *shown = look_up(audit_acts, G_N_ELEMENTS(audit_acts), word);

    return shown != word ? shown : daemon_review_act_words(word);
}

const char *
daemon_review_met(int kind, guint how)
{
    if (how != SPOOL_SEARCH_SAME)
        return daemon_review_how((int)how);
    return kind >= 0 && kind < (int)G_N_ELEMENTS(kinds) ? kinds[kind] : "";
}

const char *
daemon_review_whose(int role)
{
    return role >= 0 && role < (int)G_N_ELEMENTS(whose) ? whose[role] : "";
}

const char *
daemon_review_kind(const char *word)
{
    return look_up(mail_kinds, G_N_ELEMENTS(mail_kinds), word);
}
