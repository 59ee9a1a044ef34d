# SPDX-License-Identifier: GPL-3.0-or-later
"""More layouts of make-golden-forms.py, drawn after the first sixteen had been learnt from."""

YN = ('Yes', 'No')
SPARSE = ('referrer.name', 'referrer.phone', 'child.1.name', 'adult.name', 'adult.job_title', 'adult.employer',
          'incident.description', 'incident.date', 'referrer.relationship', 'reported.police')


def academy_trust(a):
    """An academy trust's report: questions in a narrow column, sub-questions behind numbers."""
    return [
        ('h', 'Academy Trust - report of an allegation to the Designated Officer (LADO)'),
        ('p', 'CONFIDENTIAL. To be completed by the Headteacher or case manager.'),
        ('t', [[('#1. Reporting', 2)],
               ['1.1 Academy', a('referrer.organisation')], ['1.2 Case manager', a('referrer.name')],
               ['1.3 Post', a('referrer.job_title')], ['1.4 Contact telephone', a('referrer.phone')],
               ['1.5 Email', a('referrer.email')], ['1.6 Date of report', a('referral.date')],
               [('#2. Employee', 2)],
               ['2.1 Full name', a('adult.name')], ['2.2 Any previous names or aliases', a('adult.known_as')],
               ['2.3 DoB', a('adult.dob')], ['2.4 Sex', a('adult.gender')], ['2.5 Ethnicity', a('adult.ethnicity')],
               ['2.6 Home address', a('adult.address')], ['2.7 Post held', a('adult.job_title')],
               ['2.8 Start date in post', ''],
               ['2.9 Does the employee know that a referral is being made?', a('aware.adult')],
               [('#3. Pupil', 2)],
               ['3.1 Full name', a('child.1.name')], ['3.2 DoB', a('child.1.dob')], ['3.3 Sex', a('child.1.gender')],
               ['3.4 Home address', a('child.1.address')], ['3.5 SEND / medical', a('child.1.disability')],
               ['3.6 Parents informed?', a('aware.parent')],
               [('#4. Allegation', 2)],
               ['4.1 Date and time', a('incident.date')], ['4.2 Location', a('incident.place')],
               ['4.3 What is alleged?', a('incident.description')], ['4.4 Any injury?', a('incident.injuries')],
               ['4.5 Witnesses', a('incident.witnesses')], ['4.6 Action already taken', a('incident.actions_taken')],
               ['4.7 Police informed? (Y/N)', a('reported.police')],
               ['4.8 Crime reference', a('reported.crime_reference')]])]


def scouts(a):
    """A youth organisation's form for parents, in sentences to be finished."""
    def line(start, value):
        return ('p', f'**{start}** {value or "______________"}')
    return [
        ('h', 'Raise a concern about a leader or helper (for parents and carers)'),
        ('h', 'Who you are'),
        line('My name is', a('referrer.name')), line('I am the child\'s', a('referrer.relationship')),
        line('You can phone me on', a('referrer.phone')), line('My email address is', a('referrer.email')),
        ('h', 'Your child'),
        line("My child's name is", a('child.1.name')), line('They were born on', a('child.1.dob')),
        ('h', 'The leader or helper'),
        line('Their name is', a('adult.name')), line('Their role is', a('adult.job_title')),
        line('They volunteer with', a('adult.employer')),
        ('h', 'What happened'),
        line('It happened on', a('incident.date')), line('It happened at', a('incident.place')),
        ('p', '**This is what happened:**'), ('p', a('incident.description')),
        ('p', '**I would like you to:**'), ('p', a('wishes'))]


def foster_agency(a):
    """A fostering agency's: three columns, with notes in the third."""
    return [
        ('h', 'Notification to LADO: allegation against a foster carer'),
        ('t', [['#Question', '#Answer', '#Notes'],
               ['Name of referrer', a('referrer.name'), 'Supervising social worker or manager'],
               ['Job title of referrer', a('referrer.job_title'), ''],
               ['Fostering agency', a('referrer.organisation'), 'Or local authority team'],
               ['Telephone number of referrer', a('referrer.phone'), ''],
               ['Email address of referrer', a('referrer.email'), 'Secure address only'],
               ["Foster carer's name", a('adult.name'), 'Full name, no initials'],
               ["Foster carer's date of birth", a('adult.dob'), 'dd/mm/yyyy'],
               ["Foster carer's address", a('adult.address'), ''],
               ["Child's name", a('child.1.name'), ''],
               ["Child's date of birth", a('child.1.dob'), 'dd/mm/yyyy'],
               ["Child's ethnicity", a('child.1.ethnicity'), ''],
               ['Date of the alleged incident', a('incident.date'), 'Or when it came to light'],
               ['Summary of the allegation', a('incident.description'), 'Use the words of the child'],
               ['Was the child injured?', a('incident.injuries'), ''],
               ['Immediate action taken', a('incident.actions_taken'), ''],
               ['Are the birth parents aware?', a('aware.parent'), ''],
               ['Have the police been involved?', a('reported.police'), 'Give the reference if so']])]


def gov_form(a):
    """A form in the manner of a government web page, as text with the answers indented."""
    out = ['Tell us about someone who works with children', 'For parents, carers and the public', '']
    for head, pairs in (
            ('Your details', (('Full name', a('referrer.name')), ('Telephone number', a('referrer.phone')),
                              ('Email address', a('referrer.email')),
                              ('Relationship to the child', a('referrer.relationship')))),
            ("Child's details", (('Full name', a('child.1.name')), ('Date of birth', a('child.1.dob', '%-d %B %Y')),
                                 ('Sex', a('child.1.gender')), ('School or college', a('child.1.school')))),
            ('Details of the person you want to tell us about',
             (('Full name', a('adult.name')), ('Job', a('adult.job_title')), ('Place of work', a('adult.employer')))),
            ('Your report', (('When it happened', a('incident.date', '%-d %B %Y')),
                             ('Where it happened', a('incident.place')),
                             ('What happened', a('incident.description')),
                             ('Who else saw it', a('incident.witnesses')),
                             ('Whether you have told the police', a('reported.police').capitalize())))):
        out += [head, '-' * len(head)] + [f'{q}:\n    {v}' if v else f'{q}:' for q, v in pairs] + ['']
    return [('p', '\n'.join(out))]


def two_people(a):
    """A form with the two people beside each other."""
    rows = [['#', '#**Child**', '#**Adult of concern**'],
            ['**Name**', a('child.1.name'), a('adult.name')],
            ['**Date of birth**', a('child.1.dob'), a('adult.dob')],
            ['**Gender**', a('child.1.gender'), a('adult.gender')],
            ['**Ethnicity**', a('child.1.ethnicity'), a('adult.ethnicity')],
            ['**Address**', a('child.1.address'), a('adult.address')]]
    return [
        ('h', 'LADO consultation and referral request (professionals)'),
        ('t', [['**Referrer name**', a('referrer.name'), '**Organisation**', a('referrer.organisation')],
               ['**Job title**', a('referrer.job_title'), '**Telephone**', a('referrer.phone')]]),
        ('t', rows),
        ('t', [[('**Description of the concern**', 2)], [(a('incident.description'), 2)],
               ['**Date of incident**', a('incident.date')],
               ['**Are police involved?**', a.tick('reported.police', YN, '[x] ', '[] ')]])]


ALL = ('docx', 'html', 'body.txt')
LAYOUTS = (
    ('academy-trust', 'lado-professional', True, ALL, SPARSE, academy_trust),
    ('scouts', 'lado-parent', False, ('docx', 'html'), SPARSE, scouts),
    ('foster-agency', 'lado-professional', True, ('docx', 'html'), SPARSE, foster_agency),
    ('gov-form', 'lado-parent', False, ('body.txt',), SPARSE, gov_form),
    ('two-people', 'lado-professional', True, ('docx', 'html'), SPARSE, two_people),
)
