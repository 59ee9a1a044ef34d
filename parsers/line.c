/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/line.c - a document's paragraphs as lines, alike for every format.
 *
 * Boxes come as controls, as symbols of many fonts and as "[x]"; here they become
 * two characters.  What is written in a control is set between marks, so that the
 * readers of labels know where an answer begins.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/line.h"

#include <string.h>

#define BOX_ROOM_MAX 12u /* blanks on either side of a mark */

#define FORMAT_FLAGS                                                                               \
    (PARSERS_SPAN_BOLD | PARSERS_SPAN_UNDERLINE | PARSERS_SPAN_STRIKE | PARSERS_SPAN_HIGHLIGHT)

static void
line_free(ParsersLine *line)
{
    g_free(line->room);
    if (line->controls != NULL)
        g_ptr_array_unref(line->controls);
    g_free(line);
}

GPtrArray *
parsers_line_array(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)line_free);
}

/* A paragraph that becomes lines.  Their text is written one behind the other, each with a NUL,
 * into memory that is taken once; their flags likewise. */
typedef struct {
    GPtrArray *lines;
    const ParsersBlock *paragraph;
    ParsersLine *line; /* the one that is written */
    char *text;
    guint8 *flags;
    gsize size; /* of each */
    gsize used;
} Writer;

static void
open_line(Writer *writer)
{
    ParsersLine *line = g_new0(ParsersLine, 1);

    if (writer->line != NULL)
        writer->text[writer->used++] = '\0';
    line->text = writer->text + writer->used;
    line->flags = writer->flags + writer->used;
    line->heading = writer->paragraph->heading;
    line->list = writer->paragraph->list_item;
    line->place = writer->paragraph->place;
    writer->line = line;
    g_ptr_array_add(writer->lines, line);
}

static void
append(Writer *writer, const char *text, gsize length, guint flags)
{
    g_assert(length < writer->size - writer->used);
    memcpy(writer->text + writer->used, text, length);
    memset(writer->flags + writer->used, (int)(flags & FORMAT_FLAGS), length);
    writer->used += length;
    writer->line->length += length;
}

/* Symbols that stand for a box, in Unicode and in the private codes of Wingdings. */
static const char *
box_of(gunichar c)
{
    static const gunichar empty[] = {0x2610, 0x25a1, 0x25a2, 0x25fb,  0x25fd, 0x2b1c,
                                     0x2751, 0x2752, 0x274f, 0x2750,  0xf0a8, 0xf06f,
                                     0xf071, 0xf0a3, 0xf072, 0x1f78e, 0x1f78f};
    static const gunichar ticked[] = {0x2611,  0x2612,  0x2713,  0x2714, 0x2717, 0x2718,
                                      0x2705,  0x2715,  0x2716,  0x25a0, 0x25fc, 0x1f5f9,
                                      0x1f5f7, 0x1f5f5, 0x1f5f8, 0xf0fe, 0xf0fc, 0xf0fd,
                                      0xf0fb,  0xf052,  0xf053,  0xf054, 0xf078, 0xf06e};

    if (c < 0x80)
        return NULL;
    for (guint i = 0; i < G_N_ELEMENTS(empty); i++)
        if (empty[i] == c)
            return PARSERS_LINE_BOX;
    for (guint i = 0; i < G_N_ELEMENTS(ticked); i++)
        if (ticked[i] == c)
            return PARSERS_LINE_TICKED;
    return NULL;
}

/* Blanks and strokes within a box, which show how much room there is for the mark. */
static gsize
box_room(const char *p)
{
    gsize n = 0;

    while (n < BOX_ROOM_MAX && p[n] != '\0' && strchr(" \t_\xc2\xa0", p[n]) != NULL)
        n++;
    return n;
}

/* Length of a mark that somebody types into a box; 0 if it is none. */
static gsize
box_mark(const char *p, bool square)
{
    static const char *const signs[] = {"*", "/", "\xe2\x9c\x93", "\xe2\x9c\x94", "\xe2\x9c\x97"};

    if (*p == 'x' || *p == 'X')
        return 1;
    for (guint i = 0; square && i < G_N_ELEMENTS(signs); i++)
        if (g_str_has_prefix(p, signs[i]))
            return strlen(signs[i]);
    return 0;
}

/* The box written with brackets at p, such as "[x]" or "(   )", and its length; else NULL. */
static const char *
bracket_box(const char *p, gsize *out_length)
{
    const bool square = *p == '[';
    gsize at = 1 + box_room(p + 1);
    const gsize mark = box_mark(p + at, square);

    if (mark == 0 && at == 1 && !square)
        return NULL;
    at += mark > 0 ? mark + box_room(p + at + mark) : 0;
    if (p[at] != (square ? ']' : ')'))
        return NULL;
    *out_length = at + 1;
    return mark > 0 ? PARSERS_LINE_TICKED : PARSERS_LINE_BOX;
}

/* How many characters at p are as plain as most are. */
static gsize
plain_run(const char *p)
{
    gsize n = 0;

    while ((p[n] >= ' ' && p[n] < 0x7f && p[n] != '[' && p[n] != '(') || p[n] == '\t')
        n++;
    return n;
}

/* Text with boxes made one kind; a line break opens the next line. */
static void
append_text(Writer *writer, const char *text, guint flags)
{
    for (const char *p = text; *p != '\0';) {
        const gunichar c = g_utf8_get_char(p);
        const char *next = g_utf8_next_char(p);
        gsize length = plain_run(p);
        const char *box = NULL;

        if (length > 0) {
            append(writer, p, length, flags);
            p += length;
            continue;
        }
        box = box_of(c);
        if (box == NULL && (c == '[' || c == '('))
            box = bracket_box(p, &length);
        if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x0b) {
            open_line(writer);
        } else if (box != NULL) {
            append(writer, box, strlen(box), flags);
        } else if (c == 0xa0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200a)) {
            append(writer, " ", 1, flags);
        } else if (c >= ' ' || c == '\t') {
            append(writer, p, (gsize)(next - p), flags);
        }
        p = length > 0 ? p + length : next;
    }
}

static void
append_control(Writer *writer, const ParsersSpan *span)
{
    static const char begin[] = {PARSERS_LINE_ANSWER};
    static const char end[] = {PARSERS_LINE_END};

    append(writer, begin, sizeof begin, 0);
    if (writer->line->controls == NULL)
        writer->line->controls = g_ptr_array_new();
    g_ptr_array_add(writer->line->controls, (gpointer)span);
    if ((span->flags & PARSERS_SPAN_PLACEHOLDER) == 0)
        append_text(writer, span->text, 0);
    append(writer, end, sizeof end, 0);
}

static void
append_checkbox(Writer *writer, const ParsersSpan *span)
{
    const char *box =
        (span->flags & PARSERS_SPAN_CHECKED) != 0 ? PARSERS_LINE_TICKED : PARSERS_LINE_BOX;

    append(writer, box, strlen(box), 0);
    if (span->text[0] != '\0') {
        append(writer, " ", 1, 0);
        append(writer, span->text, strlen(span->text), 0);
        append(writer, " ", 1, 0);
    }
}

static bool
all_bold(const ParsersLine *line)
{
    bool any = false;

    for (gsize i = 0; i < line->length; i++) {
        if (!g_ascii_isalnum(line->text[i]))
            continue;
        any = true;
        if ((line->flags[i] & PARSERS_SPAN_BOLD) == 0)
            return false;
    }
    return any;
}

/* Bytes that the lines of a paragraph have at most, with a NUL behind each: "[]" becomes a box of
 * three, and what was made to be filled in gets marks around it. */
static gsize
room_for(const ParsersBlock *paragraph)
{
    gsize bytes = 1;

    for (guint i = 0; i < paragraph->spans->len; i++) {
        const ParsersSpan *span = g_ptr_array_index(paragraph->spans, i);
        const gsize length = strlen(span->text);

        bytes += length + length / 2 + strlen(PARSERS_LINE_BOX) + 2;
    }
    return bytes;
}

void
parsers_line_add(GPtrArray *lines, const ParsersBlock *paragraph)
{
    const guint first = lines->len;
    Writer writer = {.lines = lines, .paragraph = paragraph};

    if (paragraph->kind != PARSERS_BLOCK_PARAGRAPH)
        return;
    writer.size = room_for(paragraph);
    writer.text = g_malloc(2 * writer.size);
    writer.flags = (guint8 *)writer.text + writer.size;
    open_line(&writer);
    writer.line->room = writer.text;
    for (guint i = 0; i < paragraph->spans->len; i++) {
        const ParsersSpan *span = g_ptr_array_index(paragraph->spans, i);

        if (span->kind == PARSERS_SPAN_TEXT)
            append_text(&writer, span->text, span->flags);
        else if (span->kind == PARSERS_SPAN_CHECKBOX)
            append_checkbox(&writer, span);
        else if (span->kind == PARSERS_SPAN_CONTROL)
            append_control(&writer, span);
    }
    writer.text[writer.used] = '\0';
    for (guint i = first; i < lines->len; i++) {
        ParsersLine *line = g_ptr_array_index(lines, i);

        line->bold = all_bold(line);
    }
}

ParsersSlice
parsers_slice_cut(ParsersSlice slice, gsize from, gsize to)
{
    const char *text = slice.line->text;

    slice.from = from;
    slice.to = to;
    while (slice.from < slice.to && g_ascii_isspace(text[slice.from]))
        slice.from++;
    while (slice.to > slice.from && g_ascii_isspace(text[slice.to - 1]))
        slice.to--;
    return slice;
}

ParsersSlice
parsers_slice(const ParsersLine *line)
{
    return parsers_slice_cut((ParsersSlice){.line = line}, 0, line->length);
}

/* Length of a run of dots or strokes at p that was printed to write on; 0 if it is text. */
static gsize
leader(const char *p)
{
    gsize dots = 0;
    guint weight = 0;

    for (;;) {
        if (p[dots] == '\xe2' &&
            g_str_has_prefix(p + dots, "\xe2\x80\xa6")) { /* an ellipsis is three dots */
            dots += 3;
            weight += 3;
        } else if (p[dots] == '.' || p[dots] == '_') {
            weight += p[dots] == '_' ? 2 : 1;
            dots++;
        } else {
            break;
        }
    }
    return weight >= 5 ? dots : 0;
}

/* Strokes or dots at p that are left of those somebody wrote between, "__Mary__", "..Mary...":
 * their length, or 0.  Dots end a sentence, too, so those behind count only where some stood
 * before. */
static gsize
rest_of_leader(const char *text, const char *p, bool *dotted)
{
    const gsize n = strspn(p, *p == '_' ? "_" : ".");
    const bool before = p == text || !g_ascii_isgraph(p[-1]) || p[-1] == ':';
    const bool behind = !g_ascii_isgraph(p[n]);

    if (n < 2 || before == behind)
        return before && behind && n >= 2 && *p == '_' ? n : 0;
    if (*p == '_')
        return n;
    if (behind && !*dotted)
        return 0;
    *dotted = before;
    return n;
}

/* One sign of dots at p, before or behind what was written over the others: its length, or 0. */
static gsize
leader_left(const char *text, const char *p, bool *opened)
{
    bool before = false;
    bool behind = false;

    if (!g_str_has_prefix(p, "\xe2\x80\xa6"))
        return 0;
    before = p == text || p[-1] == ' ';
    behind = p[3] == '\0' || (g_ascii_isspace(p[3]) && *opened);
    if (before == behind)
        return 0;
    *opened = before;
    return 3;
}

/* What leaders and marks of controls begin with. */
#define FILLERS "._\xe2\x01\x02"

char *
parsers_line_clean(const char *text)
{
    GString *out = g_string_sized_new(strlen(text) + 1);
    bool opened = false;
    bool dotted = false;

    for (const char *p = text; *p != '\0';) {
        gsize run = leader(p);

        if (run == 0)
            run = rest_of_leader(text, p, &dotted);
        if (run == 0)
            run = leader_left(text, p, &opened);
        if (run > 0) {
            g_string_append_c(out, ' ');
            p += run;
        } else if (*p == PARSERS_LINE_ANSWER || *p == PARSERS_LINE_END) {
            p++;
        } else {
            const gsize plain = strcspn(p + 1, FILLERS) + 1;

            g_string_append_len(out, p, (gssize)plain);
            p += plain;
        }
    }
    return g_string_free(out, FALSE);
}

/* Could parsers_line_clean() take something out of it? */
static bool
has_fillers(const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        switch (text[i]) {
        case '_':
        case PARSERS_LINE_ANSWER:
        case PARSERS_LINE_END:
            return true;
        case '.':
            if (i + 1 < length && text[i + 1] == '.')
                return true;
            break;
        case '\xe2':
            if (g_str_has_prefix(text + i, "\xe2\x80\xa6"))
                return true;
            break;
        default:
            break;
        }
    }
    return false;
}

char *
parsers_slice_text(ParsersSlice slice)
{
    const ParsersSlice plain = parsers_slice_cut(slice, slice.from, slice.to);
    char *text = g_strndup(plain.line->text + plain.from, plain.to - plain.from);
    char *clean = NULL;

    if (!has_fillers(text, plain.to - plain.from))
        return text;
    clean = g_strstrip(parsers_line_clean(text));
    g_free(text);
    return clean;
}

bool
parsers_slice_empty(ParsersSlice slice)
{
    g_autofree char *text = NULL;

    if (slice.from >= slice.to)
        return true;
    for (gsize at = slice.from; at < slice.to; at++)
        if (g_ascii_isalnum(slice.line->text[at]))
            return false;
    text = parsers_slice_text(slice);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);

        if (g_unichar_isgraph(c) && strchr(".:;-_?*/|", (int)(c < 128 ? c : 'a')) == NULL)
            return false;
    }
    return true;
}
