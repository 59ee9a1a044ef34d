/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-cookie.c - the two cookies of the staff pages.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "People"; RFC 6265
 */
#include "config.h"

#include <glib.h>

#include "daemon/review-cookie.h"
#include "spool/device.h"

static const struct {
    const char *name, *secure_name;
    guint days; /* 0: until the browser is closed */
} cookies[] = {
    [DAEMON_REVIEW_COOKIE_SESSION] = {"postern", "__Host-postern", 0},
    [DAEMON_REVIEW_COOKIE_DEVICE] = {"postern-browser", "__Host-postern-browser",
                                     SPOOL_DEVICE_DAYS},
};

static const char *
name_of(DaemonReviewCookie which, bool secure)
{
    return secure ? cookies[which].secure_name : cookies[which].name;
}

const char *
daemon_review_cookie_get(DaemonReviewCookie which, struct MHD_Connection *connection, bool secure)
{
    return MHD_lookup_connection_value(connection, MHD_COOKIE_KIND, name_of(which, secure));
}

void
daemon_review_cookie_set(DaemonReviewCookie which, struct MHD_Response *answer, bool secure,
                         const char *value)
{
    const bool ends = value != NULL && value[0] == '\0';
    g_autoptr(GString) text = NULL;

    if (value == NULL)
        return;
    text = g_string_new(NULL);
    g_string_printf(text, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s", name_of(which, secure),
                    value, secure ? "; Secure" : "");
    if (ends || cookies[which].days > 0)
        g_string_append_printf(text, "; Max-Age=%u", ends ? 0 : cookies[which].days * 24 * 3600);
    MHD_add_response_header(answer, MHD_HTTP_HEADER_SET_COOKIE, text->str);
}
