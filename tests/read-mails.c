/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/read-mails.c - read mails outside the cage and print what was found in each.
 *
 * For developers: built with sanitizers it says whether a heap of strange mails does harm.
 * Usage: read-mails [-v] [-f FOLDER-OF-FORMS] MAIL...
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "parsers/mail.h"

static const char *const states[] = {"read",    "evidence",    "decoration", "locked",
                                     "damaged", "unsupported", "limit"};

static void
print_parts(const ParsersFindings *findings)
{
    for (guint i = 0; i < findings->parts->len; i++) {
        const ParsersPart *part = g_ptr_array_index(findings->parts, i);

        printf("  part %u/%u %s \"%s\" is %s, %" G_GUINT64_FORMAT " bytes, %s %s\n", i, part->depth,
               part->declared, part->name, part->type, part->size, states[part->state],
               part->problem);
    }
    for (guint i = 0; i < findings->forms->len; i++) {
        const ParsersForm *form = g_ptr_array_index(findings->forms, i);

        printf("  form %s from %s as %s: %u answers%s\n", form->form, form->source, form->format,
               form->fields->len, form->blank ? ", blank" : "");
        for (guint k = 0; k < form->fields->len; k++) {
            const ParsersField *field = g_ptr_array_index(form->fields, k);

            printf("    %s = %s\n", field->key, field->value);
        }
    }
    for (guint i = 0; i < findings->warnings->len; i++)
        printf("  warning: %s\n", (char *)g_ptr_array_index(findings->warnings, i));
}

static bool
read_mail(const char *path, const ParsersDefinitions *definitions, bool verbose)
{
    char *data = NULL;
    gsize size = 0;
    g_autoptr(GBytes) raw = NULL;
    g_autoptr(ParsersFindings) findings = NULL;
    g_autoptr(ParsersFindings) again = NULL;
    g_autoptr(GBytes) wire = NULL;
    gint64 start = 0;

    if (!g_file_get_contents(path, &data, &size, NULL))
        return false;
    raw = g_bytes_new_take(data, size);
    start = g_get_monotonic_time();
    findings = parsers_mail_read(raw, definitions, parsers_limits_default());
    wire = parsers_findings_encode(findings);
    printf("%s: %s, %u parts, %u forms, text %zu, quoted %zu, %" G_GINT64_FORMAT " us\n", path,
           parsers_kind_name(findings->kind), findings->parts->len, findings->forms->len,
           strlen(findings->text), strlen(findings->quoted), g_get_monotonic_time() - start);
    if (verbose) {
        printf("  from <%s> \"%s\" of %u, subject \"%s\", id <%s>\n", findings->from_address,
               findings->from_name, findings->from_count, findings->subject, findings->message_id);
        print_parts(findings);
        printf("--text--\n%s\n--signature--\n%s\n--quoted--\n%s\n", findings->text,
               findings->signature, findings->quoted);
    }
    return parsers_findings_decode(wire, &again, NULL);
}

/* Every .form file of a folder. */
static bool
load_forms(const char *folder, ParsersDefinitions *definitions)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name = NULL;

    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autoptr(GBytes) bytes = NULL;
        char *data = NULL;
        gsize size = 0;

        if (!g_str_has_suffix(name, ".form") || !g_file_get_contents(path, &data, &size, NULL))
            continue;
        bytes = g_bytes_new_take(data, size);
        if (!parsers_definitions_add(definitions, name, bytes, NULL))
            return false;
    }
    return dir != NULL;
}

int
main(int argc, char **argv)
{
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();
    bool verbose = false;
    int bad = 0;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0) {
            verbose = true;
        } else if (strcmp(argv[i], "-f") == 0 && i + 1 < argc) {
            if (!load_forms(argv[++i], definitions))
                return 2;
        } else if (!read_mail(argv[i], definitions, verbose)) {
            printf("%s: FAILED\n", argv[i]);
            bad = 1;
        }
        fflush(stdout);
    }
    return bad;
}
