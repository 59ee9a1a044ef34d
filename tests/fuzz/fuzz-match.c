/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fuzz/fuzz-match.c - any text as an answered form.
 *
 * Text is the format that the fuzzer shapes best; tables come from HTML, which it may start with.
 */
#include "config.h"

#include "parsers/html.h"
#include "parsers/match.h"
#include "parsers/text.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ParsersLimits *limits = parsers_limits_default();
    g_autofree char *raw = g_strndup((const char *)data, size);
    g_autofree char *text = g_utf8_make_valid(raw, -1);
    g_autoptr(ParsersDocument) document = NULL;
    ParsersForm *form = NULL;
    bool read = text[0] == '<'
                    ? parsers_html_read_text(text, limits, &document, NULL)
                    : parsers_text_read(text, PARSERS_TEXT_FIXED, limits, &document, NULL);

    if (read)
        form = parsers_match_document(fuzz_definitions(), document);
    if (form != NULL) {
        ParsersFindings *findings = parsers_findings_new();

        g_ptr_array_add(findings->forms, form);
        g_ptr_array_add(findings->parts, parsers_part_new());
        fuzz_use_findings(findings);
    }
    return 0;
}
