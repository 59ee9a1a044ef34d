/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-page.c - pages from templates.
 *
 * Runs in:  review.
 * Source:   doc/review.md; templates/mustache.h
 */
#include "config.h"

#include <string.h>

#include "daemon/log.h"
#include "daemon/review-page.h"
#include "daemon/safe-text.h"
#include "templates/file.h"
#include "templates/mustache.h"

#define HTML "text/html; charset=utf-8"

/* clang-format off */
/* The pages that stand in the head of every page, for who has their right. */
static const struct {
    const char *path, *label;
    DaemonRight right;
} navigation[] = {
    { "/queue",         "Queue",              DAEMON_RIGHT_SEE      },
    { "/search",        "Search",             DAEMON_RIGHT_SEE      },
    { "/redirected",    "Sent to the portal", DAEMON_RIGHT_SEE      },
    { "/ignored",       "Not for the service", DAEMON_RIGHT_SEE     },
    { "/not-told",      "Not told",           DAEMON_RIGHT_SEE      },
    { "/outbox",        "Outbox",             DAEMON_RIGHT_SEE      },
    { "/consultations", "Consultations",      DAEMON_RIGHT_SEE      },
    { "/figures",       "Figures",            DAEMON_RIGHT_FIGURES  },
    { "/health",        "Health",             DAEMON_RIGHT_ANYBODY  },
    { "/audit",         "Audit",              DAEMON_RIGHT_AUDIT    },
    { "/accounts",      "Accounts",           DAEMON_RIGHT_ACCOUNTS },
};

static const struct {
    guint status;
    const char *title, *advice;
} sorry[] = {
    { MHD_HTTP_BAD_REQUEST,        "That did not work",
      "Something in the form cannot be used. Go back and check what you entered." },
    { MHD_HTTP_FORBIDDEN,          "You cannot do this",
      "Your account does not have this right, or the page was open for too long. Go back to the queue "
      "and try again, or ask your manager." },
    { MHD_HTTP_UNAUTHORIZED,       "You are not signed in",
      "Your organisation's sign-in has not told us who you are, or you have no account here. Ask your "
      "administrator." },
    { MHD_HTTP_NOT_FOUND,          "There is nothing here",
      "The page or item does not exist, or you may not see it." },
    { MHD_HTTP_METHOD_NOT_ALLOWED, "There is nothing here",
      "This address is for something else. Go back to the queue." },
    { MHD_HTTP_CONFLICT,           "Somebody else changed this item",
      "While you looked at it a colleague did something with it. Nothing of yours was carried out, and "
      "nothing of theirs is lost. Open the item again to see what it is now; what you wrote is kept as "
      "a draft." },
    { MHD_HTTP_TOO_MANY_REQUESTS,  "Too many tries",
      "Wait a minute, then try again." },
    { MHD_HTTP_SERVICE_UNAVAILABLE, "Busy",
      "The service is busy or has no room left. Nothing was changed. Try again in a minute; if it goes "
      "on, tell your administrator." },
    { MHD_HTTP_INTERNAL_SERVER_ERROR, "Something is wrong on our side",
      "Nothing was changed. Try again; if it goes on, tell your administrator, who finds the reason in "
      "the log." },
};
/* clang-format on */

json_t *
daemon_review_text(const char *text)
{
    g_autofree char *safe = daemon_safe_text(text);

    return json_string(safe);
}

json_t *
daemon_review_line(const char *text, guint max)
{
    g_autofree char *safe = daemon_safe_line(text, max);

    return json_string(safe);
}

json_t *
daemon_review_time(const DaemonReview *review, gint64 at)
{
    g_autoptr(GDateTime) local = at != 0 ? templates_calendar_local(review->calendar, at) : NULL;
    g_autofree char *day = local != NULL ? g_date_time_format(local, "%-d %B %Y") : NULL;
    g_autofree char *clock = local != NULL ? g_date_time_format(local, "%-I:%M") : NULL;

    return local != NULL ? json_sprintf("%s, %s%s", day, clock,
                                        g_date_time_get_hour(local) < 12 ? "am" : "pm")
                         : json_string("");
}

static char *
load_part(const char *name, gpointer folder)
{
    g_autofree char *file = g_strdup_printf("pages/part-%s.html", name);
    g_autoptr(GBytes) bytes = NULL;
    gsize length = 0;

    if (!templates_file_get(folder, file, &bytes, NULL))
        return NULL;
    const char *data = g_bytes_get_data(bytes, &length);

    return g_strndup(data, length);
}

static bool
render(const char *folder, const char *name, const json_t *data, char **out_text, GError **error)
{
    g_autofree char *file = g_strdup_printf("pages/%s.html", name);
    g_autoptr(GBytes) bytes = NULL;
    gsize length = 0;

    if (!templates_file_get(folder, file, &bytes, error))
        return false;
    const char *start = g_bytes_get_data(bytes, &length);
    g_autofree char *text = g_strndup(start, length);
    const TemplatesMustache job = {.name = file,
                                   .text = text,
                                   .escape = true,
                                   .partial = load_part,
                                   .user_data = (gpointer)folder};

    return templates_mustache_render(&job, data, out_text, error);
}

static json_t *
links_for(const DaemonReviewRequest *request)
{
    guint roles = request->session->account->roles;
    json_t *links = json_array();

    for (gsize i = 0; i < G_N_ELEMENTS(navigation); i++)
        if (daemon_review_has_right(roles, navigation[i].right))
            json_array_append_new(links, json_pack("{s:s, s:s, s:b}", "path", navigation[i].path,
                                                   "label", navigation[i].label, "current",
                                                   strcmp(navigation[i].path, request->path) == 0));
    return links;
}

/* Who it is, where they may go, what waits. */
static bool
add_session(DaemonReview *review, const DaemonReviewRequest *request, json_t *data, GError **error)
{
    const SpoolSession *session = request->session;
    guint roles, urgent = 0;

    if (session == NULL)
        return true;
    json_object_set_new(data, "csrf", json_string(session->csrf));
    if (!session->full)
        return true;
    roles = session->account->roles;
    json_object_set_new(data, "who", daemon_review_line(session->account->shown, 60));
    json_object_set_new(data, "links", links_for(request));
    json_object_set_new(data, "may_act",
                        json_boolean(daemon_review_has_right(roles, DAEMON_RIGHT_ACT)));
    json_object_set_new(data, "may_restrict",
                        json_boolean(daemon_review_has_right(roles, DAEMON_RIGHT_RESTRICT)));
    if (!daemon_review_has_right(roles, DAEMON_RIGHT_SEE))
        return true;
    if (!spool_item_count_urgent(review->db, session->account->id, &urgent, error))
        return false;
    json_object_set_new(data, "urgent_count", json_integer(urgent));
    json_object_set_new(data, "any_urgent", json_boolean(urgent > 0));
    return true;
}

bool
daemon_review_page(DaemonReview *review, const DaemonReviewRequest *request,
                   DaemonReviewResponse *response, const char *name, json_t *data, GError **error)
{
    g_autoptr(json_t) all = data;
    char *html = NULL;

    json_object_set_new(all, "service", json_string(review->settings->name));
    if (!add_session(review, request, all, error) ||
        !render(review->settings->templates, name, all, &html, error))
        return false;
    if (response->status == 0)
        response->status = MHD_HTTP_OK;
    daemon_review_answer(response, response->status, HTML, html);
    return true;
}

void
daemon_review_sorry(DaemonReview *review, const DaemonReviewRequest *request,
                    DaemonReviewResponse *response, guint status)
{
    g_autoptr(GError) error = NULL;
    gsize i = 0;

    while (i + 1 < G_N_ELEMENTS(sorry) && sorry[i].status != status)
        i++;
    response->status = status;
    if (daemon_review_page(
            review, request, response, "sorry",
            json_pack("{s:s, s:s}", "title", sorry[i].title, "advice", sorry[i].advice), &error))
        return;
    daemon_log(DAEMON_LOG_ERROR, "review", "%s", error->message);
    daemon_review_answer(response, status, "text/plain; charset=utf-8",
                         g_strdup_printf("%s\n%s\n", sorry[i].title, sorry[i].advice));
}

bool
daemon_review_pages_check(const char *templates_folder, GError **error)
{
    g_auto(GStrv) names = templates_file_list(templates_folder, "pages");

    for (char **name = names; *name != NULL; name++) {
        g_autoptr(GBytes) bytes = NULL;
        gsize length = 0;

        if (!g_str_has_suffix(*name, ".html"))
            continue;
        if (!templates_file_get(templates_folder, *name, &bytes, error))
            return false;
        const char *start = g_bytes_get_data(bytes, &length);
        g_autofree char *text = g_strndup(start, length);
        const TemplatesMustache job = {.name = *name,
                                       .text = text,
                                       .escape = true,
                                       .partial = load_part,
                                       .user_data = (gpointer)templates_folder};

        if (!templates_mustache_check(&job, NULL, error))
            return false;
    }
    return true;
}
