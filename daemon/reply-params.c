/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/reply-params.c - what the words of a reply need besides its record.
 *
 * Runs in:  intake (writes), courier (reads).
 * Source:   doc/replies.md
 */
#include "config.h"

#include <jansson.h>

#include "daemon/explain.h"
#include "daemon/reply-params.h"
#include "templates/reply.h"

void
daemon_reply_params_clear(DaemonReplyParams *params)
{
    g_clear_pointer(&params->variant, g_free);
    g_clear_pointer(&params->home_area, g_free);
    g_clear_pointer(&params->work_area, g_free);
}

static void
set(json_t *object, const char *key, const char *text)
{
    if (text != NULL)
        json_object_set_new(object, key, json_string(text));
}

char *
daemon_reply_params_write(const char *variant, const DaemonArea *area, bool by_hand)
{
    json_t *object = json_object();
    char *text;

    set(object, "variant", variant);
    set(object, "home", area->home);
    set(object, "work", area->work);
    if (by_hand)
        json_object_set_new(object, "by_hand", json_true());
    text = daemon_explain_dump(object);
    json_decref(object);
    return text;
}

static char *
get(const json_t *object, const char *key)
{
    return g_strdup(json_string_value(json_object_get(object, key)));
}

void
daemon_reply_params_read(const char *json, const char *template, DaemonReplyParams *out_params)
{
    json_t *object = json_loads(json, 0, NULL);
    const char *known_template = NULL, *known_variant = NULL;
    g_autofree char *name = NULL;

    *out_params =
        (DaemonReplyParams){get(object, "variant"), get(object, "home"), get(object, "work"),
                            json_is_true(json_object_get(object, "by_hand"))};
    json_decref(object);
    if (out_params->variant == NULL)
        return;
    name = g_strconcat(template, "-", out_params->variant, NULL);
    if (!templates_reply_parse(name, &known_template, &known_variant))
        g_clear_pointer(&out_params->variant, g_free);
}
