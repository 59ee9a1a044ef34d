/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fuzz/fuzz-findings.c - what a taken-over parser may hand back.
 *
 * This decoder runs outside the cage: it is the wall's other side.  Random bytes are refused at the
 * first look, so most inputs are edits of a good encoding: three bytes say where and what.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

static GBytes *
good_encoding(void)
{
    g_autoptr(ParsersFindings) findings = parsers_findings_new();
    ParsersForm *form = parsers_form_new();
    ParsersPart *part = parsers_part_new();

    parsers_findings_add_signal(findings, "auto-submitted", "auto-replied");
    g_ptr_array_add(form->fields, parsers_field_new("child.1.name", "Ann", "Ann", "page 1", 0.5));
    g_ptr_array_add(form->missing, g_strdup("adult.dob"));
    g_ptr_array_add(findings->forms, form);
    g_ptr_array_add(findings->parts, part);
    g_ptr_array_add(findings->warnings, g_strdup("a warning"));
    g_ptr_array_add(findings->recipients, g_strdup("a@example.org"));
    return parsers_findings_encode(findings);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static GBytes *good = NULL;
    bool raw = size > 0 && (data[0] & 0x80) != 0;
    g_autoptr(GBytes) bytes = NULL;
    ParsersFindings *findings = NULL;

    if (good == NULL)
        good = good_encoding();
    bytes = raw ? g_bytes_new(data + 1, size - 1) : fuzz_edited(good, data, size);
    if (parsers_findings_decode(bytes, &findings, NULL))
        fuzz_use_findings(findings);
    return 0;
}
