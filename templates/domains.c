/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/domains.c - what the domain of an address says of who writes.
 *
 * Runs in:  intake, command line.
 * Source:   doc/deciding.md, "Who wrote it"
 */
#include "config.h"

#include <string.h>

#include "templates/address.h"
#include "templates/domains.h"
#include "templates/file.h"

#define FILE_NAME "domains.list"
#define MAX_FILE (256u * 1024u)

struct TemplatesDomains {
    GHashTable *kinds; /* domain in lower case -> TemplatesDomainKind */
};

/* clang-format off */
static const struct {
    const char *word;
    TemplatesDomainKind kind;
} kinds[] = {
    { "professional", TEMPLATES_DOMAIN_PROFESSIONAL },
    { "public",       TEMPLATES_DOMAIN_PUBLIC       },
    { "free-mail",    TEMPLATES_DOMAIN_FREE_MAIL    },
};
/* clang-format on */

void
templates_domains_free(TemplatesDomains *domains)
{
    if (domains == NULL)
        return;
    g_hash_table_unref(domains->kinds);
    g_free(domains);
}

static TemplatesDomainKind
kind_of(const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_str_equal(kinds[i].word, word))
            return kinds[i].kind;
    return TEMPLATES_DOMAIN_UNKNOWN;
}

/* A kind, white space, a domain of two labels at least; "uk" alone would be half the country. */
static bool
add_line(TemplatesDomains *domains, char *line, guint number, GError **error)
{
    char *end = strchr(line, '#');
    char *domain, *lower;

    if (end != NULL)
        *end = '\0';
    if (g_strstrip(line)[0] == '\0')
        return true;
    domain = line + strcspn(line, " \t");
    if (*domain != '\0')
        *domain++ = '\0';
    g_strstrip(domain);
    if (kind_of(line) == TEMPLATES_DOMAIN_UNKNOWN)
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX,
                               "%s:%u: the kind must be professional, public or free-mail",
                               FILE_NAME, number);
    if (!templates_address_is_domain(domain))
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX,
                               "%s:%u: a domain such as example.org must follow the kind",
                               FILE_NAME, number);
    lower = g_ascii_strdown(domain, -1);
    if (!g_hash_table_insert(domains->kinds, lower, GINT_TO_POINTER(kind_of(line))))
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX, "%s:%u: %s is there twice", FILE_NAME,
                               number, domain);
    return true;
}

bool
templates_domains_load(const char *folder, TemplatesDomains **out_domains, GError **error)
{
    g_autoptr(TemplatesDomains) domains = g_new0(TemplatesDomains, 1);
    g_autoptr(GBytes) bytes = NULL;
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;
    gsize size = 0;
    const char *data;

    domains->kinds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!templates_file_get(folder, FILE_NAME, &bytes, error))
        return false;
    data = g_bytes_get_data(bytes, &size);
    if (size > MAX_FILE || (size > 0 && memchr(data, '\0', size) != NULL))
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX,
                               "%s:1: this is not a text, or too long", FILE_NAME);
    text = g_strndup(data, size);
    lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++)
        if (!add_line(domains, lines[i], i + 1, error))
            return false;
    *out_domains = g_steal_pointer(&domains);
    return true;
}

TemplatesDomainKind
templates_domains_find(const TemplatesDomains *domains, const char *domain, const char **out_entry)
{
    g_autofree char *lower = g_ascii_strdown(domain, -1);

    for (const char *at = lower; domains != NULL && at != NULL;
         at = strchr(at, '.') != NULL ? strchr(at, '.') + 1 : NULL) {
        gpointer key = NULL, kind = NULL;

        if (!g_hash_table_lookup_extended(domains->kinds, at, &key, &kind))
            continue;
        if (out_entry != NULL)
            *out_entry = key;
        return GPOINTER_TO_INT(kind);
    }
    return TEMPLATES_DOMAIN_UNKNOWN;
}
