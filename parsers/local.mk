# parsers/: bytes in, findings out; opens nothing.  Builds the sandboxed postern-parser.
noinst_LIBRARIES += libparsers.a
libparsers_a_SOURCES = \
	%D%/archive.c %D%/archive.h \
	%D%/aside.c %D%/aside.h \
	%D%/auth.c %D%/auth.h \
	%D%/body.c %D%/body.h \
	%D%/bounce.c %D%/bounce.h \
	%D%/bounce-recipient.c %D%/bounce-recipient.h \
	%D%/bounce-words.c %D%/bounce-words.h \
	%D%/cage.c %D%/cage.h \
	%D%/cfb.c %D%/cfb.h \
	%D%/charset.c %D%/charset.h \
	%D%/choice.c %D%/choice.h \
	%D%/context.c %D%/context.h \
	%D%/context-guess.c \
	%D%/danger.c %D%/danger.h %D%/danger-features.c %D%/danger-weights.h \
	%D%/date.c %D%/date.h \
	%D%/definition.c %D%/definition.h \
	%D%/definition-read.c %D%/definition-read.h \
	%D%/denial.c %D%/denial.h \
	%D%/doc.c %D%/doc.h \
	%D%/doc-box.c %D%/doc-box.h \
	%D%/doc-field.c %D%/doc-field.h \
	%D%/doc-file.c %D%/doc-file.h \
	%D%/doc-sprm.c %D%/doc-sprm.h \
	%D%/doc-styles.c %D%/doc-styles.h \
	%D%/doc-text.c %D%/doc-text.h \
	%D%/document.c %D%/document.h \
	%D%/document-append.c \
	%D%/document-text.c \
	%D%/docx.c %D%/docx.h \
	%D%/docx-body.c %D%/docx-body.h \
	%D%/docx-chunk.c %D%/docx-chunk.h \
	%D%/docx-control.c %D%/docx-control.h \
	%D%/docx-run.c %D%/docx-run.h \
	%D%/docx-styles.c %D%/docx-styles.h \
	%D%/docx-survey.c \
	%D%/draw.h %D%/draw-none.c \
	%D%/duplicates.c %D%/duplicates.h \
	%D%/envelope.c %D%/envelope.h \
	%D%/error.c %D%/error.h \
	%D%/evidence.c %D%/evidence.h \
	%D%/fields.c %D%/fields.h \
	%D%/findings.c %D%/findings.h \
	%D%/findings-wire.c \
	%D%/flow.c %D%/flow.h \
	%D%/flow-border.c \
	%D%/flow-control.c \
	%D%/flow-printed.c \
	%D%/flow-split.c \
	%D%/foreign.c %D%/foreign.h \
	%D%/gist.c %D%/gist.h \
	%D%/header.c %D%/header.h \
	%D%/heap.c %D%/heap.h \
	%D%/html.c %D%/html.h \
	%D%/html-style.c %D%/html-style.h \
	%D%/html-table.c %D%/html-table.h \
	%D%/kind.c %D%/kind.h \
	%D%/kind-marks.c %D%/kind-marks.h \
	%D%/jpeg.c %D%/jpeg.h \
	%D%/label-features.c %D%/label-features.h \
	%D%/label-model.c %D%/label-model.h \
	%D%/label-weights.h \
	%D%/lexicon.c %D%/lexicon.h \
	%D%/lexicon-build.c \
	%D%/lexicon-heard.c %D%/lexicon-heard.h \
	%D%/lexicon-near.c %D%/lexicon-near.h \
	%D%/lexicon-set.c %D%/lexicon-set.h \
	%D%/limits.c %D%/limits.h \
	%D%/line.c %D%/line.h \
	%D%/locked.c %D%/locked.h \
	%D%/mail.c %D%/mail.h \
	%D%/mapped.c %D%/mapped.h \
	%D%/match.c %D%/match.h \
	%D%/mime.c %D%/mime.h \
	%D%/mime-part.c %D%/mime-part.h \
	%D%/msg.c %D%/msg.h \
	%D%/needs.c %D%/needs.h \
	%D%/normalise.c %D%/normalise.h \
	%D%/ocr.h %D%/ocr-none.c \
	%D%/octets.c %D%/octets.h \
	%D%/odt.c %D%/odt.h \
	%D%/odt-body.c %D%/odt-body.h \
	%D%/odt-control.c %D%/odt-control.h \
	%D%/odt-styles.c %D%/odt-styles.h \
	%D%/odt-table.c %D%/odt-table.h \
	%D%/package.c %D%/package.h \
	%D%/pattern.c %D%/pattern.h \
	%D%/pdf.c %D%/pdf.h \
	%D%/pdf-block.c %D%/pdf-block.h \
	%D%/pdf-canvas.c %D%/pdf-canvas.h \
	%D%/pdf-captions.c %D%/pdf-captions.h \
	%D%/pdf-columns.c %D%/pdf-columns.h \
	%D%/pdf-fields.cc %D%/pdf-fields.hh \
	%D%/pdf-flow.c %D%/pdf-flow.h \
	%D%/pdf-form.c %D%/pdf-form.h \
	%D%/pdf-furniture.c %D%/pdf-furniture.h \
	%D%/pdf-grey.c %D%/pdf-grey.h \
	%D%/pdf-grid.c %D%/pdf-grid.h \
	%D%/pdf-layout.c %D%/pdf-layout.h \
	%D%/pdf-lines.c %D%/pdf-lines.h \
	%D%/pdf-marks.c %D%/pdf-marks.h \
	%D%/pdf-page.c %D%/pdf-page.h \
	%D%/pdf-paint.c %D%/pdf-paint.h \
	%D%/pdf-recorder.cc %D%/pdf-recorder.hh \
	%D%/pdf-rows.c %D%/pdf-rows.h \
	%D%/pdf-rules.c %D%/pdf-rules.h \
	%D%/pdf-source.cc %D%/pdf-source.h \
	%D%/pdf-spans.c %D%/pdf-spans.h \
	%D%/pdf-streams.c %D%/pdf-streams.h \
	%D%/pdf-text.c %D%/pdf-text.h \
	%D%/pdf-tree.cc %D%/pdf-tree.hh \
	%D%/plain.c %D%/plain.h \
	%D%/plausible.c %D%/plausible.h \
	%D%/portal-copy.c %D%/portal-copy.h \
	%D%/preview.c %D%/preview.h \
	%D%/prose.c %D%/prose.h \
	%D%/read.c %D%/read.h \
	%D%/rehearse.c %D%/rehearse.h \
	%D%/repair.c %D%/repair.h \
	%D%/rtf.c %D%/rtf.h \
	%D%/rtf-charset.c \
	%D%/rtf-field.c \
	%D%/rtf-flow.c %D%/rtf-flow.h \
	%D%/rtf-state.h \
	%D%/rtf-words.c \
	%D%/sieve.c %D%/sieve.h \
	%D%/signed.c %D%/signed.h \
	%D%/sniff.c %D%/sniff.h \
	%D%/split.c %D%/split.h \
	%D%/stack.c %D%/stack.h \
	%D%/sum.c %D%/sum.h \
	%D%/symbol.c %D%/symbol.h \
	%D%/table.c %D%/table.h \
	%D%/table-grid.c \
	%D%/table-judge.c \
	%D%/table-ticks.c \
	%D%/text.c %D%/text.h \
	%D%/tnef.c %D%/tnef.h \
	%D%/tokens.c %D%/tokens.h \
	%D%/transfer.c %D%/transfer.h \
	%D%/value.c %D%/value.h \
	%D%/view.c %D%/view.h \
	%D%/view-find.c %D%/view-find.h \
	%D%/view-read.c %D%/view-read.h \
	%D%/view-steps.c %D%/view-steps.h \
	%D%/view-words.c %D%/view-words.h \
	%D%/warm.c %D%/warm.h \
	%D%/ways.c %D%/ways.h \
	%D%/whose.c %D%/whose.h \
	%D%/wire.c %D%/wire.h \
	%D%/worker.c %D%/worker.h \
	%D%/words.c %D%/words.h \
	%D%/words-table.c %D%/words-table.h \
	%D%/xml.c %D%/xml.h
libparsers_a_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS) $(PCRE2_CFLAGS) $(XML_CFLAGS) $(ZIP_CFLAGS) \
	$(POPPLER_CFLAGS) $(ZLIB_CFLAGS) $(TNEF_CFLAGS) $(SECCOMP_CFLAGS)
libparsers_a_CXXFLAGS = $(AM_CXXFLAGS) $(GMIME_CFLAGS) $(POPPLER_CXX_CFLAGS)
PARSERS_LIBS = $(GMIME_LIBS) $(PCRE2_LIBS) $(XML_LIBS) $(ZIP_LIBS) $(POPPLER_LIBS) $(TNEF_LIBS) \
	$(SECCOMP_LIBS) $(GLIB_LIBS) $(POPPLER_CXX_LIBS) $(ZLIB_LIBS) -lm

# The weights of the model of labels are trained here, from phrases that people write.  A program of
# the build: without the sanitizers, which only make it slow.
noinst_PROGRAMS += label-train
label_train_SOURCES = %D%/label-train.c \
	%D%/danger-features.c %D%/danger.h \
	%D%/label-features.c %D%/label-features.h \
	%D%/label-phrases.c %D%/label-phrases.h \
	%D%/normalise.c %D%/normalise.h
label_train_CFLAGS = $(AM_CFLAGS) $(GLIB_CFLAGS) -O3 -fno-sanitize=all
label_train_LDADD = $(GLIB_LIBS) -lm
nodist_libparsers_a_SOURCES = %D%/label-weights.c
LABEL_PHRASES = $(top_srcdir)/templates/forms/phrases.txt
EXTRA_DIST += $(LABEL_PHRASES)
%D%/label-weights.c: label-train$(EXEEXT) $(LABEL_PHRASES)
	$(AM_V_GEN)./label-train$(EXEEXT) label $(LABEL_PHRASES) >$@.tmp && mv $@.tmp $@
CLEANFILES += %D%/label-weights.c

# Likewise those of the model of danger.
nodist_libparsers_a_SOURCES += %D%/danger-weights.c
DANGER_PHRASES = $(top_srcdir)/templates/danger.txt
EXTRA_DIST += $(DANGER_PHRASES)
%D%/danger-weights.c: label-train$(EXEEXT) $(DANGER_PHRASES)
	$(AM_V_GEN)./label-train$(EXEEXT) danger $(DANGER_PHRASES) >$@.tmp && mv $@.tmp $@
CLEANFILES += %D%/danger-weights.c

pkglibexec_PROGRAMS += postern-parser
postern_parser_SOURCES = %D%/main.c
postern_parser_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS)
postern_parser_LDADD = libparsers.a $(PARSERS_LIBS)

# The same program with what reads pictures; libocr.a stands before the archive with ocr-none.c.
if OCR
noinst_LIBRARIES += libocr.a
libocr_a_SOURCES = \
	%D%/ocr.c %D%/ocr.h \
	%D%/ocr-bold.c %D%/ocr-bold.h \
	%D%/ocr-drawing.c %D%/ocr-drawing.h \
	%D%/ocr-page.c %D%/ocr-page.h \
	%D%/ocr-words.c %D%/ocr-words.h \
	%D%/picture.c %D%/picture.h \
	%D%/picture-clean.c \
	%D%/picture-paper.c %D%/picture-paper.h \
	%D%/picture-square.c %D%/picture-square.h
libocr_a_CFLAGS = $(AM_CFLAGS) $(POPPLER_CFLAGS) $(OCR_CFLAGS)
pkglibexec_PROGRAMS += postern-ocr
postern_ocr_SOURCES = %D%/main.c
postern_ocr_CFLAGS = $(postern_parser_CFLAGS)
postern_ocr_LDADD = libocr.a libparsers.a $(OCR_LIBS) $(PARSERS_LIBS)
OCR_ARCHIVE = libocr.a
endif

# The same program with what draws pages and pictures; libview.a stands before the archive with
# draw-none.c, and libocr.a, which knows picture files, behind the one with ocr-none.c.
noinst_LIBRARIES += libview.a
libview_a_SOURCES = \
	%D%/draw.c %D%/draw-canvas.h \
	%D%/draw-fonts.c \
	%D%/draw-pdf.c
if OCR
libview_a_SOURCES += %D%/draw-image.c
else
libview_a_SOURCES += %D%/draw-image-none.c
endif
libview_a_CFLAGS = $(AM_CFLAGS) $(POPPLER_CFLAGS) $(FREETYPE_CFLAGS) $(OCR_CFLAGS)
pkglibexec_PROGRAMS += postern-view
postern_view_SOURCES = %D%/main.c
postern_view_CFLAGS = $(postern_parser_CFLAGS)
# Libraries must find the functions of draw-fonts.c before their own.
postern_view_LDFLAGS = $(AM_LDFLAGS) -Wl,--export-dynamic-symbol=FT_New_Face \
	-Wl,--export-dynamic-symbol=fopen -Wl,--export-dynamic-symbol=fopen64
postern_view_LDADD = libview.a libparsers.a $(OCR_ARCHIVE) libparsers.a $(OCR_LIBS) $(PARSERS_LIBS) \
	$(FREETYPE_LIBS)
