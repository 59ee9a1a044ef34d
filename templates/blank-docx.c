/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/blank-docx.c - a blank form as a Word document with content controls.
 *
 * Every answer has a control of its own, which says by its title what is asked, so
 * that a screen reader says it too.  Nothing is said by colour alone.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/forms.md; ECMA-376 part 1, 17.5.2; [MS-DOCX] 2.6.1
 */
#include "config.h"

#include "templates/blank-docx.h"

#include <string.h>

#include "templates/zip.h"

/* Lengths are twentieths of a point on an A4 page with margins of 2 cm. */
#define LABEL_WIDTH 3400
#define ANSWER_WIDTH 6238
#define LONG_HEIGHT 2600 /* room to write by hand once printed */
#define LINE_HEIGHT 560

#define NAME_MAX_LETTERS 64

static const char xml_head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

static const char content_types[] =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" "
    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>"
    "<Override PartName=\"/word/settings.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>"
    "<Override PartName=\"/docProps/core.xml\" "
    "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";

#define RELATIONS                                                                                  \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static const char package_relations[] = RELATIONS
    "<Relationship Id=\"rId1\" Type=\"" OFFICE "officeDocument\" Target=\"word/document.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/"
    "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
    "</Relationships>";

static const char document_relations[] =
    RELATIONS "<Relationship Id=\"rId1\" Type=\"" OFFICE "styles\" Target=\"styles.xml\"/>"
              "<Relationship Id=\"rId2\" Type=\"" OFFICE "settings\" Target=\"settings.xml\"/>"
              "</Relationships>";

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

/* Word opens the file as its own, not in "compatibility mode". */
static const char settings[] =
    "<w:settings " W "><w:zoom w:percent=\"100\"/><w:compat><w:compatSetting "
    "w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" "
    "w:val=\"15\"/></w:compat><w:themeFontLang w:val=\"en-GB\"/></w:settings>";

#define STYLE(kind, id, name, rest)                                                                \
    "<w:style w:type=\"" kind "\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/>" rest          \
    "</w:style>"
#define HEADING(level, before, size)                                                               \
    "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/>"      \
    "<w:spacing w:before=\"" before "\" w:after=\"120\"/><w:outlineLvl w:val=\"" level "\"/>"      \
    "</w:pPr><w:rPr><w:b/><w:sz w:val=\"" size "\"/></w:rPr>"
#define SIDE(name) "<w:" name " w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"595959\"/>"

static const char styles[] =
    "<w:styles " W "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Arial\" "
    "w:hAnsi=\"Arial\" w:cs=\"Arial\" w:eastAsia=\"Arial\"/><w:sz w:val=\"24\"/>"
    "<w:szCs w:val=\"24\"/><w:lang w:val=\"en-GB\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
    "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr>"
    "</w:pPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">"
    "<w:name w:val=\"Normal\"/><w:qFormat/></w:style>" STYLE("paragraph", "Heading1", "heading 1",
                                                             HEADING("0", "0", "36"))
        STYLE("paragraph", "Heading2", "heading 2", HEADING("1", "400", "28")) STYLE(
            "paragraph", "Label", "Label", "<w:basedOn w:val=\"Normal\"/><w:rPr><w:b/></w:rPr>")
            STYLE("character", "Hint", "Hint",
                  "<w:rPr><w:b w:val=\"0\"/><w:sz w:val=\"21\"/></w:rPr>")
                STYLE("character", "PlaceholderText", "Placeholder Text",
                      "<w:rPr><w:color w:val=\"595959\"/></w:rPr>")
                    STYLE("table", "Questions", "Questions",
                          "<w:tblPr><w:tblBorders>" SIDE("top") SIDE("left") SIDE("bottom")
                              SIDE("right") SIDE("insideH")
                                  SIDE("insideV") "</w:tblBorders><w:tblCellMar>"
                                                  "<w:top w:w=\"60\" w:type=\"dxa\"/><w:left "
                                                  "w:w=\"110\" w:type=\"dxa\"/>"
                                                  "<w:bottom w:w=\"60\" w:type=\"dxa\"/><w:right "
                                                  "w:w=\"110\" w:type=\"dxa\"/>"
                                                  "</w:tblCellMar></w:tblPr>") "</w:styles>";

typedef struct {
    GString *xml;
    guint controls; /* so far: their ids */
} Writer;

static void
add_text(Writer *writer, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);

    g_string_append(writer->xml, escaped);
}

static void
add_run(Writer *writer, const char *style, const char *text)
{
    g_string_append(writer->xml, "<w:r>");
    if (style != NULL)
        g_string_append_printf(writer->xml, "<w:rPr><w:rStyle w:val=\"%s\"/></w:rPr>", style);
    g_string_append(writer->xml, "<w:t xml:space=\"preserve\">");
    add_text(writer, text);
    g_string_append(writer->xml, "</w:t></w:r>");
}

static void
add_paragraph(Writer *writer, const char *style, const char *text)
{
    g_string_append(writer->xml, "<w:p>");
    if (style != NULL)
        g_string_append_printf(writer->xml, "<w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", style);
    add_run(writer, NULL, text);
    g_string_append(writer->xml, "</w:p>");
}

/* A control's title or tag, cut to what Word takes: it calls a file with longer ones damaged. */
static void
add_name(Writer *writer, const char *name)
{
    g_autofree char *cut = NULL;

    if (g_utf8_strlen(name, -1) > NAME_MAX_LETTERS) {
        g_autofree char *head = g_utf8_substring(name, 0, NAME_MAX_LETTERS - 1);

        cut = g_strconcat(head, "\xe2\x80\xa6", NULL);
    }
    add_text(writer, cut != NULL ? cut : name);
}

/* The beginning of a control, up to what kind of control it is. */
static void
begin_control(Writer *writer, const char *title, const char *tag, bool prompt)
{
    g_string_append(writer->xml, "<w:sdt><w:sdtPr><w:alias w:val=\"");
    add_name(writer, title);
    g_string_append(writer->xml, "\"/><w:tag w:val=\"");
    add_name(writer, tag);
    g_string_append_printf(writer->xml, "\"/><w:id w:val=\"%u\"/><w:lock w:val=\"sdtLocked\"/>%s",
                           1000 + ++writer->controls, prompt ? "<w:showingPlcHdr/>" : "");
}

static void
end_control(Writer *writer, const char *prompt)
{
    g_string_append(writer->xml, "</w:sdtPr><w:sdtContent>");
    add_run(writer, "PlaceholderText", prompt);
    g_string_append(writer->xml, "</w:sdtContent></w:sdt>");
}

static void
add_list(Writer *writer, const GPtrArray *options)
{
    g_string_append(writer->xml, "<w:comboBox>");
    for (guint i = 0; i < options->len; i++) {
        g_string_append(writer->xml, "<w:listItem w:displayText=\"");
        add_text(writer, options->pdata[i]);
        g_string_append(writer->xml, "\" w:value=\"");
        add_text(writer, options->pdata[i]);
        g_string_append(writer->xml, "\"/>");
    }
    g_string_append(writer->xml, "</w:comboBox>");
}

/* Everything but boxes: one control in a paragraph of its own. */
static void
add_field(Writer *writer, const TemplatesBlankRow *row)
{
    const char *prompt = "Click or tap here to enter text.";

    g_string_append(writer->xml, "<w:p>");
    begin_control(writer, row->label, row->key, true);
    if (row->kind == TEMPLATES_BLANK_DATE) {
        g_string_append(writer->xml, "<w:date><w:dateFormat w:val=\"d MMMM yyyy\"/>"
                                     "<w:lid w:val=\"en-GB\"/><w:storeMappedDataAs "
                                     "w:val=\"dateTime\"/><w:calendar w:val=\"gregorian\"/>"
                                     "</w:date>");
        prompt = "Click or tap to enter a date.";
    } else if (row->kind == TEMPLATES_BLANK_ONE_OF) {
        add_list(writer, row->options);
        prompt = "Choose an item.";
    } else {
        g_string_append(writer->xml, row->kind == TEMPLATES_BLANK_LONG
                                         ? "<w:text w:multiLine=\"1\"/>"
                                         : "<w:text/>");
    }
    end_control(writer, prompt);
    g_string_append(writer->xml, "</w:p>");
}

static void
add_box(Writer *writer, const TemplatesBlankRow *row, guint option)
{
    const char *caption = row->options->pdata[option];
    g_autofree char *title = g_strdup_printf("%s: %s", row->label, caption);
    g_autofree char *tag = g_strdup_printf("%s.%u", row->key, option + 1);
    g_autofree char *words = g_strconcat(" ", caption, NULL);

    begin_control(writer, title, tag, false);
    g_string_append(writer->xml,
                    "<w14:checkbox><w14:checked w14:val=\"0\"/><w14:checkedState "
                    "w14:val=\"2612\" w14:font=\"MS Gothic\"/><w14:uncheckedState "
                    "w14:val=\"2610\" w14:font=\"MS Gothic\"/></w14:checkbox></w:sdtPr>"
                    "<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii=\"MS Gothic\" "
                    "w:hAnsi=\"MS Gothic\" w:eastAsia=\"MS Gothic\" w:hint=\"eastAsia\"/>"
                    "</w:rPr><w:t>\xe2\x98\x90</w:t></w:r></w:sdtContent></w:sdt>");
    add_run(writer, NULL, words);
}

/* Yes and No share a line; other boxes stand one below the other. */
static void
add_boxes(Writer *writer, const TemplatesBlankRow *row)
{
    const bool same_line = row->kind == TEMPLATES_BLANK_YESNO;

    for (guint i = 0; i < row->options->len; i++) {
        if (i == 0 || !same_line)
            g_string_append(writer->xml, "<w:p>");
        else
            g_string_append(writer->xml, "<w:r><w:t xml:space=\"preserve\">      </w:t></w:r>");
        add_box(writer, row, i);
        if (i + 1 == row->options->len || !same_line)
            g_string_append(writer->xml, "</w:p>");
    }
}

static void
begin_cell(Writer *writer, guint width)
{
    g_string_append_printf(writer->xml, "<w:tc><w:tcPr><w:tcW w:w=\"%u\" w:type=\"dxa\"/></w:tcPr>",
                           width);
}

static void
add_row(Writer *writer, const TemplatesBlankRow *row)
{
    const bool boxes = row->kind == TEMPLATES_BLANK_YESNO || row->kind == TEMPLATES_BLANK_SEVERAL;
    g_autofree char *aside = templates_blank_aside(row);
    g_autofree char *hint = g_strdup_printf(" (%s)", aside);

    g_string_append_printf(writer->xml,
                           "<w:tr><w:trPr><w:cantSplit%s/><w:trHeight w:val=\"%u\" "
                           "w:hRule=\"atLeast\"/></w:trPr>",
                           row->kind == TEMPLATES_BLANK_LONG ? " w:val=\"0\"" : "",
                           row->kind == TEMPLATES_BLANK_LONG ? LONG_HEIGHT : LINE_HEIGHT);
    begin_cell(writer, LABEL_WIDTH);
    g_string_append(writer->xml, "<w:p><w:pPr><w:pStyle w:val=\"Label\"/></w:pPr>");
    add_run(writer, NULL, row->label);
    if (*aside != '\0')
        add_run(writer, "Hint", hint);
    g_string_append(writer->xml, "</w:p></w:tc>");
    begin_cell(writer, ANSWER_WIDTH);
    if (boxes)
        add_boxes(writer, row);
    else
        add_field(writer, row);
    g_string_append(writer->xml, "</w:tc></w:tr>");
}

/* The table's caption is what a screen reader says when it enters it. */
static void
add_section(Writer *writer, const TemplatesBlankSection *section)
{
    add_paragraph(writer, "Heading2", section->heading);
    g_string_append_printf(writer->xml,
                           "<w:tbl><w:tblPr><w:tblStyle w:val=\"Questions\"/><w:tblW w:w=\"%u\" "
                           "w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook "
                           "w:val=\"0080\" w:firstColumn=\"1\"/><w:tblCaption w:val=\"",
                           LABEL_WIDTH + ANSWER_WIDTH);
    add_text(writer, section->heading);
    g_string_append_printf(writer->xml,
                           "\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"%u\"/><w:gridCol "
                           "w:w=\"%u\"/></w:tblGrid>",
                           LABEL_WIDTH, ANSWER_WIDTH);
    for (guint i = 0; i < section->rows->len; i++)
        add_row(writer, section->rows->pdata[i]);
    g_string_append(writer->xml, "</w:tbl>");
}

static char *
write_document(const TemplatesBlank *blank)
{
    Writer writer = {.xml = g_string_new(NULL)};

    g_string_append(writer.xml,
                    "<w:document " W " xmlns:w14=\"http://schemas.microsoft.com/office/word/"
                    "2010/wordml\" xmlns:mc=\"http://schemas.openxmlformats.org/"
                    "markup-compatibility/2006\" mc:Ignorable=\"w14\"><w:body>");
    add_paragraph(&writer, "Heading1", blank->title);
    for (guint i = 0; i < blank->notes->len; i++)
        add_paragraph(&writer, NULL, blank->notes->pdata[i]);
    for (guint i = 0; i < blank->sections->len; i++)
        add_section(&writer, blank->sections->pdata[i]);
    g_string_append(writer.xml,
                    "<w:p/><w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar "
                    "w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" "
                    "w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body>"
                    "</w:document>");
    return g_string_free(writer.xml, FALSE);
}

static char *
write_properties(const TemplatesBlank *blank)
{
    g_autofree char *title = g_markup_escape_text(blank->title, -1);

    return g_strconcat("<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/"
                       "2006/metadata/core-properties\" "
                       "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>",
                       title, "</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>",
                       NULL);
}

bool
templates_blank_docx(const TemplatesBlank *blank, GBytes **out_docx, GError **error)
{
    g_autofree char *document = write_document(blank);
    g_autofree char *properties = write_properties(blank);
    const char *const files[][2] = {
        {"[Content_Types].xml", content_types},
        {"_rels/.rels", package_relations},
        {"word/document.xml", document},
        {"word/_rels/document.xml.rels", document_relations},
        {"word/styles.xml", styles},
        {"word/settings.xml", settings},
        {"docProps/core.xml", properties},
    };
    TemplatesZipPart parts[G_N_ELEMENTS(files)];
    bool is_made = false;

    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        char *xml = g_strconcat(xml_head, files[i][1], NULL);

        parts[i] = (TemplatesZipPart){
            .name = files[i][0], .bytes = g_bytes_new_take(xml, strlen(xml)), .is_squeezed = true};
    }
    is_made = templates_zip_make(parts, G_N_ELEMENTS(parts), 0, out_docx, error);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        g_bytes_unref(parts[i].bytes);
    return is_made;
}
