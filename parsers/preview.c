/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/preview.c - the pages that a document of Apple's carries as a PDF or a picture.
 *
 * A PDF has all pages, as they were when the document was last saved; a picture has the first.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md, "Documents of other programs"
 */
#include "config.h"

#include "parsers/preview.h"

#include "parsers/package.h"

GBytes *
parsers_preview_take(GBytes *bytes, const ParsersLimits *limits)
{
    static const char *const names[] = {"QuickLook/Preview.pdf", "preview.jpg",
                                        "QuickLook/Preview.jpg", "QuickLook/Thumbnail.jpg"};
    g_autoptr(ParsersPackage) package = NULL;
    GBytes *preview = NULL;

    if (!parsers_package_open(bytes, limits, &package, NULL))
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (parsers_package_has(package, names[i]) &&
            parsers_package_read(package, names[i], &preview, NULL))
            return preview;
    return NULL;
}
