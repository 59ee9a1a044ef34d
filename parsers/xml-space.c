/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/xml-space.c - the addresses of the namespaces that the readers of XML know.
 *
 * Runs in:  postern-parser.
 * Source:   ECMA-376 part 1 and 4; ODF 1.3 part 3
 */
#include "config.h"

#include "parsers/xml-space.h"

#include <string.h>

#define ODF "urn:oasis:names:tc:opendocument:xmlns:"
#define OOXML "http://schemas.openxmlformats.org/"
#define STRICT "http://purl.oclc.org/ooxml/"
#define URI(text) text, sizeof(text) - 1

/* clang-format off */
static const struct {
    const char *uri;
    gsize length;
    ParsersXmlSpace space;
} known[] = {
    { URI(OOXML "wordprocessingml/2006/main"),               PARSERS_XML_W             },
    { URI(STRICT "wordprocessingml/main"),                   PARSERS_XML_W             },
    { URI("http://schemas.microsoft.com/office/word/2010/wordml"), PARSERS_XML_W14     },
    { URI(OOXML "markup-compatibility/2006"),                PARSERS_XML_MC            },
    { URI("urn:schemas-microsoft-com:vml"),                  PARSERS_XML_V             },
    { URI(OOXML "drawingml/2006/wordprocessingDrawing"),     PARSERS_XML_WP            },
    { URI(STRICT "drawingml/wordprocessingDrawing"),         PARSERS_XML_WP            },
    { URI(OOXML "drawingml/2006/picture"),                   PARSERS_XML_PIC           },
    { URI(STRICT "drawingml/picture"),                       PARSERS_XML_PIC           },
    { URI(OOXML "officeDocument/2006/math"),                 PARSERS_XML_MATH          },
    { URI(STRICT "officeDocument/math"),                     PARSERS_XML_MATH          },
    { URI(OOXML "package/2006/relationships"),               PARSERS_XML_RELATIONSHIPS },
    { URI(OOXML "package/2006/content-types"),               PARSERS_XML_CONTENT_TYPES },
    { URI(ODF "office:1.0"),                                 PARSERS_XML_OFFICE        },
    { URI(ODF "text:1.0"),                                   PARSERS_XML_TEXT          },
    { URI(ODF "table:1.0"),                                  PARSERS_XML_TABLE         },
    { URI(ODF "style:1.0"),                                  PARSERS_XML_STYLE         },
    { URI(ODF "xsl-fo-compatible:1.0"),                      PARSERS_XML_FO            },
    { URI(ODF "drawing:1.0"),                                PARSERS_XML_DRAW          },
    { URI(ODF "form:1.0"),                                   PARSERS_XML_FORM          },
    { URI(ODF "svg-compatible:1.0"),                         PARSERS_XML_SVG           },
    { URI("urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"), PARSERS_XML_FIELD },
    { URI("urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"), PARSERS_XML_LOEXT },
    { URI(ODF "manifest:1.0"),                               PARSERS_XML_MANIFEST      },
};
/* clang-format on */

ParsersXmlSpace
parsers_xml_space(const char *uri, gsize length)
{
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        if (known[i].length == length && memcmp(known[i].uri, uri, length) == 0)
            return known[i].space;
    }
    return PARSERS_XML_OTHER;
}
