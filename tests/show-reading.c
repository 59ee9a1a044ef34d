/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/show-reading.c - what was read of each file, one line of JSON a file, for
 * tests/agreement.py.
 *
 *     show-reading [-f FOLDER-OF-FORMS] -m FILE...    mails: envelope, words, parts with their text
 *     show-reading -d FILE...                         documents: text, boxes and controls
 *
 * Reads outside the cage, so that a sanitizer build says what it thinks of it.
 *
 * Runs in:  a developer's shell; no part of Postern.
 * Source:   doc/reading.md
 */
#include "config.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "parsers/mail.h"
#include "parsers/mime.h"
#include "parsers/read.h"
#include "parsers/sniff.h"
#include "parsers/warm.h"
#include "tests/load-forms.h"

static json_t *
strings(const GPtrArray *texts)
{
    json_t *array = json_array();

    for (guint i = 0; i < texts->len; i++)
        json_array_append_new(array, json_string(g_ptr_array_index(texts, i)));
    return array;
}

/* ---- mails ---- */

static json_t *
show_part(const ParsersMimePart *part)
{
    g_autofree char *text = NULL;
    json_t *row = json_pack(
        "{ss ss ss ss ss sb si si si sI ss}", "name", part->name, "declared", part->declared,
        "type", part->type, "charset", part->charset, "content_id", part->content_id, "attachment",
        part->attachment, "container", (int)part->container, "parent", part->parent, "state",
        (int)part->state, "size", (json_int_t)part->size, "sha256", part->sha256);

    if (strcmp(part->type, "text") == 0 || strcmp(part->type, "html") == 0 ||
        strcmp(part->type, "mail") == 0) {
        text = parsers_mime_text(part);
        json_object_set_new(row, "text", json_string(text));
    }
    return row;
}

static json_t *
show_mail(GBytes *raw, const ParsersDefinitions *definitions)
{
    g_autoptr(ParsersFindings) f = parsers_mail_read(raw, definitions, parsers_limits_default());
    g_autoptr(GBytes) wire = parsers_findings_encode(f);
    g_autoptr(ParsersFindings) again = NULL;
    g_autoptr(ParsersMime) mime = parsers_mime_read(raw, parsers_limits_default());
    const GPtrArray *parts = parsers_mime_parts(mime);
    json_t *rows = json_array();

    for (guint i = 0; i < parts->len; i++)
        json_array_append_new(rows, show_part(g_ptr_array_index(parts, i)));
    return json_pack("{ss ss ss ss ss si ss ss so so ss ss ss so si sb so}", "kind",
                     parsers_kind_name(f->kind), "message_id", f->message_id, "subject", f->subject,
                     "date", f->date, "from_name", f->from_name, "from_count", (int)f->from_count,
                     "from", f->from_address, "reply_to", f->reply_to, "recipients",
                     strings(f->recipients), "in_reply_to", strings(f->in_reply_to), "text",
                     f->text, "signature", f->signature, "quoted", f->quoted, "warnings",
                     strings(f->warnings), "forms", (int)f->forms->len, "decoded",
                     parsers_findings_decode(wire, &again, NULL), "parts", rows);
}

/* ---- documents ---- */

static void show_blocks(const GPtrArray *blocks, json_t *out_spans);

static void
show_span(const ParsersSpan *span, json_t *out_spans)
{
    static const char *const kinds[] = {"text", "box", "control", "image"};

    if (span->kind == PARSERS_SPAN_TEXT)
        return;
    json_array_append_new(out_spans,
                          json_pack("{ss ss ss* ss* sb sb sb}", "kind", kinds[span->kind], "text",
                                    span->text, "label", span->label, "name", span->name, "checked",
                                    (span->flags & PARSERS_SPAN_CHECKED) != 0, "placeholder",
                                    (span->flags & PARSERS_SPAN_PLACEHOLDER) != 0, "radio",
                                    (span->flags & PARSERS_SPAN_RADIO) != 0));
}

static void
show_table(const ParsersBlock *table, json_t *out_spans)
{
    for (guint row = 0; row < table->rows->len; row++) {
        const GPtrArray *cells = g_ptr_array_index(table->rows, row);

        for (guint i = 0; i < cells->len; i++)
            show_blocks(((const ParsersCell *)g_ptr_array_index(cells, i))->blocks, out_spans);
    }
}

static void
show_blocks(const GPtrArray *blocks, json_t *out_spans)
{
    for (guint i = 0; i < blocks->len; i++) {
        const ParsersBlock *block = g_ptr_array_index(blocks, i);

        if (block->kind == PARSERS_BLOCK_TABLE)
            show_table(block, out_spans);
        else
            for (guint k = 0; k < block->spans->len; k++)
                show_span(g_ptr_array_index(block->spans, k), out_spans);
    }
}

static json_t *
show_document(GBytes *bytes)
{
    const char *type = parsers_sniff_type(bytes);
    g_autoptr(ParsersDocument) document = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    ParsersReading reading = {0};
    json_t *spans = NULL;

    if (!parsers_read_document(type, bytes, parsers_limits_default(), &reading, &error))
        return json_pack("{ss ss}", "type", type, "error", error->message);
    document = reading.document;
    text = parsers_document_text(document);
    spans = json_array();
    show_blocks(parsers_document_blocks(document), spans);
    return json_pack("{ss ss so}", "type", type, "text", text, "spans", spans);
}

/* ---- files ---- */

static bool
show(const char *path, char mode, const ParsersDefinitions *definitions)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autofree char *line = NULL;
    json_t *row = NULL;
    char *data = NULL;
    gsize size = 0;

    if (!g_file_get_contents(path, &data, &size, NULL))
        return false;
    bytes = g_bytes_new_take(data, size);
    row = mode == 'm' ? show_mail(bytes, definitions) : show_document(bytes);
    if (row == NULL)
        return false;
    json_object_set_new(row, "file", json_string(path));
    line = json_dumps(row, JSON_COMPACT);
    json_decref(row);
    puts(line);
    return true;
}

int
main(int argc, char **argv)
{
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();
    char mode = 'm';
    int bad = 0;

    parsers_warm_up();
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-m") == 0 || strcmp(argv[i], "-d") == 0) {
            mode = argv[i][1];
        } else if (strcmp(argv[i], "-f") == 0 && i + 1 < argc) {
            if (!load_forms(definitions, argv[++i], NULL))
                return 2;
        } else if (!show(argv[i], mode, definitions)) {
            fprintf(stderr, "%s: cannot be shown\n", argv[i]);
            bad = 1;
        }
        fflush(stdout);
    }
    return bad;
}
