/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-accounts.c - who may use the pages, looked after by an administrator.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "People"
 */
#include "config.h"

#include <string.h>

#include "daemon/review-page.h"
#include "daemon/review-pages.h"
#include "spool/account.h"

#define LINE 80u

/* clang-format off */
static const struct {
    SpoolRole role;
    const char *name, *label, *hint;
} roles[] = {
    { SPOOL_ROLE_REVIEWER,      "reviewer",      "Reviewer",      "sees items and acts on them"               },
    { SPOOL_ROLE_MANAGER,       "manager",       "Manager",       "a reviewer who may restrict items, and sees the figures" },
    { SPOOL_ROLE_AUDITOR,       "auditor",       "Auditor",       "sees items, the figures and the audit, and changes nothing" },
    { SPOOL_ROLE_ADMINISTRATOR, "administrator", "Administrator", "looks after accounts, and sees no item"   },
};
/* clang-format on */

static json_t *
roles_json(guint chosen)
{
    json_t *list = json_array();

    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:b}", "name", roles[i].name,
                                              "label", roles[i].label, "hint", roles[i].hint,
                                              "chosen", (chosen & roles[i].role) != 0));
    return list;
}

static guint
roles_chosen(const DaemonReviewRequest *request)
{
    const GPtrArray *fields = request->field_list;
    guint chosen = 0;

    for (guint i = 0; i + 1 < fields->len; i += 2)
        if (strcmp(fields->pdata[i], "role") == 0)
            chosen |= spool_account_roles_parse(fields->pdata[i + 1]);
    return chosen;
}

static json_t *
account_json(const DaemonReview *review, const SpoolAccount *account)
{
    g_autofree char *text = spool_account_roles_text(account->roles);
    bool locked = account->locked_until > spool_now();

    return json_pack("{s:I, s:o, s:o, s:s, s:b, s:b, s:b, s:b, s:o}", "id", (json_int_t)account->id,
                     "name", daemon_review_line(account->name, LINE), "shown",
                     daemon_review_line(account->shown, LINE), "roles_text", text, "disabled",
                     account->disabled, "locked", locked, "has_password", account->has_password,
                     "has_second", account->has_second, "until",
                     daemon_review_time(review, locked ? account->locked_until : 0));
}

static bool
show_list(DaemonReview *review, const DaemonReviewRequest *request, DaemonReviewResponse *response,
          json_t *data, GError **error)
{
    g_autoptr(json_t) all = data;
    g_autoptr(GPtrArray) accounts = NULL;
    json_t *rows = json_array();

    json_object_set_new(all, "title", json_string("Accounts"));
    json_object_set_new(all, "accounts", rows);
    json_object_set_new(all, "roles", roles_json(0));
    json_object_set_new(all, "typed_name",
                        daemon_review_line(daemon_review_field(request, "name"), LINE));
    json_object_set_new(all, "typed_shown",
                        daemon_review_line(daemon_review_field(request, "shown"), LINE));
    json_object_set_new(all, "passwords",
                        json_boolean(review->settings->review_sso_header == NULL));
    if (!spool_account_list(review->db, &accounts, error))
        return false;
    for (guint i = 0; i < accounts->len; i++)
        json_array_append_new(rows, account_json(review, accounts->pdata[i]));
    return daemon_review_page(review, request, response, "accounts", json_incref(all), error);
}

DAEMON_REVIEW_HANDLER(daemon_review_accounts)
{
    return show_list(review, request, response, json_object(), error);
}

/* The account and its first password in one commit: none is left without. */
static bool
make(DaemonReview *review, const DaemonReviewRequest *request, gint64 *out_id, GError **error)
{
    g_auto(SpoolTxn) txn = SPOOL_TXN_INIT;
    const char *name = daemon_review_field(request, "name");
    const char *shown = daemon_review_field(request, "shown");
    const char *password = daemon_review_field(request, "password");
    const char *by = request->session->account->name;
    g_autofree char *lower = g_strstrip(g_ascii_strdown(name != NULL ? name : "", -1));
    const SpoolAccount account = {.name = lower,
                                  .shown =
                                      (char *)(shown != NULL && shown[0] != '\0' ? shown : lower),
                                  .roles = roles_chosen(request)};

    return spool_txn_begin(&txn, review->db, error) &&
           spool_account_new(review->db, &account, by, out_id, error) &&
           (review->settings->review_sso_header != NULL ||
            spool_account_set_password(review->db, *out_id, password != NULL ? password : "", by,
                                       error)) &&
           spool_txn_commit(&txn, error);
}

DAEMON_REVIEW_HANDLER(daemon_review_account_new)
{
    g_autoptr(GError) problem = NULL;
    gint64 id = 0;

    if (make(review, request, &id, &problem)) {
        daemon_review_go(response, "/account/%" G_GINT64_FORMAT, id);
        return true;
    }
    if (!g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_STATE)) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return false;
    }
    response->status = MHD_HTTP_UNPROCESSABLE_CONTENT;
    return show_list(review, request, response,
                     json_pack("{s:o}", "problem", daemon_review_line(problem->message, 200)),
                     error);
}

/* The account of the path. */
static bool
find(DaemonReview *review, const DaemonReviewRequest *request, SpoolAccount **out_account,
     GError **error)
{
    gint64 id = 0;

    if (!daemon_review_number(request->args[0], &id))
        return spool_throw(error, SPOOL_ERROR_NOT_FOUND, "there is no such account");
    return spool_account_get(review->db, id, out_account, error);
}

static bool
show_one(DaemonReview *review, const DaemonReviewRequest *request, DaemonReviewResponse *response,
         const char *problem, GError **error)
{
    g_autoptr(SpoolAccount) account = NULL;
    g_autoptr(json_t) data = NULL;

    if (!find(review, request, &account, error))
        return false;
    data = account_json(review, account);
    json_object_set_new(data, "title", daemon_review_line(account->name, LINE));
    json_object_set_new(data, "roles", roles_json(account->roles));
    json_object_set_new(data, "own", json_boolean(account->id == request->session->account->id));
    json_object_set_new(data, "passwords",
                        json_boolean(review->settings->review_sso_header == NULL));
    if (problem != NULL)
        json_object_set_new(data, "problem", daemon_review_line(problem, 200));
    return daemon_review_page(review, request, response, "account", json_incref(data), error);
}

DAEMON_REVIEW_HANDLER(daemon_review_account)
{
    return show_one(review, request, response, NULL, error);
}

/* What is done to an account; by: who does it. */
typedef bool Change(DaemonReview *review, const DaemonReviewRequest *request,
                    const SpoolAccount *account, GError **error);

/* An administrator cannot take away their own right: somebody must be able to give it back. */
static bool
change_roles(DaemonReview *review, const DaemonReviewRequest *request, const SpoolAccount *account,
             GError **error)
{
    const SpoolAccount *own = request->session->account;
    const char *shown = daemon_review_field(request, "shown");
    SpoolAccount changed = *account;

    changed.roles = roles_chosen(request);
    changed.disabled = g_strcmp0(daemon_review_field(request, "disabled"), "yes") == 0;
    if (shown != NULL && shown[0] != '\0')
        changed.shown = (char *)shown;
    if (account->id == own->id &&
        (changed.disabled || !daemon_review_has_right(changed.roles, DAEMON_RIGHT_ACCOUNTS)))
        return spool_throw(error, SPOOL_ERROR_STATE,
                           "you cannot take away your own right to look after accounts");
    return spool_account_change(review->db, &changed, own->name, error);
}

static bool
change_password(DaemonReview *review, const DaemonReviewRequest *request,
                const SpoolAccount *account, GError **error)
{
    const char *password = daemon_review_field(request, "password");

    if (review->settings->review_sso_header != NULL)
        return spool_throw(error, SPOOL_ERROR_STATE,
                           "people sign in elsewhere: there are no passwords");
    return spool_account_set_password(review->db, account->id, password != NULL ? password : "",
                                      request->session->account->name, error);
}

static bool
reset_second(DaemonReview *review, const DaemonReviewRequest *request, const SpoolAccount *account,
             GError **error)
{
    return spool_account_reset_second(review->db, account->id, request->session->account->name,
                                      error);
}

static bool
unlock(DaemonReview *review, const DaemonReviewRequest *request, const SpoolAccount *account,
       GError **error)
{
    return spool_account_unlock(review->db, account->id, request->session->account->name, error);
}

/* Do it, and show the account as it is then. */
static bool
carry_out(DaemonReview *review, const DaemonReviewRequest *request, DaemonReviewResponse *response,
          Change *change, GError **error)
{
    g_autoptr(SpoolAccount) account = NULL;
    g_autoptr(GError) problem = NULL;

    if (!find(review, request, &account, error))
        return false;
    if (change(review, request, account, &problem)) {
        daemon_review_go(response, "/account/%" G_GINT64_FORMAT, account->id);
        return true;
    }
    if (!g_error_matches(problem, SPOOL_ERROR, SPOOL_ERROR_STATE)) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return false;
    }
    response->status = MHD_HTTP_UNPROCESSABLE_CONTENT;
    return show_one(review, request, response, problem->message, error);
}

DAEMON_REVIEW_HANDLER(daemon_review_account_change)
{
    return carry_out(review, request, response, change_roles, error);
}

DAEMON_REVIEW_HANDLER(daemon_review_account_password)
{
    return carry_out(review, request, response, change_password, error);
}

DAEMON_REVIEW_HANDLER(daemon_review_account_reset)
{
    return carry_out(review, request, response, reset_second, error);
}

DAEMON_REVIEW_HANDLER(daemon_review_account_unlock)
{
    return carry_out(review, request, response, unlock, error);
}
