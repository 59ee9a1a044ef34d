/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-spool-mark.c - marks that only we can make.
 *
 * Source:   doc/replies.md, "Marks"
 */
#include "config.h"

#include "spool/mark.h"
#include "tests/unit/spool-help.h"

#define ID "ack.7k3mq9tr.1@intake.example.org"

static void
test_our_mark(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *mark = spool_mark_new(spool->db, ID);
    g_autofree char *folded = g_strconcat("  ", mark, "\t", NULL);

    assert_true(g_str_has_prefix(mark, "v1; "));
    assert_true(spool_mark_is_ours(spool->db, ID, mark));
    assert_true(spool_mark_is_ours(spool->db, "<ACK.7K3MQ9TR.1@intake.example.org>", folded));
}

static void
test_forged_marks(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *mark = spool_mark_new(spool->db, ID);
    g_autofree char *cut = g_strndup(mark, strlen(mark) - 1);
    g_autofree char *longer = g_strconcat(mark, "0", NULL);
    g_autofree char *changed = g_strdup(mark);
    char *last = changed + strlen(changed) - 1;
    const char *const forged[] = {"", "v1;", "v1; ", "v2; 00", "v1; %n", cut, longer, changed};

    *last = *last == '0' ? '1' : '0';
    for (gsize i = 0; i < G_N_ELEMENTS(forged); i++)
        assert_false(spool_mark_is_ours(spool->db, ID, forged[i]));
    /* Taken from one of our mails and put into another. */
    assert_false(spool_mark_is_ours(spool->db, "hold.7k3mq9tr.1@intake.example.org", mark));
    assert_false(spool_mark_is_ours(spool->db, "", mark));
}

/* Another Postern's mark is a stranger's. */
static void
test_another_spool(void **fixture)
{
    Spool *spool = *fixture;
    void *other = NULL;

    assert_int_equal(help_setup(&other), 0);
    g_autofree char *mark = spool_mark_new(((Spool *)other)->db, ID);
    g_autofree char *token = spool_mark_bounce_new(((Spool *)other)->db, ID);

    assert_false(spool_mark_is_ours(spool->db, ID, mark));
    assert_null(spool_mark_bounce_open(spool->db, token));
    help_teardown(&other);
}

static void
test_bounce_address(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *token = spool_mark_bounce_new(spool->db, "redir.7k3mq9tr.12@intake.example");
    g_autofree char *upper = g_ascii_strup(token, -1);
    g_autofree char *back = spool_mark_bounce_open(spool->db, token);
    g_autofree char *back_upper = spool_mark_bounce_open(spool->db, upper);

    assert_string_equal(back, "redir.7k3mq9tr.12");
    assert_string_equal(back_upper, "redir.7k3mq9tr.12");
    /* RFC 5321 section 4.5.3.1.1: 64, of which the council's own part needs some. */
    assert_true(strlen(token) <= 44);
}

static void
test_forged_bounce_addresses(void **fixture)
{
    Spool *spool = *fixture;
    g_autofree char *token = spool_mark_bounce_new(spool->db, ID);
    g_autofree char *mark = spool_mark_new(spool->db, ID);
    g_autofree char *other = g_strdup(token);
    g_autofree char *cut = g_strndup(token, strlen(token) - 1);
    const char *const forged[] = {"",        "b=",  ".", "b=.", "b=ack.7k3mq9tr.1",
                                  token + 1, other, cut, mark,  "b=ack.7k3mq9tr.1."};

    other[2] = 'x';
    for (gsize i = 0; i < G_N_ELEMENTS(forged); i++)
        assert_null(spool_mark_bounce_open(spool->db, forged[i]));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_our_mark, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_forged_marks, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_another_spool, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_bounce_address, help_setup, help_teardown),
        cmocka_unit_test_setup_teardown(test_forged_bounce_addresses, help_setup, help_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
