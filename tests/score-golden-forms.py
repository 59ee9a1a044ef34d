#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How well are the layouts of make-golden-forms.py read?

  score-golden-forms.py SCORE-FORMS DEFINITIONS [--errors N] [--least F1 PRECISION]

Writes the forms to a temporary folder, reads them, and compares field by field: dates, phones and
post codes by what they mean, names without their title, addresses without their post code, text by
the words shared.  With --least the exit status is 1 when a figure is below.
"""
import argparse
import collections
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

POSTCODE = re.compile(r'\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b')
GENDER = {'m': 'male', 'boy': 'male', 'f': 'female', 'girl': 'female'}
TITLES = {'mr', 'mrs', 'ms', 'miss', 'dr', 'revd', 'rev'}


def fold(text):
    text = unicodedata.normalize('NFKC', text).replace('’', "'").replace('–', '-')
    return ' '.join(text.split()).casefold()


def shared(a, b):
    """F1 of the words of two texts."""
    a, b = (collections.Counter(re.findall(r"[\w']+", x)) for x in (a, b))
    both = sum((a & b).values())
    return 2 * both / (sum(a.values()) + sum(b.values())) if both else 0.0


def same(key, want, got):
    """Is this the answer that was given?"""
    want, got = fold(want), fold(got)
    last = key.rsplit('.', 1)[-1]
    if want == got:
        return True
    if re.fullmatch(r'\d{4}-\d\d-\d\d', want):
        return False
    if last == 'phone':
        return re.sub(r'\D', '', want) == re.sub(r'\D', '', got)
    if last == 'postcode':
        return want.replace(' ', '') == got.replace(' ', '')
    if last == 'gender':
        return GENDER.get(want, want) == GENDER.get(got, got)
    if want in ('yes', 'no'):
        return re.match(r'yes|no', got) is not None and got.startswith(want)
    if last in ('name', 'known_as'):
        return sorted(set(re.findall(r"[\w']+", want)) - TITLES) == sorted(
            set(re.findall(r"[\w']+", got)) - TITLES)
    return shared(POSTCODE.sub(' ', want), POSTCODE.sub(' ', got)) >= .9


def judge(truth, form):
    """(right, wrong or made up, missed, the mistakes)"""
    got = (form or {}).get('fields', {})
    right = wrong = missed = 0
    mistakes = []
    for key, want in truth['fields'].items():
        if key in got and same(key, want, got[key]):
            right += 1
            continue
        missed += 1
        wrong += key in got
        mistakes.append(('wrong' if key in got else 'missing', key, want, got.get(key)))
    for key in got:
        if key not in truth['fields']:
            wrong += 1
            mistakes.append(('made up', key, None, got[key]))
    return right, wrong, missed, mistakes


def figures(right, wrong, missed):
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall or 1.0)


def line(name, t):
    p, r, f = figures(*t[:3])
    return (f'{name:22s} P {p:.4f}  R {r:.4f}  F1 {f:.4f}   form {t[4]}/{t[3]}  '
            f'blank {t[5]}/{t[3]}')


def score(folder, read, errors):
    """Print a line a layout; returns the sums of all and of each format."""
    total, formats = [0] * 6, collections.defaultdict(lambda: [0] * 6)
    for layout in sorted(os.listdir(os.path.join(folder, 'forms'))):
        sums = [0] * 6
        for path in sorted(glob.glob(os.path.join(folder, 'forms', layout, '*.eml'))):
            name = os.path.basename(path)
            filling, suffix = name[len(layout) + 1:-4].split('.', 1)
            with open(os.path.join(folder, 'forms', layout, f'{filling}.truth.json'),
                      encoding='utf-8') as f:
                truth = json.load(f)
            form = (read[name]['forms'] or [None])[0]
            right, wrong, missed, mistakes = judge(truth, form)
            kind = (form or {}).get('form')
            add = (right, wrong, missed, 1, kind == truth['form'],
                   bool(form) and form['blank'] == truth['blank'])
            for t in (sums, total, formats[suffix]):
                t[:] = [x + y for x, y in zip(t, add)]
            if errors and (mistakes or not add[4] or not add[5]):
                print(f'-- {name} {kind}{"" if add[5] else " (blank wrong)"}')
            for m in mistakes[:errors]:
                print(f'   {m[0]:8s} {m[1]:26s} want {str(m[2])[:44]!r} got {str(m[3])[:60]!r}')
        print(line(layout, sums))
    return total, formats


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('program')
    parser.add_argument('definitions')
    parser.add_argument('--errors', type=int, default=0)
    parser.add_argument('--least', type=float, nargs=2)
    args = parser.parse_args()
    make = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'make-golden-forms.py')
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, '-B', make, folder], check=True)
        run = subprocess.run([args.program, args.definitions] +
                             sorted(glob.glob(os.path.join(folder, 'forms', '*', '*.eml'))),
                             stdout=subprocess.PIPE, check=True)
        read = {o['file']: o for o in map(json.loads, run.stdout.decode().splitlines())}
        total, formats = score(folder, read, args.errors)
    for suffix in sorted(formats):
        print(line(f'  {suffix}', formats[suffix]))
    print(line('ALL', total))
    precision, _, f1 = figures(*total[:3])
    return int(args.least is not None and (f1 < args.least[0] or precision < args.least[1]))


if __name__ == '__main__':
    sys.exit(main())
