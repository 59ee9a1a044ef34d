/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-audit-words.c - entries of the audit in words that whoever reads it understands.
 *
 * Details are JSON of fixed words and numbers.  What is not known here, as from another version, is
 * shown as it stands: nothing of the audit is kept from an auditor.
 *
 * Runs in:  review.
 * Source:   doc/spool.md, "The audit"
 */
#include "config.h"

#include <glib.h>
#include <string.h>

#include "daemon/explain-words.h"
#include "daemon/explain.h"
#include "daemon/review-audit-words.h"
#include "daemon/review-words.h"

/* clang-format off */
static const struct { const char *word, *shown; } actors[] = {
    { "mailbox", "Postern, fetching mail" },
    { "intake",  "Postern, deciding"      },
    { "courier", "Postern, sending"       },
    { "review",  "The staff desk"         },
    { "postern", "Postern"                },
    { "keeper",  "Postern, keeping watch" },
}, objects[] = {
    { "record",  "Item"      }, { "mail",    "Mail"    }, { "reply", "Reply" },
    { "task",    "Task"      }, { "account", "Account" }, { "node",  "Node"  },
    { "mailbox", "Mailbox"   },
}, copies[] = {
    { "pdf",     "as a PDF"  }, { "json", "as JSON" }, { "zip", "as an archive" },
};
/* clang-format on */

/* The words of a table, or NULL. */
#define LOOK_UP(table, text) look_up(&(table)[0].word, G_N_ELEMENTS(table), text)

static const char *
look_up(const char *const *pairs, gsize n, const char *word)
{
    for (gsize i = 0; i < n; i++)
        if (strcmp(pairs[2 * i], word) == 0)
            return pairs[2 * i + 1];
    return NULL;
}

const char *
daemon_review_audit_who(const char *actor)
{
    const char *shown = LOOK_UP(actors, actor);

    return shown != NULL ? shown : actor;
}

char *
daemon_review_audit_what(const char *object)
{
    const char *colon = strchr(object, ':');
    g_autofree char *kind = colon != NULL ? g_strndup(object, (gsize)(colon - object)) : NULL;
    const char *shown = kind != NULL ? LOOK_UP(objects, kind) : NULL;

    if (strcmp(object, "records") == 0)
        return g_strdup("All that they may see");
    return shown != NULL ? g_strconcat(shown, " ", colon + 1, NULL) : g_strdup(object);
}

json_int_t
daemon_review_audit_item(const char *object, const char *detail)
{
    g_autoptr(json_t) all = detail != NULL ? json_loads(detail, 0, NULL) : NULL;

    if (g_str_has_prefix(object, "record:"))
        return (json_int_t)g_ascii_strtoll(object + strlen("record:"), NULL, 10);
    return json_integer_value(json_object_get(all, "record"));
}

/* "child.1.name" as "child 1 name" */
static char *
question(const char *key)
{
    return g_strdelimit(g_strdup(key), "._", ' ');
}

/* Each gives a line for a detail, or NULL when it tells nobody anything; owned. */
static char *
say_action(const json_t *value)
{
    return g_strdup(daemon_review_outcome(json_string_value(value)));
}

static char *
say_reply(const json_t *value)
{
    const char *name = json_string_value(value);

    if (name == NULL)
        return json_integer_value(value) == 0
                   ? NULL
                   : g_strdup_printf("Reply %" JSON_INTEGER_FORMAT, json_integer_value(value));
    return strcmp(name, "none") == 0 ? g_strdup("No reply")
                                     : g_strdup_printf("Reply: %s", daemon_review_template(name));
}

static char *
say_attempts(const json_t *value)
{
    const json_int_t times = json_integer_value(value);

    return times <= 1 ? NULL : g_strdup_printf("Read %" JSON_INTEGER_FORMAT " times", times);
}

static char *
say_text(const json_t *value)
{
    return g_strdup(json_string_value(value));
}

static char *
say_with(const json_t *value)
{
    return g_strdup_printf("Filed with item %" JSON_INTEGER_FORMAT, json_integer_value(value));
}

static char *
say_alert(const json_t *value)
{
    (void)value;
    return g_strdup("Whoever is on duty is alerted");
}

static char *
say_size(const json_t *value)
{
    return g_format_size((guint64)json_integer_value(value));
}

static char *
say_mail(const json_t *value)
{
    return g_strdup_printf("Mail %" JSON_INTEGER_FORMAT, json_integer_value(value));
}

static char *
say_unsure(const json_t *value)
{
    return json_integer_value(value) == 0
               ? NULL
               : g_strdup("It was not certain before whether it had arrived");
}

static char *
say_key(const json_t *value)
{
    g_autofree char *shown = question(json_string_value(value));

    return g_strdup_printf("Answer: %s", shown);
}

static char *
say_version(const json_t *value)
{
    return g_strdup_printf("Version %" JSON_INTEGER_FORMAT " of it", json_integer_value(value));
}

static char *
say_form(const json_t *value)
{
    const char *name = json_string_value(value);
    const char *shown = name != NULL ? LOOK_UP(copies, name) : NULL;

    if (name != NULL)
        return g_strdup(shown != NULL ? shown : name);
    return json_integer_value(value) == 0 ? NULL
                                          : g_strdup_printf("Form %" JSON_INTEGER_FORMAT " of it",
                                                            json_integer_value(value) + 1);
}

static char *
say_found(const json_t *value)
{
    return g_strdup_printf("%" JSON_INTEGER_FORMAT " found", json_integer_value(value));
}

static char *
say_task(const json_t *value)
{
    return g_strdup(daemon_review_task(json_string_value(value)));
}

static char *
say_handover(const json_t *value)
{
    return g_strdup_printf("Handover %" JSON_INTEGER_FORMAT, json_integer_value(value));
}

static char *
say_nothing(const json_t *value)
{
    (void)value;
    return NULL;
}

/* clang-format off */
static const struct {
    const char *key;
    json_type type; /* JSON_NULL: any */
    char *(*say)(const json_t *value);
} details[] = {
    { "action",    JSON_STRING,  say_action   }, { "reply",     JSON_NULL,    say_reply    },
    { "attempts",  JSON_INTEGER, say_attempts }, { "reference", JSON_STRING,  say_text     },
    { "with",      JSON_INTEGER, say_with     }, { "alert",     JSON_NULL,    say_alert    },
    { "size",      JSON_INTEGER, say_size     }, { "mail",      JSON_INTEGER, say_mail     },
    { "unsure",    JSON_INTEGER, say_unsure   }, { "key",       JSON_STRING,  say_key      },
    { "version",   JSON_INTEGER, say_version  }, { "form",      JSON_NULL,    say_form     },
    { "found",     JSON_INTEGER, say_found    }, { "what",      JSON_STRING,  say_task     },
    { "handover",  JSON_INTEGER, say_handover },
    /* Said elsewhere: by the act, the item's link, the rules; or a hash. */
    { "state",     JSON_STRING,  say_nothing  }, { "record",    JSON_INTEGER, say_nothing  },
    { "rules",     JSON_ARRAY,   say_nothing  }, { "content",   JSON_STRING,  say_nothing  },
};
/* clang-format on */

static char *
say_detail(const char *key, const json_t *value)
{
    g_autofree char *raw = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(details); i++)
        if (strcmp(details[i].key, key) == 0 &&
            (details[i].type == JSON_NULL || details[i].type == json_typeof(value)))
            return details[i].say(value);
    raw = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    return g_strdup_printf("%s: %s", key, raw != NULL ? raw : "");
}

GPtrArray *
daemon_review_audit_lines(const char *detail)
{
    g_autoptr(json_t) all = detail != NULL ? json_loads(detail, 0, NULL) : NULL;
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    const char *key = NULL;
    json_t *value = NULL;

    if (!json_is_object(all)) {
        if (detail != NULL && detail[0] != '\0')
            g_ptr_array_add(lines, g_strdup(detail));
        return lines;
    }
    json_object_foreach(all, key, value)
    {
        char *line = say_detail(key, value);

        if (line != NULL)
            g_ptr_array_add(lines, line);
    }
    return lines;
}

GPtrArray *
daemon_review_audit_rules(const char *detail)
{
    g_autoptr(json_t) all = detail != NULL ? json_loads(detail, 0, NULL) : NULL;
    const json_t *rules = json_object_get(all, "rules");
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);

    for (gsize i = 0; i < json_array_size(rules); i++) {
        const char *rule = json_string_value(json_array_get(rules, i));
        const char *words = rule != NULL ? daemon_explain_words_rule(rule) : NULL;

        if (rule != NULL)
            g_ptr_array_add(lines, g_strdup(words != NULL ? words : rule));
    }
    return lines;
}
