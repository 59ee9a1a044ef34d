/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-conversion.c - documents that are not converted, and what is said of them.
 *
 * What LibreOffice makes of real ones is looked at by tests/e2e/convert.sh.
 *
 * Runs in:  make check.
 * Source:   doc/process-model.md, "Converters"
 */
#include "config.h"

#include "daemon/conversion.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/foreign.h"

static void
add_document(ParsersFindings *findings, const char *converter, const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    ParsersPart *part = parsers_part_new();

    g_free(part->sha256);
    part->sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    g_free(part->problem);
    part->problem = g_strdup(text);
    part->state = PARSERS_PART_UNSUPPORTED;
    g_ptr_array_add(findings->parts, part);
    if (converter != NULL)
        assert_true(parsers_foreign_add(findings->foreign, parsers_limits_default(), converter,
                                        part->sha256, bytes));
}

static const char *
problem_of(const ParsersFindings *findings, guint i)
{
    return ((const ParsersPart *)findings->parts->pdata[i])->problem;
}

/* Converts nothing, and gives back the findings with the reasons. */
static ParsersFindings *
concluded(DaemonConversion *conversion, const char *failure)
{
    ParsersFindings *findings = daemon_conversion_first(conversion, failure);

    daemon_conversion_note(conversion, findings);
    return findings;
}

static void
test_nothing_to_do(void **fixture)
{
    g_autoptr(ParsersFindings) findings = parsers_findings_new();

    assert_null(daemon_conversion_new(&findings, true, true));
    assert_non_null(findings);
    /* Pictures are not converted for nobody. */
    add_document(findings, "picture", "HEIC picture");
    assert_null(daemon_conversion_new(&findings, true, false));
    assert_non_null(findings);
    assert_int_equal(findings->foreign->len, 0);
}

static void
test_not_allowed(void **fixture)
{
    ParsersFindings *findings = parsers_findings_new();
    g_autoptr(DaemonConversion) conversion = NULL;
    g_autoptr(ParsersFindings) first = NULL;

    add_document(findings, NULL, "another part");
    add_document(findings, "text", "Works document");
    findings->unseen_pictures = true;
    conversion = daemon_conversion_new(&findings, false, true);
    assert_non_null(conversion);
    assert_null(findings);
    assert_true(daemon_conversion_step(conversion));
    assert_null(daemon_conversion_packed(conversion));
    assert_true(daemon_conversion_saw_pictures(conversion));
    first = concluded(conversion, NULL);
    assert_string_equal(problem_of(first, 0), "another part");
    assert_string_equal(problem_of(first, 1),
                        "Works document; not converted: the settings say convert = false");
}

/* A kind that no honest parser names. */
static void
test_unknown_converter(void **fixture)
{
    ParsersFindings *findings = parsers_findings_new();
    g_autoptr(DaemonConversion) conversion = NULL;
    g_autoptr(ParsersFindings) first = NULL;

    add_document(findings, "text; reboot", "x");
    conversion = daemon_conversion_new(&findings, true, true);
    assert_true(daemon_conversion_step(conversion));
    first = concluded(conversion, NULL);
    assert_string_equal(problem_of(first, 0), "x; there is no converter for it");
}

/* Given up half-way, it leaves no process and no memory behind. */
static void
test_given_up(void **fixture)
{
    ParsersFindings *findings = parsers_findings_new();
    g_autoptr(DaemonConversion) conversion = NULL;

    add_document(findings, "text", "one");
    add_document(findings, "text", "two");
    conversion = daemon_conversion_new(&findings, true, true);
    if (daemon_conversion_step(conversion)) {
        print_message("SKIP given up: no converter is installed\n");
        skip();
    }
    assert_true(daemon_conversion_fd(conversion) >= 0);
    assert_true(daemon_conversion_deadline(conversion) > g_get_monotonic_time());
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_to_do),
        cmocka_unit_test(test_not_allowed),
        cmocka_unit_test(test_unknown_converter),
        cmocka_unit_test(test_given_up),
    };

    return cmocka_run_group_tests_name("daemon-conversion", tests, NULL, NULL);
}
