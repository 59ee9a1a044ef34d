/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-daemon-viewer.c - what people are shown of a hostile mail, by the real program in
 * its real cage.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "daemon/viewer.h"
#include "pdf-help.h"

#define BOUNDARY "--frontier\r\n"

static bool
draw_one(DaemonViewer *viewer, DaemonMemoryFile *mail, guint part, guint page, GBytes **out_png,
         GError **error)
{
    return daemon_viewer_draw(viewer, mail, part, page, error) &&
           daemon_viewer_drawn(viewer, out_png, error);
}

/* A PDF in a font that it does not bring along, with a script that would run when it is opened. */
static GBytes *
scripted_pdf(void)
{
    static const char text[] = "BT /F 40 Tf 20 100 Td (Words) Tj ET";
    Writer writer = {g_string_new("%PDF-1.5\n"), g_array_new(FALSE, FALSE, sizeof(gsize))};
    g_autofree char *stream =
        g_strdup_printf("<</Length %zu>>stream\n%s\nendstream", sizeof text - 1, text);

    put_object(&writer, "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert"
                        "\\('PDF-SCRIPT'\\))>>>>");
    put_object(&writer, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
    put_object(&writer, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources"
                        "<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>");
    put_object(&writer, stream);
    return finish(&writer, "");
}

static void
attach(GString *mail, const char *type, const char *name, GBytes *bytes)
{
    gsize size = 0;
    const guchar *data = g_bytes_get_data(bytes, &size);
    g_autofree char *encoded = g_base64_encode(data, size);

    g_string_append_printf(mail,
                           BOUNDARY
                           "Content-Type: %s\r\nContent-Transfer-Encoding: base64\r\n"
                           "Content-Disposition: attachment; filename=\"%s\"\r\n\r\n%s\r\n",
                           type, name, encoded);
}

/* A little red, with words beside it. */
static const char picture[] =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEHRFWHRDb21tZW50AE1FVEFEQVRBq7dU"
    "ZwAAABBJREFUeJxj+M/AAEQMEAoAH+4D/YtfFNQAAAAASUVORK5CYII=";

static DaemonMemoryFile *
hostile_mail(void)
{
    GString *mail = g_string_new(
        "From: \"<script>alert(1)</script>\" <a@example.org>\r\nTo: lado@example.org\r\n"
        "Subject: =?utf-8?Q?=E2=80=AEtxt.exe?=\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=frontier\r\n\r\n" BOUNDARY
        "Content-Type: text/html\r\n\r\n<p onclick=\"x()\">Dear <b>all</b><script>alert(2)</script>"
        "<img src=\"http://example.org/t.png\" alt=\"logo\"></p><table><tr><td>one<td>two</table>"
        "\r\n");
    g_autoptr(GBytes) pdf = scripted_pdf();
    gsize size = 0;
    g_autofree guchar *png = g_base64_decode(picture, &size);
    g_autoptr(GBytes) red = g_bytes_new(png, size);
    g_autoptr(GBytes) svg = g_bytes_new_static("<svg onload=\"alert(3)\"/>", 24);

    attach(mail, "application/pdf", "form.pdf", pdf);
    attach(mail, "image/png", "red.png", red);
    attach(mail, "image/svg+xml", "drawing.svg", svg);
    g_string_append(mail, "--frontier--\r\n");
    g_autoptr(GBytes) raw = g_string_free_to_bytes(mail);
    DaemonMemoryFile *file = NULL;

    assert_true(daemon_memory_file_new(raw, &file, NULL));
    return file;
}

static DaemonViewer *
viewer_new(void)
{
    DaemonSettings settings = {.parser_timeout = 20, .parser_memory = 256};
    DaemonViewer *viewer = NULL;

    assert_true(daemon_viewer_open(&settings, &viewer, NULL));
    return viewer;
}

static const ParsersViewPart *
part_named(const ParsersView *view, const char *name, guint *out_index)
{
    for (guint i = 0; i < view->parts->len; i++) {
        const ParsersViewPart *part = view->parts->pdata[i];

        if (strcmp(part->name, name) == 0) {
            *out_index = i;
            return part;
        }
    }
    fail_msg("there is no part %s", name);
    return NULL;
}

static char *
text_of(const ParsersViewPart *part)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < part->steps->len; i++)
        g_string_append(text, ((const ParsersViewStep *)part->steps->pdata[i])->text);
    return g_string_free(text, FALSE);
}

static void
test_view(void **state)
{
    g_autoptr(DaemonViewer) viewer = viewer_new();
    g_autoptr(DaemonMemoryFile) mail = hostile_mail();
    g_autoptr(ParsersView) view = NULL;
    g_autoptr(GError) error = NULL;
    guint at = 0, cells = 0;

    (void)state;
    if (!daemon_viewer_look(viewer, mail, &view, &error))
        fail_msg("%s", error->message);
    const ParsersViewPart *body = part_named(view, "", &at);
    g_autofree char *words = text_of(body);

    assert_true(body->body);
    assert_non_null(strstr(words, "Dear"));
    assert_null(strstr(words, "alert"));
    assert_null(strstr(words, "http"));
    for (guint i = 0; i < body->steps->len; i++) {
        const ParsersViewStep *step = body->steps->pdata[i];

        cells += step->kind == PARSERS_VIEW_CELL;
    }
    assert_int_equal(cells, 2);
    const ParsersViewPart *pdf = part_named(view, "form.pdf", &at);
    g_autofree char *inside = text_of(pdf);

    assert_string_equal(inside, "Words");
    assert_int_equal(pdf->pages->len, 1);
    assert_int_equal(g_array_index(pdf->pages, ParsersViewSize, 0).width, 300);
    assert_int_equal(part_named(view, "drawing.svg", &at)->pages->len, 0);
}

/* Share of the picture's bytes that are its pixels: is something drawn at all?  An empty page of
 * this size is far smaller. */
static void
test_page(void **state)
{
    g_autoptr(DaemonViewer) viewer = viewer_new();
    g_autoptr(DaemonMemoryFile) mail = hostile_mail();
    g_autoptr(ParsersView) view = NULL;
    g_autoptr(GBytes) png = NULL;
    g_autoptr(GError) error = NULL;
    guint at = 0;
    gsize size = 0;

    (void)state;
    assert_true(daemon_viewer_look(viewer, mail, &view, NULL));
    part_named(view, "form.pdf", &at);
    if (!draw_one(viewer, mail, at, 1, &png, &error))
        fail_msg("%s", error->message);
    const guint8 *data = g_bytes_get_data(png, &size);

    assert_null(memmem(data, size, "SCRIPT", 6));
    assert_int_equal(data[16 + 2] << 8 | data[16 + 3], 1200); /* its width */
    /* The letters are there: a page without them takes some 3 KiB. */
    assert_true(size > 6000);
    g_clear_pointer(&png, g_bytes_unref);
    assert_false(draw_one(viewer, mail, at, 2, &png, &error));
    assert_true(g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_FILE));
}

static void
test_picture(void **state)
{
    g_autoptr(DaemonViewer) viewer = viewer_new();
    g_autoptr(DaemonMemoryFile) mail = hostile_mail();
    g_autoptr(ParsersView) view = NULL;
    g_autoptr(GBytes) png = NULL;
    g_autoptr(GError) error = NULL;
    guint at = 0;
    gsize size = 0;

    (void)state;
    assert_true(daemon_viewer_look(viewer, mail, &view, NULL));
    if (part_named(view, "red.png", &at)->pages->len == 0) {
        print_message("SKIP: built without Leptonica\n");
        skip();
    }
    if (!draw_one(viewer, mail, at, 1, &png, &error))
        fail_msg("%s", error->message);
    const guint8 *data = g_bytes_get_data(png, &size);

    assert_null(memmem(data, size, "METADATA", 8));
    assert_null(memmem(data, size, "tEXt", 4));
}

static void
test_nothing_there(void **state)
{
    g_autoptr(DaemonViewer) viewer = viewer_new();
    g_autoptr(DaemonMemoryFile) mail = hostile_mail();
    const guint parts[] = {0, 4, 99, G_MAXUINT};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autoptr(GBytes) png = NULL;
        g_autoptr(GError) error = NULL;

        assert_false(draw_one(viewer, mail, parts[i], 1, &png, &error));
        assert_true(g_error_matches(error, DAEMON_ERROR, DAEMON_ERROR_FILE));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_view),
        cmocka_unit_test(test_page),
        cmocka_unit_test(test_picture),
        cmocka_unit_test(test_nothing_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
