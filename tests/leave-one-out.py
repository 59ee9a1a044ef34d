#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How well are forms read whose wording the definitions do not know?

For each layout of a set of filled-in forms, every phrasing that stands in that layout and in no
other is taken out of the definitions (labels, headings, titles, and words of one meaning that are
a whole label), and the layout is scored with what is left.

  leave-one-out.py SETDIR SCORE-FORMS DEFINITIONS SUFFIX... [--errors N]

SETDIR holds forms/<layout>/*.eml and score.py; SUFFIX is such as docx, body.txt, odt.
"""
import glob
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile

LISTS = ('label', 'within', 'heading', 'title', 'other', 'signature')


def plain(text):
    """A label without case, brackets, numbering and punctuation."""
    text = unicodedata.normalize('NFKC', text).casefold().replace('’', "'")
    text = re.sub(r'^\s*(section|part|question)?\s*[0-9]+(\.[0-9]+)*[.:)]?\s+', '', text)
    text = re.sub(r'^(section|part)\s+[0-9a-z]\s*[:–-]\s*', '', text)
    text = re.sub(r'\s\([^)]*\)', '', text)
    return ' '.join(re.findall(r"[\w']+", text))


def phrasings(folder):
    """Every text of the layout's forms that could be a label."""
    found = set()
    for path in glob.glob(os.path.join(folder, '*.docx')):
        xml = zipfile.ZipFile(path).read('word/document.xml').decode()
        for paragraph in re.findall(r'<w:p[ >].*?</w:p>', xml, re.S):
            text = ''.join(re.findall(r'<w:t(?: [^>]*)?>([^<]*)</w:t>', paragraph))
            text = text.replace('&amp;', '&')
            found.add(plain(text))
            for cut in re.finditer(r'[:?…]', text):
                found.add(plain(text[:cut.end()]))
    for path in glob.glob(os.path.join(folder, '*.body.txt')):
        for line in open(path, 'rb').read().decode('utf-8', 'replace').splitlines():
            line = line.lstrip('> ')
            found.add(plain(line))
            for cut in re.finditer(r'[:?\t]|  | - ', line):
                found.add(plain(line[:cut.end()]))
    return found


def reduced(source, target, gone):
    """Copy the definitions without the phrasings that are gone; returns how many went."""
    n = 0
    for path in glob.glob(os.path.join(source, '*.form')):
        out = []
        for line in open(path, encoding='utf-8'):
            m = re.match(r'(\s*)(\w+) (.*)', line)
            head = ''
            if m and m.group(2) == 'words':
                head, _, rest = m.group(3).partition('=')
                head += '= '
            elif m and m.group(2) in LISTS:
                rest = m.group(3)
            else:
                out.append(line)
                continue
            # Single words are English, not phrasings.
            kept = [x.strip() for x in rest.split('|')
                    if plain(x) not in gone or (head and len(plain(x).split()) < 2)]
            n += len(rest.split('|')) - len(kept)
            if kept:
                out.append(f'{m.group(1)}{m.group(2)} {head}{" | ".join(kept)}\n')
            elif head:
                out.append(f'words {head}{head.split()[0]}\n')
        open(os.path.join(target, os.path.basename(path)), 'w', encoding='utf-8').writelines(out)
    return n


def main():
    args = [a for a in sys.argv[1:] if not a.startswith('--')]
    errors = 0
    if '--errors' in sys.argv:
        errors = int(sys.argv[sys.argv.index('--errors') + 1])
        args.remove(str(errors))
    setdir, program, definitions, suffixes = args[0], args[1], args[2], args[3:]
    spec = importlib.util.spec_from_file_location('score', os.path.join(setdir, 'score.py'))
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    layouts = sorted(os.listdir(os.path.join(setdir, 'forms')))
    texts = {x: phrasings(os.path.join(setdir, 'forms', x)) for x in layouts}
    total = score.Tally()
    for layout in layouts:
        gone = texts[layout] - set().union(*(texts[x] for x in layouts if x != layout))
        tally = score.Tally()
        with tempfile.TemporaryDirectory() as folder:
            n = reduced(definitions, folder, gone)
            files = [f for f in score.form_files(setdir) if f[1] == layout and f[3] in suffixes]
            paths = [os.path.join(setdir, 'forms', layout, f[0]) for f in files]
            run = subprocess.run([program, folder] + paths, stdout=subprocess.PIPE,
                                 stderr=subprocess.DEVNULL, check=True)
        read = {o['file']: o for o in map(json.loads, run.stdout.decode().splitlines())}
        for name, _, _, suffix, truth in files:
            forms = read[name]['forms']
            form = forms[0] if forms else None
            tp, fp, fn, wrong = score.judge(truth, suffix, form)
            for t in (tally, total):
                t.files += 1
                t.tp, t.fp, t.fn = t.tp + tp, t.fp + fp, t.fn + fn
                t.type_ok += bool(form and form['form'] == truth['form'])
                t.blank_ok += bool(form and form['blank'] == truth['blank'])
                t.exact += bool(form and not fp and not fn)
            if errors and wrong:
                print(f'-- {name} {form["form"] if form else None}')
                for e in wrong[:errors]:
                    print(f'   {e[0]:8s} {e[1]:26s} want {str(e[2])[:50]!r} got {str(e[3])[:60]!r}')
        print(f'{tally.line(layout)}   {n} phrasings out')
    print(total.line('ALL, each layout unknown'))


if __name__ == '__main__':
    main()
