#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes filled-in forms of layouts that the definitions were not made from, with the right answers.

  make-golden-forms.py FOLDER

FOLDER/forms/<layout>/ gets <filling>.truth.json and <layout>.<filling>.<suffix>.eml: complete, sparse
and blank, each as Word, HTML and plain text where the layout makes sense as such.  Everybody in
them is invented.  The layouts are in golden_layouts.py and golden_more.py; each shapes and words its questions as
another author would.
"""
import datetime
import email.message
import json
import os
import re
import sys

import golden_layouts
import golden_more
import golden_people
import golden_render


class Answers:
    """What one person fills in; remembers which keys the layout asked for."""

    def __init__(self, people, blank, keep=None):
        self.people, self.blank, self.keep, self.asked = people, blank, keep, set()

    def has(self, key):
        return not self.blank and key in self.people and (self.keep is None or key in self.keep)

    def __call__(self, key, form='%d/%m/%Y', empty=''):
        self.asked.add(key)
        if not self.has(key):
            return empty
        value = self.people[key]
        if re.fullmatch(r'\d{4}-\d\d-\d\d', value):
            return datetime.date.fromisoformat(value).strftime(form)
        return value

    def home(self, who, join=', '):
        """Address and post code in one box."""
        both = [self(f'{who}.address'), self(f'{who}.postcode')]
        return join.join(x for x in both if x)

    def first(self, key):
        return ' '.join(self(key).split()[:-1])

    def last(self, key):
        return self(key).split()[-1] if self(key) else ''

    def tick(self, key, options, on='☒ ', off='☐ ', gap='   '):
        """Options with boxes; the answer's is ticked."""
        value = self(key).casefold()
        return gap.join((on if value and value == o.casefold() else off) + o for o in options)

    def strike(self, key, options=('Yes', 'No'), gap=' / '):
        """Printed options; those that do not apply are struck."""
        value = self(key).casefold()
        return gap.join(f'~~{o}~~' if value and value != o.casefold() else o for o in options)

    def bold(self, key, options=('Yes', 'No'), gap=' / '):
        value = self(key).casefold()
        return gap.join(f'**{o}**' if value == o.casefold() else o for o in options)

    def control(self, key, hint='Click or tap here to enter text.', form='%d/%m/%Y'):
        value = self(key, form)
        return f'[[{value}]]' if value else f'[[?{hint}]]'


def mail(layout, filling, suffix, data):
    """The form as it arrives."""
    m = email.message.EmailMessage()
    m['From'], m['To'] = 'someone@example.org', 'intake@example.org'
    m['Subject'], m['Message-ID'] = 'Form', f'<{layout}.{filling}.{suffix}@example.org>'
    m['Date'] = 'Mon, 18 Mar 2024 10:00:00 +0000'
    if suffix == 'body.txt':
        m.set_content(data.decode())
    elif suffix == 'html':
        m.set_content(data.decode(), subtype='html')
    else:
        m.set_content('Please find the form attached.\n')
        m.add_attachment(data, maintype='application', subtype='vnd.openxmlformats-officedocument.'
                         'wordprocessingml.document', filename=f'form.{suffix}')
    return m.as_bytes()


RENDER = {'docx': golden_render.docx, 'html': golden_render.html_page,
          'body.txt': golden_render.text_page}


def write(folder, number, layout):
    name, form, professional, suffixes, sparse, draw = layout
    people = golden_people.person(number, professional)
    os.makedirs(folder, exist_ok=True)
    for filling, keep in (('complete', None), ('sparse', sparse), ('blank', ())):
        answers = Answers(people, filling == 'blank', keep)
        blocks = draw(answers)
        fields = {k: people[k] for k in sorted(answers.asked) if answers.has(k)}
        truth = {'form': form, 'blank': filling == 'blank', 'fields': fields}
        with open(os.path.join(folder, f'{filling}.truth.json'), 'w', encoding='utf-8') as f:
            json.dump(truth, f, indent=1, ensure_ascii=False)
        for suffix in suffixes:
            path = os.path.join(folder, f'{name}.{filling}.{suffix}.eml')
            with open(path, 'wb') as f:
                f.write(mail(name, filling, suffix, RENDER[suffix](blocks)))


def main():
    for number, layout in enumerate(golden_layouts.LAYOUTS + golden_more.LAYOUTS):
        write(os.path.join(sys.argv[1], 'forms', layout[0]), number, layout)


if __name__ == '__main__':
    main()
