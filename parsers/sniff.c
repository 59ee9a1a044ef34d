/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/sniff.c - what bytes are, whatever their name and declared type say.
 *
 * People rename files, gateways relabel them, and phones call everything
 * application/octet-stream.  Only the bytes decide.
 *
 * Runs in:  postern-parser.
 * Source:   the formats' own signatures; APPNOTE.TXT, MS-CFB, ISO 32000
 */
#include "config.h"

#include "parsers/sniff.h"

#include <string.h>
#include <zip.h>

enum {
    HEAD = 4096, /* bytes in which text formats must show themselves */
};

typedef struct {
    gsize offset;
    gsize length;
    const char *bytes;
    const char *type;
} Signature;

/* clang-format off */
static const Signature signatures[] = {
    {0,  8, "\x89PNG\r\n\x1a\n",      "png"},
    {0,  3, "\xff\xd8\xff",           "jpeg"},
    {0,  4, "GIF8",                   "gif"},
    {0,  4, "II*\0",                  "tiff"},
    {0,  4, "MM\0*",                  "tiff"},
    {8,  4, "WEBP",                   "webp"},
    {4,  8, "ftypheic",               "heic"},
    {4,  8, "ftypheix",               "heic"},
    {4,  8, "ftypmif1",               "heic"},
    {4,  8, "ftypmsf1",               "heic"},
    {4,  8, "ftyphevc",               "heic"},
    {4,  8, "ftypavif",               "heic"},
    {4,  8, "ftypM4A ",               "audio"},
    {4,  8, "ftypM4B ",               "audio"},
    {4,  4, "ftyp",                   "video"},
    {8,  4, "WAVE",                   "audio"},
    {8,  4, "AVI ",                   "video"},
    {0,  3, "ID3",                    "audio"},
    {0,  4, "OggS",                   "audio"},
    {0,  4, "fLaC",                   "audio"},
    {0,  5, "#!AMR",                  "audio"},
    {0,  2, "\xff\xfb",               "audio"},
    {0,  2, "\xff\xf1",               "audio"},
    {0,  4, "\x1a\x45\xdf\xa3",       "video"},
    {0,  4, "\0\0\1\xba",             "video"},
    {0, 16, "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c", "video"},
    {0,  4, "\x78\x9f\x3e\x22",       "tnef"},
    {0,  4, "Rar!",                   "rar"},
    {0,  6, "7z\xbc\xaf\x27\x1c",     "7z"},
    {0,  3, "\x1f\x8b\x08",           "gzip"},
    {0,  4, "\x7f" "ELF",             "exe"},
    {0, 27, "-----BEGIN PGP MESSAGE-----", "pgp"},
    {0,  4, "\xff" "WPC",              "wordperfect"},
    {0,  4, "\x01\xfe\x32\x00",        "works"},
    {0,  4, "\x06\xfe\x32\x00",        "works"},
    {0,  4, "\xdb\xa5\x2d\x00",        "word-old"},
    {0,  4, "\x31\xbe\x00\x00",        "word-old"}, /* Windows Write */
    {0,  4, "\x32\xbe\x00\x00",        "word-old"},
};

/* Names of CFB streams, as UTF-16; the first that occurs decides. */
static const struct {
    const char *stream;
    const char *type;
} streams[] = {
    {"EncryptedPackage",         "locked-office"},
    {"__properties_version1.0",  "msg"},
    {"WordDocument",             "doc"},
    {"PowerPoint Document",      "ppt"},
    {"Workbook",                 "xls"},
    {"Book",                     "xls"},
    {"MatOST",                   "works"},
    {"MN0",                      "works"},
};

/* Names inside a ZIP archive; the first that is there decides. */
static const struct {
    const char *entry;
    const char *type;
} entries[] = {
    {"word/document.xml",   "docx"},
    {"word/document2.xml",  "docx"},
    {"xl/workbook.xml",     "xlsx"},
    {"xl/workbook.bin",     "xlsx"},
    {"ppt/presentation.xml", "pptx"},
    {"Index/Document.iwa",  "pages"},
    {"Index.zip",           "pages"},
    {"QuickLook/Preview.pdf", "pages"},
    {"QuickLook/Thumbnail.jpg", "pages"},
};

/* The mimetype entry of ODF and its like, stored first and uncompressed. */
static const struct {
    const char *mimetype;
    const char *type;
} mimetypes[] = {
    {"application/vnd.oasis.opendocument.text",         "odt"},
    {"application/vnd.oasis.opendocument.spreadsheet",  "ods"},
    {"application/vnd.oasis.opendocument.presentation", "odp"},
    {"application/epub+zip",                            "epub"},
    {"application/vnd.sun.xml.writer",                  "sxw"},
    {"application/vnd.sun.xml.calc",                    "sxc"},
};

static const char *const mail_headers[] = {
    "received:", "return-path:", "from:", "to:", "subject:", "date:", "message-id:",
    "mime-version:", "delivered-to:", "content-type:", "reply-to:", "sender:", "x-mailer:",
};

/* What the start of an XML file holds that is a document; the first that occurs decides. */
static const struct {
    const char *mark;
    const char *type;
} xml_marks[] = {
    {"<office:document",    "fodt"},
    {"<pkg:package",        "office-xml"}, /* a whole DOCX in one XML file; LibreOffice misreads it */
    {"<w:worddocument",     "word-xml"},
    {"progid=\"word.document", "word-xml"},
    {"<abiword",            "abiword"},
    {"<uof:uof",            "uof"},
};

static const char *const html_marks[] = {
    "<!doctype html", "<html", "<head", "<body", "<table", "<div", "<p>", "<p ", "<span", "<meta",
};
/* clang-format on */

static bool
contains(const guint8 *data, gsize size, const char *needle, gsize length)
{
    return memmem(data, size, needle, length) != NULL;
}

/* Do the bytes hold this name in UTF-16LE, as the directory of a CFB file does? */
static bool
contains_wide(const guint8 *data, gsize size, const char *name)
{
    char wide[64];
    gsize n = 0;

    for (; name[n] != '\0' && n < sizeof wide / 2; n++) {
        wide[2 * n] = name[n];
        wide[2 * n + 1] = '\0';
    }
    return contains(data, size, wide, 2 * n);
}

static const char *
sniff_cfb(const guint8 *data, gsize size)
{
    for (gsize i = 0; i < G_N_ELEMENTS(streams); i++)
        if (contains_wide(data, size, streams[i].stream))
            return streams[i].type;
    return contains(data, size, "CHNKWKS", 7) ? "works" : "cfb"; /* Works 5 and later */
}

/* The archive is cut or broken: what its first entry is called must do. */
static const char *
sniff_broken_zip(const guint8 *data, gsize size)
{
    const gsize head = MIN(size, HEAD);

    if (contains(data, head, "word/", 5))
        return "docx";
    if (contains(data, head, "opendocument.text", 17))
        return "odt";
    return contains(data, head, "xl/", 3) ? "xlsx" : "zip";
}

static const char *
sniff_zip(const guint8 *data, gsize size)
{
    zip_source_t *source = zip_source_buffer_create(data, size, 0, NULL);
    zip_t *zip = source != NULL ? zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;
    const char *type = "zip";

    if (zip == NULL) {
        if (source != NULL)
            zip_source_free(source);
        return sniff_broken_zip(data, size);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(mimetypes) && size > 40; i++)
        if (contains(data, MIN(size, 256), mimetypes[i].mimetype, strlen(mimetypes[i].mimetype)))
            type = mimetypes[i].type;
    for (gsize i = 0; i < G_N_ELEMENTS(entries) && strcmp(type, "zip") == 0; i++)
        if (zip_name_locate(zip, entries[i].entry, ZIP_FL_NOCASE) >= 0)
            type = entries[i].type;
    zip_discard(zip);
    return type;
}

/* Text has no NUL and hardly a control character. */
static bool
is_text(const guint8 *data, gsize size)
{
    const gsize head = MIN(size, HEAD);
    gsize odd = 0;

    if (size >= 2 && (memcmp(data, "\xff\xfe", 2) == 0 || memcmp(data, "\xfe\xff", 2) == 0))
        return true;
    for (gsize i = 0; i < head; i++) {
        if (data[i] == 0)
            return false;
        odd += data[i] < 32 && !g_ascii_isspace(data[i]) && data[i] != 27;
    }
    return odd <= head / 100;
}

/* At least two header lines of a mail before anything else. */
static bool
is_mail(const char *head)
{
    guint known = 0;
    const char *line = head;

    if (g_str_has_prefix(line, "from ")) /* mbox */
        line += strcspn(line, "\n") + (strchr(line, '\n') != NULL);
    while (*line != '\0' && *line != '\n' && *line != '\r') {
        for (gsize i = 0; i < G_N_ELEMENTS(mail_headers); i++)
            known += g_str_has_prefix(line, mail_headers[i]);
        if (*line != ' ' && *line != '\t' && strcspn(line, ":") >= strcspn(line, " \r\n"))
            break; /* neither a header nor the rest of one */
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return known >= 2;
}

static const char *
sniff_text(const guint8 *data, gsize size)
{
    g_autofree char *head = NULL;
    const char *start = NULL;

    if (size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) {
        data += 3;
        size -= 3;
    }
    head = g_ascii_strdown((const char *)data, (gssize)MIN(size, HEAD));
    start = head + strspn(head, " \t\r\n");
    if (g_str_has_prefix(start, "{\\rtf"))
        return "rtf";
    if (g_str_has_prefix(start, "begin:vcalendar"))
        return "ics";
    if (g_str_has_prefix(start, "<")) {
        for (gsize i = 0; i < G_N_ELEMENTS(xml_marks); i++)
            if (strstr(start, xml_marks[i].mark) != NULL)
                return xml_marks[i].type;
        for (gsize i = 0; i < G_N_ELEMENTS(html_marks); i++)
            if (strstr(start, html_marks[i]) != NULL)
                return "html";
        return g_str_has_prefix(start, "<?xml") ? "xml" : "text";
    }
    if (is_mail(start))
        return "mail";
    return "text";
}

/* DER or BER that starts with the object identifier of PKCS #7. */
static bool
is_pkcs7(const guint8 *data, gsize size)
{
    return size > 16 && data[0] == 0x30 &&
           contains(data, MIN(size, 24), "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07", 10);
}

const char *
parsers_sniff_type(GBytes *bytes)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);

    if (size == 0)
        return "empty";
    for (gsize i = 0; i < G_N_ELEMENTS(signatures); i++) {
        const Signature *s = &signatures[i];

        if (size >= s->offset + s->length && memcmp(data + s->offset, s->bytes, s->length) == 0)
            return s->type;
    }
    if (size >= 4 && (memcmp(data, "PK\3\4", 4) == 0 || memcmp(data, "PK\5\6", 4) == 0))
        return sniff_zip(data, size);
    if (size >= 8 && memcmp(data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
        return sniff_cfb(data, size);
    if (contains(data, MIN(size, 1024), "%PDF-", 5))
        return "pdf";
    if (is_pkcs7(data, size))
        return "pkcs7";
    if (is_text(data, size))
        return sniff_text(data, size);
    if (size >= 26 && memcmp(data, "BM", 2) == 0)
        return "bmp";
    return size >= 64 && memcmp(data, "MZ", 2) == 0 ? "exe" : "unknown";
}

bool
parsers_sniff_is_image(const char *type)
{
    static const char *const images[] = {"jpeg", "png", "gif", "heic", "tiff", "webp", "bmp", NULL};

    return g_strv_contains(images, type);
}
