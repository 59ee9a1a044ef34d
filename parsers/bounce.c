/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/bounce.c - what a bounce says of the mail that it returns.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   RFC 3464 section 2.3; RFC 3463 section 2
 */
#include "config.h"

#include <string.h>

#include "parsers/bounce-recipient.h"
#include "parsers/bounce.h"
#include "parsers/kind-marks.h"

static const char delayed_words[] =
    "\\b(delayed|still being retried|will (keep|continue) (on )?trying|will be retried|"
    "not yet been delivered|(this is )?a warning( message)? only|do not need to resend)\\b";

/* The group of the first match, or NULL; the caller frees. */
static char *
first_match(const char *pattern, const char *text)
{
    gsize at = 0;

    return parsers_kind_marks_next(pattern, text, &at);
}

/* Several recipients may each have an action; ours has one. */
static bool
is_delayed(const ParsersFindings *findings, const ParsersBounceWords *words)
{
    if (parsers_kind_marks_match("^Action:\\s*failed", words->report))
        return false;
    if (parsers_kind_marks_match("^Action:\\s*delayed", words->report))
        return true;
    return parsers_kind_marks_match("\\b(delay(ed)?|warning)\\b", findings->subject) &&
           parsers_kind_marks_match(delayed_words, words->notice);
}

/* Codes that say little: 5.0.0 is nothing, 5.1.0 "something about the address", and 4.4.7 that it
 * took too long, whatever it was that took so long. */
static bool
is_vague(const char *code)
{
    return g_str_has_suffix(code, ".0.0") || g_str_has_suffix(code, ".1.0") ||
           strcmp(code, "4.4.7") == 0;
}

static const char reported_code[] = "^Status:\\s*([245]\\.\\d{1,3}\\.\\d{1,3})\\b";
static const char telling_code[] = "(?<![\\d.])((?!4\\.4\\.7\\b)[45]\\.(?!0\\.0\\b|1\\.0\\b)"
                                   "\\d{1,3}\\.\\d{1,3})(?![\\d.]*\\d)";
static const char vague_code[] = "(?<![\\d.])([45]\\.1\\.0|4\\.4\\.7)(?![\\d.]*\\d)";
static const char empty_code[] = "(?<![\\d.])([45]\\.0\\.0)(?![\\d.]*\\d)";

/* The code that says most; the caller frees.  Some servers write "5.0.0" into Status, and what they
 * know into Diagnostic-Code. */
static char *
status_code(const ParsersBounceWords *words)
{
    const char *const patterns[] = {telling_code, vague_code, empty_code};
    g_autofree char *code = first_match(reported_code, words->report);
    char *better = NULL;

    if (code != NULL && !is_vague(code))
        return g_steal_pointer(&code);
    for (gsize i = 0; i < G_N_ELEMENTS(patterns) && better == NULL; i++) {
        better = first_match(patterns[i], words->report);
        if (better == NULL)
            better = first_match(patterns[i], words->notice);
    }
    return better != NULL ? better : g_steal_pointer(&code);
}

/* ---- hard or soft ---- */

/* clang-format off */

/* The mailbox is there and full, or the server took the address and then refused the mail: that
 * holds whatever else is said. */
static const char full_words[] =
    "\\b(mailbox|inbox|mail ?box|disk|storage|account|user)\\W+(\\w+\\W+){0,4}?(full|over\\W?quota|quota|exceed\\w*|space|limit)\\b|"
    "\\b(over|exceed\\w*|out of) (\\w+ )?(quota|storage|disk space|(the )?size)|\\bquota (exceeded|full)|"
    "insufficient (system )?(storage|disk|space)|in reply to end of data|spamhaus|access denied";

/* It takes none of this kind, from this server or at this time. */
static const char soft_words[] =
    "\\bspam\\b|\\bblack ?list|block ?list|\\bblocked\\b|reputation|\\bdnsbl\\b|\\brbl\\b|\\bspf\\b|\\bdkim\\b|\\bdmarc\\b|\\bvirus|"
    "too (large|big|many)|suspended|deactivated|disabled|greylist|try again later|timed? ?out|connection (refused|timed|reset|lost)|"
    "retry time(out)? (exceeded|not reached)|(delivery|time) (time )?expired|relay(ing)? (access )?denied|authenticat|policy|"
    "tls (is )?required|\\b(helo|ehlo)\\b|my name was rejected";

/* Exchange Online says so of an address that is not in its directory, below "Access denied"; and a
 * server that answers 450 so as not to tell at once has still said who is not there. */
static const char no_such_words[] = "recipient\\s+address\\s+rejected|user\\s+unknown";

/* There is no such host, or it takes no mail at all. */
static const char host_words[] =
    "\\b(unknown|no such|invalid|non-?exist\\w*|unrouteable|bad|illegal)\\W+(mail )?(host|domain|destination)\\b|"
    "\\b(host|domain)\\b[^\\n]{0,80}?\\W((is |was |does |could |can)?(not|n't) (be )?(exist|found|valid|resolve\\w*)|unknown|invalid)|"
    "couldn't find (any )?host|name or service not known|unrouteable|null ?mx|does not accept mail|no mx\\b|has (moved|left)|"
    "domain is not reachable|no smtp service";

/* There is no such person there. */
static const char user_words[] =
    "\\b(unknown|no such|no valid|invalid|non-?exist\\w*|undefined|bad|illegal|incorrect)\\W+(\\w+\\W+){0,2}?"
    "(user(id)?|recipient|address|mailbox|account|person|local[- ]part)s?\\b|"
    "\\b(user|recipient|address|mailbox|account|e-?mail|alias|name|addressee|person)\\b[^\\n]{0,80}?\\W"
    "((is |was |has |does |do |could |can)?(not|n't|no longer) (\\w+ ){0,2}?(exist|found|known|valid|be found|recogni\\w+|listed|"
    "active|on this|here|a known|have an? (account|mailbox))|unknown|invalid|isn't in)|"
    "\\b(does not|doesn't|did not|no longer) exist|\\bnot (a |our )?(known|valid|customer)|\\bno (mailbox|account)|"
    "doesn't have an? |\\bnot listed in|couldn't be found|wasn't found|unable to find|"
    "check (if|that|whether) (the )?address is correct";
/* clang-format on */

typedef enum { SAYS_NOTHING, SAYS_SOFT, SAYS_HARD } Says;

static Says
says(const char *text)
{
    if (parsers_kind_marks_match(soft_words, text))
        return SAYS_SOFT;
    if (parsers_kind_marks_match(host_words, text) || parsers_kind_marks_match(user_words, text))
        return SAYS_HARD;
    return SAYS_NOTHING;
}

/* Is it the address that is wrong?  Then nobody there will ever read a mail of ours.  What the
 * other server said counts first, then its code, then the words that ours made of it. */
static bool
is_hard(const ParsersBounceWords *words, const char *code)
{
    Says report = says(words->report), notice = says(words->notice);

    if (code != NULL && parsers_kind_marks_match("^(5\\.4\\.1|4\\.1\\.1)$", code) &&
        parsers_kind_marks_match("^Action:\\s*failed", words->report) &&
        parsers_kind_marks_match(no_such_words, words->report))
        return true;
    /* 4 may yet change, and 5.1.7 and 5.1.8 are about the sender's address. */
    if (code != NULL && parsers_kind_marks_match("^(4|5\\.1\\.[78]$)", code))
        return false;
    if (parsers_kind_marks_match(full_words, words->report) ||
        parsers_kind_marks_match(full_words, words->notice))
        return false;
    if (report != SAYS_NOTHING)
        return report == SAYS_HARD;
    if (code != NULL && parsers_kind_marks_match("^5\\.(1\\.([1236]|10)|4\\.4)$", code))
        return notice != SAYS_SOFT;
    return notice == SAYS_HARD;
}

void
parsers_bounce_note(ParsersFindings *findings, const ParsersMime *mime)
{
    g_auto(ParsersBounceWords) words = {0};
    g_autoptr(GPtrArray) recipients = NULL;
    g_autofree char *code = NULL;

    parsers_bounce_words_take(findings, mime, &words);
    recipients = parsers_bounce_recipient_find(findings, mime, &words);
    code = status_code(&words);
    if (is_delayed(findings, &words))
        parsers_findings_add_signal(findings, "bounce-delayed", "it is still being tried");
    if (code != NULL)
        parsers_findings_add_signal(findings, "bounce-status", code);
    if (is_hard(&words, code))
        parsers_findings_add_signal(findings, "bounce-hard", "the address takes no mail");
    for (guint i = 0; i < recipients->len; i++)
        parsers_findings_add_signal(findings, "bounce-recipient", recipients->pdata[i]);
}

void
parsers_bounce_warm_up(void)
{
    const char *const patterns[] = {delayed_words, reported_code, telling_code,  vague_code,
                                    empty_code,    full_words,    no_such_words, soft_words,
                                    host_words,    user_words};

    for (gsize i = 0; i < G_N_ELEMENTS(patterns); i++)
        parsers_kind_marks_warm_up(patterns[i]);
    parsers_bounce_words_warm_up();
    parsers_bounce_recipient_warm_up();
}
