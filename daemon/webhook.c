/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/webhook.c - hand a record to another system over HTTPS, signed.
 *
 * What the other side answers is thrown away but for its status: it may quote
 * what we sent.
 *
 * Runs in:  courier.
 * Source:   https://www.standardwebhooks.com; doc/review.md, "Handing over"
 */
#include "config.h"

#include <curl/curl.h>
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <string.h>

#include "daemon/webhook.h"

#define KEY_MIN 24u
#define KEY_MAX 64u
#define TIMEOUT_S 30L
#define ANSWER_MAX (64u * 1024u)

struct DaemonWebhook {
    CURL *curl;
    GBytes *key;
    gsize answered; /* bytes of the answer's body */
};

bool
daemon_webhook_key(const char *secret, GBytes **out_key, GError **error)
{
    const char *text = g_str_has_prefix(secret, DAEMON_WEBHOOK_PREFIX)
                           ? secret + strlen(DAEMON_WEBHOOK_PREFIX)
                           : secret;
    gsize length = 0;
    g_autofree guchar *bytes = g_base64_decode(text, &length);

    if (length < KEY_MIN || length > KEY_MAX)
        return daemon_throw(error, DAEMON_ERROR_FILE,
                            "[export] webhook-secret-file must hold whsec_ and base 64 of %u to %u "
                            "random bytes, such as: echo whsec_$(openssl rand -base64 32)",
                            KEY_MIN, KEY_MAX);
    *out_key = g_bytes_new(bytes, length);
    OPENSSL_cleanse(bytes, length);
    return true;
}

char *
daemon_webhook_sign(GBytes *key, const DaemonWebhookMessage *message)
{
    g_autofree char *head =
        g_strdup_printf("%s.%" G_GINT64_FORMAT ".", message->id, message->timestamp);
    g_autoptr(GByteArray) text = g_byte_array_new();
    guint8 mac[EVP_MAX_MD_SIZE];
    guint length = 0;
    gsize size = 0;
    const guint8 *body = g_bytes_get_data(message->body, &size);

    g_byte_array_append(text, (const guint8 *)head, (guint)strlen(head));
    g_byte_array_append(text, body, (guint)size);
    HMAC(EVP_sha256(), g_bytes_get_data(key, NULL), (int)g_bytes_get_size(key), text->data,
         text->len, mac, &length);
    g_autofree char *base64 = g_base64_encode(mac, length);

    return g_strconcat("v1,", base64, NULL);
}

/* Read and forgotten; an answer without end is cut off. */
static size_t
take_answer(char *data, size_t size, size_t count, void *user)
{
    DaemonWebhook *webhook = user;

    (void)data;
    webhook->answered += size * count;
    return webhook->answered <= ANSWER_MAX ? size * count : 0;
}

DaemonWebhook *
daemon_webhook_new(const DaemonSettings *settings, GBytes *key)
{
    DaemonWebhook *webhook = g_new0(DaemonWebhook, 1);
    CURL *curl = curl_easy_init();

    webhook->curl = curl;
    webhook->key = g_bytes_ref(key);
    curl_easy_setopt(curl, CURLOPT_URL, settings->export_webhook_url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https"); /* http: to this machine only */
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* never one from the environment */
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (settings->export_webhook_ca_file != NULL)
        curl_easy_setopt(curl, CURLOPT_CAINFO, settings->export_webhook_ca_file);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, TIMEOUT_S);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, TIMEOUT_S);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, webhook);
    return webhook;
}

void
daemon_webhook_free(DaemonWebhook *webhook)
{
    if (webhook == NULL)
        return;
    curl_easy_cleanup(webhook->curl);
    g_bytes_unref(webhook->key);
    g_free(webhook);
}

static struct curl_slist *
make_headers(const DaemonWebhook *webhook, const DaemonWebhookMessage *message)
{
    g_autofree char *signature = daemon_webhook_sign(webhook->key, message);
    g_autofree char *id = g_strdup_printf("webhook-id: %s", message->id);
    g_autofree char *at =
        g_strdup_printf("webhook-timestamp: %" G_GINT64_FORMAT, message->timestamp);
    g_autofree char *sign = g_strdup_printf("webhook-signature: %s", signature);
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");

    headers = curl_slist_append(headers, "Expect:");
    headers = curl_slist_append(headers, id);
    headers = curl_slist_append(headers, at);
    return curl_slist_append(headers, sign);
}

static bool
judge(DaemonWebhook *webhook, CURLcode result, char **out_response, GError **error)
{
    long status = 0;

    curl_easy_getinfo(webhook->curl, CURLINFO_RESPONSE_CODE, &status);
    /* A status was said: an answer that was too long changes nothing about it. */
    if (status != 0)
        *out_response = g_strdup_printf("status %ld", status);
    else
        *out_response =
            g_strdup(result == CURLE_PEER_FAILED_VERIFICATION ? "certificate not trusted"
                     : result == CURLE_OPERATION_TIMEDOUT     ? "no answer in time"
                                                              : "not reached");
    if (status >= 200 && status < 300)
        return true;
    return daemon_throw(error, status == 410 ? DAEMON_ERROR_PERMANENT : DAEMON_ERROR_TEMPORARY,
                        "%s", *out_response);
}

bool
daemon_webhook_send(DaemonWebhook *webhook, const SpoolHandover *handover, char **out_response,
                    GError **error)
{
    const DaemonWebhookMessage message = {handover->delivery, spool_now() / G_USEC_PER_SEC,
                                          handover->body};
    struct curl_slist *headers = make_headers(webhook, &message);
    gsize size = 0;
    const char *body = g_bytes_get_data(handover->body, &size);
    CURLcode result;

    webhook->answered = 0;
    curl_easy_setopt(webhook->curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(webhook->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)size);
    curl_easy_setopt(webhook->curl, CURLOPT_POSTFIELDS, body);
    result = curl_easy_perform(webhook->curl);
    curl_easy_setopt(webhook->curl, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(headers);
    return judge(webhook, result, out_response, error);
}
