/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-typed.c - what somebody typed into the form of an act: as posted, or kept as a
 * draft.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Acts"
 */
#include "config.h"

#include <string.h>

#include "daemon/review-typed.h"

/* Fields that belong to the page, not to who fills it in. */
static const char *const of_the_page[] = {"csrf", "version", "act", NULL};
/* Fields that say which answer is meant: nobody typed them. */
static const char *const of_the_answer[] = {"form", "key", NULL};

void
daemon_review_typed_clear(DaemonReviewTyped *typed)
{
    json_decref(typed->kept);
    typed->kept = NULL;
}

static const char *
kept(const DaemonReviewTyped *typed, const char *name)
{
    return json_string_value(json_array_get(json_object_get(typed->kept, name), 0));
}

/* The draft is about the answer that the page is about, or about none. */
static bool
same_answer(const DaemonReviewTyped *typed)
{
    for (const char *const *name = of_the_answer; *name != NULL; name++)
        if (g_strcmp0(kept(typed, *name), daemon_review_query(typed->request, *name)) != 0)
            return false;
    return true;
}

bool
daemon_review_typed_open(SpoolDb *db, const DaemonReviewRequest *request, const SpoolAct *act,
                         DaemonReviewTyped *out_typed, GError **error)
{
    g_autofree char *draft = NULL;

    *out_typed = (DaemonReviewTyped){request, NULL};
    if (request->fields != NULL)
        return true;
    if (!spool_draft_get(db, act, &draft, error))
        return false;
    if (draft == NULL)
        return true;
    out_typed->kept = json_loads(draft, 0, NULL);
    if (!same_answer(out_typed))
        daemon_review_typed_clear(out_typed);
    return true;
}

const char *
daemon_review_typed_get(const DaemonReviewTyped *typed, const char *name)
{
    return typed->kept != NULL ? kept(typed, name) : daemon_review_field(typed->request, name);
}

bool
daemon_review_typed_has(const DaemonReviewTyped *typed, const char *name, const char *value)
{
    const GPtrArray *posted = typed->request->field_list;
    const json_t *values = json_object_get(typed->kept, name);

    for (guint i = 0; posted != NULL && i + 1 < posted->len; i += 2)
        if (strcmp(posted->pdata[i], name) == 0 && strcmp(posted->pdata[i + 1], value) == 0)
            return true;
    for (gsize i = 0; i < json_array_size(values); i++)
        if (g_strcmp0(json_string_value(json_array_get(values, i)), value) == 0)
            return true;
    return false;
}

/* Add one field; whether somebody entered something in it. */
static bool
add(json_t *all, const char *name, const char *value)
{
    json_t *values = json_object_get(all, name);

    if (g_strv_contains(of_the_page, name))
        return false;
    if (values == NULL) {
        values = json_array();
        json_object_set_new(all, name, values);
    }
    json_array_append_new(values, json_string(value));
    return value[0] != '\0' && !g_strv_contains(of_the_answer, name);
}

bool
daemon_review_typed_keep(SpoolDb *db, const DaemonReviewRequest *request, const SpoolAct *act,
                         GError **error)
{
    const GPtrArray *posted = request->field_list;
    json_t *all = json_object();
    bool entered = false, good;

    for (guint i = 0; i + 1 < posted->len; i += 2)
        entered |= add(all, posted->pdata[i], posted->pdata[i + 1]);
    char *text = entered ? json_dumps(all, JSON_COMPACT) : strdup("");

    good = spool_draft_put(db, act, text, error);
    free(text);
    json_decref(all);
    return good;
}
