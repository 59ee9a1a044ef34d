/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/forms-lint.c - what is wrong, or better otherwise, in a .form file.
 *
 * The reader of definitions stops at the first mistake; here its line is taken
 * out and the reading goes on, so that a person sees all of them at once.
 *
 * Runs in:  command line.
 * Source:   doc/forms.md
 */
#include "config.h"

#include "daemon/forms-lint.h"

#include <string.h>

#include "daemon/forms-blank.h"
#include "daemon/forms-keys.h"
#include "parsers/lexicon.h"

#define MISTAKES_MAX 50u

/* One line that says something, with the section and field it belongs to. */
typedef struct {
    const DaemonFormsFile *file;
    guint line;
    char *word;
    char *rest;
    char *section; /* or NULL */
    char *field;   /* or NULL */
} Line;

typedef struct {
    const DaemonFormsFiles *files;
    GPtrArray *remarks; /* DaemonFormsRemark */
    GPtrArray *lines;   /* Line, of the file and what it includes, in the order they are read */
    const ParsersDefinition *form; /* NULL: made to be included, or too broken */
} Lint;

static void
remark_free(gpointer data)
{
    DaemonFormsRemark *remark = data;

    g_free(remark->file);
    g_free(remark->text);
    g_free(remark);
}

static void
line_free(gpointer data)
{
    Line *line = data;

    g_free(line->word);
    g_free(line->rest);
    g_free(line->section);
    g_free(line->field);
    g_free(line);
}

/* Takes text. */
static void
add_remark(Lint *lint, const char *file, guint line, bool mistake, char *text)
{
    DaemonFormsRemark *remark = g_new0(DaemonFormsRemark, 1);

    remark->file = g_strdup(file);
    remark->line = line;
    remark->mistake = mistake;
    remark->text = text;
    g_ptr_array_add(lint->remarks, remark);
}

static void remark_on(Lint *lint, const Line *line, bool mistake, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

static void
remark_on(Lint *lint, const Line *line, bool mistake, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_remark(lint, line->file->shown, line->line, mistake, g_strdup_vprintf(format, args));
    va_end(args);
}

static const DaemonFormsFile *
find_file(const Lint *lint, const char *name)
{
    for (guint i = 0; i < lint->files->files->len; i++) {
        const DaemonFormsFile *file = lint->files->files->pdata[i];

        if (g_str_equal(file->name, name))
            return file;
    }
    return NULL;
}

/* ---- Mistakes that the reader of definitions finds ---- */

/* "name:12: what is wrong" taken apart; the caller frees out_name. */
static bool
take_apart(const char *message, char **out_name, guint *out_line, const char **out_text)
{
    const char *colon = strchr(message, ':');
    char *end = NULL;

    if (colon == NULL)
        return false;
    *out_line = (guint)g_ascii_strtoull(colon + 1, &end, 10);
    if (end == colon + 1 || *end != ':')
        return false;
    *out_name = g_strndup(message, (gsize)(colon - message));
    *out_text = end + 1 + strspn(end + 1, " ");
    return true;
}

static void
report(Lint *lint, const DaemonFormsFile *file, const char *message, guint *out_line)
{
    g_autofree char *name = NULL;
    const char *text = message;

    *out_line = 0;
    take_apart(message, &name, out_line, &text);
    add_remark(lint, file->shown, *out_line, true, g_strdup(text));
}

/* The file without the lines that include what is not there, or the form could not be put together
 * at all; gather() tells of them. */
static GBytes *
without_gone(const Lint *lint, const DaemonFormsFile *file)
{
    GBytes *bytes = g_bytes_ref(file->bytes);

    for (guint i = 0; i < lint->lines->len; i++) {
        const Line *line = lint->lines->pdata[i];
        GBytes *rest = NULL;

        if (line->file != file || !g_str_equal(line->word, "include") ||
            find_file(lint, line->rest) != NULL)
            continue;
        rest = daemon_forms_without_line(bytes, line->line);
        g_bytes_unref(bytes);
        bytes = rest;
    }
    return bytes;
}

/* Add a file for good, with the lines that are no good taken out. */
static void
read_file(Lint *lint, ParsersDefinitions *definitions, const DaemonFormsFile *file)
{
    g_autoptr(GBytes) bytes = without_gone(lint, file);

    for (guint i = 0; i < MISTAKES_MAX && bytes != NULL; i++) {
        g_autoptr(GError) error = NULL;
        GBytes *rest = NULL;
        guint line = 0;

        if (parsers_definitions_add(definitions, file->name, bytes, &error))
            return;
        report(lint, file, error->message, &line);
        rest = daemon_forms_without_line(bytes, line);
        g_bytes_unref(bytes);
        bytes = rest;
    }
}

static void
read_files(Lint *lint, ParsersDefinitions *definitions)
{
    for (guint i = 0; i < lint->files->used; i++)
        read_file(lint, definitions, lint->files->files->pdata[i]);
}

/* ---- The lines, read once more for where things stand ---- */

static Line *
line_new(const DaemonFormsFile *file, guint number, char *text)
{
    Line *line = g_new0(Line, 1);
    gsize length = 0;

    g_strstrip(text);
    length = strcspn(text, " \t");
    line->file = file;
    line->line = number;
    line->word = g_strndup(text, length);
    line->rest = g_strstrip(g_strdup(text + length));
    return line;
}

static void
gather(Lint *lint, const DaemonFormsFile *file, guint depth)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(file->bytes, &size);
    g_autofree char *raw = g_strndup(size > 0 ? data : "", size);
    g_autofree char *text = g_utf8_make_valid(raw, -1);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    const char *section = NULL;
    const char *field = NULL;

    for (guint i = 0; lines[i] != NULL; i++) {
        Line *line = line_new(file, i + 1, lines[i]);

        g_ptr_array_add(lint->lines, line);
        if (g_str_equal(line->word, "section")) {
            section = line->rest;
            field = NULL;
        } else if (g_str_equal(line->word, "field")) {
            field = line->rest;
        } else if (g_str_equal(line->word, "include")) {
            const DaemonFormsFile *other = find_file(lint, line->rest);

            section = NULL;
            field = NULL;
            if (other == NULL)
                remark_on(lint, line, true, "the included file is not there: %s", line->rest);
            else if (depth > 0)
                gather(lint, other, depth - 1);
        }
        line->section = g_strdup(section);
        line->field = g_strdup(field);
    }
}

/* The first line of that kind in that place; NULL when there is none. */
static const Line *
find_line(const Lint *lint, const char *word, const char *section, const char *field)
{
    for (guint i = 0; i < lint->lines->len; i++) {
        const Line *line = lint->lines->pdata[i];

        if (g_str_equal(line->word, word) && g_strcmp0(line->section, section) == 0 &&
            (field == NULL || g_strcmp0(line->field, field) == 0))
            return line;
    }
    return NULL;
}

/* ---- What may be wrong with lines that can be read ---- */

/* Of the file as a whole. */
static void
remark_head(Lint *lint, bool mistake, const char *text)
{
    const DaemonFormsFile *first = lint->files->files->pdata[0];

    add_remark(lint, first->shown, 0, mistake, g_strdup(text));
}

static void
check_head(Lint *lint)
{
    const ParsersDefinition *form = lint->form;

    if (form->titles->len == 0)
        remark_head(lint, true, "no \"title\": its documents cannot be told from other forms'");
    if (form->shown == NULL)
        remark_head(lint, true,
                    "no \"shown\" above the sections: records and blank forms have no title");
    else if (parsers_lexicon_title(form->lexicon, form->shown) < DAEMON_FORMS_BLANK_TITLE)
        remark_head(lint, false, "\"shown\" is none of the titles: say it as a \"title\", too");
    if (form->evidence->len == 0 && form->asks->len == 0)
        remark_head(lint, false,
                    "no \"evidence\", no \"asks\": only the title tells it from others");
}

static void
check_key(Lint *lint, const ParsersFieldDef *field, const Line *line)
{
    const bool numbered = strstr(field->key, ".N.") != NULL;
    const char *near = daemon_forms_keys_near(field->key);

    if (numbered != field->section->repeats)
        remark_on(lint, line, true,
                  numbered ? "%s has a number, but its section has no \"repeats\""
                           : "%s has no \".N.\", but its section has \"repeats\"",
                  field->key);
    /* A hidden field is another way to ask for others: its own key goes nowhere. */
    if (field->hidden || daemon_forms_keys_known(field->key) || daemon_forms_keys_free(field->key))
        return;
    if (near != NULL)
        remark_on(lint, line, true, "unknown key %s; was %s meant?", field->key, near);
    else if (daemon_forms_keys_taken(field->key))
        remark_on(lint, line, true, "unknown key %s: this group has fixed keys", field->key);
    else
        remark_on(lint, line, false, "%s begins a group of its own, which no form has so far",
                  field->key);
}

/* What the key of an answer's part or whole names. */
static void
check_target(Lint *lint, const Line *line, const char *key)
{
    if (parsers_definition_field(lint->form, key) == NULL)
        remark_on(lint, line, true, "\"%s\" names %s, which is no field of this form", line->word,
                  key);
}

static void
check_options(Lint *lint, const ParsersFieldDef *field, const Line *line)
{
    if (field->type == PARSERS_TYPE_CHOICE && field->options->len == 0)
        remark_on(lint, line, true, "%s is a choice without an \"option\"", field->key);
}

/* Whether the words on our own forms are found again when such a form comes back. */
static void
check_shown(Lint *lint, const ParsersFieldDef *field, const Line *line)
{
    const Line *shown = find_line(lint, "shown", field->section->name, field->key);
    ParsersLabel label = {0};

    if (field->hidden || field->section->kind != PARSERS_SECTION_NORMAL)
        return;
    if (field->shown == NULL) {
        remark_on(lint, line, true, "%s has no \"shown\": it is on no record and no blank form",
                  field->key);
        return;
    }
    label = parsers_lexicon_label(lint->form->lexicon, field->shown, field->section);
    if (label.kind != PARSERS_LABEL_FIELD || label.score < PARSERS_LEXICON_SURE)
        remark_on(lint, shown != NULL ? shown : line, false,
                  "\"%s\" is not understood as %s: add it as a label", field->shown, field->key);
    else if (label.field != field)
        remark_on(lint, shown != NULL ? shown : line, false,
                  "\"%s\" is understood as %s, not as %s", field->shown, label.field->key,
                  field->key);
}

static void
check_field(Lint *lint, const ParsersFieldDef *field)
{
    const Line *line = find_line(lint, "field", field->section->name, field->key);

    if (line == NULL)
        return;
    if (field->labels->len == 0 && field->within->len == 0)
        remark_on(lint, line, true, "%s has neither \"label\" nor \"within\": it is never read",
                  field->key);
    check_key(lint, field, line);
    check_options(lint, field, line);
    check_shown(lint, field, line);
    for (guint i = 0; i < field->parts->len; i++)
        check_target(lint, find_line(lint, "parts", field->section->name, field->key),
                     field->parts->pdata[i]);
    if (field->joins != NULL)
        check_target(lint, find_line(lint, "joins", field->section->name, field->key),
                     field->joins);
}

/* Letters and digits only, so that "D.O.B." and "dob" are the same label. */
static char *
bare(const char *label)
{
    g_autofree char *folded = g_utf8_casefold(label, -1);
    GString *out = g_string_new(NULL);

    for (const char *p = folded; *p != '\0'; p = g_utf8_next_char(p))
        if (g_unichar_isalnum(g_utf8_get_char(p)))
            g_string_append_unichar(out, g_utf8_get_char(p));
    return g_string_free(out, FALSE);
}

/* One label of a section; seen: bare label to the Line where it stood first. */
static void
check_label(Lint *lint, GHashTable *seen, Line *line, const char *label)
{
    g_autofree char *letters = bare(label);
    g_autofree char *id = g_strdup_printf("%s\n%s\n%s", line->section, line->word, letters);
    const Line *before = g_hash_table_lookup(seen, id);

    if (*letters == '\0')
        return;
    if (before == NULL)
        g_hash_table_insert(seen, g_steal_pointer(&id), line);
    else if (g_strcmp0(before->field, line->field) != 0)
        remark_on(lint, line, true, "\"%s\" is a label of %s too, in line %u of %s", label,
                  before->field, before->line, before->file->shown);
}

static void
check_labels(Lint *lint)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < lint->lines->len; i++) {
        Line *line = lint->lines->pdata[i];
        g_auto(GStrv) labels = NULL;

        if (line->field == NULL ||
            (!g_str_equal(line->word, "label") && !g_str_equal(line->word, "within")))
            continue;
        labels = g_strsplit(line->rest, "|", -1);
        for (guint l = 0; labels[l] != NULL; l++)
            check_label(lint, seen, line, g_strstrip(labels[l]));
    }
}

static void
check_asks(Lint *lint)
{
    for (guint i = 0; i < lint->lines->len; i++) {
        const Line *line = lint->lines->pdata[i];
        const char *key = line->rest + strcspn(line->rest, " ");

        key += strspn(key, " ");
        /* A question that speaks against this form may well be another form's. */
        if (g_str_equal(line->word, "asks") && line->rest[0] != '-')
            check_target(lint, line, key);
    }
}

/* Whether a person's own form would bring the section back. */
static void
check_heading(Lint *lint, const ParsersSectionDef *section, const Line *line)
{
    ParsersHeading heading = {0};

    if (section->shown == NULL)
        return;
    heading = parsers_lexicon_heading(lint->form->lexicon, section->shown);
    if (heading.section != section || heading.score < PARSERS_LEXICON_SURE)
        remark_on(lint, line, false, "\"%s\" is not understood as a heading of this section",
                  section->shown);
}

static void
check_section(Lint *lint, const ParsersSectionDef *section)
{
    const Line *line = NULL;

    for (guint i = 0; line == NULL && i < lint->lines->len; i++) {
        const Line *one = lint->lines->pdata[i];

        if (g_str_equal(one->word, "section") && g_str_equal(one->rest, section->name))
            line = one;
    }
    if (line == NULL || section->kind != PARSERS_SECTION_NORMAL)
        return;
    if (section->shown == NULL)
        remark_on(lint, line, true,
                  "section %s has no \"shown\": it is on no record and no blank "
                  "form",
                  section->name);
    if (section->headings->len == 0)
        remark_on(lint, line, false, "section %s has no \"heading\"", section->name);
    check_heading(lint, section, line);
    for (guint i = 0; i < section->fields->len; i++)
        check_field(lint, section->fields->pdata[i]);
}

/* In the order of the files, and of the lines in them; remarks on a whole file come first. */
static int
by_place(gconstpointer a, gconstpointer b)
{
    const DaemonFormsRemark *one = *(DaemonFormsRemark *const *)a;
    const DaemonFormsRemark *other = *(DaemonFormsRemark *const *)b;
    const int files = strcmp(one->file, other->file);

    return files != 0 ? files : (one->line > other->line) - (one->line < other->line);
}

GPtrArray *
daemon_forms_lint(const DaemonFormsFiles *files, guint *out_mistakes)
{
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(line_free);
    Lint lint = {files, g_ptr_array_new_with_free_func(remark_free), lines, NULL};

    gather(&lint, files->files->pdata[0], 4);
    read_files(&lint, definitions);
    lint.form = daemon_forms_main(files, definitions);
    if (lint.form != NULL) {
        check_head(&lint);
        check_asks(&lint);
        for (guint i = 0; i < lint.form->sections->len; i++)
            check_section(&lint, lint.form->sections->pdata[i]);
    }
    check_labels(&lint);
    g_ptr_array_sort(lint.remarks, by_place);
    *out_mistakes = 0;
    for (guint i = 0; i < lint.remarks->len; i++)
        *out_mistakes += ((const DaemonFormsRemark *)lint.remarks->pdata[i])->mistake;
    return lint.remarks;
}
