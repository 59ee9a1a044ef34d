/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/text.c - plain text into the neutral document.
 *
 * People answer a form inside the quotation of it, so quoted lines are cleaned and
 * kept, and only marked.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 3676 (format=flowed); doc/reading.md
 */
#include "config.h"

#include "parsers/text.h"

#include <string.h>

enum {
    NARROWEST = 60,  /* no mail program breaks lines before this column */
    WIDEST = 82,     /* nor after this one */
    DEPTHS = 4,      /* depths of quotation that are measured apart */
    HEAD_LINES = 6,  /* "From:" and the line that proves it a head are at most so far apart */
    LABEL_MAX = 100, /* bytes of a line in which a label must end */
};

typedef struct {
    guint depth; /* of quotation */
    char *text;  /* without the marks */
    bool soft;   /* flowed: goes on in the next line */
    bool head;   /* quoted although it has no mark */
} Line;

static void
line_clear(gpointer data)
{
    Line *line = data;

    g_free(line->text);
}

/* ---- lines and their marks ---- */

/* ">" marks at the start: how many, and where the text begins.  Flowed text has no space between
 * them, others may. */
static guint
take_marks(const char **text, bool flowed)
{
    const char *p = *text;
    guint depth = 0;

    for (;;) {
        const char *mark = flowed ? p : p + strspn(p, " ");

        if (*mark != '>' || mark - p > 1)
            break;
        depth++;
        p = mark + 1;
    }
    if (*p == ' ' && (depth > 0 || flowed)) /* the space after the marks, or RFC 3676 stuffing */
        p++;
    *text = p;
    return depth;
}

static Line
line_new(const char *start, gsize length, ParsersTextFormat format)
{
    g_autofree char *whole = g_strndup(start, length);
    const char *text = whole;
    Line line = {.depth = take_marks(&text, format != PARSERS_TEXT_FIXED)};
    const gsize n = strlen(text);

    if (format != PARSERS_TEXT_FIXED && n > 0 && text[n - 1] == ' ' && strcmp(text, "-- ") != 0) {
        line.soft = true;
        line.text = g_strndup(text, n - (format == PARSERS_TEXT_FLOWED_DELSP));
    } else {
        line.text = g_strdup(text);
    }
    return line;
}

static GArray *
split_lines(const char *text, ParsersTextFormat format)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(Line));

    g_array_set_clear_func(lines, line_clear);
    while (*text != '\0') {
        const gsize length = strcspn(text, "\r\n");
        Line line = line_new(text, length, format);

        g_array_append_val(lines, line);
        text += length;
        text += *text == '\r' && text[1] == '\n' ? 2 : *text != '\0';
    }
    return lines;
}

/* ---- heads of other mails ---- */

static bool
begins(const char *text, const char *const *words, gsize n)
{
    text += strspn(text, " \t*_");
    for (gsize i = 0; i < n; i++)
        if (g_ascii_strncasecmp(text, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

/* "From: ..." with "Sent:" or "Date:" and "To:" or "Subject:" close below it. */
static bool
is_outlook_head(const GArray *lines, guint at)
{
    static const char *const from[] = {"from:"};
    static const char *const when[] = {"sent:", "date:"};
    static const char *const what[] = {"to:", "subject:", "cc:"};
    bool has_when = false, has_what = false;

    if (!begins(g_array_index(lines, Line, at).text, from, G_N_ELEMENTS(from)))
        return false;
    for (guint i = at + 1; i < lines->len && i <= at + HEAD_LINES; i++) {
        has_when = has_when || begins(g_array_index(lines, Line, i).text, when, G_N_ELEMENTS(when));
        has_what = has_what || begins(g_array_index(lines, Line, i).text, what, G_N_ELEMENTS(what));
    }
    return has_when && has_what;
}

static bool
is_dashed_head(const char *text)
{
    static const char *const words[] = {"original message", "forwarded message",
                                        "original appointment", "forwarded by", "reply message"};

    if (!g_str_has_prefix(text, "--") && !g_str_has_prefix(text, "==") &&
        !g_str_has_prefix(text, "__"))
        return begins(text, (const char *const[]){"begin forwarded message:"}, 1);
    text += strspn(text, "-=_ ");
    if (begins(text, (const char *const[]){"on "}, 1)) /* "---- On 2 May 2023 A wrote ----" */
        return strstr(text, "wrote --") != NULL;
    return begins(text, words, G_N_ELEMENTS(words));
}

/* A date or an address: what a head has and a sentence seldom. */
static bool
names_a_mail(const char *text)
{
    const char *digit = strpbrk(text, "0123456789");

    return strchr(text, '@') != NULL || (digit != NULL && strpbrk(digit + 1, ":/-.,") != NULL);
}

/* "On ... wrote:" in up to HEAD_LINES lines: how many, 0 when it is none.  out_sure: it names a
 * date or an address. */
static guint
attribution_lines(const GArray *lines, guint at, bool *out_sure)
{
    static const char *const start[] = {"on ", "le ", "am "};
    static const char *const end[] = {"wrote:", "crit\302\240:", "crit :", "schrieb:"};

    *out_sure = false;
    if (!begins(g_array_index(lines, Line, at).text, start, G_N_ELEMENTS(start)))
        return 0;
    for (guint i = at; i < lines->len && i < at + HEAD_LINES; i++) {
        g_autofree char *text = g_strchomp(g_strdup(g_array_index(lines, Line, i).text));

        *out_sure = *out_sure || names_a_mail(text);
        for (gsize k = 0; k < G_N_ELEMENTS(end); k++)
            if (g_str_has_suffix(text, end[k]))
                return i + 1 - at;
        if (*text == '\0' && !*out_sure)
            return 0;
    }
    return 0;
}

/* Any other line that ends in a colon, names a mail, and has its quotation right below. */
static bool
leads_to_quote(const GArray *lines, guint at)
{
    const Line *line = &g_array_index(lines, Line, at);
    g_autofree char *text = g_strchomp(g_strdup(line->text));

    if (line->depth > 0 || !g_str_has_suffix(text, ":") || !names_a_mail(text))
        return false;
    for (at++; at < lines->len; at++) {
        line = &g_array_index(lines, Line, at);
        if (line->depth > 0 || line->text[strspn(line->text, " \t")] != '\0')
            return line->depth > 0;
    }
    return false;
}

/* Does text without marks follow?  Some programs quote like that. */
static bool
is_bare_below(const GArray *lines, guint at)
{
    for (; at < lines->len; at++) {
        const Line *line = &g_array_index(lines, Line, at);

        if (line->depth > 0)
            return false;
        if (line->text[strspn(line->text, " \t")] != '\0')
            return true;
    }
    return false;
}

static void
mark_heads(GArray *lines)
{
    bool rest = false;

    for (guint i = 0; i < lines->len; i++) {
        Line *line = &g_array_index(lines, Line, i);
        bool sure = false;
        const guint n = rest || line->depth > 0 ? 0 : attribution_lines(lines, i, &sure);

        rest =
            rest || (line->depth == 0 && (is_dashed_head(line->text) || is_outlook_head(lines, i)));
        line->head = line->head || rest || leads_to_quote(lines, i);
        for (guint k = i; k < i + n; k++)
            g_array_index(lines, Line, k).head = true;
        rest = rest || (n > 0 && sure && is_bare_below(lines, i + n));
    }
}

/* ---- lines broken by a mail program ---- */

static glong
width(const char *text)
{
    return g_utf8_strlen(text, -1);
}

/* The column at which lines of one depth were broken, 0 when they were not. */
static glong
find_width(const GArray *lines, guint depth)
{
    glong most = 0;
    guint beyond = 0;

    for (guint i = 0; i < lines->len; i++) {
        const Line *line = &g_array_index(lines, Line, i);
        const glong n = width(line->text);

        if (MIN(line->depth, DEPTHS - 1) != depth || strchr(line->text, ' ') == NULL)
            continue;
        if (n > WIDEST)
            beyond++;
        else
            most = MAX(most, n);
    }
    return beyond > 0 || most < NARROWEST ? 0 : most;
}

/* "Label: ..." or "Question? ...", or something that is set apart. */
static bool
begins_anew(const char *text)
{
    const gsize end = strcspn(text, ":?\t");
    const gunichar first = g_utf8_get_char(text);

    if (g_unichar_isspace(first) || first == '\0' || strchr("-*+=_[(|#", (int)text[0]) != NULL)
        return true;
    if (first >= 0x2022 && !g_unichar_isalnum(first) && first != 0x2026)
        return true; /* bullets and boxes; dashes and quotation marks are below */
    if (g_ascii_isdigit(text[0]) && text[strspn(text, "0123456789")] == '.')
        return true;
    if (text[end] == '\t')
        return true;
    return end < LABEL_MAX && text[end] != '\0' && g_unichar_isupper(first) &&
           (text[end + 1] == ' ' || text[end + 1] == '\0' || text[end + 1] == '\t');
}

/* The first word of the next line did not fit on this one. */
static bool
is_full(const char *text, const char *next, glong limit)
{
    const gsize word = strcspn(next, " \t");

    return width(text) + 1 + g_utf8_strlen(next, (gssize)word) > limit;
}

static bool
goes_on(const Line *line, const Line *next, const glong *widths)
{
    const glong limit = widths[MIN(line->depth, DEPTHS - 1)];

    if (line->depth != next->depth || next->text[strspn(next->text, " \t")] == '\0')
        return false;
    if (line->soft)
        return true;
    if (strchr(line->text, '\t') != NULL && g_unichar_isupper(g_utf8_get_char(next->text)))
        return false; /* what stands below a row of a table is rather its heading than its end */
    return limit > 0 && *line->text != '\0' && !begins_anew(next->text) &&
           is_full(line->text, next->text, limit);
}

/* ---- paragraphs, and tables that were pasted as text ---- */

/* A line as it was before a mail program broke it. */
typedef struct {
    char *text;
    guint tabs; /* between its first and its last sign, or after it */
    bool quoted;
} Whole;

static void
whole_clear(gpointer data)
{
    g_free(((Whole *)data)->text);
}

static guint
count_tabs(const char *text)
{
    guint tabs = 0;

    for (text += strspn(text, " \t"); *text != '\0'; text++)
        tabs += *text == '\t';
    return tabs;
}

/* A bullet and its tab, as mail programs write an item of a list: no row of a table. */
static void
unlist(char *text)
{
    static const char *const bullets[] = {
        "\xe2\x80\xa2", "\xc2\xb7", "\xe2\x97\xa6", "\xe2\x96\xaa", "\xe2\x80\x93", "-", "*", "o"};

    text += strspn(text, " \t");
    for (guint i = 0; i < G_N_ELEMENTS(bullets); i++) {
        char *tab = text + strlen(bullets[i]);

        if (g_str_has_prefix(text, bullets[i]) && *tab == '\t')
            *tab = ' ';
    }
}

static GArray *
join_lines(const GArray *lines, bool flowed)
{
    GArray *wholes = g_array_new(FALSE, FALSE, sizeof(Whole));
    glong widths[DEPTHS] = {0};

    g_array_set_clear_func(wholes, whole_clear);
    for (guint depth = 0; depth < DEPTHS && !flowed; depth++)
        widths[depth] = find_width(lines, depth);
    for (guint i = 0; i < lines->len; i++) {
        const Line *line = &g_array_index(lines, Line, i);
        GString *text = g_string_new(line->text);
        Whole whole = {.quoted = line->depth > 0 || line->head};

        while (i + 1 < lines->len && goes_on(line, line + 1, widths)) {
            line++;
            i++;
            if (text->len > 0 && text->str[text->len - 1] != ' ' && !line[-1].soft)
                g_string_append_c(text, ' ');
            g_string_append(text, line->text);
        }
        unlist(text->str);
        whole.tabs = count_tabs(text->str);
        whole.text = g_string_free(text, FALSE);
        g_array_append_val(wholes, whole);
    }
    return wholes;
}

/* Lines from here on with as many tabs as this one: rows of a table, if they are two or more, or
 * one of more than a label and its answer. */
static guint
count_rows(const GArray *wholes, guint at)
{
    const Whole *first = &g_array_index(wholes, Whole, at);
    guint n = 0;

    while (first->tabs > 0 && at + n < wholes->len && first[n].tabs == first->tabs &&
           first[n].quoted == first->quoted)
        n++;
    /* Two tabs together only line up the answers. */
    return n > 1 || (first->tabs >= 2 && strstr(first->text, "\t\t") == NULL) ? n : 0;
}

static bool
add_paragraph(ParsersDocument *document, const char *text)
{
    g_autofree char *trimmed = g_strstrip(g_strdup(text));
    bool added = false;

    if (*trimmed == '\0')
        return true;
    if (!parsers_document_begin_paragraph(document, 0, false))
        return false;
    added = parsers_document_add_text(document, trimmed, strlen(trimmed), 0);
    parsers_document_end_paragraph(document);
    return added;
}

static bool
add_row(ParsersDocument *document, const char *text)
{
    g_auto(GStrv) cells = g_strsplit(text + strspn(text, " \t"), "\t", -1);
    /* "Label:", two tabs to line it up, and the answer. */
    const bool aligned = g_strv_length(cells) == 3 && *cells[1] == '\0' && *cells[2] != '\0';
    bool good = true;

    parsers_document_begin_row(document);
    for (guint i = 0; cells[i] != NULL && good; i++) {
        if (aligned && i == 1)
            continue;
        good = parsers_document_begin_cell(document, aligned && i == 2 ? 2 : i + 1, 1, false) &&
               add_paragraph(document, cells[i]);
        if (good)
            parsers_document_end_cell(document);
    }
    if (good)
        parsers_document_end_row(document);
    return good;
}

static bool
add_table(ParsersDocument *document, const Whole *wholes, guint rows)
{
    if (!parsers_document_begin_table(document))
        return false;
    for (guint i = 0; i < rows; i++)
        if (!add_row(document, wholes[i].text))
            return false;
    parsers_document_end_table(document);
    return true;
}

static void
add_lines(ParsersDocument *document, const GArray *lines, bool flowed)
{
    g_autoptr(GArray) wholes = join_lines(lines, flowed);
    bool good = true;

    for (guint i = 0; i < wholes->len && good;) {
        const Whole *whole = &g_array_index(wholes, Whole, i);
        const guint rows = count_rows(wholes, i);

        parsers_document_set_region(document,
                                    whole->quoted ? PARSERS_REGION_QUOTE : PARSERS_REGION_BODY);
        good = rows > 0 ? add_table(document, whole, rows) : add_paragraph(document, whole->text);
        i += MAX(rows, 1);
    }
}

bool
parsers_text_read(const char *text, ParsersTextFormat format, const ParsersLimits *limits,
                  ParsersDocument **out_document, GError **error)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(limits);
    g_autoptr(GArray) lines = split_lines(text, format);

    mark_heads(lines);
    add_lines(document, lines, format != PARSERS_TEXT_FIXED);
    if (!parsers_document_check(document, error))
        return false;
    *out_document = g_steal_pointer(&document);
    return true;
}
