/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/duplicates.c - one form sent twice in one mail is one form.
 *
 * Two brothers' forms by the same parent share half of their answers, so the names and
 * dates that tell people apart must not differ.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/duplicates.h"

#include "parsers/normalise.h"

#include <string.h>

enum {
    FEW = 3, /* answers in common below which nothing is the same */
    PICTURE_LOSS = 10000,
    SAME_PART = 8, /* tenths of the shared keys that must agree */
};

/* Keys that tell two matters apart: a difference in one makes them two forms. */
static const char *const telling[] = {"child.1.name", "child.1.dob", "adult.name"};

/* Letters and digits in one case: formats differ in spaces and punctuation. */
static char *
fold(const char *value)
{
    g_autofree char *lower = parsers_normalise_casefold(value);
    GString *out = g_string_new(NULL);

    for (const char *p = lower; *p != '\0'; p = g_utf8_next_char(p))
        if (g_unichar_isalnum(g_utf8_get_char(p)))
            g_string_append_unichar(out, g_utf8_get_char(p));
    return g_string_free(out, FALSE);
}

static bool
says_same(const char *one, const char *other)
{
    g_autofree char *a = fold(one);
    g_autofree char *b = fold(other);

    return strcmp(a, b) == 0;
}

static bool
differs_in(const ParsersForm *one, const ParsersForm *other, const char *key)
{
    const char *a = parsers_form_value(one, key);
    const char *b = parsers_form_value(other, key);

    return a != NULL && b != NULL && *a != '\0' && *b != '\0' && !says_same(a, b);
}

static bool
is_same(const ParsersForm *one, const ParsersForm *other)
{
    guint shared = 0, same = 0;

    if (strcmp(one->form, other->form) != 0 || one->blank != other->blank)
        return false;
    if (one->blank)
        return true;
    for (gsize i = 0; i < G_N_ELEMENTS(telling); i++)
        if (differs_in(one, other, telling[i]))
            return false;
    for (guint i = 0; i < one->fields->len; i++) {
        const ParsersField *field = g_ptr_array_index(one->fields, i);
        const char *value = parsers_form_value(other, field->key);

        if (value == NULL || *value == '\0' || field->value[0] == '\0')
            continue;
        shared++;
        same += says_same(field->value, value);
    }
    return shared >= FEW && same * 10 >= shared * SAME_PART;
}

/* What was typed is worth more than what a machine read in a picture of it. */
static double
worth(const ParsersForm *form)
{
    double sum = strcmp(form->format, "image") == 0 ? -PICTURE_LOSS : 0;

    for (guint i = 0; i < form->fields->len; i++) {
        const ParsersField *field = g_ptr_array_index(form->fields, i);

        sum += field->value[0] != '\0' ? field->confidence : 0;
    }
    return sum;
}

void
parsers_duplicates_add(ParsersFindings *findings, ParsersForm *form)
{
    for (guint i = 0; i < findings->forms->len; i++) {
        ParsersForm *other = g_ptr_array_index(findings->forms, i);

        if (!is_same(other, form))
            continue;
        g_ptr_array_add(findings->warnings,
                        g_strdup("the same form is in the mail twice; the fuller copy was taken"));
        if (worth(form) > worth(other)) {
            g_ptr_array_remove_index(findings->forms, i);
            g_ptr_array_insert(findings->forms, (gint)i, form);
        } else {
            parsers_form_free(form);
        }
        return;
    }
    g_ptr_array_add(findings->forms, form);
}
