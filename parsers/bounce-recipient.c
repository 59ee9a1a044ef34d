/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/bounce-recipient.c - to whom the mail did not go that a bounce returns.
 *
 * What is found is evidence for a person: a reply of ours is found again by its
 * Message-ID or bounce address, never by an address that a bounce names.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   RFC 3464 section 2.3
 */
#include "config.h"

#include <string.h>

#include "parsers/bounce-recipient.h"
#include "parsers/kind-marks.h"

#define ADDRESS "[\\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9][a-z0-9.-]{0,250}\\.[a-z]{2,24}"

/* In a report nothing else can stand there; an old route, "@relay:name@host", is no address. */
#define REPORTED "[^\\s<>;:,@'\"]{1,64}@[^\\s<>;:,@'\"]{1,253}"

typedef struct {
    const ParsersFindings *findings;
    const ParsersMime *mime;
    GPtrArray *found;
} Search;

/* The address of who sent the bounce, or one that nobody writes to. */
static bool
is_system(const Search *search, const char *address)
{
    static const char system[] = "^(mailer-daemon|double-bounce|no-?reply)[@+-]";

    return g_ascii_strcasecmp(address, search->findings->from_address) == 0 ||
           parsers_kind_marks_match(system, address);
}

/* To whom the bounce came: who sent the mail that it returns, and not who missed it. */
static bool
is_ours(const Search *search, const char *address)
{
    const char *to = parsers_mime_header(search->mime, "To", 0);

    return to != NULL && strcasestr(to, address) != NULL;
}

static void
add(const Search *search, const char *address)
{
    for (guint i = 0; i < search->found->len; i++)
        if (g_ascii_strcasecmp(search->found->pdata[i], address) == 0)
            return;
    if (search->found->len < PARSERS_BOUNCE_RECIPIENTS)
        g_ptr_array_add(search->found, g_strdup(address));
}

/* Every address that the group of the pattern matches. */
static void
add_matches(const Search *search, const char *pattern, const char *text, bool any)
{
    char *address = NULL;
    gsize at = 0;

    while ((address = parsers_kind_marks_next(pattern, text, &at)) != NULL) {
        if (any || (!is_system(search, address) && !is_ours(search, address)))
            add(search, address);
        g_free(address);
    }
}

/* ---- the report ---- */

static bool
is_final(const char *group)
{
    return !parsers_kind_marks_match("^Action:\\s*(delivered|relayed|expanded)", group);
}

static const char *const fields[] = {
    "^Final-Recipient:(?:[^;\\n]*;)?\\s*[<'\"]?(?<address>" REPORTED ")",
    "^Original-Recipient:(?:[^;\\n]*;)?\\s*[<'\"]?(?<address>" REPORTED ")",
    "^X-Actual-Recipient:(?:[^;\\n]*;)?\\s*[<'\"]?(?<address>" REPORTED ")",
};

/* One paragraph for each recipient.  Where a mail was sent on, the address that it was sent to is
 * the one that its sender knows (RFC 3464 section 2.3.1). */
static void
add_reported(const Search *search, const char *report)
{
    g_auto(GStrv) groups = g_regex_split_simple("\\r?\\n[ \\t]*\\r?\\n", report, 0, 0);

    for (guint i = 0; groups[i] != NULL; i++) {
        guint before = search->found->len;

        for (gsize f = 0; f < G_N_ELEMENTS(fields) && search->found->len == before; f++)
            if (is_final(groups[i]))
                add_matches(search, fields[f], groups[i], true);
    }
}

/* ---- the words ---- */

/* Shapes in which mail systems name who was meant, the surest first. */
/* clang-format off */
static const char *const shapes[] = {
    /* At the start of a line, after an SMTP code or nothing. */
    "^[ \\t>*-]*(?:[45]\\d\\d[ -]?(?:[45]\\.\\d+\\.\\d+ )?)?(?:rfc822;|smtp:)?[\"'<(\\[]*(?<address>" ADDRESS ")[\"'>)\\]]*(?:[ \\t:;,(\\[/]|\\.\\.\\.|-|$)",
    "^[ \\t>*]*(?:final|original|failed|intended|undeliver\\w+)?[- ]?(?:recipients?|address(?:es)?|e-?mail|user|mailbox|rcpt to) ?(?:address|name|was)?[ \\t]*[:=][ \\t]*(?:rfc822;|smtp:)?[\"'<]*(?<address>" ADDRESS ")",
    "\\brcpt to: ?<(?<address>" ADDRESS ")>",
    "^[ \\t>*]*to[ \\t]*:[ \\t]*[\"'<]*(?<address>" ADDRESS ")",
    "\\b(?:to|for|address|recipient|user|mailbox|account|deliver(?:ed)? to)(?: (?:the )?(?:following )?(?:address|recipient)\\w*)?:?\\s{1,4}[\"'<(]{0,2}(?<address>" ADDRESS ")",
    "(?<![\\w.])(?<address>" ADDRESS ")",
};
/* clang-format on */

static void
add_named(const Search *search, const char *notice)
{
    for (gsize i = 0; i < G_N_ELEMENTS(shapes) && search->found->len == 0; i++)
        add_matches(search, shapes[i], notice, false);
}

/* In the headers of the mail that is returned. */
static const char returned_to[] =
    "^[ \\t>]*(?:X-)?(?:Envelope-|Original-|Delivered-)?(?:To|Rcpt-To):[^\\n@]{0,80}?"
    "(?<address>" ADDRESS ")";

static const char listed[] = "(?<address>" ADDRESS ")";

GPtrArray *
parsers_bounce_recipient_find(const ParsersFindings *findings, const ParsersMime *mime,
                              const ParsersBounceWords *words)
{
    Search search = {findings, mime, g_ptr_array_new_with_free_func(g_free)};
    const char *failed = parsers_mime_header(mime, "X-Failed-Recipients", 0);

    add_reported(&search, words->report);
    if (search.found->len == 0 && failed != NULL)
        add_matches(&search, listed, failed, true);
    /* A report whose part was not marked as one stands among the words. */
    if (search.found->len == 0)
        add_reported(&search, words->notice);
    if (search.found->len == 0)
        add_named(&search, words->notice);
    if (search.found->len == 0)
        add_matches(&search, returned_to, words->returned, false);
    return search.found;
}

void
parsers_bounce_recipient_warm_up(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
        parsers_kind_marks_warm_up(fields[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++)
        parsers_kind_marks_warm_up(shapes[i]);
    parsers_kind_marks_warm_up(returned_to);
    parsers_kind_marks_warm_up(listed);
}
