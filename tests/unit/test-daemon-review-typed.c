/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-review-typed.c - what somebody typed: as posted, or as it was kept.
 *
 * Source:   doc/review.md, "Acts"
 */
#include "config.h"

#include "daemon/review-typed.h"
#include "spool-help.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, help_setup, help_teardown)

/* What a browser posts; the caller clears. */
static DaemonReviewRequest
posted(const char *const *names_and_values)
{
    DaemonReviewRequest request = {
        .fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
        .field_list = g_ptr_array_new_with_free_func(g_free)};

    for (const char *const *at = names_and_values; *at != NULL; at += 2) {
        g_hash_table_replace(request.fields, g_strdup(at[0]), g_strdup(at[1]));
        g_ptr_array_add(request.field_list, g_strdup(at[0]));
        g_ptr_array_add(request.field_list, g_strdup(at[1]));
    }
    return request;
}

static void
forget(DaemonReviewRequest *request)
{
    g_hash_table_unref(request->fields);
    g_ptr_array_unref(request->field_list);
}

static SpoolAct
act_of(Spool *spool, SpoolAccount *account)
{
    SpoolDecision decision = help_decision();

    g_free(help_decide(spool->db, 1, &decision));
    *account = (SpoolAccount){
        .name = (char *)"alice", .shown = (char *)"Alice", .roles = SPOOL_ROLE_REVIEWER};
    assert_ok(spool_account_new(spool->db, account, "root", &account->id, &error));
    return (SpoolAct){.account = account, .record_id = 1, .act = "note"};
}

static void
test_kept(void **fixture)
{
    Spool *spool = *fixture;
    SpoolAccount account;
    const SpoolAct act = act_of(spool, &account);
    const char *const fields[] = {"csrf",       "token", "version",    "1", "reason", "Half a sen",
                                  "colleagues", "3",     "colleagues", "5", NULL};
    const DaemonReviewRequest asked = {0};
    DaemonReviewRequest request = posted(fields);
    DaemonReviewTyped typed = {0};

    assert_ok(daemon_review_typed_keep(spool->db, &request, &act, &error));
    forget(&request);
    assert_ok(daemon_review_typed_open(spool->db, &asked, &act, &typed, &error));
    assert_string_equal(daemon_review_typed_get(&typed, "reason"), "Half a sen");
    assert_null(daemon_review_typed_get(&typed, "csrf"));
    assert_null(daemon_review_typed_get(&typed, "version"));
    assert_true(daemon_review_typed_has(&typed, "colleagues", "3"));
    assert_true(daemon_review_typed_has(&typed, "colleagues", "5"));
    assert_false(daemon_review_typed_has(&typed, "colleagues", "35"));
    daemon_review_typed_clear(&typed);
}

/* A form that is posted stands for itself, whatever was kept. */
static void
test_posted(void **fixture)
{
    Spool *spool = *fixture;
    SpoolAccount account;
    const SpoolAct act = act_of(spool, &account);
    DaemonReviewRequest first = posted((const char *const[]){"reason", "Old", NULL});
    DaemonReviewRequest second =
        posted((const char *const[]){"reason", "New", "send", "yes", NULL});
    DaemonReviewTyped typed = {0};

    assert_ok(daemon_review_typed_keep(spool->db, &first, &act, &error));
    assert_ok(daemon_review_typed_open(spool->db, &second, &act, &typed, &error));
    assert_null(typed.kept);
    assert_string_equal(daemon_review_typed_get(&typed, "reason"), "New");
    assert_true(daemon_review_typed_has(&typed, "send", "yes"));
    assert_null(daemon_review_typed_get(&typed, "other"));
    daemon_review_typed_clear(&typed);
    forget(&first);
    forget(&second);
}

/* Of nothing there is no draft; and what is emptied is forgotten. */
static void
test_empty(void **fixture)
{
    Spool *spool = *fixture;
    SpoolAccount account;
    const SpoolAct act = act_of(spool, &account);
    DaemonReviewRequest some = posted((const char *const[]){"reason", "x", NULL});
    DaemonReviewRequest none =
        posted((const char *const[]){"reason", "", "form", "0", "key", "adult.name", NULL});

    assert_ok(daemon_review_typed_keep(spool->db, &some, &act, &error));
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM draft"), 1);
    assert_ok(daemon_review_typed_keep(spool->db, &none, &act, &error));
    assert_int_equal(help_number(spool->db, "SELECT COUNT(*) FROM draft"), 0);
    forget(&some);
    forget(&none);
}

/* A draft about one answer is not shown at another, nor to a colleague. */
static void
test_whose(void **fixture)
{
    Spool *spool = *fixture;
    SpoolAccount account,
        bob = {.name = (char *)"bob", .shown = (char *)"Bob", .roles = SPOOL_ROLE_REVIEWER};
    const SpoolAct act = act_of(spool, &account);
    DaemonReviewRequest about =
        posted((const char *const[]){"value", "x", "form", "0", "key", "adult.name", NULL});
    const DaemonReviewRequest asked = {0};
    DaemonReviewTyped typed = {0};

    assert_ok(daemon_review_typed_keep(spool->db, &about, &act, &error));
    assert_ok(daemon_review_typed_open(spool->db, &asked, &act, &typed, &error));
    assert_null(typed.kept);
    forget(&about);
    assert_ok(spool_account_new(spool->db, &bob, "root", &bob.id, &error));
    const SpoolAct other = {.account = &bob, .record_id = 1, .act = "note"};

    assert_ok(daemon_review_typed_open(spool->db, &asked, &other, &typed, &error));
    assert_null(typed.kept);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_kept), TEST(test_posted), TEST(test_empty),
                                       TEST(test_whose)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
