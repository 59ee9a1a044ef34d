/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/review-http.c - requests of browsers, bounded, and their answers.
 *
 * Every answer carries the headers that keep a page from doing anything but show
 * itself; no handler can leave them out.
 *
 * Runs in:  review.
 * Source:   doc/review.md, "Safe pages"; RFC 9110
 */
#include "config.h"

#include <gio/gio.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "daemon/review-client.h"
#include "daemon/review-cookie.h"
#include "daemon/review-http.h"

#define CONNECTIONS_MAX 256u
#define CONNECTIONS_EACH 64u /* from one address; a proxy has those of everybody */
#define SILENCE_S 30u
#define MEMORY_MAX (64u * 1024u) /* of one connection: request line and headers */
#define PATH_MAX_BYTES 1024u
#define POST_BUFFER 4096u

struct DaemonReviewServer {
    const DaemonSettings *settings;
    DaemonReviewServe serve;
    gpointer data;
    struct MHD_Daemon *mhd;
    char *certificate, *key;
    bool secure; /* browsers speak TLS to us, or to the proxy before us */
};

/* One request while it comes in. */
typedef struct {
    DaemonReviewRequest request;
    struct MHD_PostProcessor *post;
    gsize body;
    bool bad, too_large;
    bool answered; /* later: what came is in answer */
    DaemonReviewResponse answer;
    GString *value; /* of the field being read */
    char *name;
} Incoming;

/* clang-format off */
static const struct {
    const char *name, *value;
} safe_headers[] = {
    { "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
      "form-action 'self'; frame-ancestors 'none'; base-uri 'none'" },
    { "Cache-Control",                "no-store" },
    /* Not no-referrer: the browser would then hide where a form came from ("Origin: null"). */
    { "Referrer-Policy",              "same-origin" },
    { "X-Content-Type-Options",       "nosniff" },
    { "X-Frame-Options",              "DENY" },
    { "Cross-Origin-Opener-Policy",   "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Permissions-Policy",           "camera=(), microphone=(), geolocation=()" },
};
/* clang-format on */

const char *
daemon_review_query(const DaemonReviewRequest *request, const char *name)
{
    const char *value =
        MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, name);

    return value != NULL && g_utf8_validate(value, -1, NULL) ? value : NULL;
}

const char *
daemon_review_field(const DaemonReviewRequest *request, const char *name)
{
    return request->fields != NULL ? g_hash_table_lookup(request->fields, name) : NULL;
}

const char *
daemon_review_header(const DaemonReviewRequest *request, const char *name)
{
    const char *value = MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);

    return value != NULL && g_utf8_validate(value, -1, NULL) ? value : NULL;
}

bool
daemon_review_number(const char *text, gint64 *out_number)
{
    return text != NULL && g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, out_number, NULL);
}

void
daemon_review_response_clear(DaemonReviewResponse *response)
{
    g_clear_pointer(&response->body, g_bytes_unref);
    g_clear_pointer(&response->location, g_free);
    g_clear_pointer(&response->token, g_free);
    g_clear_pointer(&response->device, g_free);
    g_clear_pointer(&response->file_name, g_free);
}

void
daemon_review_answer(DaemonReviewResponse *response, guint status, const char *type, char *text)
{
    response->status = status;
    response->type = type;
    g_clear_pointer(&response->body, g_bytes_unref);
    response->body = g_bytes_new_take(text, strlen(text));
}

void
daemon_review_go(DaemonReviewResponse *response, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_free(response->location);
    response->location = g_strdup_vprintf(format, args);
    va_end(args);
    daemon_review_answer(response, MHD_HTTP_SEE_OTHER, "text/plain", g_strdup(""));
}

/* Our own origin: of the setting, else what the browser asked for. */
static char *
own_origin(const DaemonReviewRequest *request, const DaemonSettings *settings)
{
    const char *host = daemon_review_header(request, "Host");
    const char *slash;

    if (settings->review_url == NULL)
        return g_strdup_printf("%s://%s",
                               settings->review_certificate_file != NULL ? "https" : "http",
                               host != NULL ? host : "");
    slash = strstr(settings->review_url, "://");
    slash = slash != NULL ? strchr(slash + 3, '/') : NULL;
    return slash != NULL ? g_strndup(settings->review_url, (gsize)(slash - settings->review_url))
                         : g_strdup(settings->review_url);
}

bool
daemon_review_same_site(const DaemonReviewRequest *request, const DaemonSettings *settings)
{
    const char *site = daemon_review_header(request, "Sec-Fetch-Site");
    const char *origin = daemon_review_header(request, "Origin");
    g_autofree char *own = own_origin(request, settings);

    if (site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
        return false;
    return origin == NULL || g_ascii_strcasecmp(origin, own) == 0;
}

static void
add_headers(const DaemonReviewServer *server, const DaemonReviewResponse *response,
            struct MHD_Response *answer)
{
    for (gsize i = 0; i < G_N_ELEMENTS(safe_headers); i++)
        MHD_add_response_header(answer, safe_headers[i].name, safe_headers[i].value);
    if (server->secure)
        MHD_add_response_header(answer, "Strict-Transport-Security", "max-age=31536000");
    MHD_add_response_header(answer, MHD_HTTP_HEADER_CONTENT_TYPE, response->type);
    if (response->location != NULL)
        MHD_add_response_header(answer, MHD_HTTP_HEADER_LOCATION, response->location);
    daemon_review_cookie_set(DAEMON_REVIEW_COOKIE_SESSION, answer, server->secure, response->token);
    daemon_review_cookie_set(DAEMON_REVIEW_COOKIE_DEVICE, answer, server->secure, response->device);
    if (response->file_name != NULL) {
        g_autofree char *text = g_strdup_printf("attachment; filename=\"%s\"", response->file_name);

        MHD_add_response_header(answer, MHD_HTTP_HEADER_CONTENT_DISPOSITION, text);
    }
}

static enum MHD_Result
send_answer(const DaemonReviewServer *server, struct MHD_Connection *connection,
            const DaemonReviewResponse *response)
{
    gsize length = 0;
    const void *data = g_bytes_get_data(response->body, &length);
    struct MHD_Response *answer =
        MHD_create_response_from_buffer(length, (void *)data, MHD_RESPMEM_MUST_COPY);
    enum MHD_Result result;

    if (answer == NULL)
        return MHD_NO;
    add_headers(server, response, answer);
    result = MHD_queue_response(connection, response->status, answer);
    MHD_destroy_response(answer);
    return result;
}

/* A field is whole when the next one begins, or the body ends. */
static void
finish_field(Incoming *in)
{
    if (in->name == NULL)
        return;
    if (!g_utf8_validate(in->value->str, (gssize)in->value->len, NULL) ||
        memchr(in->value->str, '\0', in->value->len) != NULL)
        in->bad = true;
    g_hash_table_replace(in->request.fields, g_strdup(in->name), g_strdup(in->value->str));
    g_ptr_array_add(in->request.field_list, g_steal_pointer(&in->name));
    g_ptr_array_add(in->request.field_list, g_strdup(in->value->str));
    g_string_truncate(in->value, 0);
}

static enum MHD_Result
on_field(void *cls, enum MHD_ValueKind kind, const char *key, const char *filename,
         const char *content_type, const char *transfer_encoding, const char *data, uint64_t off,
         size_t size)
{
    Incoming *in = cls;

    (void)kind;
    (void)content_type;
    (void)transfer_encoding;
    if (filename != NULL || key == NULL || !g_utf8_validate(key, -1, NULL) ||
        in->request.field_list->len >= 2 * DAEMON_REVIEW_FIELDS_MAX) {
        in->bad = true;
        return MHD_NO;
    }
    if (off == 0) {
        finish_field(in);
        in->name = g_strdup(key);
    }
    g_string_append_len(in->value, data, (gssize)size);
    return MHD_YES;
}

static char *
peer_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    g_autoptr(GSocketAddress) address =
        info != NULL
            ? g_socket_address_new_from_native(info->client_addr, sizeof(struct sockaddr_in6))
            : NULL;

    return G_IS_INET_SOCKET_ADDRESS(address)
               ? g_inet_address_to_string(
                     g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(address)))
               : g_strdup("");
}

static enum MHD_Result
add_forwarded(void *forwarded, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    if (g_ascii_strcasecmp(name, "X-Forwarded-For") == 0 && value != NULL)
        g_string_append_printf(forwarded, ",%s", value);
    return MHD_YES;
}

static char *
client_of(const DaemonReviewServer *server, struct MHD_Connection *connection, const char *peer)
{
    g_autoptr(GString) forwarded = g_string_new(NULL);

    MHD_get_connection_values(connection, MHD_HEADER_KIND, add_forwarded, forwarded);
    return daemon_review_client_find(peer, forwarded->len > 0 ? forwarded->str + 1 : NULL,
                                     server->settings->review_proxies);
}

static Incoming *
begin(const DaemonReviewServer *server, struct MHD_Connection *connection, const char *path,
      const char *method)
{
    Incoming *in = g_new0(Incoming, 1);
    DaemonReviewRequest *request = &in->request;

    request->connection = connection;
    request->path = path;
    request->method = g_intern_string(strcmp(method, "POST") == 0  ? "POST"
                                      : strcmp(method, "GET") == 0 ? "GET"
                                                                   : "OTHER");
    request->peer = peer_of(connection);
    request->client = client_of(server, connection, request->peer);
    request->token = g_strdup(
        daemon_review_cookie_get(DAEMON_REVIEW_COOKIE_SESSION, connection, server->secure));
    request->device =
        g_strdup(daemon_review_cookie_get(DAEMON_REVIEW_COOKIE_DEVICE, connection, server->secure));
    in->bad = strlen(path) > PATH_MAX_BYTES || !g_utf8_validate(path, -1, NULL) ||
              strcmp(request->method, "OTHER") == 0;
    if (strcmp(request->method, "POST") == 0) {
        request->fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
        request->field_list = g_ptr_array_new_with_free_func(g_free);
        in->value = g_string_new(NULL);
        in->post = MHD_create_post_processor(connection, POST_BUFFER, on_field, in);
        in->bad |= in->post == NULL;
    }
    return in;
}

static void
incoming_free(Incoming *in)
{
    if (in->post != NULL)
        MHD_destroy_post_processor(in->post);
    for (guint i = 0; i < DAEMON_REVIEW_ARGS; i++)
        g_free(in->request.args[i]);
    g_clear_pointer(&in->request.fields, g_hash_table_unref);
    g_clear_pointer(&in->request.field_list, g_ptr_array_unref);
    g_free(in->request.peer);
    g_free(in->request.client);
    g_free(in->request.token);
    g_free(in->request.device);
    spool_session_free(in->request.session);
    daemon_review_response_clear(&in->answer);
    if (in->value != NULL)
        g_string_free(in->value, TRUE);
    g_free(in->name);
    g_free(in);
}

static void
take_body(Incoming *in, const char *data, gsize size)
{
    in->body += size;
    in->too_large |= in->body > DAEMON_REVIEW_BODY_MAX;
    if (!in->bad && !in->too_large && in->post != NULL)
        in->bad = MHD_post_process(in->post, data, size) != MHD_YES;
}

static void
answer_bad(const Incoming *in, DaemonReviewResponse *response)
{
    guint status = in->too_large ? MHD_HTTP_CONTENT_TOO_LARGE : MHD_HTTP_BAD_REQUEST;

    daemon_review_answer(response, status, "text/plain; charset=utf-8",
                         g_strdup("This request cannot be understood.\n"));
}

static enum MHD_Result
finish(DaemonReviewServer *server, struct MHD_Connection *connection, Incoming *in)
{
    DaemonReviewResponse response = {0};
    enum MHD_Result result;

    if (in->post != NULL && !in->bad) {
        MHD_destroy_post_processor(g_steal_pointer(&in->post));
        finish_field(in);
    }
    if (in->bad || in->too_large)
        answer_bad(in, &response);
    else
        server->serve(&in->request, &response, server->data);
    if (response.later) {
        in->answer = response;
        MHD_suspend_connection(connection);
        return MHD_YES;
    }
    result = send_answer(server, connection, &response);
    daemon_review_response_clear(&response);
    return result;
}

void
daemon_review_answer_later(DaemonReviewRequest *request, DaemonReviewResponse *response)
{
    Incoming *in = (Incoming *)((char *)request - G_STRUCT_OFFSET(Incoming, request));

    /* A session may have begun with the request (single sign-on). */
    response->token = g_steal_pointer(&in->answer.token);
    in->answer = *response;
    in->answered = true;
    *response = (DaemonReviewResponse){0};
    MHD_resume_connection(request->connection);
}

bool
daemon_review_is_gone(const DaemonReviewRequest *request)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct pollfd fd = {info != NULL ? info->connect_fd : -1, POLLRDHUP, 0};

    return poll(&fd, 1, 0) > 0;
}

static enum MHD_Result
on_request(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
           const char *version, const char *data, size_t *size, void **state)
{
    DaemonReviewServer *server = cls;

    (void)version;
    if (*state == NULL) {
        *state = begin(server, connection, url, method);
        return MHD_YES;
    }
    if (*size > 0) {
        take_body(*state, data, *size);
        *size = 0;
        return MHD_YES;
    }
    if (((const Incoming *)*state)->answered)
        return send_answer(server, connection, &((const Incoming *)*state)->answer);
    return finish(server, connection, *state);
}

static void
on_completed(void *cls, struct MHD_Connection *connection, void **state,
             enum MHD_RequestTerminationCode why)
{
    (void)cls;
    (void)connection;
    (void)why;
    if (*state != NULL)
        incoming_free(g_steal_pointer(state));
}

static bool
load(const char *path, char **out_text, GError **error)
{
    g_autoptr(GError) problem = NULL;

    if (path == NULL || g_file_get_contents(path, out_text, NULL, &problem))
        return true;
    return daemon_throw(error, DAEMON_ERROR_FILE, "[review] %s", problem->message);
}

bool
daemon_review_server_new(const DaemonSettings *settings, int fd, DaemonReviewServe serve,
                         gpointer data, DaemonReviewServer **out_server, GError **error)
{
    DaemonReviewServer *server = g_new0(DaemonReviewServer, 1);
    bool tls = settings->review_certificate_file != NULL;
    bool behind_proxy = settings->review_proxies != NULL || settings->review_sso_peers != NULL;

    server->settings = settings;
    server->serve = serve;
    server->data = data;
    server->secure =
        tls || (settings->review_url != NULL && g_str_has_prefix(settings->review_url, "https://"));
    if (!load(settings->review_certificate_file, &server->certificate, error) ||
        !load(settings->review_key_file, &server->key, error)) {
        daemon_review_server_free(server);
        return false;
    }
    static char tls_versions[] = "NORMAL:-VERS-TLS1.0:-VERS-TLS1.1"; /* RFC 8996 */
    const struct MHD_OptionItem options[] = {
        {MHD_OPTION_LISTEN_SOCKET, fd, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS_MAX, NULL},
        {MHD_OPTION_PER_IP_CONNECTION_LIMIT, behind_proxy ? 0 : CONNECTIONS_EACH, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, SILENCE_S, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_MAX, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)on_completed, NULL},
        {tls ? MHD_OPTION_HTTPS_PRIORITIES : MHD_OPTION_END, 0, tls_versions},
        {tls ? MHD_OPTION_HTTPS_MEM_CERT : MHD_OPTION_END, 0, server->certificate},
        {tls ? MHD_OPTION_HTTPS_MEM_KEY : MHD_OPTION_END, 0, server->key},
        {MHD_OPTION_END, 0, NULL},
    };

    server->mhd =
        MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | (tls ? MHD_USE_TLS : 0u), 0,
                         NULL, NULL, on_request, server, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
    if (server->mhd == NULL) {
        daemon_review_server_free(server);
        return daemon_throw(error, DAEMON_ERROR_SYSTEM,
                            "the staff pages cannot be served: check [review] and its certificate");
    }
    *out_server = server;
    return true;
}

void
daemon_review_server_run(DaemonReviewServer *server, int fd, guint ms)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->mhd, MHD_DAEMON_INFO_EPOLL_FD);
    struct pollfd fds[] = {{info->epoll_fd, POLLIN, 0}, {fd, POLLIN, 0}};
    MHD_UNSIGNED_LONG_LONG left = 0;

    /* Sooner when something is left to do, or somebody's time is up. */
    if (MHD_get_timeout(server->mhd, &left) == MHD_YES)
        ms = (guint)MIN(left, ms);
    (void)poll(fds, G_N_ELEMENTS(fds), (int)ms);
    MHD_run(server->mhd);
}

void
daemon_review_server_free(DaemonReviewServer *server)
{
    if (server == NULL)
        return;
    /* The socket is the supervisor's: other workers go on with it. */
    if (server->mhd != NULL) {
        MHD_quiesce_daemon(server->mhd);
        MHD_stop_daemon(server->mhd);
    }
    g_free(server->certificate);
    g_free(server->key);
    g_free(server);
}
