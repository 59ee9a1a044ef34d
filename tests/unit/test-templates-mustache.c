/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-templates-mustache.c - templates filled in, and refused when broken.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "templates/mustache.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

/* A partial out of a JSON object of texts. */
static char *
partial_of(const char *name, gpointer user_data)
{
    return g_strdup(json_string_value(json_object_get(user_data, name)));
}

static char *
render(const char *text, const json_t *data, json_t *partials, bool escape, GError **error)
{
    TemplatesMustache job = {.name = "case", .text = text, .escape = escape};
    char *out = NULL;

    job.partial = partial_of;
    job.user_data = partials;
    return templates_mustache_render(&job, data, &out, error) ? out : NULL;
}

typedef struct {
    const char *text, *data, *expected;
} Case;

static const Case cases[] = {
    {"Hello {{name}}", "{'name':'Zoë'}", "Hello Zoë"},
    {"{{a}} {{{a}}} {{&a}}", "{'a':'<b> & \\\"c\\'s\\\"'}",
     "&lt;b&gt; &amp; &quot;c&#39;s&quot; <b> & \"c's\" <b> & \"c's\""},
    {"{{n}} {{f}} {{t}} {{z}} {{o}}|", "{'n':-7,'f':0.1,'t':true,'z':null,'o':{}}",
     "-7 0.1 true  |"},
    {"{{#a}}{{b.c}}{{d}}{{/a}}", "{'a':{'b':{'c':1}},'d':2}", "12"},
    {"{{#a}}{{b.c}}{{/a}}", "{'a':{'b':{}},'b':{'c':9}}", ""},
    {"{{#l}}({{.}}){{/l}}{{^l}}none{{/l}}", "{'l':['x','y']}", "(x)(y)"},
    {"{{#l}}({{.}}){{/l}}{{^l}}none{{/l}}", "{'l':[]}", "none"},
    {"{{#s}}yes{{/s}}{{^s}}no{{/s}}", "{'s':''}", "no"},
    {"a\n  {{#t}}\nb\n  {{/t}}\nc\n", "{'t':true}", "a\nb\nc\n"},
    {"a\r\n{{! gone }}\r\nb", "{}", "a\r\nb"},
    {"a {{! not alone }}\nb\n", "{}", "a \nb\n"},
    {"  {{t}}  \n", "{'t':1}", "  1  \n"},
    {"x\n{{! over\nlines }}\ny", "{}", "x\ny"},
    {"{{=<% %>=}}<%a%>{{a}}<%={{ }}=%>{{a}}", "{'a':1}", "1{{a}}1"},
    {"{{>missing}}|", "{}", "|"},
    {"a\n  {{>two}}\nb", "{'x':'1\\n2'}", "a\n  [1\n2]\n  end\nb"},
};

static json_t *
read_json(const char *text)
{
    g_autofree char *copy = g_strdup(text);
    json_error_t why;
    json_t *data;

    /* An apostrophe in a value is written \' in the table. */
    for (char *c = copy; *c != '\0'; c++)
        if (*c == '\'' && (c == copy || c[-1] != '\\'))
            *c = '"';
    for (char *c = strstr(copy, "\\'"); c != NULL; c = strstr(c, "\\'"))
        memmove(c, c + 1, strlen(c));
    data = json_loads(copy, 0, &why);
    if (data == NULL)
        fail_msg("%s: %s", copy, why.text);
    return data;
}

static void
test_cases(void **fixture)
{
    g_autoptr(json_t) partials = json_pack("{s:s}", "two", "[{{x}}]\nend\n");

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(json_t) data = read_json(cases[i].data);
        g_autoptr(GError) error = NULL;
        g_autofree char *out = render(cases[i].text, data, partials, true, &error);

        if (out == NULL)
            fail_msg("%s: %s", cases[i].text, error->message);
        assert_string_equal(out, cases[i].expected);
    }
}

static void
test_text_is_not_escaped(void **fixture)
{
    g_autoptr(json_t) data = json_pack("{s:s}", "a", "Tom & <Co>");
    g_autofree char *out = NULL;

    (void)fixture;
    out = render("{{a}}", data, NULL, false, NULL);
    assert_string_equal(out, "Tom & <Co>");
}

static void
test_errors_name_the_line(void **fixture)
{
    static const Case broken[] = {
        {"a\nb {{#open}}\nc", NULL, "case:2: this section is never closed"},
        {"a\n{{/shut}}", NULL, "case:2: this closes a section that was never opened"},
        {"{{#a}}\n{{#b}}\n{{/a}}{{/b}}", NULL,
         "case:3: \"a\" is closed here, but \"b\" of line 2 is still open"},
        {"\n\n{{name", NULL, "case:3: this tag is never closed"},
        {"{{two words}}", NULL, "case:1: a tag has one name, without white space in it"},
        {"{{}}", NULL, "case:1: a tag has one name, without white space in it"},
        {"{{=only=}}", NULL, "case:1: new delimiters are two words without \"=\""},
        {"{{<base}}{{/base}}", NULL, "case:1: inheritance is not supported"},
        {"\xff", NULL, "case:1: the template is not UTF-8"},
    };

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(broken); i++) {
        g_autoptr(json_t) data = json_object();
        g_autoptr(GError) error = NULL;

        assert_null(render(broken[i].text, data, NULL, true, &error));
        assert_true(g_error_matches(error, TEMPLATES_ERROR, TEMPLATES_ERROR_SYNTAX));
        assert_string_equal(error->message, broken[i].expected);
    }
}

/* Partials without end, sections without bottom and lists inside lists all come to an end. */
static void
test_bounds(void **fixture)
{
    g_autoptr(json_t) partials = json_pack("{s:s}", "again", "x{{>again}}");
    g_autoptr(json_t) list = json_array();
    g_autoptr(json_t) data = NULL;
    g_autoptr(GString) deep = g_string_new(NULL);
    g_autoptr(GError) endless = NULL;
    g_autoptr(GError) slow = NULL;
    g_autoptr(GError) bottomless = NULL;

    (void)fixture;
    for (int i = 0; i < 1000; i++)
        json_array_append_new(list, json_integer(i));
    data = json_pack("{s:O}", "l", list);
    assert_null(render("{{>again}}", data, partials, true, &endless));
    assert_true(g_error_matches(endless, TEMPLATES_ERROR, TEMPLATES_ERROR_RENDER));
    assert_null(render("{{#l}}{{#l}}{{#l}}x{{/l}}{{/l}}{{/l}}", data, NULL, true, &slow));
    assert_true(g_error_matches(slow, TEMPLATES_ERROR, TEMPLATES_ERROR_RENDER));
    for (int i = 0; i < 40; i++)
        g_string_append(deep, "{{#l}}");
    assert_null(render(deep->str, data, NULL, true, &bottomless));
    assert_true(g_error_matches(bottomless, TEMPLATES_ERROR, TEMPLATES_ERROR_SYNTAX));
}

static void
test_check(void **fixture)
{
    static const char *const known[] = {"name", "list", NULL};
    g_autoptr(json_t) partials =
        json_pack("{s:s,s:s}", "good", "{{name}}{{>good}}", "bad", "a\n{{nmae}}");
    TemplatesMustache job = {.name = "t", .partial = partial_of, .user_data = partials};
    g_autoptr(GError) unknown = NULL;
    g_autoptr(GError) missing = NULL;

    (void)fixture;
    job.text = "{{#list}}{{.}}{{/list}}{{>good}}";
    assert_true(templates_mustache_check(&job, known, NULL));
    job.text = "{{>bad}}";
    assert_false(templates_mustache_check(&job, known, &unknown));
    assert_string_equal(unknown->message, "bad:2: nothing is called \"nmae\" here");
    job.text = "a\n{{>none}}";
    assert_false(templates_mustache_check(&job, known, &missing));
    assert_true(g_error_matches(missing, TEMPLATES_ERROR, TEMPLATES_ERROR_MISSING));
    assert_string_equal(missing->message, "t:2: there is no partial \"none\"");
}

static void
run_spec_case(const char *file, const json_t *test)
{
    const char *name = json_string_value(json_object_get(test, "name"));
    g_autoptr(GError) error = NULL;
    g_autofree char *out =
        render(json_string_value(json_object_get(test, "template")), json_object_get(test, "data"),
               json_object_get(test, "partials"), true, &error);

    if (out == NULL)
        fail_msg("%s, %s: %s", file, name, error->message);
    if (strcmp(out, json_string_value(json_object_get(test, "expected"))) != 0)
        fail_msg("%s, %s: got \"%s\"", file, name, out);
}

/* The specification's own cases, where tests/get-mustache-spec.sh has put them. */
static void
test_specification(void **fixture)
{
    static const char *const files[] = {"comments", "delimiters", "interpolation",
                                        "inverted", "partials",   "sections"};
    const char *build = g_getenv("top_builddir") != NULL ? g_getenv("top_builddir") : ".";
    guint n = 0;

    (void)fixture;
    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *base = g_strconcat(files[i], ".json", NULL);
        g_autofree char *path = g_build_filename(build, "mustache-spec", "specs", base, NULL);
        g_autoptr(json_t) file = json_load_file(path, 0, NULL);
        const json_t *tests = json_object_get(file, "tests");

        if (file == NULL) {
            print_message("SKIP no %s: run tests/get-mustache-spec.sh first\n", path);
            g_clear_pointer(&base, g_free); /* skip() does not come back */
            g_clear_pointer(&path, g_free);
            skip();
        }
        for (size_t k = 0; k < json_array_size(tests); k++, n++)
            run_spec_case(files[i], json_array_get(tests, k));
    }
    assert_true(n > 100);
    print_message("%u cases of the specification\n", n);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_text_is_not_escaped),
        cmocka_unit_test(test_errors_name_the_line),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_check),
        cmocka_unit_test(test_specification),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
