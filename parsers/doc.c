/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/doc.c - the texts of a Word binary document, in reading order.
 *
 * What contradicts itself is refused whole: half a form looks like a form with few answers.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; [MS-DOC] 2.3
 */
#include "config.h"

#include "parsers/doc.h"

#include "parsers/doc-styles.h"
#include "parsers/doc-text.h"

enum {
    BUDGET_FACTOR = 4,    /* records beside the text they hold */
    WORK_FACTOR = 64,     /* properties, and characters that are no text: many may name the same */
    STORIES_OF_NOTES = 6, /* separators, which stand before the running heads */
    STORIES_MAX = 6 * 1000,
};

typedef struct {
    ParsersDocSource source;
    ParsersDocument *document;
} Target;

static bool
read_story(Target *target, const ParsersDocStory *story, GError **error)
{
    ParsersRtfFlow *flow = parsers_rtf_flow_new(target->document, &target->source.budget);
    const bool ok = parsers_doc_text_read(&target->source, story, flow, error);

    parsers_rtf_flow_free(flow);
    return ok && parsers_document_check(target->document, error);
}

static bool
read_text(Target *target, ParsersDocText text, ParsersDocBoxes *boxes, GError **error)
{
    ParsersDocStory story = {.boxes = boxes};

    parsers_doc_file_text(target->source.file, text, &story.start, &story.end);
    story.origin = story.start;
    return read_story(target, &story, error);
}

/* What hangs on no character stands behind everything. */
static bool
read_other_boxes(Target *target, ParsersDocBoxes *boxes, GError **error)
{
    ParsersDocBox box = {0};

    while (parsers_doc_box_take_next(boxes, &box)) {
        const ParsersDocStory story = {.start = box.start, .end = box.end};

        if (!read_story(target, &story, error))
            return false;
    }
    return true;
}

static bool
read_main(Target *target, GError **error)
{
    g_autoptr(ParsersDocBoxes) boxes = parsers_doc_box_load(target->source.file, false);

    if (!read_text(target, PARSERS_DOC_MAIN, boxes, error) ||
        !read_other_boxes(target, boxes, error))
        return false;
    return read_text(target, PARSERS_DOC_FOOTNOTES, NULL, error) &&
           read_text(target, PARSERS_DOC_ENDNOTES, NULL, error);
}

/* Of each section: heads of even, odd pages, feet of even, odd pages, head and foot of the first.
 */
static bool
is_header(guint story)
{
    static const bool headers[] = {true, true, false, false, true, false};

    return headers[story % G_N_ELEMENTS(headers)];
}

static bool
read_running(Target *target, ParsersRegion region, ParsersDocBoxes *boxes, GError **error)
{
    const ParsersDocFile *file = target->source.file;
    const ParsersOctets plc = parsers_doc_file_part(file, PARSERS_DOC_HEADER_STORIES);
    const guint n = (guint)MIN(plc.size / 4, (gsize)STORIES_MAX);
    guint32 start = 0;
    guint32 end = 0;

    parsers_doc_file_text(file, PARSERS_DOC_HEADERS, &start, &end);
    parsers_document_set_region(target->document, region);
    for (guint i = STORIES_OF_NOTES; i + 1 < n; i++) {
        const guint32 from = parsers_octets_u32(plc, (gsize)i * 4);
        const guint32 to = parsers_octets_u32(plc, (gsize)i * 4 + 4);
        /* The last mark of a story only keeps it apart from the next. */
        const ParsersDocStory story = {
            .start = start + from, .end = start + to - 1, .boxes = boxes, .origin = start};

        if (is_header(i) != (region == PARSERS_REGION_HEADER) || from >= to || to > end - start)
            continue;
        if (!read_story(target, &story, error))
            return false;
    }
    parsers_document_set_region(target->document, PARSERS_REGION_BODY);
    return true;
}

bool
parsers_doc_read(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document,
                 GError **error)
{
    g_autoptr(ParsersDocFile) file = NULL;
    g_autoptr(ParsersDocument) document = parsers_document_new(limits);
    g_autoptr(ParsersDocBoxes) boxes = NULL; /* of running heads and feet */
    g_autoptr(GArray) styles = NULL;
    Target target = {.document = document};

    if (!parsers_doc_file_open(bytes, limits, &file, error))
        return false;
    boxes = parsers_doc_box_load(file, true);
    styles = parsers_doc_styles_read(file);
    target.source.file = file;
    target.source.limits = limits;
    target.source.styles = styles;
    target.source.budget.left = (gsize)limits->document_text_bytes * BUDGET_FACTOR;
    target.source.work_left = (gsize)limits->document_text_bytes * WORK_FACTOR;
    if (!read_running(&target, PARSERS_REGION_HEADER, boxes, error) || !read_main(&target, error) ||
        !read_running(&target, PARSERS_REGION_FOOTER, boxes, error))
        return false;
    parsers_document_set_region(document, PARSERS_REGION_HEADER);
    if (!read_other_boxes(&target, boxes, error))
        return false;
    *out_document = g_steal_pointer(&document);
    return true;
}
