# templates/: a record in, a document out; form definitions and the template files themselves.
noinst_LIBRARIES += libtemplates.a
libtemplates_a_SOURCES = \
	%D%/address.c %D%/address.h \
	%D%/areas.c %D%/areas.h \
	%D%/autoptr.h \
	%D%/blank.c %D%/blank.h \
	%D%/blank-docx.c %D%/blank-docx.h \
	%D%/blank-pdf.c %D%/blank-pdf.h \
	%D%/blank-text.c %D%/blank-text.h \
	%D%/calendar.c %D%/calendar.h \
	%D%/dates.c %D%/dates.h \
	%D%/domains.c %D%/domains.h \
	%D%/error.c %D%/error.h \
	%D%/file.c %D%/file.h \
	%D%/kit.c %D%/kit.h \
	%D%/line.c %D%/line.h \
	%D%/mustache.c %D%/mustache.h \
	%D%/mustache-parse.c %D%/mustache-parse.h \
	%D%/pdf.c %D%/pdf.h \
	%D%/pdf-font.c %D%/pdf-font.h \
	%D%/pdf-helvetica.c %D%/pdf-helvetica.h \
	%D%/pdf-objects.c %D%/pdf-objects.h \
	%D%/pdf-sheet.c %D%/pdf-sheet.h \
	%D%/record.c %D%/record.h \
	%D%/reply.c %D%/reply.h \
	%D%/words.c %D%/words.h \
	%D%/zip.c %D%/zip.h
nodist_libtemplates_a_SOURCES = %D%/resource.c %D%/resource.h
libtemplates_a_CFLAGS = $(AM_CFLAGS) $(GMIME_CFLAGS) $(JANSSON_CFLAGS) $(FRIBIDI_CFLAGS) \
	$(ZIP_CFLAGS)
TEMPLATES_LIBS = $(GMIME_LIBS) $(JANSSON_LIBS) $(FRIBIDI_LIBS) $(HPDF_LIBS) $(ZIP_LIBS) \
	$(GLIB_LIBS)

# Every file below these folders is embedded; a council's own folder is looked at first (file.c).
TEMPLATE_FILES := $(sort $(wildcard $(addprefix $(top_srcdir)/%D%/, forms/*.form mails/en/* mails/*.json \
	areas.json domains.list holidays.json pages/* samples/*)))
EXTRA_DIST += $(TEMPLATE_FILES)
# Postern reads what is embedded; these are there to be copied into a council's own folder.
TEMPLATE_EXAMPLES := $(filter-out $(top_srcdir)/%D%/pages/% $(top_srcdir)/%D%/samples/%,$(TEMPLATE_FILES))
examplesdir = $(docdir)
nobase_examples_DATA = $(TEMPLATE_EXAMPLES)

%D%/templates.gresource.xml: $(TEMPLATE_FILES) Makefile
	$(AM_V_GEN)$(MKDIR_P) %D% && { \
	  echo '<gresources><gresource prefix="/postern">'; \
	  for f in $(patsubst $(top_srcdir)/%D%/%,%,$(TEMPLATE_FILES)); do echo "<file>$$f</file>"; done; \
	  echo '</gresource></gresources>'; } > $@
%D%/resource.c: %D%/templates.gresource.xml
	$(AM_V_GEN)$(GLIB_COMPILE_RESOURCES) --sourcedir=$(top_srcdir)/%D% --c-name=templates \
	  --manual-register --generate-source --target=$@ $<
%D%/resource.h: %D%/templates.gresource.xml
	$(AM_V_GEN)$(GLIB_COMPILE_RESOURCES) --sourcedir=$(top_srcdir)/%D% --c-name=templates \
	  --manual-register --generate-header --target=$@ $<
# Also when a single program is made, which does not wait for BUILT_SOURCES.
%D%/libtemplates_a-file.$(OBJEXT): %D%/resource.h
BUILT_SOURCES += %D%/resource.c %D%/resource.h
CLEANFILES += %D%/resource.c %D%/resource.h %D%/templates.gresource.xml
