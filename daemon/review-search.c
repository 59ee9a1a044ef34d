/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-search.c - finding records by what lies encrypted in them.
 *
 * What is looked for comes by POST and goes into no URL, no log and no audit entry.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Finding"
 */
#include "config.h"

#include <string.h>

#include "daemon/review-page.h"
#include "daemon/review-pages.h"
#include "daemon/review-words.h"
#include "spool/audit.h"
#include "spool/search-parts.h"

#define HITS_MAX 50u
#define QUERY_MAX 500u

/* clang-format off */
static const struct {
    const char *value, *label;
    SpoolSearchRole role;
} whose[] = {
    { "",         "Anybody",              SPOOL_SEARCH_ANYBODY  },
    { "adult",    "The adult concerned",  SPOOL_SEARCH_ADULT    },
    { "child",    "A child",              SPOOL_SEARCH_CHILD    },
    { "referrer", "Who wrote to us",      SPOOL_SEARCH_REFERRER },
};
/* clang-format on */

static SpoolSearchRole
role_of(const char *value)
{
    for (gsize i = 0; i < G_N_ELEMENTS(whose); i++)
        if (g_strcmp0(whose[i].value, value) == 0)
            return whose[i].role;
    return SPOOL_SEARCH_ANYBODY;
}

static json_t *
whose_choices(const char *chosen)
{
    json_t *list = json_array();

    for (gsize i = 0; i < G_N_ELEMENTS(whose); i++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "value", whose[i].value, "label",
                                              whose[i].label, "chosen",
                                              role_of(chosen) == whose[i].role));
    return list;
}

/* "dent: the same name, of the adult". */
static json_t *
part_json(const SpoolPart *part, guint how, guint roles)
{
    g_autoptr(GString) text = g_string_new(daemon_review_met(part->kind, how));
    const char *joint = ", of ";

    for (gsize i = 1; i < SPOOL_SEARCH_OTHER + 1u; i++)
        if ((roles & (1u << i)) != 0) {
            g_string_append_printf(text, "%s%s", joint, daemon_review_whose((int)i));
            joint = " and ";
        }
    return json_pack("{s:o, s:s}", "part", daemon_review_line(part->text, QUERY_MAX), "how",
                     text->str);
}

static json_t *
hit_json(const DaemonReview *review, const SpoolSearchHit *hit, const GPtrArray *parts)
{
    json_t *row = daemon_review_item_row(review, hit->item);
    json_t *met = json_array();

    for (guint i = 0; i < parts->len && hit->roles != 0; i++)
        json_array_append_new(met, part_json(parts->pdata[i], hit->hows[i], hit->whose[i]));
    json_object_set_new(row, "by_reference", json_boolean(hit->roles == 0));
    json_object_set_new(row, "met", met);
    return row;
}

static bool
show(DaemonReview *review, const DaemonReviewRequest *request, DaemonReviewResponse *response,
     json_t *data, GError **error)
{
    const char *text = daemon_review_field(request, "text");

    json_object_set_new(data, "title", json_string("Search"));
    json_object_set_new(data, "text", daemon_review_line(text, QUERY_MAX));
    json_object_set_new(data, "whose", whose_choices(daemon_review_field(request, "whose")));
    return daemon_review_page(review, request, response, "search", data, error);
}

DAEMON_REVIEW_HANDLER(daemon_review_search_form)
{
    return show(review, request, response, json_object(), error);
}

static bool
answer_wrong(DaemonReview *review, const DaemonReviewRequest *request,
             DaemonReviewResponse *response, const char *problem, GError **error)
{
    response->status = MHD_HTTP_BAD_REQUEST;
    return show(review, request, response, json_pack("{s:s}", "problem", problem), error);
}

/* That somebody searched is kept, never for what. */
static bool
note(const DaemonReview *review, const DaemonReviewRequest *request, guint hits, GError **error)
{
    g_autofree char *detail = g_strdup_printf("{\"found\":%u}", hits);

    return spool_audit_append(review->db, request->session->account->name, "searched", "records",
                              detail, error);
}

DAEMON_REVIEW_HANDLER(daemon_review_search)
{
    const char *text = daemon_review_field(request, "text");
    const SpoolSearchQuery query = {.text = text,
                                    .role = role_of(daemon_review_field(request, "whose")),
                                    .account = request->session->account->id,
                                    .max = HITS_MAX};
    g_autoptr(GPtrArray) hits = NULL, parts = NULL;
    g_autoptr(json_t) data = NULL;
    json_t *rows = json_array();

    data = json_pack("{s:o, s:b}", "hits", rows, "searched", 1);
    if (text == NULL || strlen(text) > QUERY_MAX || text[strspn(text, " \t\r\n")] == '\0')
        return answer_wrong(review, request, response,
                            "Enter a name, a date, a number, a post code or a reference.", error);
    parts = spool_search_parts(text, SPOOL_PART_NAME, SPOOL_SEARCH_PARTS);
    if (!spool_search_find(review->db, &query, &hits, error) ||
        !note(review, request, hits->len, error))
        return false;
    for (guint i = 0; i < hits->len; i++)
        json_array_append_new(rows, hit_json(review, hits->pdata[i], parts));
    json_object_set_new(data, "none", json_boolean(hits->len == 0));
    json_object_set_new(data, "count", json_integer(hits->len));
    json_object_set_new(data, "cut", json_boolean(hits->len == HITS_MAX));
    return show(review, request, response, json_incref(data), error);
}
