/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/oauth.c - access tokens for mailboxes and the relay, by client credentials.
 *
 * Runs in:  mailbox, courier; a child of the supervisor that checks (daemon/oauth-check.c).
 * Source:   RFC 6749 section 4.4; RFC 7523; doc/exchange-online.md
 */
#include "config.h"

#include <curl/curl.h>
#include <jansson.h>
#include <openssl/crypto.h>
#include <string.h>

#include "daemon/oauth-assertion.h"
#include "daemon/oauth-expiry.h"
#include "daemon/oauth.h"
#include "daemon/secret.h"
#include "daemon/settings-url.h"
#include "spool/expiry.h"

#define ANSWER_MAX (64u * 1024u)
#define TIMEOUT_S 30L
#define EARLY (300 * G_USEC_PER_SEC) /* fetched anew this long before it ends */
#define SHORTEST_S 60
#define HOUR (G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC)
#define DAY (24 * HOUR)
#define ASSERTION_TYPE "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

struct DaemonTokens {
    const DaemonOauth *oauth;
    char *holder;
    char *secret;            /* or NULL: by key */
    DaemonAssertionKey *key; /* or NULL: by secret */
    char *token;             /* or NULL */
    gint64 good_until;       /* microseconds UTC */
    gint64 noted, warned;    /* when that was last done */
};

/* clang-format off */
/* What servers say, and what it means for whoever set this up. */
static const struct {
    const char *said, *advice;
} advices[] = {
    { "AADSTS7000222",  "the client secret has ended: make a new one and put it into client-secret-file" },
    { "AADSTS7000215",  "the client secret is wrong: client-secret-file must hold its value, not its ID" },
    { "AADSTS700027",   "the certificate is not registered with the application: upload it there" },
    { "AADSTS700016",   "no such application in this tenant: check client-id and the tenant in token-url" },
    { "AADSTS90002",    "no such tenant: check token-url" },
    { "AADSTS70011",    "the scope is wrong: https://outlook.office365.com/.default" },
    { "AADSTS1002012",  "the scope is wrong: https://outlook.office365.com/.default" },
    { "invalid_client", "the token server does not know this client or its proof: check client-id and secret" },
    { "invalid_scope",  "the token server does not know this scope: check scope" },
    { "unauthorized_client", "the application may not ask for tokens by itself: grant it IMAP.AccessAsApp and admin consent" },
    { "authenticated but not connected", "the service principal lacks FullAccess on this mailbox, or the mailbox has no licence" },
    { "\"status\":\"400\"", "the service principal lacks FullAccess on this mailbox: Add-MailboxPermission" },
    { "\"status\":\"401\"", "the mail server does not take the token: is IMAP.AccessAsApp granted, and the service principal registered in Exchange?" },
    { "invalid_token",  "the mail server does not take the token: check scope and the account" },
};
/* clang-format on */

const char *
daemon_oauth_advice(const char *reason)
{
    for (gsize i = 0; reason != NULL && i < G_N_ELEMENTS(advices); i++)
        if (strstr(reason, advices[i].said) != NULL)
            return advices[i].advice;
    return NULL;
}

gint64
daemon_tokens_ends(const DaemonTokens *tokens)
{
    return tokens->key != NULL ? daemon_assertion_key_ends(tokens->key)
                               : tokens->oauth->secret_ends;
}

/* Also when the clock was set back. */
static bool
is_due(gint64 *last, gint64 now, gint64 interval)
{
    if (now >= *last && now - *last < interval)
        return false;
    *last = now;
    return true;
}

void
daemon_tokens_look(DaemonTokens *tokens, SpoolDb *db, gint64 now)
{
    gint64 ends = tokens != NULL ? daemon_tokens_ends(tokens) : 0;

    if (ends == 0)
        return;
    if (is_due(&tokens->warned, now, DAY))
        daemon_oauth_expiry_warn(tokens->oauth, ends, now);
    /* A spool that takes nothing now shows elsewhere; it is noted again in an hour. */
    if (is_due(&tokens->noted, now, HOUR))
        (void)spool_expiry_note(
            db, &(const SpoolExpiry){tokens->oauth->name, tokens->holder, ends, now}, NULL);
}

bool
daemon_tokens_new(const DaemonOauth *oauth, const char *holder, DaemonTokens **out_tokens,
                  GError **error)
{
    DaemonTokens *tokens = g_new0(DaemonTokens, 1);
    bool good;

    tokens->oauth = oauth;
    tokens->holder = g_strdup(holder);
    good = oauth->key_file != NULL
               ? daemon_assertion_key_read(oauth->key_file, oauth->certificate_file, &tokens->key,
                                           error)
               : daemon_secret_read(oauth->client_secret_file, &tokens->secret, error);
    if (!good) {
        daemon_tokens_free(tokens);
        return false;
    }
    *out_tokens = tokens;
    return true;
}

void
daemon_tokens_forget(DaemonTokens *tokens)
{
    if (tokens->token != NULL)
        OPENSSL_cleanse(tokens->token, strlen(tokens->token));
    g_clear_pointer(&tokens->token, g_free);
    tokens->good_until = 0;
}

void
daemon_tokens_free(DaemonTokens *tokens)
{
    if (tokens == NULL)
        return;
    daemon_tokens_forget(tokens);
    daemon_secret_free(tokens->secret);
    daemon_assertion_key_free(tokens->key);
    g_free(tokens->holder);
    g_free(tokens);
}

static size_t
take_answer(char *data, size_t size, size_t count, void *user)
{
    GString *answer = user;

    if (answer->len + size * count > ANSWER_MAX)
        return 0;
    g_string_append_len(answer, data, (gssize)(size * count));
    return size * count;
}

static void
add_parameter(CURL *curl, GString *form, const char *name, const char *value)
{
    char *escaped = curl_easy_escape(curl, value, 0);

    g_string_append_printf(form, "%s%s=%s", form->len > 0 ? "&" : "", name, escaped);
    OPENSSL_cleanse(escaped, strlen(escaped));
    curl_free(escaped);
}

static bool
make_form(const DaemonTokens *tokens, CURL *curl, GString *form, GError **error)
{
    const DaemonOauth *oauth = tokens->oauth;
    g_autofree char *assertion = NULL;

    add_parameter(curl, form, "grant_type", "client_credentials");
    add_parameter(curl, form, "client_id", oauth->client_id);
    add_parameter(curl, form, "scope", oauth->scope);
    if (tokens->key == NULL) {
        add_parameter(curl, form, "client_secret", tokens->secret);
        return true;
    }
    if (!daemon_assertion_make(tokens->key, oauth->client_id, oauth->token_url, g_get_real_time(),
                               &assertion, error))
        return false;
    add_parameter(curl, form, "client_assertion_type", ASSERTION_TYPE);
    add_parameter(curl, form, "client_assertion", assertion);
    return true;
}

/* The reason of a refusal, for the log; it names our application and nobody else. */
static bool
refused(const DaemonTokens *tokens, const json_t *answer, long status, GError **error)
{
    const char *word = json_string_value(json_object_get(answer, "error"));
    const char *text = json_string_value(json_object_get(answer, "error_description"));
    const char *advice = daemon_oauth_advice(text);

    if (advice == NULL)
        advice = daemon_oauth_advice(word);
    return daemon_throw(
        error, status >= 500 || status == 429 ? DAEMON_ERROR_CONNECT : DAEMON_ERROR_AUTH,
        "[oauth %s]: no token (%ld %s)%s%s", tokens->oauth->name, status, word != NULL ? word : "",
        advice != NULL ? ": " : "", advice != NULL ? advice : "");
}

static bool
read_answer(DaemonTokens *tokens, const GString *text, long status, GError **error)
{
    json_t *answer = json_loadb(text->str, text->len, 0, NULL);
    const char *token = json_string_value(json_object_get(answer, "access_token"));
    json_int_t life = json_integer_value(json_object_get(answer, "expires_in"));
    bool good = status == 200 && token != NULL && strpbrk(token, "\r\n\001") == NULL;

    if (good) {
        tokens->token = g_strdup(token);
        tokens->good_until = g_get_real_time() + MAX(life, SHORTEST_S) * G_USEC_PER_SEC;
    } else
        refused(tokens, answer, status, error);
    json_decref(answer);
    return good;
}

static DaemonError
code_of(CURLcode result)
{
    if (result == CURLE_PEER_FAILED_VERIFICATION || result == CURLE_SSL_CONNECT_ERROR)
        return DAEMON_ERROR_TLS;
    if (result == CURLE_OPERATION_TIMEDOUT)
        return DAEMON_ERROR_TIMEOUT;
    return result == CURLE_WRITE_ERROR ? DAEMON_ERROR_PROTOCOL : DAEMON_ERROR_CONNECT;
}

/* A web proxy of the environment passes TLS on unread.  What goes in the clear goes to this machine
 * and through nobody: a proxy would see the secret. */
static bool
may_use_proxy(const char *url)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);

    return uri != NULL && g_str_equal(g_uri_get_scheme(uri), "https") &&
           g_uri_get_host(uri) != NULL && !daemon_settings_url_is_loopback(g_uri_get_host(uri));
}

static void
set_options(CURL *curl, const DaemonOauth *oauth, const GString *form, GString *answer)
{
    curl_easy_setopt(curl, CURLOPT_URL, oauth->token_url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http"); /* http: checked to be loopback */
    if (!may_use_proxy(oauth->token_url))
        curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, TIMEOUT_S);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, form->str);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)form->len);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
    if (oauth->ca_file != NULL)
        curl_easy_setopt(curl, CURLOPT_CAINFO, oauth->ca_file);
}

static bool
unreached(const DaemonTokens *tokens, CURL *curl, CURLcode result, GError **error)
{
    long proxy = 0; /* what a proxy answered to CONNECT; 0: there was none */
    g_autofree char *refusal = NULL;

    curl_easy_getinfo(curl, CURLINFO_HTTP_CONNECTCODE, &proxy);
    if (proxy != 0 && proxy / 100 != 2)
        refusal = g_strdup_printf("the web proxy answers %ld", proxy);
    return daemon_throw(error, code_of(result), "[oauth %s]: the token server: %s",
                        tokens->oauth->name,
                        refusal != NULL ? refusal : curl_easy_strerror(result));
}

static bool
fetch(DaemonTokens *tokens, GError **error)
{
    CURL *curl = curl_easy_init();
    g_autoptr(GString) form = g_string_new(NULL);
    g_autoptr(GString) answer = g_string_new(NULL);
    CURLcode result = CURLE_OK;
    long status = 0;
    bool good = make_form(tokens, curl, form, error);

    if (good) {
        set_options(curl, tokens->oauth, form, answer);
        result = curl_easy_perform(curl);
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    }
    OPENSSL_cleanse(form->str, form->len);
    if (good && result != CURLE_OK)
        good = unreached(tokens, curl, result, error);
    else if (good)
        good = read_answer(tokens, answer, status, error);
    curl_easy_cleanup(curl);
    OPENSSL_cleanse(answer->str, answer->len);
    return good;
}

bool
daemon_tokens_get(DaemonTokens *tokens, const char **out_token, GError **error)
{
    g_autoptr(GError) problem = NULL;
    gint64 now = g_get_real_time();
    char *old = NULL;

    if (tokens->token == NULL || now > tokens->good_until - EARLY) {
        old = g_steal_pointer(&tokens->token);
        if (!fetch(tokens, &problem)) {
            tokens->token = old;
            /* One that still lives serves while the token server does not. */
            if (old == NULL || now > tokens->good_until) {
                g_propagate_error(error, g_steal_pointer(&problem));
                return false;
            }
        } else
            daemon_secret_free(old);
    }
    *out_token = tokens->token;
    return true;
}
