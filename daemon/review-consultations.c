/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-consultations.c - No Named consultations: listed, and entered by whoever advised.
 *
 * What looks as if it named a child is shown before anything is kept; whoever
 * enters it says that it does not.
 *
 * Runs in:  review.
 * Source:   doc/consultations.md
 */
#include "config.h"

#include <string.h>

#include "daemon/consultation-names.h"
#include "daemon/doorbell.h"
#include "daemon/review-page.h"
#include "daemon/review-pages.h"

#define PAGE_ITEMS 50u
#define LINE 300u

/* clang-format off */
/* The fields of the form, named as in DaemonConsultation. */
static const struct {
    const char *name;
    gsize at;
} answers[] = {
    { "name",         G_STRUCT_OFFSET(DaemonConsultation, name)         },
    { "organisation", G_STRUCT_OFFSET(DaemonConsultation, organisation) },
    { "address",      G_STRUCT_OFFSET(DaemonConsultation, address)      },
    { "email",        G_STRUCT_OFFSET(DaemonConsultation, email)        },
    { "when",         G_STRUCT_OFFSET(DaemonConsultation, when)         },
    { "adviser",      G_STRUCT_OFFSET(DaemonConsultation, adviser)      },
    { "summary",      G_STRUCT_OFFSET(DaemonConsultation, summary)      },
};
/* clang-format on */

DAEMON_REVIEW_HANDLER(daemon_review_consultations)
{
    const SpoolItemFilter filter = {.mailbox = DAEMON_CONSULTATION_MAILBOX,
                                    .state = "any",
                                    .account = request->session->account->id,
                                    .after = daemon_review_query(request, "after"),
                                    .max = PAGE_ITEMS};
    g_autoptr(json_t) data = json_pack("{s:s}", "title", "Consultations");

    return daemon_review_items(review, request, &filter, data, error) &&
           daemon_review_page(review, request, response, "consultations", json_incref(data), error);
}

/* "2026-11-20T14:30" as browsers write it, with a space. */
static void
tidy_when(DaemonConsultation *consultation)
{
    char *t = consultation->when != NULL ? strchr(consultation->when, 'T') : NULL;

    if (t != NULL)
        *t = ' ';
}

static void
read_form(const DaemonReviewRequest *request, DaemonConsultation *consultation)
{
    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
        const char *text = daemon_review_field(request, answers[i].name);

        G_STRUCT_MEMBER(char *, consultation, answers[i].at) =
            g_strstrip(g_strdup(text != NULL ? text : ""));
    }
    tidy_when(consultation);
}

/* The form, with what was typed. */
static bool
show(DaemonReview *review, const DaemonReviewRequest *request, DaemonReviewResponse *response,
     json_t *data, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++)
        json_object_set_new(data, answers[i].name,
                            daemon_review_text(daemon_review_field(request, answers[i].name)));
    json_object_set_new(data, "title", json_string("Enter a consultation"));
    return daemon_review_page(review, request, response, "consultation", data, error);
}

DAEMON_REVIEW_HANDLER(daemon_review_consultation_form)
{
    return show(
        review, request, response,
        json_pack("{s:o}", "own_name", daemon_review_line(request->session->account->shown, LINE)),
        error);
}

static json_t *
names_json(const GPtrArray *names)
{
    json_t *list = json_array();

    for (guint i = 0; i < names->len; i++) {
        const DaemonConsultationName *name = names->pdata[i];

        json_array_append_new(list, json_pack("{s:s, s:o}", "what", name->what, "words",
                                              daemon_review_line(name->words, LINE)));
    }
    return list;
}

/* What is wrong is ours to say: it names a field and a rule, never what was typed. */
static bool
answer_wrong(DaemonReview *review, const DaemonReviewRequest *request,
             DaemonReviewResponse *response, const GError *problem, GError **error)
{
    response->status = MHD_HTTP_UNPROCESSABLE_CONTENT;
    return show(review, request, response,
                json_pack("{s:o}", "problem", daemon_review_line(problem->message, LINE)), error);
}

DAEMON_REVIEW_HANDLER(daemon_review_consultation_enter)
{
    g_auto(DaemonConsultation) consultation = {0};
    g_autoptr(GPtrArray) names = NULL;
    g_autoptr(GError) problem = NULL;
    g_autofree char *reference = NULL;
    gint64 at = 0;
    bool sure = g_strcmp0(daemon_review_field(request, "sure"), "yes") == 0;

    read_form(request, &consultation);
    if (!daemon_consultation_check(&consultation, review->settings, &at, &problem))
        return answer_wrong(review, request, response, problem, error);
    names = daemon_consultation_names_find(&consultation, at);
    if (names->len > 0 && !sure) {
        response->status = MHD_HTTP_UNPROCESSABLE_CONTENT;
        return show(review, request, response,
                    json_pack("{s:o, s:b}", "names", names_json(names), "has_names", 1), error);
    }
    if (!daemon_consultation_enter(review->db, review->settings, &consultation,
                                   request->session->account->name, &reference, error))
        return false;
    daemon_doorbell_ring(review->courier_fd);
    daemon_review_go(response, "/record/%s", reference);
    return true;
}
