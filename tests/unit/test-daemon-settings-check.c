/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-settings-check.c - language and duty-address, as the settings may have
 * them.
 */
#include "tests/unit/case-help.h"

#include <stdio.h>
#include <unistd.h>

#include "daemon/settings-check.h"

static void
expect(const char *language, const char *duty, const char *wanted)
{
    g_autoptr(DaemonSettings) settings = daemon_settings_embedded();
    g_autoptr(GError) error = NULL;
    bool good;

    bench_set(&settings->language, language);
    bench_set(&settings->duty_address, duty);
    g_clear_pointer(&settings->areas, templates_areas_free);
    g_clear_pointer(&settings->domains, templates_domains_free);
    good = daemon_settings_check("file.conf", settings, &error);
    assert_int_equal(good, wanted == NULL);
    assert_int_equal(settings->areas != NULL, good);
    if (!good && (strstr(error->message, wanted) == NULL ||
                  !g_str_has_prefix(error->message, "file.conf: ")))
        fail_msg("%s", error->message);
}

static void
test_language(void **fixture)
{
    static const char *const wrong[] = {"", "..", "en/..", "EN", "welsh", "c", "cy/", "cy\n"};

    (void)fixture;
    expect("en", NULL, NULL);
    expect("cy", NULL, NULL);
    expect("pt-BR", NULL, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        expect(wrong[i], NULL, "[service] language");
}

static void
test_duty_address(void **fixture)
{
    static const char *const wrong[] = {"duty", "Duty <duty@example.org>", "a@b.uk, c@d.uk",
                                        "a@b.uk\r\nBcc: c@d.uk"};

    (void)fixture;
    expect("en", "duty@example.org", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        expect("en", wrong[i], "[service] duty-address");
    expect("en", "LADO@postern.invalid", "one of our own mailboxes");
}

/* A council's own areas.json that is broken is found when the settings are read. */
static void
test_areas(void **fixture)
{
    g_autoptr(DaemonSettings) settings = daemon_settings_embedded();
    g_autofree char *folder = g_dir_make_tmp("postern-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "areas.json", NULL);
    g_autoptr(GError) error = NULL;

    (void)fixture;
    assert_true(g_file_set_contents(path, "{\n}}", -1, NULL));
    bench_set(&settings->templates, folder);
    g_clear_pointer(&settings->areas, templates_areas_free);
    assert_false(daemon_settings_check("file.conf", settings, &error));
    assert_non_null(strstr(error->message, "areas.json:2"));
    remove(path);
    rmdir(folder);
}

/* Records leave by TLS or not at all, and never unsigned. */
static void
expect_export(const char *url, const char *secret, const char *wanted)
{
    g_autoptr(DaemonSettings) settings = daemon_settings_embedded();

    bench_set(&settings->export_webhook_url, url);
    bench_set(&settings->export_webhook_secret_file, secret);
    g_clear_pointer(&settings->areas, templates_areas_free);
    g_clear_pointer(&settings->domains, templates_domains_free);
    g_autoptr(GError) error = NULL;
    bool good = daemon_settings_check("file.conf", settings, &error);

    assert_int_equal(good, wanted == NULL);
    if (!good && strstr(error->message, wanted) == NULL)
        fail_msg("%s", error->message);
}

static void
test_export(void **fixture)
{
    static const char *const wrong[] = {"cases.example.org", "http://cases.example.org/",
                                        "ftp://127.0.0.1/",  "https://a:b@cases.example.org/",
                                        "https://",          "http://127.0.0.1.example.org/"};

    (void)fixture;
    expect_export(NULL, NULL, NULL);
    expect_export("https://cases.example.org/postern", "/etc/secret", NULL);
    expect_export("http://127.0.0.1:8000/", "/etc/secret", NULL);
    expect_export("http://[::1]:8000/", "/etc/secret", NULL);
    expect_export("https://cases.example.org/postern", NULL, "[export] webhook-secret-file");
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
        expect_export(wrong[i], "/etc/secret", "[export] webhook-url");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_language),
        cmocka_unit_test(test_duty_address),
        cmocka_unit_test(test_areas),
        cmocka_unit_test(test_export),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
