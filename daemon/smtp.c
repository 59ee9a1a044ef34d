/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/smtp.c - hand one mail to the relay, and know what became of it.
 *
 * libcurl speaks SMTP; TLS is required where the settings say so, with chain and
 * host name verified, and never falls back to clear text.
 *
 * Runs in:  courier.
 * Source:   RFC 5321; RFC 3207 (STARTTLS); RFC 4954 (AUTH); RFC 1047
 */
#include "config.h"

#include <curl/curl.h>
#include <string.h>

#include "daemon/address.h"
#include "daemon/smtp.h"
#include "templates/address.h"

#define RESPONSE_MAX 1000

struct DaemonSmtp {
    const DaemonSettings *settings;
    const char *password;
    CURL *curl;
    char *url;
    GString *response; /* the last lines that the server said */
    char problem[CURL_ERROR_SIZE];
};

/* The mail being read by libcurl. */
typedef struct {
    const DaemonSmtpMail *mail;
    const char *data;
    gsize left;
    bool started;
    bool ended; /* libcurl has been told that this is all: the final dot may be out */
} Upload;

static size_t
read_mail(char *buffer, size_t size, size_t count, void *data)
{
    Upload *upload = data;
    gsize n = MIN(size * count, upload->left);

    if (!upload->started && !upload->mail->start(upload->mail->data))
        return CURL_READFUNC_ABORT;
    upload->started = true;
    memcpy(buffer, upload->data, n);
    upload->data += n;
    upload->left -= n;
    upload->ended = upload->left == 0;
    return n;
}

/* Keep what the server says, never what we say: that holds the password. */
static int
listen_in(CURL *curl, curl_infotype type, char *data, size_t size, void *user)
{
    DaemonSmtp *smtp = user;

    (void)curl;
    if (type != CURLINFO_HEADER_IN)
        return 0;
    if (size >= 4 && data[3] == ' ')
        g_string_truncate(smtp->response, 0);
    if (smtp->response->len + size <= RESPONSE_MAX)
        g_string_append_len(smtp->response, data, (gssize)size);
    return 0;
}

static void
set_tls(DaemonSmtp *smtp)
{
    const DaemonSettings *settings = smtp->settings;

    curl_easy_setopt(smtp->curl, CURLOPT_USE_SSL,
                     settings->smtp.tls == DAEMON_TLS_NONE ? (long)CURLUSESSL_NONE
                                                           : (long)CURLUSESSL_ALL);
    curl_easy_setopt(smtp->curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(smtp->curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(smtp->curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (settings->smtp_ca_file != NULL)
        curl_easy_setopt(smtp->curl, CURLOPT_CAINFO, settings->smtp_ca_file);
}

static void
set_timeouts(DaemonSmtp *smtp)
{
    long timeout = (long)smtp->settings->smtp_timeout;

    curl_easy_setopt(smtp->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(smtp->curl, CURLOPT_CONNECTTIMEOUT, timeout);
    curl_easy_setopt(smtp->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, timeout);
    curl_easy_setopt(smtp->curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(smtp->curl, CURLOPT_LOW_SPEED_TIME, timeout);
    curl_easy_setopt(smtp->curl, CURLOPT_TIMEOUT, timeout * 10);
    curl_easy_setopt(smtp->curl, CURLOPT_TCP_KEEPALIVE, 1L);
}

DaemonSmtp *
daemon_smtp_new(const DaemonSettings *settings, const char *password)
{
    DaemonSmtp *smtp = g_new0(DaemonSmtp, 1);
    const DaemonServer *server = &settings->smtp;
    bool v6 = strchr(server->host, ':') != NULL;

    smtp->settings = settings;
    smtp->password = password;
    smtp->response = g_string_new(NULL);
    smtp->curl = curl_easy_init();
    /* The path is the name that we greet with (RFC 5321 section 4.1.1.1). */
    smtp->url = g_strdup_printf(
        "%s://%s%s%s:%u/%s", server->tls == DAEMON_TLS_IMPLICIT ? "smtps" : "smtp", v6 ? "[" : "",
        server->host, v6 ? "]" : "", server->port, settings->message_id_domain);
    curl_easy_setopt(smtp->curl, CURLOPT_URL, smtp->url);
    curl_easy_setopt(smtp->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(smtp->curl, CURLOPT_PROXY, ""); /* never one from the environment */
    curl_easy_setopt(smtp->curl, CURLOPT_ERRORBUFFER, smtp->problem);
    curl_easy_setopt(smtp->curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(smtp->curl, CURLOPT_DEBUGFUNCTION, listen_in);
    curl_easy_setopt(smtp->curl, CURLOPT_DEBUGDATA, smtp);
    curl_easy_setopt(smtp->curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(smtp->curl, CURLOPT_READFUNCTION, read_mail);
    if (server->user != NULL) {
        curl_easy_setopt(smtp->curl, CURLOPT_USERNAME, server->user);
        curl_easy_setopt(smtp->curl, CURLOPT_PASSWORD, password);
    }
    set_tls(smtp);
    set_timeouts(smtp);
    return smtp;
}

void
daemon_smtp_free(DaemonSmtp *smtp)
{
    if (smtp == NULL)
        return;
    curl_easy_cleanup(smtp->curl);
    g_string_free(smtp->response, TRUE);
    g_free(smtp->url);
    g_free(smtp);
}

void
daemon_smtp_set_token(DaemonSmtp *smtp, const char *token)
{
    curl_easy_setopt(smtp->curl, CURLOPT_PASSWORD, NULL);
    curl_easy_setopt(smtp->curl, CURLOPT_XOAUTH2_BEARER, token);
}

/* What libcurl's result means for the mail, when the server said nothing that decides. */
static DaemonError
classify(CURLcode result, const Upload *upload)
{
    switch (result) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CACERT_BADFILE:
        return DAEMON_ERROR_TLS;
    case CURLE_LOGIN_DENIED:
        return DAEMON_ERROR_AUTH;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
        return DAEMON_ERROR_CONNECT;
    case CURLE_OPERATION_TIMEDOUT:
        return upload->ended ? DAEMON_ERROR_UNCERTAIN : DAEMON_ERROR_TIMEOUT;
    default:
        return upload->ended ? DAEMON_ERROR_UNCERTAIN : DAEMON_ERROR_CONNECT;
    }
}

static bool
judge(DaemonSmtp *smtp, CURLcode result, const Upload *upload, GError **error)
{
    const DaemonServer *server = &smtp->settings->smtp;
    long code = 0;
    DaemonError what;

    if (result == CURLE_OK)
        return true;
    curl_easy_getinfo(smtp->curl, CURLINFO_RESPONSE_CODE, &code);
    what = classify(result, upload);
    /* 421 may come at any time; 535 and its kind are about us, not about the person written to. */
    if (what != DAEMON_ERROR_TLS && what != DAEMON_ERROR_AUTH && code >= 400)
        what = code >= 500 && code != 530 && code != 535 ? DAEMON_ERROR_PERMANENT
                                                         : DAEMON_ERROR_TEMPORARY;
    return daemon_throw(error, what, "%s:%u: %s", server->host, server->port,
                        smtp->problem[0] != '\0' ? smtp->problem : curl_easy_strerror(result));
}

bool
daemon_smtp_send(DaemonSmtp *smtp, const DaemonSmtpMail *mail, char **out_response, GError **error)
{
    Upload upload = {.mail = mail};
    g_autofree char *from = g_strdup_printf("<%s>", mail->from);
    g_autofree char *recipient = g_strdup_printf("<%s>", mail->to);
    struct curl_slist *recipients = NULL;
    CURLcode result;

    *out_response = NULL;
    if (!templates_address_is_plain(mail->to) || !templates_address_is_plain(mail->from))
        return daemon_throw(error, DAEMON_ERROR_PERMANENT, "not an address that can be written to");
    upload.data = g_bytes_get_data(mail->bytes, &upload.left);
    recipients = curl_slist_append(NULL, recipient);
    g_string_truncate(smtp->response, 0);
    smtp->problem[0] = '\0';
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(smtp->curl, CURLOPT_READDATA, &upload);
    result = curl_easy_perform(smtp->curl);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(recipients);
    *out_response = g_utf8_make_valid(smtp->response->str, -1);
    g_strchomp(*out_response);
    return judge(smtp, result, &upload, error);
}
