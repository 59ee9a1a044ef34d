# tests/fuzz/: libFuzzer targets; tests/fuzz/run builds and runs them (--enable-fuzzing, clang).
FUZZ_COMMON = %D%/fuzz.c %D%/fuzz.h
FUZZ_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS) $(ZIP_CFLAGS) $(POPPLER_CFLAGS)
LIBFUZZER = $(AM_LDFLAGS) -fsanitize=fuzzer -fsanitize-link-c++-runtime
FUZZ_LDADD = libparsers.a $(PARSERS_LIBS)
FUZZERS = fuzz-definition fuzz-doc fuzz-docx fuzz-findings fuzz-html fuzz-line fuzz-mail \
	fuzz-match fuzz-msg fuzz-odt fuzz-pdf fuzz-rtf fuzz-view
EXTRA_PROGRAMS += $(FUZZERS)
fuzzers: $(FUZZERS)
print-fuzzers:
	@echo $(FUZZERS)
.PHONY: fuzzers print-fuzzers

fuzz_definition_SOURCES = %D%/fuzz-definition.c $(FUZZ_COMMON)
fuzz_definition_CFLAGS = $(FUZZ_CFLAGS)
fuzz_definition_LDFLAGS = $(LIBFUZZER)
fuzz_definition_LDADD = $(FUZZ_LDADD)

fuzz_doc_SOURCES = %D%/fuzz-doc.c $(FUZZ_COMMON)
fuzz_doc_CFLAGS = $(FUZZ_CFLAGS)
fuzz_doc_LDFLAGS = $(LIBFUZZER)
fuzz_doc_LDADD = $(FUZZ_LDADD)

fuzz_docx_SOURCES = %D%/fuzz-docx.c $(FUZZ_COMMON)
fuzz_docx_CFLAGS = $(FUZZ_CFLAGS)
fuzz_docx_LDFLAGS = $(LIBFUZZER)
fuzz_docx_LDADD = $(FUZZ_LDADD)

fuzz_findings_SOURCES = %D%/fuzz-findings.c $(FUZZ_COMMON)
fuzz_findings_CFLAGS = $(FUZZ_CFLAGS)
fuzz_findings_LDFLAGS = $(LIBFUZZER)
fuzz_findings_LDADD = $(FUZZ_LDADD)

fuzz_html_SOURCES = %D%/fuzz-html.c $(FUZZ_COMMON)
fuzz_html_CFLAGS = $(FUZZ_CFLAGS)
fuzz_html_LDFLAGS = $(LIBFUZZER)
fuzz_html_LDADD = $(FUZZ_LDADD)

fuzz_line_SOURCES = %D%/fuzz-line.c
fuzz_line_CFLAGS = $(FUZZ_CFLAGS)
fuzz_line_LDFLAGS = $(LIBFUZZER)
fuzz_line_LDADD = libtemplates.a libparsers.a $(TEMPLATES_LIBS) $(PARSERS_LIBS)

fuzz_mail_SOURCES = %D%/fuzz-mail.c $(FUZZ_COMMON)
fuzz_mail_CFLAGS = $(FUZZ_CFLAGS)
fuzz_mail_LDFLAGS = $(LIBFUZZER)
fuzz_mail_LDADD = $(FUZZ_LDADD)

fuzz_match_SOURCES = %D%/fuzz-match.c $(FUZZ_COMMON)
fuzz_match_CFLAGS = $(FUZZ_CFLAGS)
fuzz_match_LDFLAGS = $(LIBFUZZER)
fuzz_match_LDADD = $(FUZZ_LDADD)

fuzz_msg_SOURCES = %D%/fuzz-msg.c $(FUZZ_COMMON)
fuzz_msg_CFLAGS = $(FUZZ_CFLAGS)
fuzz_msg_LDFLAGS = $(LIBFUZZER)
fuzz_msg_LDADD = $(FUZZ_LDADD)

fuzz_odt_SOURCES = %D%/fuzz-odt.c $(FUZZ_COMMON)
fuzz_odt_CFLAGS = $(FUZZ_CFLAGS)
fuzz_odt_LDFLAGS = $(LIBFUZZER)
fuzz_odt_LDADD = $(FUZZ_LDADD)

fuzz_pdf_SOURCES = %D%/fuzz-pdf.c $(FUZZ_COMMON)
fuzz_pdf_CFLAGS = $(FUZZ_CFLAGS)
fuzz_pdf_LDFLAGS = $(LIBFUZZER)
fuzz_pdf_LDADD = $(FUZZ_LDADD)

fuzz_rtf_SOURCES = %D%/fuzz-rtf.c $(FUZZ_COMMON)
fuzz_rtf_CFLAGS = $(FUZZ_CFLAGS)
fuzz_rtf_LDFLAGS = $(LIBFUZZER)
fuzz_rtf_LDADD = $(FUZZ_LDADD)

fuzz_view_SOURCES = %D%/fuzz-view.c $(FUZZ_COMMON)
fuzz_view_CFLAGS = $(FUZZ_CFLAGS)
fuzz_view_LDFLAGS = $(LIBFUZZER)
fuzz_view_LDADD = $(FUZZ_LDADD)
