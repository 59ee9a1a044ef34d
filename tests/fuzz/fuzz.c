/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fuzz/fuzz.c - what all fuzz targets share.
 *
 * Source:   doc/HACKING.md, "Fuzzing"; https://llvm.org/docs/LibFuzzer.html
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <string.h>
#include <zip.h>

#include "parsers/warm.h"
#include "tests/load-forms.h"

static void
on_log(const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
    if ((level & (G_LOG_LEVEL_ERROR | G_LOG_FLAG_FATAL)) != 0)
        g_printerr("%s: %s\n", domain != NULL ? domain : "", message);
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    g_log_set_default_handler(on_log, NULL);
    parsers_warm_up();
    return 0;
}

const ParsersDefinitions *
fuzz_definitions(void)
{
    static ParsersDefinitions *definitions = NULL;
    const char *folder = g_getenv("POSTERN_FORMS");

    if (definitions == NULL) {
        definitions = parsers_definitions_new();
        g_assert(folder == NULL || load_forms(definitions, folder, NULL));
    }
    return definitions;
}

void
fuzz_use_document(ParsersDocument *document)
{
    g_autoptr(ParsersDocument) owned = document;
    g_autofree char *text = NULL;

    if (owned == NULL)
        return;
    text = parsers_document_text(owned);
    g_assert(g_utf8_validate(text, -1, NULL));
}

void
fuzz_use_findings(ParsersFindings *findings)
{
    g_autoptr(ParsersFindings) owned = findings;
    g_autoptr(ParsersFindings) again = NULL;
    g_autoptr(GBytes) bytes = parsers_findings_encode(owned);

    g_assert(parsers_findings_decode(bytes, &again, NULL));
}

/* Closing a buffer source writes the archive into it; the source must be kept to read it. */
static GBytes *
take_archive(zip_source_t *source)
{
    zip_stat_t info;
    char *data;

    g_assert(zip_source_stat(source, &info) == 0 && (info.valid & ZIP_STAT_SIZE) != 0);
    data = g_malloc(info.size);
    g_assert(zip_source_open(source) == 0);
    g_assert(zip_source_read(source, data, info.size) == (zip_int64_t)info.size);
    zip_source_close(source);
    return g_bytes_new_take(data, info.size);
}

GBytes *
fuzz_zip(const char *member, const uint8_t *data, size_t size)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *archive = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    zip_int64_t index;
    GBytes *bytes;

    g_assert(archive != NULL);
    zip_source_keep(source);
    index = zip_file_add(archive, member, zip_source_buffer(archive, data, size, 0), 0);
    g_assert(index >= 0);
    zip_set_file_compression(archive, (zip_uint64_t)index, ZIP_CM_STORE, 0);
    g_assert(zip_close(archive) == 0);
    bytes = take_archive(source);
    zip_source_free(source);
    return bytes;
}

GBytes *
fuzz_edited(GBytes *good, const uint8_t *data, size_t size)
{
    gsize length = g_bytes_get_size(good);
    guint8 *copy = g_memdup2(g_bytes_get_data(good, NULL), length);

    for (size_t i = 0; i + 2 < size; i += 3)
        copy[(data[i] << 8 | data[i + 1]) % length] = data[i + 2];
    return g_bytes_new_take(copy, length);
}
