/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/odt.c - finds the streams of an OpenDocument text and reads them.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; OpenDocument 1.3 part 2
 */
#include "config.h"

#include "parsers/odt.h"

#include "parsers/odt-body.h"
#include "parsers/package.h"

#include <string.h>

static ParsersXmlNext
start_encryption(gpointer user, const ParsersXmlElement *element)
{
    *(bool *)user = true;
    return PARSERS_XML_STOP;
}

/* Whether the manifest says that something is locked.  A manifest that cannot be read says nothing.
 */
static bool
is_encrypted(ParsersPackage *package, const ParsersLimits *limits)
{
    static const ParsersXmlRule rule = {PARSERS_XML_MANIFEST, "encryption-data", start_encryption,
                                        NULL};
    static const ParsersXmlReader reader = {.rules = &rule, .n_rules = 1};
    g_autoptr(GBytes) bytes = NULL;
    bool found = false;

    if (parsers_package_read(package, "META-INF/manifest.xml", &bytes, NULL))
        parsers_xml_read(bytes, &reader, limits, &found, NULL);
    return found;
}

static bool
read_package(GBytes *bytes, ParsersDocument *document, ParsersOdtStyles *styles,
             const ParsersLimits *limits, GError **error)
{
    g_autoptr(ParsersPackage) package = NULL;
    g_autoptr(GBytes) content = NULL;
    g_autoptr(GBytes) common = NULL;

    if (!parsers_package_open(bytes, limits, &package, error))
        return false;
    if (is_encrypted(package, limits))
        return parsers_throw(error, PARSERS_ERROR_ENCRYPTED, "ODF");
    if (!parsers_package_has(package, "content.xml"))
        return parsers_throw(error, PARSERS_ERROR_UNSUPPORTED, "a ZIP archive without content.xml");
    /* Styles and running heads: when they are damaged, the text still stands. */
    if (parsers_package_read(package, "styles.xml", &common, NULL))
        parsers_odt_body_read(common, false, styles, document, limits, NULL);
    return parsers_package_read(package, "content.xml", &content, error) &&
           parsers_odt_body_read(content, true, styles, document, limits, error);
}

bool
parsers_odt_read(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document,
                 GError **error)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(limits);
    g_autoptr(ParsersOdtStyles) styles = parsers_odt_styles_new();
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    bool zipped = length >= 2 && memcmp(data, "PK", 2) == 0;

    if (zipped && !read_package(bytes, document, styles, limits, error))
        return false;
    if (!zipped && !parsers_odt_body_read(bytes, true, styles, document, limits, error))
        return false;
    *out_document = g_steal_pointer(&document);
    return true;
}
