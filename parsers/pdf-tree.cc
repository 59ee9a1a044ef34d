/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-tree.cc - the fields of a PDF form, which are parts of each other.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1 section 12.7.3
 */
#include "config.h"

#include "parsers/pdf-tree.hh"

#include <Array.h>
#include <Catalog.h>
#include <Dict.h>

#include <algorithm>
#include <set>
#include <utility>

namespace
{

const guint NODES_A_FIELD = 4;

/* Is that what a form is filled in by? */
bool
is_widget(const Object &object)
{
    return object.isDict() && object.dictLookup("Subtype").isName("Widget");
}

} /* namespace */

bool
parsers_pdf_tree_has_rectangle(const Object &object)
{
    Object rectangle = object.dictLookup("Rect");

    return rectangle.isArray() && rectangle.arrayGetLength() == 4;
}

Object
ParsersPdfTree::fetch(Ref ref) const
{
    return file_->getXRef()->fetch(ref);
}

Object
ParsersPdfTree::above(const Object &object) const
{
    const Object &parent = object.dictLookupNF("Parent");

    if (parent.isRef()) {
        auto known = groups_.find(parent.getRef());

        if (known != groups_.end())
            return known->second.copy();
    }
    return parent.fetch(file_->getXRef());
}

/* An entry that a field has from those that it is part of. */
Object
ParsersPdfTree::inherited(const Object &object, const char *key) const
{
    Object holder = object.copy();

    for (size_t depth = 0; depth < PARSERS_PDF_TREE_DEPTH && holder.isDict(); depth++) {
        Object value = holder.dictLookup(key);

        if (!value.isNull())
            return value;
        holder = above(holder);
    }
    return Object(objNull);
}

ParsersPdfType
ParsersPdfTree::type_of(const Object &object) const
{
    static const struct {
        const char *name;
        ParsersPdfType type;
    } types[] = {{"Tx", ParsersPdfType::text},
                 {"Btn", ParsersPdfType::button},
                 {"Ch", ParsersPdfType::choice},
                 {"Sig", ParsersPdfType::signature}};
    Object name = inherited(object, "FT");

    for (const auto &known : types)
        if (name.isName(known.name))
            return known.type;
    return ParsersPdfType::none;
}

bool
ParsersPdfTree::count()
{
    is_over_ = is_over_ || nodes_left_ == 0 || path_.size() > PARSERS_PDF_TREE_DEPTH;
    nodes_left_ -= nodes_left_ > 0;
    return !is_over_;
}

void
ParsersPdfTree::add_place(ParsersPdfNode *field, const Object &object, Ref ref)
{
    field->is_terminal = true;
    if (field->type == ParsersPdfType::none || !count())
        return;
    field->kids++;
    places_.push_back(ParsersPdfPlace{ref, field, object.copy()});
}

/* What names a parent is a field; what names none is only the place of one. */
void
ParsersPdfTree::add_kid(ParsersPdfNode *field, const Array *kids, int index)
{
    if (!kids->getNF(index).isRef())
        return;
    const Ref ref = kids->getNF(index).getRef();
    Object kid = fetch(ref);

    if (!kid.isDict() || std::find(path_.begin(), path_.end(), ref.num) != path_.end())
        return;
    const Object &parent = kid.dictLookupNF("Parent");
    if (parent.isRef() || parent.isDict()) {
        if (field->is_terminal)
            return;
        field->kids++;
        path_.push_back(ref.num);
        add(std::move(kid), ref, field);
        path_.pop_back();
    } else if (is_widget(kid) && (field->is_terminal || field->kids == 0)) {
        add_place(field, kid, ref);
    }
}

ParsersPdfNode *
ParsersPdfTree::add(Object &&object, Ref ref, const ParsersPdfNode *parent)
{
    Object kids = object.dictLookup("Kids");
    ParsersPdfType type = type_of(object);

    if (!count())
        return nullptr;
    fields_.push_back(ParsersPdfNode{std::move(object), parent, type, 0, false});
    ParsersPdfNode *field = &fields_.back();
    if (!kids.isArray()) {
        if (is_widget(field->object))
            add_place(field, field->object, ref);
        return field;
    }
    groups_.emplace(ref, field->object.copy());
    for (int i = 0; i < kids.arrayGetLength() && !is_over_; i++)
        add_kid(field, kids.getArray(), i);
    return field;
}

/* ---- All of them ---- */

ParsersPdfTree::ParsersPdfTree(PDFDoc *file, guint most)
    : file_(file), nodes_left_(most * NODES_A_FIELD)
{
    const Object *form = file->getCatalog()->getAcroForm();
    Object roots = form->isDict() ? form->dictLookup("Fields") : Object(objNull);
    std::set<Ref> seen;

    for (int i = 0; roots.isArray() && i < roots.arrayGetLength() && !is_over_; i++) {
        const Object &ref = roots.arrayGetNF(i);
        Object root = ref.isRef() ? fetch(ref.getRef()) : Object(objNull);

        if (root.isDict() && seen.insert(ref.getRef()).second)
            add(std::move(root), ref.getRef(), nullptr);
    }
    for (size_t i = 0; i < places_.size(); i++)
        by_ref_.emplace(places_[i].ref, i);
}

const ParsersPdfPlace *
ParsersPdfTree::find(Ref ref) const
{
    auto known = by_ref_.find(ref);

    return known == by_ref_.end() ? nullptr : &places_[known->second];
}

bool
ParsersPdfTree::take_alone(Ref ref, ParsersPdfPlace *out_place)
{
    Object object = fetch(ref);
    const size_t before = places_.size();
    const ParsersPdfNode *field = nullptr;

    if (is_widget(object) && parsers_pdf_tree_has_rectangle(object))
        field = add(std::move(object), ref, nullptr);
    const bool is_alone = field != nullptr && field->is_terminal && places_.size() == before + 1;

    if (is_alone)
        *out_place = std::move(places_[before]);
    places_.resize(before);
    return is_alone;
}
