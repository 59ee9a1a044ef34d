/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/label-phrases.c - the examples that the model of labels learns from.
 *
 * Runs in:  parsers/label-train, while Postern is built.
 * Source:   templates/forms/phrases.txt
 */
#include "config.h"

#include "parsers/label-phrases.h"

#include "parsers/label-features.h"

#include <string.h>

#define PICKS 30u /* of one phrasing with choices in it */
#define DEPTH_MAX 8u

typedef struct {
    ParsersLabelPhrases *phrases;
    GHashTable *lists; /* "$word": what it stands for */
    GHashTable *homes; /* first part of a key: name of its section */
    GHashTable *numbers;
    GHashTable *seen;
    guint64 seed;
} Reader;

/* The sections under whose headings people ask for anything. */
static const char *const sections[] = {"referrer", "child",   "adult",  "incident", "reported",
                                       "family",   "request", "health", "other"};
static const char *const persons[] = {"referrer", "child.N", "adult"};

guint32
parsers_label_phrases_chance(guint64 *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (guint32)(*seed >> 32);
}

/* The alternatives of a text, parted by bars outside of brackets. */
static GPtrArray *
alternatives(const char *text)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    const char *from = text;
    int depth = 0;

    for (const char *p = text;; p++) {
        depth += (*p == '[') - (*p == ']');
        if (*p != '\0' && (*p != '|' || depth != 0))
            continue;
        g_ptr_array_add(found, g_strndup(from, (gsize)(p - from)));
        from = p + 1;
        if (*p == '\0')
            return found;
    }
}

static void pick(Reader *reader, const char *text, const char *person, guint depth, GString *out);

/* Write one of the alternatives of a text. */
static void
pick_one(Reader *reader, const char *text, const char *person, guint depth, GString *out)
{
    g_autoptr(GPtrArray) all = alternatives(text);

    pick(reader, all->pdata[parsers_label_phrases_chance(&reader->seed) % all->len], person,
         depth + 1, out);
}

/* The end of the brackets that open here. */
static const char *
closing(const char *open)
{
    int depth = 0;

    for (const char *p = open; *p != '\0'; p++) {
        depth += (*p == '[') - (*p == ']');
        if (depth == 0)
            return p;
    }
    return NULL;
}

/* "$who" and "$whose" are said of a person, all else is the same for all. */
static const char *
list_of(const Reader *reader, const char *name, const char *person)
{
    g_autofree char *full = NULL;

    if (strcmp(name, "who") != 0 && strcmp(name, "whose") != 0)
        return g_hash_table_lookup(reader->lists, name);
    full = g_strdup_printf("%.*s.%s", (int)strcspn(person, "."), person, name);
    return g_hash_table_lookup(reader->lists, full);
}

/* Write one way to say a text. */
static void
pick(Reader *reader, const char *text, const char *person, guint depth, GString *out)
{
    for (const char *p = text; *p != '\0' && depth < DEPTH_MAX;) {
        const char *close = *p == '[' ? closing(p) : NULL;

        if (close != NULL) {
            g_autofree char *inside = g_strndup(p + 1, (gsize)(close - p - 1));

            pick_one(reader, inside, person, depth, out);
            p = close + 1;
        } else if (*p == '$') {
            const gsize length = strspn(p + 1, "abcdefghijklmnopqrstuvwxyz");
            g_autofree char *name = g_strndup(p + 1, length);
            const char *list = list_of(reader, name, person);

            if (list != NULL)
                pick_one(reader, list, person, depth, out);
            p += 1 + length;
        } else {
            g_string_append_c(out, *p++);
        }
    }
}

static guint
number_of(Reader *reader, const char *key)
{
    gpointer number = g_hash_table_lookup(reader->numbers, key);

    if (number != NULL)
        return GPOINTER_TO_UINT(number) - 1;
    g_ptr_array_add(reader->phrases->keys, g_strdup(key));
    g_hash_table_insert(reader->numbers, g_strdup(key),
                        GUINT_TO_POINTER(reader->phrases->keys->len));
    return reader->phrases->keys->len - 1;
}

static void
add(Reader *reader, const char *text, const char *section, const char *key)
{
    const ParsersLabelExample example = {
        .text = g_string_chunk_insert_const(reader->phrases->texts, text),
        .section = g_string_chunk_insert_const(reader->phrases->texts, section),
        .key = number_of(reader, key),
    };
    char *said = g_strdup_printf("%s\n%s\n%s", key, section, text);

    if (g_hash_table_add(reader->seen, said))
        g_array_append_val(reader->phrases->examples, example);
}

static const char *
home_of(const Reader *reader, const char *key)
{
    g_autofree char *first = g_strndup(key, strcspn(key, "."));
    const char *home = g_hash_table_lookup(reader->homes, first);

    return home != NULL ? home : g_string_chunk_insert_const(reader->phrases->texts, first);
}

static const char *
any_section(Reader *reader)
{
    return sections[parsers_label_phrases_chance(&reader->seed) % G_N_ELEMENTS(sections)];
}

/* One text under the headings that make it what it is, and under some that do not. */
static void
add_text(Reader *reader, const char *text, const char *key, bool within)
{
    const char *home = home_of(reader, key);
    const char *other = any_section(reader);

    if (g_str_has_prefix(key, "section:") || text[0] == '!') {
        add(reader, text[0] == '!' ? text + 1 : text, PARSERS_LABEL_HEADING, key);
        return;
    }
    if (strcmp(key, "-") == 0) {
        add(reader, text, "", key);
        add(reader, text, other, key);
        add(reader, text, any_section(reader), key);
        return;
    }
    add(reader, text, home, key);
    if (!within) {
        add(reader, text, "", key);
        add(reader, text, other, key);
        return;
    }
    /* What needs its heading is nobody's without one. */
    add(reader, text, "", "-");
}

static void
add_phrasing(Reader *reader, const char *phrasing, const char *key, bool within)
{
    for (guint i = 0; i < PICKS; i++) {
        g_autoptr(GString) text = g_string_new(NULL);

        pick(reader, phrasing, key, 0, text);
        g_strstrip(text->str);
        if (text->str[0] != '\0')
            add_text(reader, text->str, key, within);
    }
}

static void
add_key(Reader *reader, const char *key, const char *texts)
{
    g_autofree char *plain = g_strndup(key, strcspn(key, "~"));
    g_autoptr(GPtrArray) all = alternatives(texts);

    for (guint i = 0; i < all->len; i++)
        add_phrasing(reader, all->pdata[i], plain, plain[strlen(plain)] != key[strlen(plain)]);
}

/* "*.name" is asked of everybody, "*.email" only where the one who writes has it. */
static void
add_keys(Reader *reader, const char *key, const char *texts)
{
    if (key[0] != '*') {
        add_key(reader, key, texts);
        return;
    }
    for (guint i = 0; i < G_N_ELEMENTS(persons); i++) {
        g_autofree char *full = g_strconcat(persons[i], key + 1, NULL);

        /* The form asks these of the others only. */
        if (i == 0 && (strstr(key, "dob") != NULL || strstr(key, "gender") != NULL ||
                       strstr(key, "ethnicity") != NULL))
            continue;
        if (i == 1 && strstr(key, "phone") != NULL)
            continue;
        add_key(reader, full, texts);
    }
}

static void
name_list(Reader *reader, char *line)
{
    char *equals = strchr(line, '=');
    GHashTable *where = line[0] == '$' ? reader->lists : reader->homes;

    *equals = '\0';
    g_hash_table_insert(where, g_strdup(g_strstrip(line + 1)),
                        line[0] == '$' ? g_strdup(equals + 1) : g_strdup(g_strstrip(equals + 1)));
}

static bool
read_line(Reader *reader, char *line)
{
    char *tab = strchr(line, '\t');

    if (line[0] == '\0' || line[0] == '#')
        return true;
    if (line[0] == '$' || line[0] == '@') {
        if (strchr(line, '=') == NULL)
            return false;
        name_list(reader, line);
        return true;
    }
    if (tab == NULL)
        return false;
    *tab = '\0';
    add_keys(reader, line, tab + 1);
    return true;
}

ParsersLabelPhrases *
parsers_label_phrases_read(char *text, guint *out_line)
{
    Reader reader = {.phrases = g_new0(ParsersLabelPhrases, 1), .seed = 88172645463325252u};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    bool good = true;

    reader.phrases->keys = g_ptr_array_new_with_free_func(g_free);
    reader.phrases->examples = g_array_new(FALSE, FALSE, sizeof(ParsersLabelExample));
    reader.phrases->texts = g_string_chunk_new(65536);
    reader.lists = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    reader.homes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    reader.numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    reader.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    number_of(&reader, "-");
    for (*out_line = 0; good && lines[*out_line] != NULL; ++*out_line)
        good = read_line(&reader, lines[*out_line]);
    g_hash_table_unref(reader.lists);
    g_hash_table_unref(reader.homes);
    g_hash_table_unref(reader.numbers);
    g_hash_table_unref(reader.seen);
    if (good)
        return reader.phrases;
    parsers_label_phrases_free(reader.phrases);
    return NULL;
}

void
parsers_label_phrases_free(ParsersLabelPhrases *phrases)
{
    if (phrases == NULL)
        return;
    g_ptr_array_unref(phrases->keys);
    g_array_unref(phrases->examples);
    g_string_chunk_free(phrases->texts);
    g_free(phrases);
}
