# doc/: the documents and the manual.  They are installed as they lie here, so that their links lead on.
DOCUMENTS = README.md COPYING %D%/HACKING.md %D%/SECURITY.md %D%/architecture.md %D%/benchmarks.md %D%/consultations.md \
	%D%/deciding.md %D%/exchange-online.md %D%/forms.md %D%/imap.md \
	%D%/life-of-a-message.md %D%/process-model.md %D%/reading.md %D%/records.md %D%/reliability.md \
	%D%/replies.md %D%/review.md %D%/scale.md %D%/settings.md %D%/spool.md %D%/trouble.md
nobase_dist_doc_DATA = $(DOCUMENTS) $(PICTURES)
dist_doc_DATA += %D%/postern.conf.example

dist_man_MANS += %D%/postern.1 %D%/posternd.8
nodist_man_MANS += %D%/postern.conf.5
EXTRA_DIST += %D%/conf-man.awk
PICTURES = %D%/pictures/acknowledgement.png %D%/pictures/acknowledgement-night.png %D%/pictures/alert.png \
	%D%/pictures/alert-digest.png %D%/pictures/apology.png %D%/pictures/consultation.png %D%/pictures/desk-act.png %D%/pictures/desk-item.png %D%/pictures/desk-queue.png \
	%D%/pictures/holding.png %D%/pictures/holding-blank.png %D%/pictures/holding-medway.png \
	%D%/pictures/holding-unopened.png %D%/pictures/redirection.png
CLEANFILES += %D%/postern.conf.5
%D%/postern.conf.5: %D%/settings.md %D%/conf-man.awk
	$(AM_V_GEN)$(MKDIR_P) %D% && awk -f $(srcdir)/%D%/conf-man.awk $(srcdir)/%D%/settings.md >$@
