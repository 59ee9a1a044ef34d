/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/auth.c - Authentication-Results fields.
 *
 * Comments and quoted strings may hold anything, "dmarc=pass" too, so the field is
 * cut into tokens first and only tokens are compared.  One that is never closed must
 * not hide a "dmarc=fail": such a field is read without any, and nothing in it passes.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 8601 section 2.2; RFC 5322 section 3.2
 */
#include "config.h"

#include "parsers/auth.h"

#include <stdbool.h>
#include <string.h>

#include "parsers/findings.h"
#include "parsers/header.h"

/* clang-format off */
/* Which properties name the domain that a method speaks of, the best first.  compauth is Exchange
 * Online's own sum of all; it speaks of the From address. */
static const struct {
    const char *method;
    const char *properties[3];
} methods[] = {
    {"spf",      {"smtp.mailfrom", "smtp.mail", "smtp.helo"}},
    {"dkim",     {"header.d",      "header.i",  NULL}},
    {"dmarc",    {"header.from",   NULL,        NULL}},
    {"arc",      {"header.d",      "smtp.remote-ip", NULL}},
    {"compauth", {NULL,            NULL,        NULL}},
};
/* clang-format on */

/* Append a quoted string's content; returns the offset after it, 0 if it is never closed. */
static gsize
take_quoted(const char *text, gsize i, GString *word)
{
    for (i++; text[i] != '\0' && text[i] != '"'; i++) {
        if (text[i] == '\\' && text[i + 1] != '\0')
            i++;
        g_string_append_c(word, text[i]);
    }
    return text[i] == '"' ? i + 1 : 0;
}

static bool
is_whole(const char *text)
{
    g_autoptr(GString) word = g_string_new(NULL);

    for (gsize i = 0, end; text[i] != '\0'; i = end) {
        end = i + 1;
        if (text[i] == '(')
            end = parsers_header_skip_comment(text, i);
        else if (text[i] == '"')
            end = take_quoted(text, i, word);
        if (end == 0)
            return false;
    }
    return true;
}

/* Words, and ";" and "=" as tokens of their own, of a text that is whole.  A quoted ";" is a word
 * that starts with a quote mark, so that it cannot be taken for one. */
static GPtrArray *
tokenise(const char *text)
{
    GPtrArray *tokens = g_ptr_array_new_with_free_func(g_free);

    for (gsize i = 0; text[i] != '\0';) {
        GString *word = NULL;

        if (g_ascii_isspace(text[i])) {
            i++;
            continue;
        }
        if (text[i] == '(') {
            i = parsers_header_skip_comment(text, i);
            continue;
        }
        if (text[i] == ';' || text[i] == '=') {
            g_ptr_array_add(tokens, g_strndup(text + i, 1));
            i++;
            continue;
        }
        word = g_string_new(text[i] == '"' ? "\"" : NULL);
        while (text[i] != '\0' && strchr(" \t;=(", text[i]) == NULL) {
            if (text[i] == '"')
                i = take_quoted(text, i, word);
            else
                g_string_append_c(word, text[i++]);
        }
        g_ptr_array_add(tokens, g_string_free(word, FALSE));
    }
    return tokens;
}

static const char *
token(const GPtrArray *tokens, guint i)
{
    return i < tokens->len ? g_ptr_array_index(tokens, i) : "";
}

static bool
is_pair(const GPtrArray *tokens, guint i)
{
    return strcmp(token(tokens, i), "=") != 0 && strcmp(token(tokens, i + 1), "=") == 0 &&
           i + 2 < tokens->len && strcmp(token(tokens, i + 2), ";") != 0;
}

/* The domain of "user@domain", "@domain" or "domain", quotes left out. */
static char *
domain_of(const char *value)
{
    const char *at = strrchr(value, '@');

    value = at != NULL ? at + 1 : value;
    return g_ascii_strdown(value + strspn(value, "\"<"), (gssize)strcspn(value, ">"));
}

static gssize
find_method(const char *word)
{
    const gsize length = strcspn(word, "/"); /* "dkim/1": a version */

    for (gsize i = 0; i < G_N_ELEMENTS(methods); i++)
        if (strlen(methods[i].method) == length &&
            g_ascii_strncasecmp(methods[i].method, word, length) == 0)
            return (gssize)i;
    return -1;
}

/* The value of a property among the tokens of one result. */
static const char *
find_property(const GPtrArray *tokens, guint start, guint end, const char *name)
{
    for (guint i = start; name != NULL && i < end; i++)
        if (is_pair(tokens, i) && g_ascii_strcasecmp(token(tokens, i), name) == 0)
            return token(tokens, i + 2);
    return NULL;
}

/* One "method=result property=value ..." between semicolons. */
static ParsersAuth *
parse_result(const GPtrArray *tokens, guint start, guint end)
{
    const gssize row = is_pair(tokens, start) ? find_method(token(tokens, start)) : -1;
    const char *domain = NULL;
    ParsersAuth *auth = NULL;

    if (row < 0)
        return NULL;
    for (gsize i = 0; domain == NULL && i < G_N_ELEMENTS(methods[row].properties); i++)
        domain = find_property(tokens, start + 3, end, methods[row].properties[i]);
    auth = g_new0(ParsersAuth, 1);
    auth->method = g_strdup(methods[row].method);
    auth->result = g_ascii_strdown(token(tokens, start + 2), -1);
    auth->domain = domain_of(domain != NULL ? domain : "");
    return auth;
}

void
parsers_auth_parse(const char *value, guint instance, GPtrArray *out_auth)
{
    const bool whole = is_whole(value);
    g_autofree char *open = whole ? NULL : g_strdelimit(g_strdup(value), "()\"", ' ');
    g_autoptr(GPtrArray) tokens = tokenise(whole ? value : open);
    const bool has_id = tokens->len > 0 && !is_pair(tokens, 0);
    const char *id = has_id ? token(tokens, 0) : "";
    guint start = 0;

    id += id[0] == '"' && id[1] != '\0'; /* a name of no letters is not no name */
    for (guint i = 0; i <= tokens->len; i++) {
        ParsersAuth *auth = NULL;

        if (i < tokens->len && strcmp(token(tokens, i), ";") != 0)
            continue;
        auth = i > start ? parse_result(tokens, start, i) : NULL;
        start = i + 1;
        if (auth == NULL)
            continue;
        auth->authserv_id = g_strdup(id);
        auth->instance = instance;
        if (!whole && g_str_has_suffix(auth->result, "pass")) {
            g_free(auth->result);
            auth->result = g_strdup("none");
        }
        g_ptr_array_add(out_auth, auth);
    }
}
