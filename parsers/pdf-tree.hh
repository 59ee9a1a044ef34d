/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-tree.hh - the fields of a PDF form, which are parts of each other.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1 section 12.7.3
 */
#ifndef PARSERS_PDF_TREE_HH
#define PARSERS_PDF_TREE_HH

#include <glib.h>

#include <Object.h>
#include <PDFDoc.h>

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <vector>

enum class ParsersPdfType { none, button, text, choice, signature };

/* A field, or a group of some. */
struct ParsersPdfNode {
    Object object;
    const ParsersPdfNode *parent; /* in the tree */
    ParsersPdfType type;
    guint kids;       /* places of its own, or fields in it */
    bool is_terminal; /* its kids are places */
};

/* Where a field stands on some page. */
struct ParsersPdfPlace {
    Ref ref;
    const ParsersPdfNode *field;
    Object object;
};

/* All fields of a file; each of their objects is fetched once. */
class ParsersPdfTree
{
  public:
    /* file: must outlive the tree.
     * most: fields that it may have. */
    ParsersPdfTree(PDFDoc *file, guint most);

    /* True when there were more fields, or more in each other, than there may be. */
    bool
    is_over() const
    {
        return is_over_;
    }

    /* The place that is an object, the first one where several are; nullptr when none is. */
    const ParsersPdfPlace *find(Ref ref) const;

    /* The one place of a field that stands on a page and not in the tree.  False when the object
     * is no field, or has several places. */
    bool take_alone(Ref ref, ParsersPdfPlace *out_place);

    /* An entry that a field has from those that it is part of; null when nobody has it. */
    Object inherited(const Object &object, const char *key) const;

    /* The dictionary above a field's, or null. */
    Object above(const Object &object) const;

  private:
    Object fetch(Ref ref) const;
    ParsersPdfType type_of(const Object &object) const;
    bool count();
    ParsersPdfNode *add(Object &&object, Ref ref, const ParsersPdfNode *parent);
    void add_kid(ParsersPdfNode *field, const Array *kids, int index);
    void add_place(ParsersPdfNode *field, const Object &object, Ref ref);

    PDFDoc *file_;
    guint nodes_left_;
    bool is_over_ = false;
    std::deque<ParsersPdfNode> fields_;
    std::map<Ref, Object> groups_; /* fields with kids, as their kids look for them */
    std::vector<ParsersPdfPlace> places_;
    std::map<Ref, size_t> by_ref_;
    std::vector<int> path_; /* objects from the root to where we are */
};

/* Does an object say where it stands?  What does not is shown on no page. */
bool parsers_pdf_tree_has_rectangle(const Object &object);

/* How deep fields are looked for in fields. */
const size_t PARSERS_PDF_TREE_DEPTH = 100;

#endif
