/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-review-act.c - acts on items: which are offered, what each asks, and that
 * one is carried out whole, refused with what was typed, or overtaken with a draft kept.
 *
 * Source:   doc/review.md, "Acts"
 */
#include "config.h"

#include "daemon/review-acts.h"
#include "daemon/review-pages.h"
#include "daemon/review-typed.h"
#include "daemon/start.h"
#include "spool-help.h"
#include "spool/session.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* Somebody at a desk, and what they post. */
typedef struct {
    Spool *spool;
    DaemonSettings *settings;
    DaemonReview review;
    DaemonReviewRequest request;
    DaemonReviewResponse response;
} Desk;

static void
put_field(Desk *desk, const char *name, const char *value)
{
    g_hash_table_replace(desk->request.fields, g_strdup(name), g_strdup(value));
    g_ptr_array_add(desk->request.field_list, g_strdup(name));
    g_ptr_array_add(desk->request.field_list, g_strdup(value));
}

/* A new request of the same person; with fields when it is posted. */
static void
begin(Desk *desk, const char *act, bool post)
{
    DaemonReviewRequest *request = &desk->request;

    g_clear_pointer(&request->fields, g_hash_table_unref);
    g_clear_pointer(&request->field_list, g_ptr_array_unref);
    g_free((char *)request->path);
    g_clear_pointer(&request->args[0], g_free);
    daemon_review_response_clear(&desk->response);
    desk->response = (DaemonReviewResponse){0};
    request->path = g_strdup_printf("/item/1/%s", act);
    request->method = post ? "POST" : "GET";
    request->args[0] = g_strdup("1");
    if (post) {
        request->fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
        request->field_list = g_ptr_array_new_with_free_func(g_free);
        put_field(desk, "version", "1");
    }
}

static void
decide(Spool *spool)
{
    SpoolDecision decision = help_decision();
    SpoolField child = {.key = (char *)"child.1.name",
                        .value = (char *)"Nils",
                        .raw = (char *)"Nils",
                        .place = (char *)"page 1",
                        .author = (char *)"machine",
                        .confidence = 0.95};
    SpoolForm form = {.form = (char *)"unknown",
                      .format = (char *)"text",
                      .source = (char *)"body",
                      .missing = (char *)""};
    g_autoptr(GPtrArray) fields = g_ptr_array_new();
    g_autoptr(GPtrArray) forms = g_ptr_array_new();

    g_ptr_array_add(fields, &child);
    g_ptr_array_add(forms, &form);
    decision.fields = fields;
    decision.forms = forms;
    g_free(help_decide(spool->db, 1, &decision));
}

static int
setup(void **fixture)
{
    Desk *desk = g_new0(Desk, 1);
    const SpoolAccount alice = {
        .name = (char *)"alice", .shown = (char *)"Alice", .roles = SPOOL_ROLE_REVIEWER};
    g_autofree char *token = NULL;
    void *spool = NULL;
    gint64 id = 0;

    help_setup(&spool);
    desk->spool = spool;
    decide(desk->spool);
    desk->settings = daemon_settings_embedded();
    desk->review = (DaemonReview){
        .settings = desk->settings, .db = desk->spool->db, .courier_fd = -1, .printer_fd = -1};
    assert_ok(templates_calendar_load(NULL, desk->settings->timezone,
                                      (const char *const *)desk->settings->closures,
                                      &desk->review.calendar, &error));
    assert_ok(daemon_start_definitions(desk->settings, &desk->review.definitions, &error));
    assert_ok(spool_account_new(desk->spool->db, &alice, "root", &id, &error));
    assert_ok(spool_session_begin(desk->spool->db, id, true, &token, &error));
    assert_ok(spool_session_get(desk->spool->db, token, 600, &desk->request.session, &error));
    *fixture = desk;
    return 0;
}

static int
teardown(void **fixture)
{
    Desk *desk = *fixture;
    void *spool = desk->spool;

    begin(desk, "", false);
    g_free((char *)desk->request.path);
    g_free(desk->request.args[0]);
    spool_session_free(desk->request.session);
    templates_calendar_free(desk->review.calendar);
    parsers_definitions_free(desk->review.definitions);
    daemon_settings_free(desk->settings);
    g_free(desk);
    return help_teardown(&spool);
}

static bool
shows(const Desk *desk, const char *words)
{
    gsize size = 0;
    const char *page = g_bytes_get_data(desk->response.body, &size);

    return memmem(page, size, words, strlen(words)) != NULL;
}

static bool
post(Desk *desk, GError **error)
{
    return daemon_review_act(&desk->review, &desk->request, &desk->response, error);
}

static void
test_note(void **fixture)
{
    Desk *desk = *fixture;

    begin(desk, "note", true);
    put_field(desk, "reason", " \t\n");
    assert_ok(post(desk, &error));
    assert_int_equal(desk->response.status, MHD_HTTP_UNPROCESSABLE_CONTENT);
    assert_true(shows(desk, "Say why") && shows(desk, "href=\"#reason\""));
    assert_int_equal(help_number(desk->spool->db, "SELECT COUNT(*) FROM act"), 0);
    begin(desk, "note", true);
    put_field(desk, "reason", "Phoned the head.");
    assert_ok(post(desk, &error));
    assert_string_equal(desk->response.location, "/item/1");
    assert_int_equal(help_number(desk->spool->db, "SELECT COUNT(*) FROM act"), 1);
    assert_int_equal(help_number(desk->spool->db, "SELECT version FROM item"), 2);
}

/* A colleague was faster: nothing is done, and what was typed waits as a draft. */
static void
test_overtaken(void **fixture)
{
    Desk *desk = *fixture;

    help_tamper(desk->spool->db, "UPDATE item SET version = 7");
    begin(desk, "note", true);
    put_field(desk, "reason", "Phoned <the> head.");
    assert_fails(post(desk, &error), SPOOL_ERROR_STALE);
    assert_int_equal(help_number(desk->spool->db, "SELECT COUNT(*) FROM act"), 0);
    begin(desk, "note", false);
    assert_ok(daemon_review_act_page(&desk->review, &desk->request, &desk->response, &error));
    assert_true(shows(desk, "Phoned &lt;the&gt; head.") && shows(desk, "what you had begun"));
    assert_true(shows(desk, "name=\"version\" value=\"7\""));
}

/* The machine was sure: it is not corrected without a word. */
static void
test_correct(void **fixture)
{
    Desk *desk = *fixture;

    for (guint i = 0; i < 2; i++) {
        begin(desk, "correct", true);
        put_field(desk, "form", "0");
        put_field(desk, "key", "child.1.name");
        put_field(desk, "value", "Niels");
        put_field(desk, "reason", i == 0 ? "" : "Spelled on the phone.");
        assert_ok(post(desk, &error));
        assert_int_equal(desk->response.status,
                         i == 0 ? MHD_HTTP_UNPROCESSABLE_CONTENT : MHD_HTTP_SEE_OTHER);
        assert_int_equal(help_number(desk->spool->db, "SELECT COUNT(*) FROM field"), i);
    }
}

/* Neither an act that nobody was offered, nor one that there is not. */
static void
test_out_of_place(void **fixture)
{
    Desk *desk = *fixture;
    const char *const wrong[] = {"this-was-a-parent", "reopen", "split", "export", "restrict"};

    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        begin(desk, wrong[i], true);
        put_field(desk, "reason", "Typed the address by hand.");
        assert_fails(post(desk, &error), SPOOL_ERROR_STATE);
    }
    begin(desk, "nothing", true);
    assert_fails(post(desk, &error), SPOOL_ERROR_NOT_FOUND);
    assert_int_equal(help_number(desk->spool->db, "SELECT COUNT(*) FROM act"), 0);
}

/* Whoever goes on from a link with an unknown reference keeps what they typed. */
static void
test_link(void **fixture)
{
    Desk *desk = *fixture;

    begin(desk, "link", true);
    put_field(desk, "reason", "The same coach.");
    put_field(desk, "reference", "LADO-0000-0000");
    assert_ok(post(desk, &error));
    assert_int_equal(desk->response.status, MHD_HTTP_UNPROCESSABLE_CONTENT);
    assert_true(shows(desk, "value=\"LADO-0000-0000\"") && shows(desk, "The same coach."));
    assert_true(shows(desk, "href=\"#reference\""));
}

/* A parent is not sent to the portal by a slip of the hand, by neither way. */
static void
test_portal(void **fixture)
{
    Desk *desk = *fixture;
    const char *const acts[] = {"redirect", "reply", "redirect"};

    for (gsize i = 0; i < G_N_ELEMENTS(acts); i++) {
        const bool professional = i == 2;

        begin(desk, acts[i], true);
        put_field(desk, "reason", "Because.");
        put_field(desk, "letter", "redirection");
        if (professional)
            put_field(desk, "professional", "yes");
        assert_ok(post(desk, &error));
        assert_int_equal(desk->response.status,
                         professional ? MHD_HTTP_SEE_OTHER : MHD_HTTP_UNPROCESSABLE_CONTENT);
        if (!professional)
            assert_true(shows(desk, "href=\"#professional\""));
    }
    assert_int_equal(help_number(desk->spool->db, "SELECT COUNT(*) FROM act"), 1);
}

/* What nobody has decided is not closed without a word. */
static void
test_close(void **fixture)
{
    Desk *desk = *fixture;

    help_tamper(desk->spool->db, "UPDATE item SET outcome = 'hold'");
    begin(desk, "close", true);
    assert_ok(post(desk, &error));
    assert_int_equal(desk->response.status, MHD_HTTP_UNPROCESSABLE_CONTENT);
    help_tamper(desk->spool->db, "UPDATE item SET outcome = 'accept'");
    begin(desk, "close", true);
    assert_ok(post(desk, &error));
    assert_string_equal(desk->response.location, "/queue");
}

/* Every act has words, and its page can be made. */
static void
test_pages(void **fixture)
{
    Desk *desk = *fixture;

    for (gsize i = 0; i < daemon_n_review_acts; i++) {
        const DaemonReviewAct *act = &daemon_review_acts[i];
        GError *problem = NULL;

        if ((act->asks & DAEMON_ACT_ANSWER) != 0)
            continue; /* asks for one in its query */
        begin(desk, act->name, false);
        if (!daemon_review_act_page(&desk->review, &desk->request, &desk->response, &problem))
            fail_msg("%s: %s", act->name, problem->message);
        assert_true(shows(desk, act->title) && shows(desk, act->button));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_note), TEST(test_overtaken), TEST(test_correct), TEST(test_out_of_place),
        TEST(test_link), TEST(test_close),     TEST(test_portal),  TEST(test_pages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
