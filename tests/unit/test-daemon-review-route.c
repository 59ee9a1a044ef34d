/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-review-route.c - each route of the staff pages, asked for by everybody.
 *
 * The table of routes itself is walked, so that no new page can be forgotten; who
 * may have what stands here a second time, as doc/review.md says it.
 *
 * Source:   doc/review.md, "People", "Safe pages"
 */
#include "config.h"

#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/log.h"
#include "daemon/review-route.h"
#include "spool/act.h"
#include "tests/unit/spool-help.h"

#define NAME "Arthur Dent"

/* clang-format off */
/* Who asks.  Beside roles there is nobody, and somebody who owes the second factor. */
static const struct {
    const char *name;
    guint roles;
    bool full;
    const char *rights; /* one letter each: s see, a act, r restrict, f figures, u audit, k accounts */
} actors[] = {
    { NULL,            0,                        false, ""     },
    { "half",          15,                       false, ""     },
    { "reviewer",      SPOOL_ROLE_REVIEWER,      true,  "sa"   },
    { "manager",       SPOOL_ROLE_MANAGER,       true,  "sarf" },
    { "auditor",       SPOOL_ROLE_AUDITOR,       true,  "sfu"  },
    { "administrator", SPOOL_ROLE_ADMINISTRATOR, true,  "k"    },
};
static const char letters[DAEMON_N_RIGHTS] = {
    [DAEMON_RIGHT_SEE] = 's',     [DAEMON_RIGHT_ACT] = 'a',   [DAEMON_RIGHT_RESTRICT] = 'r',
    [DAEMON_RIGHT_FIGURES] = 'f', [DAEMON_RIGHT_AUDIT] = 'u', [DAEMON_RIGHT_ACCOUNTS] = 'k',
};
/* clang-format on */

typedef struct {
    Spool *spool;
    gint64 accounts[G_N_ELEMENTS(actors)];
    char *reference;
    guint port;
    int stop[2];
    pid_t server;
} Desk;

typedef struct {
    guint status;
    char *location; /* or NULL */
    char *text;     /* all of the answer */
} Answer;

static void
answer_clear(Answer *answer)
{
    g_clear_pointer(&answer->location, g_free);
    g_clear_pointer(&answer->text, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Answer, answer_clear)

static void
alive(void *data)
{
    (void)data;
}

/* The server, in a process of its own as in life. */
G_NORETURN static void
serve(const Spool *spool, int listen_fd, int stop_fd)
{
    g_autoptr(DaemonSettings) settings = daemon_settings_embedded();
    SpoolDb *db = NULL;
    DaemonReviewWork work = {.settings = settings,
                             .listen_fd = listen_fd,
                             .stop_fd = stop_fd,
                             .courier_fd = -1,
                             .alive = alive};
    GError *error = NULL;

    daemon_log_role("review");
    settings->spool_url = g_strdup(spool->url);
    if (!spool_db_open(spool->url, spool->key, &db, &error) ||
        (work.db = db, !daemon_review_run(&work, &error)))
        fprintf(stderr, "%s\n", error->message);
    _exit(error == NULL ? 0 : 1);
}

static int
listen_somewhere(guint *out_port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(fd, 16), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
    *out_port = ntohs(address.sin_port);
    return fd;
}

static void
fill(Desk *desk)
{
    SpoolDecision decision = help_decision();
    SpoolField adult = {.key = (char *)"adult.name",
                        .value = (char *)NAME,
                        .raw = (char *)"",
                        .place = (char *)"",
                        .author = (char *)"machine"};
    g_autoptr(GPtrArray) fields = g_ptr_array_new();

    g_ptr_array_add(fields, &adult);
    decision.fields = fields;
    decision.shown_from = "Tricia McMillan";
    decision.subject = "About a coach";
    desk->reference = help_decide(desk->spool->db, 1, &decision);
    for (guint i = 1; i < G_N_ELEMENTS(actors); i++) {
        SpoolAccount account = {.name = (char *)actors[i].name,
                                .shown = (char *)actors[i].name,
                                .roles = actors[i].roles};

        assert_ok(spool_account_new(desk->spool->db, &account, "root", &desk->accounts[i], &error));
    }
}

static int
setup(void **fixture)
{
    Desk *desk = g_new0(Desk, 1);
    void *spool = NULL;
    int fd;

    help_setup(&spool);
    desk->spool = spool;
    fill(desk);
    help_close(desk->spool);
    fd = listen_somewhere(&desk->port);
    assert_int_equal(pipe(desk->stop), 0);
    desk->server = fork();
    if (desk->server == 0) {
        close(desk->stop[1]);
        serve(desk->spool, fd, desk->stop[0]);
    }
    close(fd);
    help_open(desk->spool);
    *fixture = desk;
    return 0;
}

static int
teardown(void **fixture)
{
    Desk *desk = *fixture;
    void *spool = desk->spool;
    int status = 0;

    close(desk->stop[1]);
    assert_int_equal(waitpid(desk->server, &status, 0), desk->server);
    assert_int_equal(status, 0);
    close(desk->stop[0]);
    g_free(desk->reference);
    g_free(desk);
    return help_teardown(&spool);
}

/* What is sent: whose session, what stands for its token, where it says that it comes from. */
typedef struct {
    const DaemonReviewRoute *route;
    guint actor;
    bool wrong_csrf;
    const char *origin; /* or NULL: our own */
    const char *form;   /* further fields, or NULL */
} Question;

static char *
path_of(const DaemonReviewRoute *route)
{
    g_auto(GStrv) parts = g_strsplit(route->path, "*", -1);

    return g_strjoinv("1", parts);
}

/* A new session for each request: some routes end one. */
static void
begin_session(Desk *desk, guint actor, char **out_token, char **out_csrf)
{
    g_autoptr(SpoolSession) session = NULL;

    *out_token = NULL;
    *out_csrf = g_strdup("x");
    if (actor == 0)
        return;
    assert_ok(spool_session_begin(desk->spool->db, desk->accounts[actor], actors[actor].full,
                                  out_token, &error));
    assert_ok(spool_session_get(desk->spool->db, *out_token, 600, &session, &error));
    assert_non_null(session);
    g_free(*out_csrf);
    *out_csrf = g_strdup(session->csrf);
}

static char *
write_request(Desk *desk, const Question *question)
{
    g_autofree char *path = path_of(question->route), *token = NULL, *csrf = NULL;
    bool post = strcmp(question->route->method, "POST") == 0;
    GString *text = g_string_new(NULL);

    begin_session(desk, question->actor, &token, &csrf);
    g_autofree char *body = g_strdup_printf("csrf=%s&%s", question->wrong_csrf ? "AAAA" : csrf,
                                            question->form != NULL ? question->form : "");

    g_string_append_printf(text, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n",
                           question->route->method, path, desk->port);
    if (token != NULL)
        g_string_append_printf(text, "Cookie: postern=%s\r\n", token);
    if (question->origin != NULL)
        g_string_append_printf(text, "Origin: %s\r\n", question->origin);
    if (post)
        g_string_append_printf(text,
                               "Content-Type: application/x-www-form-urlencoded\r\n"
                               "Content-Length: %zu\r\n\r\n%s",
                               strlen(body), body);
    else
        g_string_append(text, "\r\n");
    return g_string_free(text, FALSE);
}

static char *
talk(guint port, const char *request)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((guint16)port),
                                  .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_autoptr(GString) answer = g_string_new(NULL);
    char piece[4096];
    ssize_t got;

    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(write(fd, request, strlen(request)), strlen(request));
    while ((got = read(fd, piece, sizeof piece)) > 0)
        g_string_append_len(answer, piece, got);
    close(fd);
    return g_strndup(answer->str, answer->len);
}

static Answer
ask(Desk *desk, const Question *question)
{
    g_autofree char *request = write_request(desk, question);
    Answer answer = {.text = talk(desk->port, request)};
    const char *location = strstr(answer.text, "\r\nLocation: ");

    assert_true(g_str_has_prefix(answer.text, "HTTP/1.1 "));
    answer.status = (guint)g_ascii_strtoull(answer.text + 9, NULL, 10);
    if (location != NULL && location < strstr(answer.text, "\r\n\r\n")) {
        location += strlen("\r\nLocation: ");
        answer.location = g_strndup(location, strcspn(location, "\r"));
    }
    return answer;
}

static bool
may(guint actor, DaemonRight right)
{
    if (right == DAEMON_RIGHT_NOBODY)
        return true;
    if (right == DAEMON_RIGHT_HALF)
        return actor != 0;
    if (!actors[actor].full)
        return false;
    return right == DAEMON_RIGHT_ANYBODY || strchr(actors[actor].rights, letters[right]) != NULL;
}

/* Let in, sent to sign in, or refused: as the table says. */
static void
check_answer(const Question *question, const Answer *answer)
{
    const DaemonReviewRoute *route = question->route;
    const char *who = question->actor != 0 ? actors[question->actor].name : "nobody";
    bool sign_in = g_strcmp0(answer->location, "/sign-in") == 0 ||
                   g_strcmp0(answer->location, "/second-factor") == 0;
    bool refused = answer->status == 403 || (answer->status == 303 && sign_in);

    if (answer->status >= 500)
        fail_msg("%s %s by %s: %u", route->method, route->path, who, answer->status);
    if (route->right == DAEMON_RIGHT_NOBODY || route->right == DAEMON_RIGHT_HALF)
        return; /* signing in and out answers in its own ways */
    if (refused == may(question->actor, route->right))
        fail_msg("%s %s by %s: %u %s", route->method, route->path, who, answer->status,
                 answer->location != NULL ? answer->location : "");
    if (!may(question->actor, route->right) && strstr(answer->text, NAME) != NULL)
        fail_msg("%s %s tells %s a name", route->method, route->path, who);
}

static void
test_each_by_everybody(void **fixture)
{
    Desk *desk = *fixture;

    for (gsize r = 0; r < daemon_n_review_routes; r++)
        for (guint actor = 0; actor < G_N_ELEMENTS(actors); actor++) {
            const Question question = {.route = &daemon_review_routes[r], .actor = actor};
            g_auto(Answer) answer = ask(desk, &question);

            check_answer(&question, &answer);
        }
}

/* Nothing is done for a form that did not come from our pages. */
static void
test_forged(void **fixture)
{
    Desk *desk = *fixture;

    for (gsize r = 0; r < daemon_n_review_routes; r++) {
        const DaemonReviewRoute *route = &daemon_review_routes[r];

        if (strcmp(route->method, "POST") != 0)
            continue;
        for (guint actor = 0; actor < G_N_ELEMENTS(actors); actor++) {
            const Question foreign = {
                .route = route, .actor = actor, .origin = "https://elsewhere.example"};
            const Question guessed = {.route = route, .actor = actor, .wrong_csrf = true};
            g_auto(Answer) one = ask(desk, &foreign);

            if (one.status != 403)
                fail_msg("%s from elsewhere: %u", route->path, one.status);
            if (route->right == DAEMON_RIGHT_NOBODY || !may(actor, route->right))
                continue;
            g_auto(Answer) two = ask(desk, &guessed);

            if (two.status != 403)
                fail_msg("%s without its token: %u", route->path, two.status);
        }
    }
}

/* What changes something is never for everybody, and an item's acts are for who may act. */
static void
test_rights_of_acts(void **fixture)
{
    (void)fixture;
    for (gsize r = 0; r < daemon_n_review_routes; r++) {
        const DaemonReviewRoute *route = &daemon_review_routes[r];
        bool post = strcmp(route->method, "POST") == 0;

        assert_true(post || strcmp(route->method, "GET") == 0);
        assert_true(route->path[0] == '/');
        if (post && route->right == DAEMON_RIGHT_NOBODY)
            assert_string_equal(route->path, "/sign-in");
        if (post && g_str_has_prefix(route->path, "/item/"))
            assert_true(route->right == DAEMON_RIGHT_ACT || route->right == DAEMON_RIGHT_RESTRICT);
        if (g_str_has_prefix(route->path, "/item/") || g_str_has_prefix(route->path, "/record/"))
            assert_true(route->right >= DAEMON_RIGHT_SEE);
        if (g_str_has_prefix(route->path, "/account"))
            assert_int_equal(route->right, DAEMON_RIGHT_ACCOUNTS);
        if (g_str_has_prefix(route->path, "/audit"))
            assert_int_equal(route->right, DAEMON_RIGHT_AUDIT);
    }
}

/* Restricted, and nobody here is named: the item is not there, on no page and in no copy. */
static void
test_restricted(void **fixture)
{
    Desk *desk = *fixture;

    help_tamper(desk->spool->db, "UPDATE item SET restricted = 1;"
                                 "INSERT INTO task (what, mail_id, reply_id, detail, opened)"
                                 " VALUES ('not-told', 1, 1, 'bounced', 1)");
    for (gsize r = 0; r < daemon_n_review_routes; r++) {
        const DaemonReviewRoute *route = &daemon_review_routes[r];
        bool about =
            g_str_has_prefix(route->path, "/item/") || g_str_has_prefix(route->path, "/record/");
        bool post =
            strcmp(route->method, "POST") == 0; /* may lack a field that is looked at first */

        for (guint actor = 0; actor < G_N_ELEMENTS(actors); actor++) {
            const Question question = {
                .route = route, .actor = actor, .form = "text=Arthur+Dent&reason=none"};
            g_auto(Answer) answer = ask(desk, &question);

            /* What was searched for stands in the form again. */
            if (strstr(answer.text, desk->reference) != NULL ||
                (strcmp(route->path, "/search") != 0 && strstr(answer.text, NAME) != NULL))
                fail_msg("%s %s shows what is restricted", route->method, route->path);
            if (about && route->right >= DAEMON_RIGHT_SEE && may(actor, route->right) &&
                answer.status != 404 && !(post && answer.status == 400))
                fail_msg("%s %s by %s: %u", route->method, route->path, actors[actor].name,
                         answer.status);
        }
    }
    assert_int_equal(help_number(desk->spool->db, "SELECT COUNT(*) FROM task"
                                                  " WHERE closed IS NOT NULL"),
                     0);
}

/* Before it was restricted the same questions found it: the test above can fail. */
static void
test_seen_when_not_restricted(void **fixture)
{
    static const char *const pages[] = {
        "/queue", "/outbox", "/item/*", "/search", "/item/*/record.json", NULL};
    Desk *desk = *fixture;
    guint seen = 0;

    for (gsize r = 0; r < daemon_n_review_routes; r++) {
        const Question question = {
            .route = &daemon_review_routes[r], .actor = 2, .form = "text=Arthur+Dent"};

        if (!g_strv_contains(pages, question.route->path))
            continue;
        g_auto(Answer) answer = ask(desk, &question);

        seen += strstr(answer.text, desk->reference) != NULL ? 1 : 0;
    }
    assert_int_equal(seen, g_strv_length((char **)pages));
}

/* Paths that are nobody's, and methods that are not theirs. */
static void
test_elsewhere(void **fixture)
{
    Desk *desk = *fixture;
    const DaemonReviewRoute none = {"GET", "/item/1/2/3", DAEMON_RIGHT_NOBODY, NULL};
    const DaemonReviewRoute method = {"POST", "/queue", DAEMON_RIGHT_NOBODY, NULL};
    const DaemonReviewRoute other = {"PUT", "/queue", DAEMON_RIGHT_NOBODY, NULL};
    const Question questions[] = {{.route = &none, .actor = 2},
                                  {.route = &method, .actor = 2},
                                  {.route = &other, .actor = 2}};
    const guint wanted[] = {404, 405, 400};

    for (gsize i = 0; i < G_N_ELEMENTS(questions); i++) {
        g_auto(Answer) answer = ask(desk, &questions[i]);

        assert_int_equal(answer.status, wanted[i]);
    }
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_each_by_everybody),          TEST(test_forged),
        cmocka_unit_test(test_rights_of_acts), TEST(test_restricted),
        TEST(test_seen_when_not_restricted),   TEST(test_elsewhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
