/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-route.c - the table of all pages and acts, and who may have each.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "People"
 */
#include "config.h"

#include <string.h>

#include "daemon/review-pages.h"
#include "daemon/review-route.h"

/* clang-format off */
static const guint rights[DAEMON_N_RIGHTS] = {
    [DAEMON_RIGHT_NOBODY]   = ~0u,
    [DAEMON_RIGHT_HALF]     = ~0u,
    [DAEMON_RIGHT_ANYBODY]  = ~0u,
    [DAEMON_RIGHT_SEE]      = SPOOL_ROLE_REVIEWER | SPOOL_ROLE_MANAGER | SPOOL_ROLE_AUDITOR,
    [DAEMON_RIGHT_ACT]      = SPOOL_ROLE_REVIEWER | SPOOL_ROLE_MANAGER,
    [DAEMON_RIGHT_RESTRICT] = SPOOL_ROLE_MANAGER,
    [DAEMON_RIGHT_FIGURES]  = SPOOL_ROLE_MANAGER | SPOOL_ROLE_AUDITOR,
    [DAEMON_RIGHT_AUDIT]    = SPOOL_ROLE_AUDITOR,
    [DAEMON_RIGHT_ACCOUNTS] = SPOOL_ROLE_ADMINISTRATOR,
};

const DaemonReviewRoute daemon_review_routes[] = {
    { "GET",  "/",                   DAEMON_RIGHT_NOBODY,  daemon_review_home          },
    { "GET",  "/style.css",          DAEMON_RIGHT_NOBODY,  daemon_review_style         },
    { "GET",  "/script.js",          DAEMON_RIGHT_NOBODY,  daemon_review_script        },
    { "GET",  "/accessibility",      DAEMON_RIGHT_NOBODY,  daemon_review_accessibility },
    { "GET",  "/sign-in",            DAEMON_RIGHT_NOBODY,  daemon_review_sign_in_page  },
    { "POST", "/sign-in",            DAEMON_RIGHT_NOBODY,  daemon_review_sign_in       },
    { "GET",  "/second-factor",      DAEMON_RIGHT_HALF,    daemon_review_second_page   },
    { "POST", "/second-factor",      DAEMON_RIGHT_HALF,    daemon_review_second        },
    { "POST", "/sign-out",           DAEMON_RIGHT_HALF,    daemon_review_sign_out      },
    { "GET",  "/queue",              DAEMON_RIGHT_SEE,     daemon_review_queue         },
    { "GET",  "/item/*",             DAEMON_RIGHT_SEE,     daemon_review_item          },
    { "GET",  "/item/*/part/*/page/*", DAEMON_RIGHT_SEE,   daemon_review_picture       },
    { "GET",  "/item/*/waiting",     DAEMON_RIGHT_SEE,     daemon_review_waiting       },
    { "GET",  "/item/*/original",    DAEMON_RIGHT_ACT,     daemon_review_download_page },
    { "POST", "/item/*/original",    DAEMON_RIGHT_ACT,     daemon_review_download      },
    { "GET",  "/item/*/take", DAEMON_RIGHT_ACT, daemon_review_act_page },
    { "POST", "/item/*/take", DAEMON_RIGHT_ACT, daemon_review_act },
    { "GET",  "/item/*/hand", DAEMON_RIGHT_ACT, daemon_review_act_page },
    { "POST", "/item/*/hand", DAEMON_RIGHT_ACT, daemon_review_act },
    { "GET",  "/item/*/correct", DAEMON_RIGHT_ACT, daemon_review_act_page },
    { "POST", "/item/*/correct", DAEMON_RIGHT_ACT, daemon_review_act },
    { "GET",  "/item/*/accept", DAEMON_RIGHT_ACT, daemon_review_act_page },
    { "POST", "/item/*/accept", DAEMON_RIGHT_ACT, daemon_review_act },
    { "GET",  "/item/*/redirect", DAEMON_RIGHT_ACT, daemon_review_act_page },
    { "POST", "/item/*/redirect", DAEMON_RIGHT_ACT, daemon_review_act },
    { "GET",  "/item/*/hold", DAEMON_RIGHT_ACT, daemon_review_act_page },
    { "POST", "/item/*/hold", DAEMON_RIGHT_ACT, daemon_review_act },
    { "GET",  "/item/*/this-was-a-parent", DAEMON_RIGHT_ACT, daemon_review_act_page },
    { "POST", "/item/*/this-was-a-parent", DAEMON_RIGHT_ACT, daemon_review_act },
    { "GET",  "/item/*/link", DAEMON_RIGHT_ACT, daemon_review_act_page },
    { "POST", "/item/*/link", DAEMON_RIGHT_ACT, daemon_review_act },
    { "GET",  "/item/*/split", DAEMON_RIGHT_ACT, daemon_review_act_page },
    { "POST", "/item/*/split", DAEMON_RIGHT_ACT, daemon_review_act },
    { "GET",  "/item/*/restrict", DAEMON_RIGHT_RESTRICT, daemon_review_act_page },
    { "POST", "/item/*/restrict", DAEMON_RIGHT_RESTRICT, daemon_review_act },
    { "GET",  "/item/*/unrestrict", DAEMON_RIGHT_RESTRICT, daemon_review_act_page },
    { "POST", "/item/*/unrestrict", DAEMON_RIGHT_RESTRICT, daemon_review_act },
    { "GET",  "/item/*/reply", DAEMON_RIGHT_ACT, daemon_review_act_page },
    { "POST", "/item/*/reply", DAEMON_RIGHT_ACT, daemon_review_act },
    { "GET",  "/item/*/note", DAEMON_RIGHT_ACT, daemon_review_act_page },
    { "POST", "/item/*/note", DAEMON_RIGHT_ACT, daemon_review_act },
    { "GET",  "/item/*/urgent", DAEMON_RIGHT_ACT, daemon_review_act_page },
    { "POST", "/item/*/urgent", DAEMON_RIGHT_ACT, daemon_review_act },
    { "GET",  "/item/*/close", DAEMON_RIGHT_ACT, daemon_review_act_page },
    { "POST", "/item/*/close", DAEMON_RIGHT_ACT, daemon_review_act },
    { "GET",  "/item/*/reopen", DAEMON_RIGHT_ACT, daemon_review_act_page },
    { "POST", "/item/*/reopen", DAEMON_RIGHT_ACT, daemon_review_act },
    { "POST", "/item/*/draft", DAEMON_RIGHT_ACT, daemon_review_draft },
    { "GET",  "/item/*/record.pdf",  DAEMON_RIGHT_SEE,     daemon_review_record_pdf    },
    { "GET",  "/item/*/record.json", DAEMON_RIGHT_SEE,     daemon_review_record_json   },
    { "GET",  "/item/*/sealed",      DAEMON_RIGHT_ACT,     daemon_review_record_zip_page },
    { "POST", "/item/*/sealed",      DAEMON_RIGHT_ACT,     daemon_review_record_zip    },
    { "GET",  "/item/*/export",      DAEMON_RIGHT_ACT,     daemon_review_act_page      },
    { "POST", "/item/*/export",      DAEMON_RIGHT_ACT,     daemon_review_act           },
    { "GET",  "/record/*",           DAEMON_RIGHT_SEE,     daemon_review_record        },
    { "GET",  "/redirected",         DAEMON_RIGHT_SEE,     daemon_review_redirected    },
    { "GET",  "/ignored",            DAEMON_RIGHT_SEE,     daemon_review_ignored       },
    { "GET",  "/not-told",           DAEMON_RIGHT_SEE,     daemon_review_tasks         },
    { "POST", "/not-told/*/done",    DAEMON_RIGHT_ACT,     daemon_review_task_done     },
    { "GET",  "/outbox",             DAEMON_RIGHT_SEE,     daemon_review_outbox        },
    { "GET",  "/consultations",      DAEMON_RIGHT_SEE,     daemon_review_consultations },
    { "GET",  "/consultations/new",  DAEMON_RIGHT_ACT,     daemon_review_consultation_form },
    { "POST", "/consultations/new",  DAEMON_RIGHT_ACT,     daemon_review_consultation_enter },
    { "GET",  "/search",             DAEMON_RIGHT_SEE,     daemon_review_search_form   },
    { "POST", "/search",             DAEMON_RIGHT_SEE,     daemon_review_search        },
    { "GET",  "/audit",              DAEMON_RIGHT_AUDIT,   daemon_review_audit         },
    { "POST", "/audit/verify",       DAEMON_RIGHT_AUDIT,   daemon_review_audit_verify  },
    { "GET",  "/health",             DAEMON_RIGHT_ANYBODY, daemon_review_health        },
    { "GET",  "/figures",            DAEMON_RIGHT_FIGURES, daemon_review_figures       },
    { "GET",  "/figures.csv",        DAEMON_RIGHT_FIGURES, daemon_review_figures_csv   },
    { "GET",  "/accounts",           DAEMON_RIGHT_ACCOUNTS, daemon_review_accounts     },
    { "POST", "/accounts",           DAEMON_RIGHT_ACCOUNTS, daemon_review_account_new  },
    { "GET",  "/account/*",          DAEMON_RIGHT_ACCOUNTS, daemon_review_account      },
    { "POST", "/account/*/change",   DAEMON_RIGHT_ACCOUNTS, daemon_review_account_change },
    { "POST", "/account/*/password", DAEMON_RIGHT_ACCOUNTS, daemon_review_account_password },
    { "POST", "/account/*/reset",    DAEMON_RIGHT_ACCOUNTS, daemon_review_account_reset },
    { "POST", "/account/*/unlock",   DAEMON_RIGHT_ACCOUNTS, daemon_review_account_unlock },
    { "GET",  "/password",           DAEMON_RIGHT_ANYBODY, daemon_review_password_page },
    { "POST", "/password",           DAEMON_RIGHT_ANYBODY, daemon_review_password      },
};
/* clang-format on */
const gsize daemon_n_review_routes = G_N_ELEMENTS(daemon_review_routes);

bool
daemon_review_has_right(guint roles, DaemonRight right)
{
    return (roles & rights[right]) != 0;
}

/* Whether a path is of this shape; its arguments are appended. */
static bool
matches(const char *shape, const char *path, GPtrArray *args)
{
    g_auto(GStrv) wanted = g_strsplit(shape, "/", -1);
    g_auto(GStrv) given = g_strsplit(path, "/", -1);
    guint n = g_strv_length(wanted);

    g_ptr_array_set_size(args, 0);
    if (g_strv_length(given) != n)
        return false;
    for (guint i = 0; i < n; i++) {
        if (strcmp(wanted[i], "*") == 0 && given[i][0] != '\0')
            g_ptr_array_add(args, g_strdup(given[i]));
        else if (strcmp(wanted[i], given[i]) != 0)
            return false;
    }
    return true;
}

const DaemonReviewRoute *
daemon_review_route_find(DaemonReviewRequest *request, bool *out_other_method)
{
    g_autoptr(GPtrArray) args = g_ptr_array_new_with_free_func(g_free);

    *out_other_method = false;
    for (gsize r = 0; r < daemon_n_review_routes; r++) {
        const DaemonReviewRoute *route = &daemon_review_routes[r];

        if (!matches(route->path, request->path, args))
            continue;
        if (strcmp(route->method, request->method) != 0) {
            *out_other_method = true;
            continue;
        }
        for (guint i = 0; i < args->len && i < DAEMON_REVIEW_ARGS; i++)
            request->args[i] = g_strdup(args->pdata[i]);
        return route;
    }
    return NULL;
}
