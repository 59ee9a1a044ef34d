/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-settings.c - the settings file: what is read, what is refused and why.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "daemon/secret.h"
#include "daemon/settings-table.h"

static const char good[] = "[service]\n"
                           "name = Test Service ; a comment\n"
                           "authserv-id = mx.example.org\n"
                           "[contacts]\nurgent-phone = 03000 41 11 11\n"
                           "[spool]\nurl = sqlite:/tmp/x.db\nmaster-key-file = /tmp/key\n"
                           "[mailbox lado-parents]\n"
                           "url = imaps://lado%40example.org@imap.example.org:1993/INBOX\n"
                           "password-file = /tmp/pw\n"
                           "address = Lado@Example.org;help@example.org ; and aliases\n"
                           "role = lado-parents\n"
                           "[mailbox cls]\n"
                           "url = imap://127.0.0.1/INBOX\nuser = cls\ntls = none\n"
                           "password-file = /tmp/pw\naddress = cls@example.org\n"
                           "role = cls-legacy\nprofessional-cutoff = 2023-06-01\n"
                           "[smtp]\nurl = smtp://relay.example.org\n"
                           "from = County LADO Service <lado@example.org>\n";

static char *
write_temporary(const char *text)
{
    char *path = NULL;
    int fd = g_file_open_tmp("postern-settings-XXXXXX", &path, NULL);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    return path;
}

static bool
load(const char *text, DaemonSettings **out, GError **error)
{
    g_autofree char *path = write_temporary(text);
    bool loaded = daemon_settings_load(path, true, out, error);

    g_unlink(path);
    return loaded;
}

static void
test_good_file(void **fixture)
{
    g_autoptr(DaemonSettings) settings = NULL;
    const DaemonMailbox *parents, *cls;

    (void)fixture;
    assert_true(load(good, &settings, NULL));
    assert_string_equal(settings->name, "Test Service");
    assert_int_equal(settings->parser_timeout, 20);
    assert_string_equal(g_hash_table_lookup(settings->contacts, "urgent-phone"), "03000 41 11 11");
    parents = daemon_settings_mailbox(settings, "lado-parents");
    assert_string_equal(parents->server.user, "lado@example.org");
    assert_int_equal(parents->server.port, 1993);
    assert_int_equal(parents->server.tls, DAEMON_TLS_IMPLICIT);
    assert_int_equal(parents->addresses->len, 2);
    assert_string_equal(parents->addresses->pdata[0], "lado@example.org");
    /* 16 April 2023 00:00 in London is 23:00 UTC of the day before: summer time. */
    assert_true(parents->professional_cutoff == G_GINT64_CONSTANT(1681599600) * 1000000);
    cls = daemon_settings_mailbox(settings, "cls");
    assert_string_equal(cls->server.user, "cls");
    assert_int_equal(cls->server.tls, DAEMON_TLS_NONE);
    assert_int_equal(cls->role, DAEMON_ROLE_CLS_LEGACY);
    assert_int_equal(settings->smtp.port, 587);
    assert_string_equal(settings->smtp_from_address, "lado@example.org");
    assert_null(daemon_settings_mailbox(settings, "none"));
}

static void
test_closures(void **fixture)
{
    static const char *const written[] = {"2026-12-29;2026-12-30", " 2026-12-29 ; 2026-12-30;",
                                          "2026-12-29;2026-12-30 ; between the years; each year"};

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(written); i++) {
        g_autofree char *line = g_strconcat("closures = ", written[i], "\nname = Test", NULL);
        g_autoptr(GString) text = g_string_new(good);
        g_autoptr(DaemonSettings) settings = NULL;

        assert_int_equal(g_string_replace(text, "name = Test", line, 1), 1);
        assert_true(load(text->str, &settings, NULL));
        assert_int_equal(g_strv_length(settings->closures), 2);
        assert_string_equal(settings->closures[0], "2026-12-29");
        assert_string_equal(settings->closures[1], "2026-12-30");
    }
}

/* Our gateway writes no name: that is said in so many words, and never by leaving the value out. */
static void
test_unnamed(void **fixture)
{
    static const struct {
        const char *written, *read;
    } cases[] = {
        {"(unnamed)", DAEMON_SETTING_UNNAMED},
        {"(unnamed) ; Exchange Online", DAEMON_SETTING_UNNAMED},
        {"", NULL},
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) text = g_string_new(good);
        g_autoptr(DaemonSettings) settings = NULL;

        assert_int_equal(g_string_replace(text, "mx.example.org", cases[i].written, 1), 1);
        assert_true(load(text->str, &settings, NULL));
        assert_int_equal(g_strcmp0(settings->authserv_id, cases[i].read), 0);
    }
}

/* Each pair: what is put in place of what, and a word that the message must hold. */
static void
test_refusals(void **fixture)
{
    static const struct {
        const char *from, *to, *word;
    } cases[] = {
        {"name = Test", "nmae = Test", "nmae"},
        {"[contacts]", "[contcats]", "contcats"},
        {"tls = none", "tls = maybe", "starttls"},
        {"imap://127.0.0.1/INBOX", "imap://imap.example.org/INBOX", "this machine"},
        {"role = cls-legacy", "role = other", "lado-parents or cls-legacy"},
        {"2023-06-01", "2023-02-30", "calendar"},
        {"2023-06-01", "June", "2023-04-16"},
        {"lado%40example.org@imap", "lado:secret@imap", "password-file"},
        {"imaps://", "https://", "imaps://"},
        {"url = sqlite:/tmp/x.db\n", "", "[spool] url"},
        {"[mailbox cls]", "[mailbox C L S]", "lower-case"},
        {"from = County LADO Service <lado@example.org>", "from = nobody", "from"},
        {"address = cls@example.org", "address = ; none", "address"},
        {"role = lado-parents", "role = lado-parents\nbatch = 0", "from 1 to 500"},
        {"role = lado-parents", "role = lado-parents\nbatch = many", "whole number"},
        {"mx.example.org", "(none)", "(unnamed)"},
        {"mx.example.org", "(unnamed) mx.example.org", "(unnamed)"},
        {"mx.example.org", "none", "(unnamed)"},
        {"mx.example.org", "; the gateway's name", "one word"},
        {"mx.example.org", "unnamed", "(unnamed)"},
        {"mx.example.org", "mx.example.org; spf=pass", "one word"},
        {"name = Test", "closures = 2026-02-30\nname = Test", "[service] closures"},
        {"name = Test", "closures = 2026-12-29;Friday\nname = Test", "2026-12-30"},
        {"name = Test", "closures = 2026-12-29 ;2026-12-3\nname = Test", "2026-12-30"},
    };

    (void)fixture;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) text = g_string_new(good);
        g_autoptr(DaemonSettings) settings = NULL;
        g_autoptr(GError) error = NULL;

        assert_int_equal(g_string_replace(text, cases[i].from, cases[i].to, 1), 1);
        assert_false(load(text->str, &settings, &error));
        assert_true(g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_SETTINGS));
        if (strstr(error->message, cases[i].word) == NULL)
            fail_msg("case %zu: \"%s\" does not name %s", i, error->message, cases[i].word);
    }
}

static void
test_secrets(void **fixture)
{
    g_autofree char *path = write_temporary("pa ss wörd\n");
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) key = NULL;
    char *secret = NULL;

    (void)fixture;
    assert_int_equal(g_chmod(path, 0606), 0);
    assert_false(daemon_secret_read(path, &secret, &error));
    assert_non_null(strstr(error->message, "chmod"));
    g_clear_error(&error);
    assert_true(daemon_secret_is_open(path));
    assert_int_equal(g_chmod(path, 0600), 0);
    assert_false(daemon_secret_is_open(path));
    assert_true(daemon_secret_read(path, &secret, NULL));
    assert_string_equal(secret, "pa ss wörd");
    daemon_secret_free(secret);
    assert_false(daemon_secret_master_key(path, &key, &error));
    assert_non_null(strstr(error->message, "make-key"));
    g_clear_error(&error);
    assert_false(daemon_secret_make_key(path, &error)); /* never over an old key */
    g_unlink(path);
    assert_true(daemon_secret_make_key(path, NULL));
    assert_true(daemon_secret_master_key(path, &key, NULL));
    assert_int_equal(g_bytes_get_size(key), 32);
    g_unlink(path);
}

static void
test_embedded_and_reference(void **fixture)
{
    g_autoptr(DaemonSettings) settings = daemon_settings_embedded();
    g_autofree char *reference = daemon_settings_reference();

    (void)fixture;
    assert_int_equal(settings->mailboxes->len, 2);
    assert_non_null(strstr(reference, "| `professional-cutoff` | 2023-04-16 |"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_file), cmocka_unit_test(test_closures),
        cmocka_unit_test(test_unnamed),   cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_secrets),   cmocka_unit_test(test_embedded_and_reference),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
