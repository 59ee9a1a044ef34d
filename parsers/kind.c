/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/kind.c - what a mail is: a person's, or one of the many that machines send.
 *
 * A machine's mail is told by several marks that agree, never by a subject alone:
 * parents forward automatic replies, and write "Undelivered" above their story.
 * Whatever is not clearly a machine's is a person's.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   RFC 3834, RFC 3464, RFC 8098, RFC 2369, RFC 5545; doc/deciding.md, "Signals"
 */
#include "config.h"

#include <string.h>

#include "parsers/bounce.h"
#include "parsers/header.h"
#include "parsers/kind-marks.h"
#include "parsers/kind.h"
#include "parsers/words.h"

/* More words than this, and a person is likely to have written them. */
#define SHORT_TEXT 600

typedef struct {
    ParsersFindings *findings;
    const ParsersMime *mime;
} Look;

static const char *
header(const Look *look, const char *name)
{
    return parsers_mime_header(look->mime, name, 0);
}

static bool
has(const Look *look, const char *signal)
{
    return parsers_findings_signal(look->findings, signal) != NULL;
}

/* ---- shape ---- */

static const ParsersMimePart *
find_part(const Look *look, const char *pattern)
{
    const GPtrArray *parts = parsers_mime_parts(look->mime);

    for (guint i = 0; i < parts->len; i++) {
        const ParsersMimePart *part = parts->pdata[i];

        /* What lies inside a forwarded mail says nothing about this one. */
        if (part->container == 0 && parsers_kind_marks_match(pattern, part->declared))
            return part;
    }
    return NULL;
}

static bool
from_mail_system(const Look *look)
{
    static const char system[] =
        "^(mailer-daemon|post[-_]?master|mail[-_.]?delivery|maildelivery|mail-daemon|mailer|mmdf|"
        "daemon|delivery[-_.]?(subsystem|failure|status)|(microsoft)?exchange[0-9a-f]{20,}|bounces?"
        "|"
        "system[-_.]?administrator)([-+._]|@|$)";

    return parsers_kind_marks_match(system, look->findings->from_address) ||
           parsers_kind_marks_match("^\\s*<>\\s*$", header(look, "From")) ||
           parsers_kind_marks_match(
               "^\\W*(mail delivery|mailer-daemon|postmaster|system administrator|microsoft "
               "outlook\\W*$)",
               look->findings->from_name) ||
           parsers_kind_marks_match("^\\W*(mailer-daemon|postmaster|mail delivery (sub)?system)\\b",
                                    header(look, "From"));
}

/* An address that nobody answers from. */
static bool
from_robot(const Look *look)
{
    return parsers_kind_marks_match(
        "^(no|do[-_.]?not)[-_.]?reply|[-_.]noreply@|^(noreply|autoreply|auto-?responder|"
        "robot|daemon)",
        look->findings->from_address);
}

static bool
null_sender(const Look *look)
{
    return look->findings->has_return_path && look->findings->return_path[0] == '\0';
}

/* RFC 3464 section 2.3.3: a receipt says delivered, relayed or expanded, and nothing worse. */
static bool
is_delivery_receipt(const Look *look)
{
    const ParsersMimePart *status = find_part(look, "^message/(global-)?delivery-status$");
    g_autofree char *text = status != NULL ? parsers_mime_text(status) : NULL;

    return parsers_kind_marks_match("^Action:\\s*(delivered|relayed|expanded)", text) &&
           !parsers_kind_marks_match("^Action:\\s*(failed|delayed)", text);
}

/* The words of mail systems; people quote them when they tell of a bounce. */
static const char bounce_words[] =
    "(could not|unable to|wasn't able to|was not|cannot|couldn't|can't|can not|not be|failed to) "
    "(be )?(deliver|sent)|"
    "delivery .{0,60}fail|fail\\w* .{0,40}deliver|error .{0,30}deliver|did not reach|permanent "
    "(fatal )?errors?|fatal errors|undeliver|does not exist|"
    "mailbox (is |was )?(full|unavailable|not "
    "found|disabled)|(user|host|recipient|address|mailbox|account) (is )?(unknown|not "
    "(found|known|recogni))|"
    "unknown (user|host|recipient|address)|no such (user|address|recipient|person|mailbox)|invalid "
    "(user|recipient|address)|no valid recipients|"
    "\\b[45][0-9]{2}[ -]#?[45]\\.[0-9]{1,3}\\.[0-9]{1,3}\\b|\\b5[0-9]{2}[ "
    "-]+[^\\n]{0,60}(not|no|un|reject|denied|full|block)|diagnostic.code|"
    "not a member of this|duplicated message-id|(returned|original) (mail|message) (is |text "
    "|follows|headers)|"
    "送信できません|配信できません|届けられません|not delivered|delivery (was |is )?delayed";

static bool
is_multipart_report(const Look *look)
{
    return parsers_kind_marks_match("^\\s*multipart/report\\b", header(look, "Content-Type"));
}

bool
parsers_kind_is_notice(const ParsersFindings *findings, const ParsersMime *mime)
{
    /* Only read from here. */
    const Look look = {(ParsersFindings *)findings, mime};
    const bool system = null_sender(&look) || from_mail_system(&look);
    const bool status = find_part(&look, "^message/(global-)?delivery-status$") != NULL;
    const bool feedback = find_part(&look, "^message/feedback-report$") != NULL;

    return (status && is_multipart_report(&look)) || feedback ||
           (system && (status || header(&look, "X-Failed-Recipients") != NULL ||
                       parsers_kind_marks_is_bounce_subject(findings->subject))) ||
           (from_mail_system(&look) && parsers_kind_marks_match(bounce_words, findings->text));
}

/* Does it name a child or an adult, or are the words beside it about children? */
static bool
is_of_people(const ParsersFindings *findings, const ParsersForm *form)
{
    g_autoptr(ParsersFindings) told = NULL;

    for (guint i = 0; i < form->fields->len; i++) {
        const ParsersField *field = g_ptr_array_index(form->fields, i);

        if (field->value[0] != '\0' &&
            (g_str_has_prefix(field->key, "child.") || g_str_has_prefix(field->key, "adult.")))
            return true;
    }
    told = parsers_findings_new();
    g_free(told->text);
    told->text = g_strconcat(findings->text, "\n", findings->quoted, NULL);
    parsers_words_find(told);
    return parsers_findings_signal(told, "children-words") != NULL;
}

bool
parsers_kind_is_own_list(const ParsersFindings *findings, const ParsersMime *mime,
                         const ParsersForm *form)
{
    return parsers_kind_is_notice(findings, mime) && !is_of_people(findings, form);
}

/* What a bounce quotes or carries: only a machine's own mail counts, as people pass bounces on. */
static bool
is_bounce(const Look *look)
{
    bool status = find_part(look, "^message/(global-)?delivery-status$") != NULL;
    bool returned = find_part(look, "^(message/rfc822|text/rfc822-headers|message/global)") != NULL;
    bool system = from_mail_system(look) || null_sender(look);

    if (status && (is_multipart_report(look) || system || from_robot(look)))
        return true;
    if (!system && !from_robot(look))
        return false;
    if (has(look, "failed-recipients") || has(look, "bounce-subject") ||
        (is_multipart_report(look) && returned))
        return true;
    return (from_mail_system(look) || returned) &&
           (parsers_kind_marks_match(bounce_words, look->findings->text) ||
            parsers_kind_marks_match(bounce_words, look->findings->quoted));
}

static const char *
report_type(const Look *look)
{
    const char *type = header(look, "Content-Type");

    if (find_part(look, "^message/(global-)?disposition-notification$") != NULL &&
        (is_multipart_report(look) || null_sender(look)))
        return "receipt of reading";
    if (find_part(look, "^message/feedback-report$") != NULL)
        return "feedback report";
    if (parsers_kind_marks_match("^\\s*complaint about message from \\d",
                                 look->findings->subject) &&
        find_part(look, "^message/rfc822$") != NULL)
        return "feedback report";
    if (header(look, "X-Apple-Unsubscribe") != NULL)
        return "request to unsubscribe";
    if (is_delivery_receipt(look))
        return "receipt of delivery";
    if (parsers_kind_marks_match("report-type=\"?(disposition-notification|feedback-report|tlsrpt)",
                                 type))
        return "report";
    if (parsers_kind_marks_match("^\\s*report domain: \\S+ submitter: ", look->findings->subject))
        return "DMARC aggregate report";
    if (parsers_kind_marks_match("^\\s*(read|not read|gelesen|delivered|relayed): ",
                                 look->findings->subject) &&
        null_sender(look))
        return "receipt";
    return NULL;
}

/* The METHOD of a calendar part ("REQUEST" when it says none), or NULL; the caller frees. */
static char *
calendar_method(const Look *look)
{
    const ParsersMimePart *part = find_part(look, "^(text/calendar|application/ics)$");
    g_autofree char *text = NULL;
    char *method = NULL;
    gsize at = 0;

    if (part == NULL)
        return NULL;
    text = parsers_mime_text(part);
    method = parsers_kind_marks_next("^METHOD:\\s*(\\w+)", text, &at);
    return method != NULL ? method : g_strdup("REQUEST");
}

/* ---- kinds ---- */

/* A file that a person may have put there. */
static bool
has_document(const Look *look)
{
    const GPtrArray *parts = look->findings->parts;

    for (guint i = 0; i < parts->len; i++) {
        const ParsersPart *part = parts->pdata[i];

        if (part->state != PARSERS_PART_DECORATION && part->name[0] != '\0' &&
            strcmp(part->type, "ics") != 0 && strcmp(part->type, "mail") != 0)
            return true;
    }
    return false;
}

static bool
has_story(const Look *look)
{
    return look->findings->has_form || has(look, "says-my-child") || has(look, "says-parent") ||
           has(look, "child-writes");
}

static bool
is_short(const Look *look)
{
    return strlen(look->findings->text) <= SHORT_TEXT;
}

/* The words of automatic replies. */
static const char auto_words[] =
    "\\b(i|we) (am|are|will be|shall be|'?m) (now |currently )?(out of|away from|on) (the |my |our "
    ")?(office|desk|annual leave|leave|holiday|maternity|paternity|"
    "sick leave|secondment|vacation|study leave)|\\b(limited|no|not have) access to (my "
    ")?e-?mails?|\\b(on|upon|until) my return\\b|"
    "\\bwill (respond|reply|get back to you|deal with|answer) .{0,60}(return|when i am "
    "back|working days|hours|as soon as)|"
    "\\bthis is an? (automat\\w+|auto-?\\w*)\\b|\\bautomat(ed|ic|ically) "
    "(e-?mail|reply|response|message|generated)|"
    "\\b(do not|don't|please do not) reply to this (e-?mail|message)|\\bthis "
    "(mailbox|inbox|account|address) is (not|no longer|un)\\s?(monitored|in use)|"
    "\\b(no longer|have left|has left) "
    "(work|employ|with|the)\\w*\\b.{0,60}(please|contact)|\\b(your|the) "
    "(ticket|case|reference|request) (number|id|no)\\b|"
    "\\bhas been (received|logged|assigned)\\b.{0,80}(team|ticket|reference|agent)|\\bne suis pas "
    "(au bureau|disponible)|nicht im (büro|haus)|"
    "\\b(reply|response|comments?) above this line\\b|"
    "abwesend|niet aanwezig|fuera de la oficina|poza biurem|nieobecn|nu sunt (la|în) birou";

static bool
has_auto_words(const Look *look)
{
    return parsers_kind_marks_match(auto_words, look->findings->text);
}

/* Headers decide.  A subject alone does so only when the words are an automatic reply's as well:
 * people write "Out of office" and "Thank you for your email" above what they have to tell. */
static bool
is_auto_reply(const Look *look)
{
    bool declared =
        has(look, "auto-submitted") || has(look, "vendor-auto-mark") || has(look, "loop-mark");
    bool hinted = has(look, "auto-response-suppress") || has(look, "precedence") ||
                  null_sender(look) || from_robot(look);

    if (has_document(look))
        return false;
    if (declared || (has(look, "auto-subject") && hinted))
        return true;
    if (has_story(look) || has(look, "forwarded"))
        return false;
    if (has(look, "courtesy-subject"))
        return hinted && has_auto_words(look);
    return has(look, "auto-subject") && strlen(look->findings->text) <= 2 * SHORT_TEXT &&
           (has(look, "auto-prefix") || has_auto_words(look));
}

/* Services that bring what a person has put there for us. */
static const char brings_words[] =
    "\\bsent you (an?|some|files?|\\d+)\\b|\\bshared [^.!?\\n]{1,60} with you\\b|"
    "\\byou (have|'ve) (received|got|been sent) (an?|\\d+) ((new|secure|encrypted|protected|voice) "
    ")*(messages?|e-?mails?|mails?|fax|documents?|files?)\\b";

static bool
brings_something(const Look *look)
{
    return has(look, "cloud-link") ||
           parsers_kind_marks_match(brings_words, look->findings->subject) ||
           parsers_kind_marks_match(brings_words, look->findings->text);
}

/* Does anything but a header's word for it say that this answers a mail?  Programs also put such
 * headers on what people wrote: filters that send on, forms on web pages, telephones. */
static bool
answers_something(const Look *look)
{
    const char *submitted = parsers_findings_signal(look->findings, "auto-submitted");

    if (has(look, "auto-subject") || has(look, "auto-prefix") || has(look, "courtesy-subject") ||
        parsers_kind_marks_match("\\bauto-(replied|notified)\\b", submitted))
        return !has(look, "forwarded-subject");
    if (has(look, "forwarded-subject") || brings_something(look))
        return false;
    if (has(look, "auto-response-suppress") && look->findings->in_reply_to->len > 0)
        return true;
    return has_auto_words(look) || has(look, "vendor-auto-mark") ||
           ((from_robot(look) || null_sender(look)) && !has(look, "children-words"));
}

/* Too little to pass over it, and enough not to answer it. */
static bool
is_like_auto_reply(const Look *look)
{
    return (has(look, "auto-subject") || has(look, "courtesy-subject")) && has_auto_words(look) &&
           !has_story(look) && !has_document(look);
}

/* A list's own mail; a person's words that came through one are a person's. */
static bool
is_list(const Look *look)
{
    bool bulk = has(look, "precedence") || header(look, "List-Id") != NULL ||
                header(look, "List-Unsubscribe-Post") != NULL || has(look, "auto-submitted") ||
                parsers_kind_marks_match("^(bounces?|news|newsletter|mailing|return)[-+._]",
                                         look->findings->return_path);

    return has(look, "list-header") && bulk && !has_story(look) && !has_document(look);
}

static bool
is_spam(const Look *look)
{
    bool words = has(look, "spam-words") && is_short(look) && !has_document(look);

    return (has(look, "spam-verdict") || words) && !has_story(look);
}

static bool
is_calendar(const Look *look)
{
    g_autofree char *method = calendar_method(look);

    if (method == NULL)
        return false;
    parsers_findings_add_signal(look->findings, "calendar", method);
    return !has_document(look) && !has_story(look) && is_short(look);
}

static ParsersKind
choose(const Look *look)
{
    const char *report = report_type(look);

    if (report != NULL) {
        parsers_findings_add_signal(look->findings, "report", report);
        return PARSERS_KIND_REPORT;
    }
    if (is_bounce(look)) {
        parsers_findings_add_signal(look->findings, "report", "bounce");
        parsers_bounce_note(look->findings, look->mime);
        return PARSERS_KIND_BOUNCE;
    }
    if (look->findings->kind == PARSERS_KIND_ENCRYPTED)
        return PARSERS_KIND_ENCRYPTED;
    if (is_calendar(look))
        return PARSERS_KIND_CALENDAR;
    if (is_list(look))
        return PARSERS_KIND_LIST;
    if (is_auto_reply(look)) {
        parsers_findings_add_signal(look->findings, "auto-reply", "marked as automatic");
        if (!answers_something(look))
            parsers_findings_add_signal(look->findings, "no-answer",
                                        "marked as automatic, yet nothing says that it answers");
        return PARSERS_KIND_AUTO_REPLY;
    }
    return is_spam(look) ? PARSERS_KIND_SPAM : PARSERS_KIND_PERSON;
}

/* A mail system that returns a family's own words quotes them; nobody else may ever see them. */
static void
find_returned_story(ParsersFindings *findings)
{
    static const char *const story[] = {"says-my-child", "says-parent", "foster-carer",
                                        "child-writes", "harm-words"};
    g_autoptr(ParsersFindings) returned = parsers_findings_new();

    g_free(returned->text);
    returned->text = g_strdup(findings->quoted);
    parsers_words_find(returned);
    for (gsize i = 0; i < G_N_ELEMENTS(story); i++) {
        const char *evidence = parsers_findings_signal(returned, story[i]);

        if (evidence != NULL && parsers_findings_signal(findings, story[i]) == NULL)
            parsers_findings_add_signal(findings, story[i], evidence);
    }
}

void
parsers_kind_classify(ParsersFindings *findings, const ParsersMime *mime)
{
    Look look = {findings, mime};

    parsers_kind_marks_find(findings, mime);
    parsers_words_find(findings);
    findings->kind = choose(&look);
    if (findings->kind == PARSERS_KIND_PERSON && is_like_auto_reply(&look))
        parsers_findings_add_signal(findings, "auto-words", "as of an automatic reply");
    if (findings->kind == PARSERS_KIND_BOUNCE && findings->quoted[0] != '\0')
        find_returned_story(findings);
}
