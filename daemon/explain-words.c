/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/explain-words.c - what rules, outcomes and states mean, in plain words.
 *
 * For somebody who was not there: a parent's complaint, an auditor, a new colleague.
 * tests/check-deciding.sh fails when a rule or an evidence has no sentence.
 *
 * Runs in:  command line.
 * Source:   doc/deciding.md
 */
#include "config.h"

#include "daemon/explain-words.h"

typedef struct {
    const char *name;
    const char *words;
} Entry;

/* clang-format off */
static const Entry rules[] = {
    /* ---- daemon/rules-machine.c ---- */
    { "own-mail-back",               "One of our own mails came back; answering it would start a loop." },
    { "own-address",                 "It says that it comes from our own address: it is forged, or a colleague used the mailbox." },
    { "canary",                      "It is the mail that Postern sends to itself to see that mail comes in and goes out." },
    { "junk-folder",                 "It lay in the Junk folder, where a filter may have put it wrongly." },
    { "bounce-of-ours",              "A mail system returned a mail of ours, so whoever we wrote to may not have been told." },
    { "machine-with-story",          "It looks like a machine's mail, but holds something that a person may have written." },
    { "bounce",                      "A mail system returned a mail that is not ours." },
    { "report",                      "It is a receipt or a technical report that a machine sent." },
    { "auto-reply-to-ours",          "It is an automatic reply to a mail of ours, so that person may be away." },
    { "recall",                      "Somebody wants a mail back; nothing is deleted, and a person should know." },
    { "auto-reply",                  "It is an automatic reply, such as an out-of-office note." },
    { "calendar-answer",             "It is a calendar's answer to an invitation." },
    { "calendar",                    "It is a calendar entry, and none is accepted without a person." },
    { "newsletter",                  "It is a mailing list's own mail." },
    { "spam-by-gateway",             "The mail gateway says that it is spam, and nothing in it is about children." },
    { "spam-by-looks",               "Its words are those of spam, which proves nothing." },
    { "forged",                      "The mail gateway's checks failed: the sender may be somebody else." },
    { "answer-to-ours",              "It answers a mail of ours, so it was filed with that record." },
    { "quotes-our-reference",        "It quotes a reference of ours, so it was filed with that record." },
    { "same-mail-again",             "The same sender sent the same mail or the same answers before." },
    { "password-for-locked",         "It tells a password, and was filed with the mail of the same sender that could not be opened." },
    /* ---- daemon/consultation.c ---- */
    { "consultation-entered",        "A social worker entered whom they had advised, without a child's name." },
    { "split-by-staff",              "Staff made a record of its own of a further form in another mail." },
    /* ---- daemon/rules-referral.c ---- */
    { "encrypted",                   "It is encrypted, and nothing in it can be read by this program." },
    { "reader-died",                 "The program that reads mails failed on this one, so a person must open it." },
    { "through-a-list",              "It came through a mailing list, where an answer might go to everybody." },
    { "child-writes",                "A child seems to have written it; only a person may answer a child." },
    { "self-report",                 "The accused adult seems to have written it." },
    { "portal-copy",                 "It holds a print-out of a form that was submitted on the portal: look there for it." },
    { "other-business",              "It seems to be a complaint, a request for information, or from the press, a solicitor or a member of parliament." },
    { "other-service",               "The form in it is meant for another service." },
    { "forwarded",                   "It was sent on: who wrote it and who sent it may differ." },
    { "form-in-picture",             "There is a form in a picture, which a machine never reads with certainty." },
    { "agency-form-before-cutoff",   "It holds the form for professionals, and came before they had to use the portal." },
    { "professional-after-cutoff",   "A professional wrote it, after the day from which professionals must use the portal, and nothing speaks for a family." },
    { "parent-on-agency-form",       "A parent or carer used the form for professionals, which is not their fault." },
    { "agency-form-in-doubt",        "It holds the form for professionals, but it is not certain who wrote it." },
    { "foster-carer",                "The writer says that they are a foster carer, who is a carer and part of the workforce." },
    { "family-form-by-professional", "It holds the form for parents and carers, but a professional seems to have filled it in." },
    { "both-elsewhere",              "Home and workplace are probably both in another council's area." },
    { "family-form-read",            "The form for parents and carers was filled in and could be read." },
    /* ---- daemon/rules-rest.c ---- */
    { "locked",                      "A file in it has a password." },
    { "limit-reached",               "Something in it is too large or too deeply packed to be read." },
    { "damaged",                     "A file in it is cut short or broken." },
    { "unsupported",                 "A file in it has a format that this program does not read." },
    { "unknown-form",                "There is a form in it that this program does not know." },
    { "blank-form",                  "The form in it is not filled in." },
    { "link-only",                   "It links to a file kept elsewhere, and links are never followed." },
    { "evidence-only",               "It holds pictures, sound, film or a scan, which a person must look at." },
    { "other-language",              "It seems to be in another language than English." },
    { "password",                    "It tells a password and little else: look for the mail of the same sender that it opens." },
    { "asks-for-form",               "It asks where the form can be found." },
    { "no-form",                     "There is no form in it." },
    /* ---- daemon/policy.c ---- */
    { "from-somebody-else",          "It does not come from the address that sent the first mail." },
    { "home-elsewhere",              "The home is probably in another council's area." },
    { "work-elsewhere",              "The workplace is probably in another council's area." },
    { "names-elsewhere",             "Its words name a place in another council's area." },
    { "urgent",                      "Its words say that a child may be in danger now, or a child seems to write." },
    /* ---- daemon/reply-rules.c ---- */
    { "reply-null-sender",           "It was not answered, as it came from a mail system and not from a person's address." },
    { "reply-no-address",            "It was not answered, as it names no single address that is safe to write to." },
    { "reply-ourselves",             "It was not answered, as the answer would have come to ourselves." },
    { "reply-robot",                 "It was not answered, as its address is a robot's." },
    { "reply-machine",               "It was not answered, as it carries the mark of a machine or a list." },
    { "reply-not-a-person",          "It was not answered, as it does not look like a person's mail." },
    { "reply-forged",                "It was not answered, as the answer might have told the wrong person." },
    { "reply-elsewhere",             "It was not answered, as it asks for the answer at another organisation than it came from." },
    { "reply-unproved",              "It was not answered, as the mail gateway did not vouch for the sender." },
    { "reply-not-addressed",         "It was not answered, as it was not addressed to us." },
    { "reply-just-answered",         "It was not answered, as our last reply to this address had only just left." },
    { "reply-bounced-before",        "It was not answered, as our last reply to this address came back and nobody has dealt with that yet." },
    { "reply-too-many",              "It was not answered, as this address had had its limit of replies for a day." },
    { "reply-too-many-domain",       "It was not answered, as this organisation had had its limit of replies for an hour." },
    { "reply-breaker",               "It was not answered, as all replies were stopped for that hour." },
    /* ---- daemon/writer.c ---- */
    { "family-form",                 "For a family: the form for parents and carers." },
    { "relationship-family",         "For a family: the relationship given in the form." },
    { "relationship-other",          "For a family: an answer about the writer to a question that is in no form we know." },
    { "says-my-child",               "For a family: the writer speaks of their own child." },
    { "says-parent",                 "For a family: the writer says that they are a parent or relative." },
    { "home-life",                   "For a family: words about life at home." },
    { "parents-mailbox",             "For a family: it came to the parents' mailbox from an address that says nothing of work, and nothing else is known." },
    { "agency-form",                 "For a professional: the form for professionals." },
    { "relationship-professional",   "For a professional: the relationship given in the form." },
    { "form-job",                    "For a professional: a job given in the form." },
    { "form-organisation",           "For a professional: an organisation given in the form." },
    { "professional-signature",      "For a professional: the signature." },
    { "professional-role",           "For a professional: a role in the writer's own words." },
    { "professional-act",            "For a professional: words about what only an institution does." },
    { "professional-address",        "For a professional: the address of a public body." },
    { "professional-job",            "For a professional, weakly: a job, which parents have too." },
    { "solicitor",                   "For a professional, weakly: a solicitor's words." },
    { "member-of-parliament",        "For a professional, weakly: a member of parliament's words." },
    { "relationship-public",         "For a member of the public: the relationship given in the form." },
    { "says-public",                 "For a member of the public: the writer's own words." },
    { "press",                       "For a member of the public, weakly: a journalist's words." },
};

static const Entry actions[] = {
    { "accept",   "It was accepted as a referral." },
    { "redirect", "It was not taken as a referral; the writer was sent to the portal." },
    { "hold",     "It was held for a person to look at." },
    { "attach",   "It was filed with an earlier mail." },
    { "ignore",   "It was kept and filed, and nobody needs to look at it." },
};

static const Entry senders[] = {
    { "parent",       "The writer was taken for a parent, a carer or family." },
    { "professional", "The writer was taken for a professional." },
    { "public",       "The writer was taken for a member of the public, or the person concerned." },
};

static const Entry replies[] = {
    { "queued",    "It waits to be sent." },
    { "sent",      "It was sent, and nothing came back." },
    { "deferred",  "The mail server did not take it yet; it is tried again." },
    { "failed",    "It could not be sent: the writer has not been told." },
    { "uncertain", "It may or may not have been sent: the connection broke at the last moment." },
    { "bounced",   "It came back: the writer has not been told." },
};
/* clang-format on */

static const char *
look_up(const Entry *entries, gsize n, const char *name)
{
    for (gsize i = 0; name != NULL && i < n; i++)
        if (g_str_equal(entries[i].name, name))
            return entries[i].words;
    return NULL;
}

const char *
daemon_explain_words_rule(const char *rule)
{
    return look_up(rules, G_N_ELEMENTS(rules), rule);
}

const char *
daemon_explain_words_action(const char *action)
{
    const char *words = look_up(actions, G_N_ELEMENTS(actions), action);

    if (words != NULL)
        return words;
    return action == NULL ? "Nothing has been decided yet."
                          : "This version does not know what was done.";
}

const char *
daemon_explain_words_sender(const char *sender)
{
    const char *words = look_up(senders, G_N_ELEMENTS(senders), sender);

    return words != NULL ? words : "Who wrote it could not be told.";
}

const char *
daemon_explain_words_reply(const char *state)
{
    const char *words = look_up(replies, G_N_ELEMENTS(replies), state);

    return words != NULL ? words : "What became of it is not known.";
}
