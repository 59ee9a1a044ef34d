/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/mail.c - one whole mail in, findings out.
 *
 * Never fails and never drops: what could not be read is said in the findings.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   doc/life-of-a-message.md
 */
#include "config.h"

#include "parsers/mail.h"

#include <string.h>

#include "parsers/body.h"
#include "parsers/duplicates.h"
#include "parsers/envelope.h"
#include "parsers/foreign.h"
#include "parsers/html.h"
#include "parsers/kind.h"
#include "parsers/locked.h"
#include "parsers/match.h"
#include "parsers/mime.h"
#include "parsers/ocr.h"
#include "parsers/plausible.h"
#include "parsers/portal-copy.h"
#include "parsers/preview.h"
#include "parsers/prose.h"
#include "parsers/read.h"
#include "parsers/sniff.h"
#include "parsers/text.h"

#define SURE 0.65 /* of the letters of an answer in a picture: less is none */

enum {
    DECORATION_BYTES = 40 * 1024, /* a picture inside the text that is smaller is a logo */
    FORM_BLOCKS = 4000,           /* paragraphs and tables beyond which nothing is a form */
    BODY_FIELDS = 3,              /* answers that make a body a form beside another one */
};

typedef struct {
    ParsersFindings *findings;
    ParsersMime *mime;
    const ParsersDefinitions *definitions;
    const ParsersLimits *limits;
    const GPtrArray *converted; /* ParsersForeign, or NULL */
    ParsersOcr *ocr;            /* made for the first picture */
    GArray *pictures;           /* guint, parts that are pictures */
} Mail;

static const ParsersMimePart *
part_at(const Mail *mail, gint index)
{
    return g_ptr_array_index(parsers_mime_parts(mail->mime), (guint)index);
}

static void
set(char **place, const char *text)
{
    g_free(*place);
    *place = g_strdup(text);
}

/* ---- rows of the list of parts ---- */

static void
spoil(ParsersPart *row, ParsersPartState state, const char *problem)
{
    row->state = state;
    set(&row->problem, problem);
}

static void
spoil_by_error(ParsersPart *row, const GError *error)
{
    /* clang-format off */
    static const ParsersPartState states[PARSERS_N_ERRORS] = {
        [PARSERS_ERROR_DAMAGED]     = PARSERS_PART_DAMAGED,
        [PARSERS_ERROR_ENCRYPTED]   = PARSERS_PART_LOCKED,
        [PARSERS_ERROR_LIMIT]       = PARSERS_PART_LIMIT,
        [PARSERS_ERROR_UNSUPPORTED] = PARSERS_PART_UNSUPPORTED,
        [PARSERS_ERROR_DEFINITION]  = PARSERS_PART_DAMAGED,
    };
    /* clang-format on */
    const bool ours =
        error->domain == PARSERS_ERROR && error->code >= 0 && error->code < (int)PARSERS_N_ERRORS;

    spoil(row, ours ? states[error->code] : PARSERS_PART_DAMAGED, error->message);
}

static ParsersPart *
row_new(const ParsersMimePart *part)
{
    ParsersPart *row = parsers_part_new();

    set(&row->name, part->name);
    set(&row->declared, part->declared);
    set(&row->type, parsers_sniff_is_image(part->type) ? "image" : part->type);
    row->size = part->size;
    row->depth = part->container;
    row->state = part->state;
    set(&row->problem, part->problem);
    g_free(row->sha256);
    row->sha256 = g_strdup(part->sha256);
    return row;
}

static bool
is_decoration(const ParsersMimePart *part)
{
    return parsers_locked_is_signature(part) ||
           (parsers_sniff_is_image(part->type) && part->related && part->content_id[0] != '\0' &&
            part->size < DECORATION_BYTES);
}

/* ---- what programs outside must read ---- */

/* Have a part converted, unless it has been already. */
static void
ask_converter(const Mail *mail, ParsersPart *row, const ParsersMimePart *part)
{
    const char *converter = parsers_foreign_converter(part->type);

    if (converter == NULL || parsers_foreign_find(mail->converted, row->sha256) != NULL)
        return;
    if (!parsers_foreign_add(mail->findings->foreign, mail->limits, converter, row->sha256,
                             part->bytes))
        spoil(row, PARSERS_PART_LIMIT, "convert_bytes: left unconverted");
    else if (!parsers_read_knows(part->type))
        spoil(row, row->state, parsers_foreign_words(part->type));
}

/* Read in the place of a part its own preview, or what a converter made of it. */
static void
substitute(const Mail *mail, guint index, ParsersPart *row)
{
    const ParsersMimePart *part = part_at(mail, (gint)index);
    const char *words = parsers_foreign_words(part->type);
    g_autoptr(GBytes) preview =
        strcmp(part->type, "pages") == 0 ? parsers_preview_take(part->bytes, mail->limits) : NULL;
    GBytes *bytes = preview != NULL ? preview : parsers_foreign_find(mail->converted, row->sha256);
    const char *type = bytes != NULL ? parsers_sniff_type(bytes) : "";

    if (words == NULL || (!parsers_read_knows(type) && !parsers_sniff_is_image(type)))
        return;
    parsers_mime_replace(mail->mime, index, bytes);
    g_free(row->problem);
    row->problem = g_strdup_printf(
        preview != NULL ? "only the preview in a %s was read" : "converted from a %s", words);
    g_ptr_array_add(mail->findings->warnings,
                    g_strdup_printf(preview != NULL
                                        ? "only the preview in a %s was read: compare it"
                                        : "a %s was converted to be read: compare it",
                                    words));
}

/* ---- forms ---- */

static guint
count_answers(const ParsersForm *form)
{
    guint n = 0;

    for (guint i = 0; i < form->fields->len; i++)
        n += ((const ParsersField *)g_ptr_array_index(form->fields, i))->value[0] != '\0';
    return n;
}

/* Looking for labels costs time for every line: a book is not looked through. */
static ParsersForm *
match(const Mail *mail, const ParsersDocument *document)
{
    if (parsers_document_blocks(document)->len <= FORM_BLOCKS)
        return parsers_match_document(mail->definitions, document);
    g_ptr_array_add(mail->findings->warnings,
                    g_strdup("a very long text was not looked through for a form"));
    return NULL;
}

static void
take_form(const Mail *mail, ParsersForm *form, guint part, const char *source, const char *format)
{
    form->part = part;
    set(&form->source, source);
    set(&form->format, format);
    parsers_duplicates_add(mail->findings, form);
}

/* ---- pictures ---- */

/* "name @example.org": a gap in a picture is not always a space, and no address has one there. */
static void
close_address(ParsersField *field)
{
    g_auto(GStrv) halves = g_strsplit(field->value, "@", 2);
    g_autofree char *whole = NULL;

    if (g_strv_length(halves) < 2 || !g_str_has_suffix(field->key, ".email"))
        return;
    whole = g_strconcat(g_strchomp(halves[0]), "@", g_strchug(halves[1]), NULL);
    set(&field->value, whole);
}

/* What a machine read in a picture is as sure as its reading of the letters; an answer with letters
 * that are not sure is kept beside the others, for a person, as a wrong one is worse than none.
 * Where it found no answer somebody may have written by hand: that is not a blank form.  Lines of
 * letters in any photograph look like a form that nobody knows. */
static void
take_picture_form(const Mail *mail, ParsersForm *form, guint part, double confidence)
{
    const char *name = part_at(mail, (gint)part)->name;

    if (form == NULL || strcmp(form->form, "unknown") == 0 || count_answers(form) == 0) {
        parsers_form_free(form);
        return;
    }
    for (guint i = 0; i < form->fields->len; i++) {
        ParsersField *field = g_ptr_array_index(form->fields, i);
        const double certainty = parsers_ocr_certainty(mail->ocr, field->raw);

        field->confidence *= confidence * certainty;
        close_address(field);
        if (certainty < SURE)
            g_ptr_array_add(form->others, g_ptr_array_steal_index(form->fields, i--));
    }
    take_form(mail, form, part, name[0] != '\0' ? name : "attachment", "image");
}

/* Read pictures, in their order, as the pages of one form.  Read or not, they stay for a person. */
static void
read_pictures(Mail *mail, const guint *parts, guint n_parts)
{
    g_autoptr(ParsersDocument) document = NULL;
    double confidence = 0;
    gint first = -1;

    for (guint i = 0; i < n_parts; i++) {
        ParsersPart *row = g_ptr_array_index(mail->findings->parts, parts[i]);
        g_autoptr(GError) error = NULL;

        spoil(row, PARSERS_PART_EVIDENCE, "picture, not read");
        ask_converter(mail, row, part_at(mail, (gint)parts[i]));
        if (!parsers_ocr_is_there()) {
            mail->findings->unseen_pictures |= !part_at(mail, (gint)parts[i])->unopenable;
            continue;
        }
        if (mail->ocr == NULL)
            mail->ocr = parsers_ocr_new(mail->limits);
        if (parsers_ocr_add(mail->ocr, part_at(mail, (gint)parts[i])->bytes, &error)) {
            set(&row->problem, "picture, read by a machine: compare");
            first = first < 0 ? (gint)parts[i] : first;
        } else if (error->code != PARSERS_ERROR_UNSUPPORTED) {
            set(&row->problem, error->message);
        }
    }
    document = first < 0 ? NULL : parsers_ocr_finish(mail->ocr, &confidence);
    if (document != NULL)
        take_picture_form(mail, match(mail, document), (guint)first, confidence);
}

static void
read_attachment(Mail *mail, const ParsersMimePart *part, guint index, ParsersPart *row)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ParsersDocument) document = NULL;
    ParsersReading reading = {0};
    ParsersForm *form = NULL;

    if (mail->findings->parts->len >= mail->limits->documents) {
        spoil(row, PARSERS_PART_LIMIT, "limit documents: left unopened");
        return;
    }
    if (!parsers_read_document(part->type, part->bytes, mail->limits, &reading, &error)) {
        spoil_by_error(row, error);
        if (error->code == PARSERS_ERROR_UNSUPPORTED)
            ask_converter(mail, row, part);
        return;
    }
    document = reading.document;
    if (reading.scanned) {
        read_pictures(mail, &index, 1);
        return;
    }
    if (strcmp(part->type, "pdf") == 0 && parsers_portal_copy(document))
        parsers_findings_add_signal(mail->findings, "portal-copy", "a print-out of the portal");
    form = match(mail, document);
    if (form != NULL)
        take_form(mail, form, index, part->name[0] != '\0' ? part->name : "attachment",
                  reading.format);
}

/* The words of a mail that was passed on: quoted, and perhaps a form. */
static void
read_inner_body(const Mail *mail, const ParsersMimePart *part, guint index, ParsersPart *row)
{
    g_autofree char *text = parsers_mime_text(part);
    g_autofree char *words = NULL;
    g_autoptr(ParsersDocument) document = NULL;
    g_autoptr(GError) error = NULL;
    const bool html = strcmp(part->type, "html") == 0;
    const bool read =
        html ? parsers_html_read_text(text, mail->limits, &document, &error)
             : parsers_text_read(text, PARSERS_TEXT_FIXED, mail->limits, &document, &error);
    ParsersForm *form = NULL;

    if (!read) {
        spoil_by_error(row, error);
        return;
    }
    if (part->alternative == 0 || !html) {
        words = parsers_prose_collect(document, false);
        text =
            (g_free(text), g_strconcat(mail->findings->quoted,
                                       mail->findings->quoted[0] != '\0' ? "\n" : "", words, NULL));
        set(&mail->findings->quoted, text);
    }
    form = match(mail, document);
    if (form != NULL && count_answers(form) >= BODY_FIELDS)
        take_form(mail, form, index, "body", html ? "html" : "text");
    else
        parsers_form_free(form);
}

/* ---- parts ---- */

static bool
is_inner_body(const Mail *mail, const ParsersMimePart *part)
{
    return part->container > 0 && part->parent >= 0 && !part->attachment &&
           strcmp(part_at(mail, part->parent)->type, "mail") == 0 &&
           (strcmp(part->type, "text") == 0 || strcmp(part->type, "html") == 0);
}

static void
note_picture(const Mail *mail, const ParsersMimePart *part, guint index, ParsersPart *row)
{
    row->state = PARSERS_PART_EVIDENCE;
    if (part->state == PARSERS_PART_READ && mail->findings->parts->len < mail->limits->documents)
        g_array_append_val(mail->pictures, index);
}

static void
judge(Mail *mail, const ParsersMimePart *part, guint index, ParsersPart *row)
{
    const char *lock = parsers_locked_by(part);

    if (lock != NULL)
        spoil(row, PARSERS_PART_LOCKED, lock);
    else if (strcmp(part->type, "locked-office") == 0)
        spoil(row, PARSERS_PART_LOCKED, "password");
    else if (is_decoration(part))
        row->state = PARSERS_PART_DECORATION;
    else if (parsers_sniff_is_image(part->type))
        note_picture(mail, part, index, row);
    else if (strcmp(part->type, "audio") == 0 || strcmp(part->type, "video") == 0)
        row->state = PARSERS_PART_EVIDENCE;
    else if (parsers_body_is_part(mail->mime, index) || part->report)
        return;
    else if (strcmp(part->type, "empty") == 0)
        spoil(row, part->attachment ? PARSERS_PART_DAMAGED : PARSERS_PART_READ,
              part->attachment ? "empty" : "");
    else if (g_strv_contains(
                 (const char *const[]){"mail", "msg", "zip", "tnef", "signed", "ics", NULL},
                 part->type))
        return; /* their contents follow in the list, or parsers/kind.c reads them */
    else if (is_inner_body(mail, part))
        read_inner_body(mail, part, index, row);
    else
        read_attachment(mail, part, index, row);
}

static void
read_parts(Mail *mail)
{
    const GPtrArray *parts = parsers_mime_parts(mail->mime);

    for (guint i = 0; i < parts->len; i++) {
        const ParsersMimePart *part = g_ptr_array_index(parts, i);
        ParsersPart *row = row_new(part);

        g_ptr_array_add(mail->findings->parts, row);
        if (row->state == PARSERS_PART_READ && i < mail->limits->documents)
            substitute(mail, i, row);
        if (row->state == PARSERS_PART_READ || row->state == PARSERS_PART_DAMAGED)
            judge(mail, part, i, row);
        /* What a broken encoding left is read all the same, but a person must look. */
        if (part->state != PARSERS_PART_READ && row->state == PARSERS_PART_READ)
            row->state = part->state;
    }
    read_pictures(mail, (const guint *)(const void *)mail->pictures->data, mail->pictures->len);
}

/* ---- body ---- */

/* The best form that the bodies hold: of the same words in text and HTML one is enough. */
static void
read_body_form(const Mail *mail, const GPtrArray *bodies)
{
    ParsersForm *best = NULL;
    const ParsersBody *where = NULL;

    for (guint i = 0; i < bodies->len; i++) {
        const ParsersBody *body = g_ptr_array_index(bodies, i);
        ParsersForm *form = match(mail, body->document);

        if (form != NULL && (best == NULL || count_answers(form) > count_answers(best))) {
            parsers_form_free(best);
            best = form;
            where = body;
        } else {
            parsers_form_free(form);
        }
    }
    if (best == NULL || parsers_kind_is_own_list(mail->findings, mail->mime, best)) {
        parsers_form_free(best);
        return;
    }
    /* Words beside an attached form may well name some of its labels. */
    if (count_answers(best) >= BODY_FIELDS ||
        (mail->findings->forms->len == 0 && strcmp(best->form, "unknown") != 0))
        take_form(mail, best, where->part, "body", where->format);
    else
        parsers_form_free(best);
}

static void
find_references(ParsersFindings *findings)
{
    parsers_envelope_find_references(findings->text, findings->references);
    parsers_envelope_find_references(findings->signature, findings->references);
    parsers_envelope_find_references(findings->quoted, findings->references);
}

/* ---- all of it ---- */

static void
conclude(ParsersFindings *findings)
{
    bool locked = false;

    for (guint i = 0; i < findings->forms->len; i++)
        findings->has_form |= !((const ParsersForm *)g_ptr_array_index(findings->forms, i))->blank;
    for (guint i = 0; i < findings->parts->len; i++)
        locked |= ((const ParsersPart *)g_ptr_array_index(findings->parts, i))->state ==
                  PARSERS_PART_LOCKED;
    if (locked && !findings->has_form)
        findings->kind = PARSERS_KIND_ENCRYPTED;
}

ParsersFindings *
parsers_mail_read(GBytes *raw, const ParsersDefinitions *definitions, const ParsersLimits *limits)
{
    return parsers_mail_read_converted(raw, definitions, limits, NULL);
}

ParsersFindings *
parsers_mail_read_converted(GBytes *raw, const ParsersDefinitions *definitions,
                            const ParsersLimits *limits, const GPtrArray *converted)
{
    ParsersFindings *findings = parsers_findings_new();
    g_autoptr(ParsersMime) mime = parsers_mime_read(raw, limits);
    g_autoptr(GPtrArray) bodies = NULL;
    g_autoptr(GArray) pictures = g_array_new(FALSE, FALSE, sizeof(guint));
    Mail mail = {.findings = findings,
                 .mime = mime,
                 .definitions = definitions,
                 .limits = limits,
                 .converted = converted,
                 .pictures = pictures};
    const GPtrArray *warnings = parsers_mime_warnings(mime);

    for (guint i = 0; i < warnings->len; i++)
        g_ptr_array_add(findings->warnings, g_strdup(g_ptr_array_index(warnings, i)));
    parsers_envelope_read(findings, mime, limits);
    bodies = parsers_body_read(mime, limits, findings->warnings);
    parsers_body_fill(findings, mime, bodies);
    read_parts(&mail);
    read_body_form(&mail, bodies);
    parsers_plausible_check(findings);
    find_references(findings);
    conclude(findings);
    parsers_kind_classify(findings, mime);
    parsers_ocr_free(mail.ocr);
    return findings;
}
