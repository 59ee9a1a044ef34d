/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-sealed.c - what a stranger sent leaves only as an archive with a password.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "The original"
 */
#include "config.h"

#include <openssl/rand.h>
#include <string.h>

#include "daemon/review-page.h"
#include "daemon/review-sealed.h"

#define PASSWORD 20u

static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789"; /* no two look alike */

/* NULL when there are no random numbers; the caller frees. */
static char *
password_new(void)
{
    guint8 random[PASSWORD];
    char *password = NULL;

    if (RAND_bytes(random, sizeof random) != 1)
        return NULL;
    password = g_malloc0(PASSWORD + 1);
    for (gsize i = 0; i < PASSWORD; i++)
        password[i] = letters[random[i] % (sizeof letters - 1)];
    return password;
}

bool
daemon_review_sealed_page(DaemonReview *review, DaemonReviewRequest *request,
                          DaemonReviewResponse *response, const char *title, const char *path,
                          GError **error)
{
    g_auto(DaemonReviewView) view = {0};
    g_autofree char *password = password_new();
    json_t *data = NULL;

    if (password == NULL)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "there are no random numbers");
    if (!daemon_review_view_open(review, request, &view, error))
        return false;
    data = daemon_review_item_row(review, view.item);
    json_object_set_new(data, "title", json_string(title));
    json_object_set_new(data, "path", json_string(path));
    json_object_set_new(data, "password", json_string(password));
    return daemon_review_page(review, request, response, "original", data, error);
}

/* Only what we have made, so that nobody is talked into a weaker one. */
bool
daemon_review_sealed_password(const DaemonReviewRequest *request, const char **out_password,
                              GError **error)
{
    const char *password = daemon_review_field(request, "password");

    if (password == NULL || strlen(password) != PASSWORD || strspn(password, letters) != PASSWORD)
        return spool_throw(error, SPOOL_ERROR_STATE, "that is no password of ours");
    *out_password = password;
    return true;
}
