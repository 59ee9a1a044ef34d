# SPDX-License-Identifier: GPL-3.0-or-later
"""Invented people and happenings for the forms of make-golden-forms.py."""

FAMILIES = (
    ('Joanne Pickersgill', 'Mother', 'Alfie Pickersgill', '2014-02-17', 'Male', '9 Tannery Row, Whitstable',
     'CT5 4QX', '07700 900211', 'jo.pickersgill@example.net', 'White British'),
    ('Kwabena Asante-Frost', 'Father', 'Abena Asante-Frost', '2011-11-05', 'Female', '102 Harbour Street, Ramsgate',
     'CT11 9ZT', '07700 900342', 'k.asantefrost@example.org', 'Black British - African'),
    ('Magda Wierzbicka', 'Grandmother', 'Oskar Wierzbicki', '2016-07-30', 'Male', 'Flat 3, Millbrook House, Ashford',
     'TN23 1XR', '01632 960455', 'magda.w@example.com', 'White Polish'),
    ('Tamsin Elderfield', 'Foster carer', 'Rosie-Mae Tully', '2009-03-22', 'Female', 'Rookery Cottage, Pluckley',
     'TN27 0SB', '07700 900518', 'tamsin@elderfield.example', 'Mixed White and Asian'),
    ('Harpreet Dhaliwal', 'Dad', 'Simran Kaur Dhaliwal', '2013-12-09', 'Female', '27 Windmill Street, Gravesend',
     'DA12 1ZJ', '07700 900127', 'h.dhaliwal@example.org', 'Asian British - Indian'),
)
ADULTS = (
    ('Gordon Thackeray', 'Mr T', '1968-05-14', 'Male', 'PE teacher', 'St Osyth Academy', 'Priory Lane, Margate',
     '4 Bell Mead, Birchington'),
    ('Lorna Quayle', 'Miss Lorna', '1994-10-02', 'Female', 'Nursery nurse', 'Little Acorns Day Nursery',
     '18 Station Approach, Deal', '31 Albert Road, Walmer'),
    ('Stephen Marchbanks', 'Coach Steve', '1979-01-28', 'Male', 'Under 12s coach', 'Hartsdown Rovers FC',
     'Tivoli Park, Margate', '66 Nash Court Road, Westgate'),
    ('Prudence Oyelaran', 'Auntie Pru', '1958-08-19', 'Female', 'Sunday school leader', 'Parish of St Aldhelm',
     'Church Hill, Tenterden', '2 Glebe Close, Rolvenden'),
)
HAPPENED = (
    ('2024-03-07', 'Changing rooms behind the sports hall', 'Physical',
     'He pulled my child up from the bench by the collar and pushed them against the lockers. '
     'Two friends saw it and told the receptionist.', 'Scratch on the neck, no doctor needed',
     'Two other pupils from the same year', 'I rang the office the same afternoon and asked for a call back.',
     'Someone independent should look at this.'),
    ('2024-01-18', 'Minibus on the way home', 'Emotional',
     'She called the child stupid in front of everybody and made them sit alone at the back. This went on for the '
     'whole journey.', 'None', 'The driver', 'Spoke to the manager, who wrote it down.',
     'An apology and to know it will not happen again.'),
    ('2023-11-25', 'Hall kitchen', 'Neglect',
     'The child was left alone in the kitchen with a hot urn for about twenty minutes while the leader was outside '
     'on the phone.', 'Small burn on the left hand', 'Another helper, who came back first',
     'First aid was given and the accident book filled in.', 'Make sure that there are always two adults.'),
)
ORGS = (
    ('Bernadette Hollis', 'Headteacher', 'St Osyth Academy', 'Priory Lane, Margate', 'CT9 4ZX', '01632 960700',
     'head@st-osyth.example.org'),
    ('Callum Frobisher', 'Club welfare officer', 'Hartsdown Rovers FC', 'Tivoli Park, Margate', 'CT9 5QY',
     '07700 900633', 'welfare@hartsdown-rovers.example'),
    ('Revd Hilary Swainson', 'Parish safeguarding officer', 'Parish of St Aldhelm', 'The Vicarage, Tenterden',
     'TN30 6XW', '01632 960318', 'safeguarding@staldhelm.example.org'),
    ('Meera Chandrasekhar', 'Nursery manager', 'Little Acorns Day Nursery', '18 Station Approach, Deal', 'CT14 6QZ',
     '01632 960990', 'manager@littleacorns.example.com'),
)


def person(n, professional=False):
    """The answers of the n-th invented person, by the contract's keys."""
    f, a, h, o = FAMILIES[n % 5], ADULTS[n % 4], HAPPENED[n % 3], ORGS[n % 4]
    p = dict(zip(('referrer.name', 'referrer.relationship', 'child.1.name', 'child.1.dob', 'child.1.gender',
                  'child.1.address', 'child.1.postcode', 'referrer.phone', 'referrer.email', 'child.1.ethnicity'), f))
    p.update(zip(('adult.name', 'adult.known_as', 'adult.dob', 'adult.gender', 'adult.job_title', 'adult.employer',
                  'adult.employer_address', 'adult.address'), a))
    p.update(zip(('incident.date', 'incident.place', 'incident.category', 'incident.description',
                  'incident.injuries', 'incident.witnesses', 'incident.actions_taken', 'wishes'), h))
    p.update({'referrer.address': p['child.1.address'], 'referrer.postcode': p['child.1.postcode'],
              'adult.postcode': 'CT8 8RT', 'adult.phone': f'01632 9605{n:02d}', 'adult.ethnicity': 'White British',
              'adult.own_children': ('yes', 'no')[n % 2], 'adult.other_work': ('no', 'yes')[n % 2],
              'aware.adult': ('no', 'yes')[n % 2], 'aware.parent': ('yes', 'no')[n % 2],
              'reported.setting': ('yes', 'no')[n % 2], 'reported.police': ('no', 'yes')[n % 2],
              'reported.crime_reference': f'46/{11800 + 37 * n}/24',
              'child.1.school': ('St Osyth Academy', 'Chalkhole Primary School', 'Broadstairs Free School')[n % 3],
              'child.1.disability': ('None known', 'Type 1 diabetes', 'Speech and language delay')[n % 3],
              'incident.previous_concerns': ('no', 'yes')[n % 2], 'referral.date': f'2024-03-{11 + n:02d}',
              'child.2.name': ('Poppy', 'Kofi', 'Hanna', 'Jake', 'Arjan')[n % 5] + ' ' + f[2].split()[-1],
              'child.2.dob': f'2017-0{1 + n % 9}-1{n % 9}', 'child.2.gender': ('Female', 'Male')[n % 2],
              'child.2.school': 'Chalkhole Primary School', 'child.2.ethnicity': f[9],
              'child.2.address': f[5], 'child.2.postcode': f[6]})
    if professional:
        p.update(zip(('referrer.name', 'referrer.job_title', 'referrer.organisation', 'referrer.address',
                      'referrer.postcode', 'referrer.phone', 'referrer.email'), o))
        p['referrer.relationship'] = ('Teacher', 'Welfare officer', 'None', 'Key person')[n % 4]
        p['incident.description'] = p['incident.description'].replace('my child', 'the child')
    return p
