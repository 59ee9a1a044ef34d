/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-sign-in.c - signing in: a password, then a code; and out.
 *
 * Whether the name, the password or the account was wrong is never said.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "People"; RFC 6238; RFC 4648 section 6 (base 32)
 */
#include "config.h"

#include <openssl/rand.h>
#include <string.h>

#include "daemon/log.h"
#include "daemon/review-page.h"
#include "daemon/review-pages.h"
#include "spool/device.h"
#include "spool/password.h"
#include "spool/tries.h"

#define TRIES_A_MINUTE 10u

static char *
base32(GBytes *bytes)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    gsize length = 0;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    GString *text = g_string_new(NULL);
    guint32 held = 0;
    guint bits = 0;

    for (gsize i = 0; i < length; i++) {
        held = (held << 8) | data[i];
        for (bits += 8; bits >= 5; bits -= 5)
            g_string_append_c(text, letters[(held >> (bits - 5)) & 31u]);
    }
    return g_string_free(text, FALSE);
}

/* What base32() gave back as bytes, or NULL. */
static GBytes *
unbase32(const char *text)
{
    GByteArray *bytes = g_byte_array_new();
    guint32 held = 0;
    guint bits = 0;

    for (; text != NULL && *text != '\0'; text++) {
        guint value = g_ascii_isalpha(*text)           ? (guint)(g_ascii_toupper(*text) - 'A')
                      : (*text >= '2' && *text <= '7') ? (guint)(*text - '2') + 26u
                                                       : 32u;
        guint8 byte;

        if (value > 31u || bytes->len > SPOOL_TOTP_SECRET)
            break;
        held = (held << 5) | value;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            byte = (guint8)(held >> bits);
            g_byte_array_append(bytes, &byte, 1);
        }
    }
    return g_byte_array_free_to_bytes(bytes);
}

/* Ten tries a minute from one address, with all workers; the lock of the account is another
 * matter.  Answers who has had enough. */
static bool
may_try(DaemonReview *review, DaemonReviewRequest *request, DaemonReviewResponse *response,
        bool *out_may, GError **error)
{
    if (!spool_tries_count(review->db, request->client, TRIES_A_MINUTE, out_may, error))
        return false;
    if (!*out_may)
        daemon_review_sorry(review, request, response, MHD_HTTP_TOO_MANY_REQUESTS);
    return true;
}

static bool
show_sign_in(DaemonReview *review, DaemonReviewRequest *request, DaemonReviewResponse *response,
             const char *problem, GError **error)
{
    return daemon_review_page(
        review, request, response, "sign-in",
        json_pack("{s:s, s:s*, s:s}", "title", "Sign in", "problem", problem, "problem_at", "name"),
        error);
}

DAEMON_REVIEW_HANDLER(daemon_review_sign_in_page)
{
    if (review->settings->review_sso_header != NULL) {
        daemon_review_sorry(review, request, response, MHD_HTTP_UNAUTHORIZED);
        return true;
    }
    return show_sign_in(review, request, response, NULL, error);
}

static bool
answer_wrong(DaemonReview *review, DaemonReviewRequest *request, DaemonReviewResponse *response,
             SpoolProof proof, GError **error)
{
    daemon_log(DAEMON_LOG_WARNING, "review", "sign-in %s",
               proof == SPOOL_PROOF_LOCKED ? "locked" : "wrong");
    response->status = MHD_HTTP_FORBIDDEN;
    return show_sign_in(review, request, response,
                        proof == SPOOL_PROOF_LOCKED
                            ? "This account is locked after too many wrong tries. Try again later, "
                              "or ask your administrator to unlock it."
                            : "The name or the password is not right.",
                        error);
}

DAEMON_REVIEW_HANDLER(daemon_review_sign_in)
{
    const char *name = daemon_review_field(request, "name");
    const char *password = daemon_review_field(request, "password");
    g_autoptr(SpoolAccount) account = NULL;
    SpoolProof proof = SPOOL_PROOF_WRONG;
    bool may = true;

    if (review->settings->review_sso_header != NULL)
        return daemon_review_sign_in_page(review, request, response, error);
    if (!may_try(review, request, response, &may, error) || !may)
        return !may;
    if (name == NULL || password == NULL || strlen(password) > SPOOL_PASSWORD_MAX)
        return answer_wrong(review, request, response, SPOOL_PROOF_WRONG, error);
    g_autofree char *lower = g_ascii_strdown(name, -1);
    const SpoolAccountClaim claim = {g_strstrip(lower), password, request->device};

    if (!spool_account_check_password(review->db, &claim, &proof, &account, error))
        return false;
    if (proof != SPOOL_PROOF_GOOD)
        return answer_wrong(review, request, response, proof, error);
    if (!spool_session_begin(review->db, account->id, false, &response->token, error))
        return false;
    daemon_review_go(response, "/second-factor");
    return true;
}

/* A new secret, or the one that was shown before: somebody may have taken it over already. */
static bool
secret_to_show(const DaemonReviewRequest *request, char **out_text, GError **error)
{
    g_autoptr(GBytes) shown = unbase32(daemon_review_field(request, "secret"));
    guint8 random[SPOOL_TOTP_SECRET];

    if (g_bytes_get_size(shown) == SPOOL_TOTP_SECRET) {
        *out_text = base32(shown);
        return true;
    }
    if (RAND_bytes(random, sizeof random) != 1)
        return daemon_throw(error, DAEMON_ERROR_SYSTEM, "no random bytes");
    g_autoptr(GBytes) secret = g_bytes_new(random, sizeof random);

    *out_text = base32(secret);
    return true;
}

/* The first time the secret is shown, and comes back in the form with the code that proves it was
 * taken over: nothing is stored before that. */
static bool
show_second(DaemonReview *review, DaemonReviewRequest *request, DaemonReviewResponse *response,
            const char *problem, GError **error)
{
    const SpoolAccount *account = request->session->account;
    g_autoptr(json_t) data = json_pack("{s:s}", "title", "Your code");
    g_autofree char *text = NULL;
    g_autoptr(GString) grouped = g_string_new(NULL);

    if (problem != NULL)
        json_object_set_new(data, "problem", json_string(problem));
    json_object_set_new(data, "problem_at", json_string("code"));
    if (!account->has_second) {
        if (!secret_to_show(request, &text, error))
            return false;
        for (gsize i = 0; text[i] != '\0'; i++)
            g_string_append_printf(grouped, "%s%c", i > 0 && i % 4 == 0 ? " " : "", text[i]);
        json_object_set_new(data, "secret", json_string(text));
        json_object_set_new(data, "grouped", json_string(grouped->str));
        json_object_set_new(data, "account", json_string(account->name));
    }
    return daemon_review_page(review, request, response, "second-factor", json_incref(data), error);
}

DAEMON_REVIEW_HANDLER(daemon_review_second_page)
{
    if (request->session->full) {
        daemon_review_go(response, "/");
        return true;
    }
    return show_second(review, request, response, NULL, error);
}

static bool
prove(DaemonReview *review, const DaemonReviewRequest *request, const char *code,
      SpoolProof *out_proof, GError **error)
{
    const SpoolAccount *account = request->session->account;
    g_autoptr(GBytes) secret = NULL;

    if (account->has_second)
        return spool_account_check_code(review->db, account->id, code, request->device, out_proof,
                                        error);
    secret = unbase32(daemon_review_field(request, "secret"));
    *out_proof = SPOOL_PROOF_WRONG;
    return g_bytes_get_size(secret) != SPOOL_TOTP_SECRET ||
           spool_account_set_second(review->db, account->id, secret, code, out_proof, error);
}

/* The token changes with what it allows (session fixation).  From now on this browser is known. */
static bool
begin_full(DaemonReview *review, DaemonReviewRequest *request, DaemonReviewResponse *response,
           GError **error)
{
    if (!spool_session_begin(review->db, request->session->account->id, true, &response->token,
                             error) ||
        !spool_session_end(review->db, request->token, error) ||
        !spool_device_new(review->db, request->session->account->id, &response->device, error))
        return false;
    daemon_review_go(response, "/");
    return true;
}

DAEMON_REVIEW_HANDLER(daemon_review_second)
{
    const char *code = daemon_review_field(request, "code");
    g_autofree char *digits = g_strdup(code != NULL ? code : "");
    SpoolProof proof = SPOOL_PROOF_WRONG;
    gsize kept = 0;
    bool may = true;

    if (request->session->full) {
        daemon_review_go(response, "/");
        return true;
    }
    if (!may_try(review, request, response, &may, error) || !may)
        return !may;
    for (const char *at = digits; *at != '\0'; at++)
        if (*at != ' ')
            digits[kept++] = *at;
    digits[kept] = '\0';
    if (!prove(review, request, digits, &proof, error))
        return false;
    if (proof == SPOOL_PROOF_GOOD)
        return begin_full(review, request, response, error);
    if (proof == SPOOL_PROOF_LOCKED)
        return answer_wrong(review, request, response, proof, error);
    response->status = MHD_HTTP_FORBIDDEN;
    return show_second(review, request, response,
                       "The code is not right, or it was used before. Wait for the next one.",
                       error);
}

DAEMON_REVIEW_HANDLER(daemon_review_sign_out)
{
    if (!spool_session_end(review->db, request->token, error))
        return false;
    g_free(response->token);
    response->token = g_strdup("");
    daemon_review_go(response, "/sign-in");
    return true;
}
