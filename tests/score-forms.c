/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/score-forms.c - read the forms in mails outside the cage, one JSON line a mail.
 *
 * For developers: prints what `postern examine --json` says of forms, and with
 * --others also what was read but not understood.
 *
 *   score-forms [--others] DEFINITIONS-FOLDER MAIL.eml...
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "parsers/definition.h"
#include "parsers/mail.h"
#include "parsers/warm.h"
#include "tests/load-forms.h"

static void
print_text(const char *text)
{
    putchar('"');
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\')
            printf("\\%c", *p);
        else if ((guchar)*p < ' ')
            printf("\\u%04x", (guint)(guchar)*p);
        else
            putchar(*p);
    }
    putchar('"');
}

static void
print_fields(const char *name, const GPtrArray *fields)
{
    printf(", \"%s\": {", name);
    for (guint i = 0; i < fields->len; i++) {
        const ParsersField *field = g_ptr_array_index(fields, i);

        printf("%s", i > 0 ? ", " : "");
        print_text(field->key);
        printf(": ");
        print_text(field->value);
    }
    putchar('}');
}

static void
print_form(const ParsersForm *form, bool others)
{
    printf("{\"form\": \"%s\", \"format\": \"%s\", \"blank\": %s", form->form, form->format,
           form->blank ? "true" : "false");
    print_fields("fields", form->fields);
    if (others)
        print_fields("others", form->others);
    printf(", \"missing\": [");
    for (guint i = 0; i < form->missing->len; i++)
        printf("%s\"%s\"", i > 0 ? ", " : "", (const char *)g_ptr_array_index(form->missing, i));
    printf("]}");
}

static bool
read_mail(const char *path, const ParsersDefinitions *definitions, bool others)
{
    char *data = NULL;
    gsize size = 0;
    g_autofree char *base = g_path_get_basename(path);
    g_autoptr(GBytes) raw = NULL;
    g_autoptr(ParsersFindings) findings = NULL;

    if (!g_file_get_contents(path, &data, &size, NULL))
        return false;
    raw = g_bytes_new_take(data, size);
    findings = parsers_mail_read(raw, definitions, parsers_limits_default());
    printf("{\"file\": ");
    print_text(base);
    printf(", \"forms\": [");
    for (guint i = 0; i < findings->forms->len; i++) {
        printf("%s", i > 0 ? ", " : "");
        print_form(g_ptr_array_index(findings->forms, i), others);
    }
    printf("]}\n");
    return true;
}

int
main(int argc, char **argv)
{
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();
    g_autoptr(GError) error = NULL;
    const bool others = argc > 1 && strcmp(argv[1], "--others") == 0;
    const int first = others ? 2 : 1;
    int bad = 0;

    if (argc <= first || !load_forms(definitions, argv[first], &error)) {
        fprintf(stderr, "%s\n", error != NULL ? error->message : "which folder of definitions?");
        return 2;
    }
    parsers_warm_up();
    for (int i = first + 1; i < argc; i++)
        bad |= !read_mail(argv[i], definitions, others);
    return bad;
}
