# SPDX-License-Identifier: GPL-3.0-or-later
"""The layouts of make-golden-forms.py: each as another council, school, club or charity would draw it."""

YN = ('Yes', 'No')
SPARSE = ('referrer.name', 'referrer.phone', 'child.1.name', 'adult.name', 'adult.job_title', 'adult.employer',
          'incident.description', 'incident.date', 'referrer.relationship', 'reported.police')


def council_family(a):
    """A council's form for families: plain English questions in a two-column table."""
    return [
        ('h', 'Worried about an adult who works with children? Form for parents and carers'),
        ('p', 'Please use this form to tell us. You do not need to fill in every box. If a child is in danger now, '
              'call 999.'),
        ('t', [
            [('#**About you**', 2)],
            ['#What is your full name?', a('referrer.name')],
            ['#How are you related to the child?', a('referrer.relationship')],
            ['#Best number to ring you on', a('referrer.phone')],
            ['#Your email address', a('referrer.email')],
            ['#Where do you live? (please include your postcode)', a.home('referrer')],
            [('#**About your child**', 2)],
            ["#What is your child's full name?", a('child.1.name')],
            ['#When were they born?', a('child.1.dob', '%d %B %Y')],
            ['#Are they a boy or a girl?', a('child.1.gender')],
            ['#Which school or nursery do they go to?', a('child.1.school')],
            ['#Does your child have a disability or any additional needs?', a('child.1.disability')],
            [('#**About the adult you are worried about**', 2)],
            ["#What is the adult's name?", a('adult.name')],
            ['#What is their job or role?', a('adult.job_title')],
            ['#Where do they work or volunteer?', a('adult.employer')],
            ['#Do they know that you are telling us?', a.tick('aware.adult', YN)],
            [('#**What happened**', 2)],
            ['#When did it happen?', a('incident.date')],
            ['#Where did it happen?', a('incident.place')],
            ['#Tell us what happened, in your own words', a('incident.description')],
            ['#Was your child hurt? Please describe any injuries', a('incident.injuries')],
            ['#Did anybody else see or hear it?', a('incident.witnesses')],
            ['#Have you told the school, club or organisation?', a.tick('reported.setting', YN)],
            ['#Have you told the police?', a.tick('reported.police', YN)],
            ['#What would you like to happen next?', a('wishes')],
            ['#Today\'s date', a('referral.date')]]),
        ('p', 'Thank you. We will contact you within five working days.')]


def borough_agency(a):
    """A borough's referral for agencies: four columns, numbered sections."""
    return [
        ('h', 'LADO Referral Form (for use by agencies and employers)'),
        ('p', 'Please complete all sections and return within one working day of becoming aware of the allegation.'),
        ('t', [
            [('#**1. Referring agency**', 4)],
            ['**Name of person making referral**', a('referrer.name'), '**Position**', a('referrer.job_title')],
            ['**Agency**', a('referrer.organisation'), '**Date form completed**', a('referral.date')],
            ['**Telephone**', a('referrer.phone'), '**Secure email**', a('referrer.email')],
            [('#**2. Details of employee / volunteer / carer subject to allegation**', 4)],
            ['**Full name**', a('adult.name'), '**Also known as**', a('adult.known_as')],
            ['**Date of birth**', a('adult.dob', '%d.%m.%Y'), '**Gender**', a('adult.gender')],
            ['**Ethnic background**', a('adult.ethnicity'), '**Contact tel. no.**', a('adult.phone')],
            ['**Home address**', (a('adult.address'), 3)],
            ['**Occupation**', a('adult.job_title'), '**Employing organisation**', a('adult.employer')],
            ['**Work base address**', (a('adult.employer_address'), 3)],
            ['**Does the individual have children of their own?**', a('adult.own_children'),
             '**Any other role working with children?**', a('adult.other_work')],
            [('#**3. Details of child**', 4)],
            ['**Full name**', a('child.1.name'), '**DOB**', a('child.1.dob', '%d.%m.%Y')],
            ['**Gender**', a('child.1.gender'), '**Ethnicity**', a('child.1.ethnicity')],
            ['**Home address**', a('child.1.address'), '**Postcode**', a('child.1.postcode')],
            ['**School attended**', a('child.1.school'), '**SEND**', a('child.1.disability')],
            [('#**4. The allegation**', 4)],
            ['**Date of alleged incident**', a('incident.date', '%d.%m.%Y'), '**Location of incident**',
             a('incident.place')],
            ['**Type of abuse alleged**',
             (a.tick('incident.category', ('Physical', 'Sexual', 'Emotional', 'Neglect')), 3)],
            ['**Summary of the allegation or concern**', (a('incident.description'), 3)],
            ['**Action taken to date**', (a('incident.actions_taken'), 3)],
            ['**Police notified?**', a.tick('reported.police', YN), '**Crime ref. no.**',
             a('reported.crime_reference')],
            ["**Are the child's parents aware?**", a.tick('aware.parent', YN), '**Is the employee aware?**',
             a.tick('aware.adult', YN)]]),
        ('t', [[('#**FOR LADO USE**', 4)], ['Threshold met', 'Yes / No', 'LADO name', 'P. Winterbourne'],
               ['Date received', '01/02/2024', 'Outcome', '']])]


def diocese(a):
    """A church's form: running paragraphs with bold labels."""
    return [
        ('h', 'Diocesan Safeguarding Concern Form'),
        ('p', 'To be completed by the Parish Safeguarding Officer and sent to the Local Authority Designated Officer '
              'within 24 hours.'),
        ('h', 'Person completing this form'),
        ('p', f"**Name:** {a('referrer.name')}"),
        ('p', f"**Role in the church:** {a('referrer.job_title')}"),
        ('p', f"**Parish / Benefice:** {a('referrer.organisation')}"),
        ('p', f"**Address:** {a('referrer.address')}  **Postcode:** {a('referrer.postcode')}"),
        ('p', f"**Tel:** {a('referrer.phone')}\t**E-mail:** {a('referrer.email')}"),
        ('h', 'The church officer or volunteer about whom there is a concern'),
        ('p', f"**Name:** {a('adult.name')}"),
        ('p', f"**Role(s) held:** {a('adult.job_title')}"),
        ('p', f"**D.o.B. or approximate age:** {a('adult.dob')}"),
        ('p', f"**Address:** {a('adult.address')}"),
        ('p', f"**Has the person been told about the concern?** {a.strike('aware.adult')}"),
        ('h', 'The child or young person'),
        ('p', f"**Name:** {a('child.1.name')}"),
        ('p', f"**D.o.B.:** {a('child.1.dob')}\t**Gender:** {a('child.1.gender')}"),
        ('p', f"**Address:** {a('child.1.address')}"),
        ('p', f"**Have the parents or guardians been informed?** {a.strike('aware.parent')}"),
        ('h', 'Nature of the concern'),
        ('p', f"**Date and place of the incident:** {a('incident.date', '%d/%m/%Y')}"),
        ('p', '**What has been alleged or observed? (Use the exact words where you can)**'),
        ('p', a('incident.description')),
        ('p', '**Names of any witnesses:** ' + a('incident.witnesses')),
        ('p', '**What steps have you taken so far?** ' + a('incident.actions_taken')),
        ('p', f"**Have statutory agencies (police) been informed?** {a.strike('reported.police')}"),
        ('p', f"**Signed:** ............   **Date:** {a('referral.date')}")]


def football(a):
    """A football club's form: label above the answer, filled in by the welfare officer."""
    def box(label, value):
        return f'**{label}**\n{value}'
    return [
        ('h', 'Club Welfare: Referral to the Local Authority Designated Officer'),
        ('t', [
            [('#**CLUB AND REPORTING OFFICER**', 2)],
            [box('Club name', a('referrer.organisation')), box('Welfare Officer', a('referrer.name'))],
            [box('Position in club', a('referrer.job_title')), box('Mobile', a('referrer.phone'))],
            [(box('Email', a('referrer.email')), 2)],
            [('#**PLAYER (UNDER 18)**', 2)],
            [box("Player's name", a('child.1.name')), box('Date of birth', a('child.1.dob', '%d-%m-%Y'))],
            [box('Ethnic origin', a('child.1.ethnicity')), box('Any disability', a('child.1.disability'))],
            [(box("Player's address", a('child.1.address')), 2)],
            [('#**COACH / MANAGER / OFFICIAL THE ALLEGATION IS ABOUT**', 2)],
            [box('Name', a('adult.name')), box('Role', a('adult.job_title'))],
            [box('Date of birth (if known)', a('adult.dob', '%d-%m-%Y')), box('Phone', a('adult.phone'))],
            [('#**DETAILS OF ALLEGATION**', 2)],
            [box('Date of incident', a('incident.date', '%d-%m-%Y')), box('Venue', a('incident.place'))],
            [(box('Please describe what was seen, heard or reported', a('incident.description')), 2)],
            [(box('Injuries sustained', a('incident.injuries')), 2)],
            [(box('Details of any witnesses', a('incident.witnesses')), 2)],
            [(box('Action taken by the club', a('incident.actions_taken')), 2)],
            [box('Has this been reported to the Police?', a.tick('reported.police', YN, '[X] ', '[ ] ')),
             box('Incident / crime number', a('reported.crime_reference'))]])]


def nursery(a):
    """A nursery's notification: content controls, drop-downs and hints."""
    c = a.control
    return [
        ('h', 'Early Years Setting: Notification of allegation against a member of staff'),
        ('t', [
            [('#Section A: Setting details', 2)],
            ['Setting name', c('referrer.organisation')],
            ['Setting address', c('referrer.address')],
            ['Setting postcode', c('referrer.postcode')],
            ['Form completed by', c('referrer.name')],
            ['Job role', c('referrer.job_title')],
            ['Contact telephone number', c('referrer.phone')],
            ['Contact email', c('referrer.email')],
            ['Date of notification', c('referral.date', 'Click or tap to enter a date.')],
            [('#Section B: Staff member details', 2)],
            ['Name of staff member', c('adult.name')],
            ['Staff member\'s job role', c('adult.job_title')],
            ['Staff member\'s date of birth', c('adult.dob', 'Click or tap to enter a date.', '%d %b %Y')],
            ['Gender', c('adult.gender', 'Choose an item.')],
            ['Staff member\'s home address', c('adult.address')],
            ['Is the staff member a parent?', c('adult.own_children', 'Choose an item.')],
            [('#Section C: Child details', 2)],
            ['Name of child', c('child.1.name')],
            ['Child\'s date of birth', c('child.1.dob', 'Click or tap to enter a date.', '%d %b %Y')],
            ['Child\'s gender', c('child.1.gender', 'Choose an item.')],
            ['Child\'s ethnic group', c('child.1.ethnicity', 'Choose an item.')],
            ['Does the child have SEND?', c('child.1.disability')],
            [('#Section D: Allegation details', 2)],
            ['When did the alleged incident take place?', c('incident.date', 'Click or tap to enter a date.')],
            ['Where in the setting did it take place?', c('incident.place')],
            ['Description of allegation (who, what, when, where)', c('incident.description')],
            ['Was any injury caused? If so, give details', c('incident.injuries')],
            ['What immediate action has the setting taken?', c('incident.actions_taken')],
            ['Have the child\'s parents been informed?', c('aware.parent', 'Choose an item.')],
            ['Is the member of staff aware of the allegation?', c('aware.adult', 'Choose an item.')],
            ['Have the police been contacted?', c('reported.police', 'Choose an item.')]])]


def youth_charity(a):
    """A youth charity's incident form, as plain lines."""
    return [
        ('h', 'SAFEGUARDING INCIDENT FORM - ALLEGATION ABOUT STAFF OR VOLUNTEER'),
        ('p', 'To be completed by the designated safeguarding lead and sent to the LADO.'),
        ('p', 'YOUR DETAILS\n' + '\n'.join((
            f"Name: {a('referrer.name')}", f"Job title: {a('referrer.job_title')}",
            f"Charity / organisation: {a('referrer.organisation')}", f"Contact number: {a('referrer.phone')}",
            f"Email address: {a('referrer.email')}", ''))),
        ('p', "YOUNG PERSON'S DETAILS\n" + '\n'.join((
            f"Name of young person: {a('child.1.name')}", f"Age / date of birth: {a('child.1.dob')}",
            f"Gender: {a('child.1.gender')}", f"Ethnicity: {a('child.1.ethnicity')}",
            f"Home address: {a('child.1.address')}", f"Postcode: {a('child.1.postcode')}",
            f"School / college: {a('child.1.school')}", ''))),
        ('p', 'DETAILS OF STAFF MEMBER OR VOLUNTEER\n' + '\n'.join((
            f"Name: {a('adult.name')}", f"Role within the organisation: {a('adult.job_title')}",
            f"Date of birth: {a('adult.dob')}", f"Gender: {a('adult.gender')}",
            f"Home address: {a('adult.address')}",
            f"Does this person work with children elsewhere?: {a('adult.other_work')}", ''))),
        ('p', 'INCIDENT DETAILS\n' + '\n'.join((
            f"Date of incident: {a('incident.date')}", f"Where did the incident occur?: {a('incident.place')}",
            f"What happened?: {a('incident.description')}",
            f"Were there any injuries?: {a('incident.injuries')}",
            f"Who witnessed the incident?: {a('incident.witnesses')}",
            f"Action taken: {a('incident.actions_taken')}",
            f"Have parents/carers been told? (Y/N): {a('aware.parent')}",
            f"Have police been informed? (Y/N): {a('reported.police')}",
            f"Crime reference number (if applicable): {a('reported.crime_reference')}",
            f"Date form completed: {a('referral.date')}")))]


def request_for_support(a):
    """A request for support: children and household in tables with header rows."""
    return [
        ('h', 'Multi-Agency Request for Support'),
        ('p', 'Use this form to ask for early help or a social work assessment. Consent of the parent should be '
              'obtained unless this would put the child at risk.'),
        ('t', [[('#**Referrer information**', 4)],
               ['Your name', a('referrer.name'), 'Your role', a('referrer.job_title')],
               ['Organisation', a('referrer.organisation'), 'Telephone', a('referrer.phone')],
               ['Email', a('referrer.email'), 'Date of request', a('referral.date')],
               ['Organisation address', (a('referrer.address'), 3)]]),
        ('t', [[('#**Child or young person you are requesting support for**', 6)],
               ['#Name', '#Date of birth or due date', '#Gender', '#Ethnicity', '#School / nursery', '#Disability'],
               [a('child.1.name'), a('child.1.dob'), a('child.1.gender'), a('child.1.ethnicity'),
                a('child.1.school'), a('child.1.disability')]]),
        ('t', [['Address of the family', a('child.1.address')], ['Postcode', a('child.1.postcode')]]),
        ('h', 'Other people living in the household'),
        ('t', [['#Name', '#Date of birth', '#Relationship to child', '#Parental responsibility?']] +
         [['', '', '', '']] * 2),
        ('t', [['Do parents know about this request?', a('aware.parent')],
               ['What are you worried about?', a('incident.description')],
               ['What support has already been put in place?', a('incident.actions_taken')],
               ['What does the family want to happen?', a('wishes')]])]


def therapy(a):
    """An occupational therapy referral."""
    return [
        ('h', "Children's Occupational Therapy Service - Referral Form"),
        ('t', [[('#**CHILD**', 4)],
               ['Surname', a.last('child.1.name'), 'First name', a.first('child.1.name')],
               ['DOB', a('child.1.dob'), 'Gender', a('child.1.gender')],
               ['Address', a('child.1.address'), 'Postcode', a('child.1.postcode')],
               ['School', a('child.1.school'), 'Ethnicity', a('child.1.ethnicity')],
               ['Disability', (a('child.1.disability'), 3)],
               [('#**REFERRER**', 4)],
               ['Name', a('referrer.name'), 'Designation', a('referrer.job_title')],
               ['Organisation', a('referrer.organisation'), 'Tel no', a('referrer.phone')],
               ['Email', a('referrer.email'), 'Date', a('referral.date')],
               ['Are the parents aware of this referral?', (a.tick('aware.parent', YN), 3)]])]


def web_summary(a):
    """What a council's web form sends: a question on one line, the answer on the next."""
    pairs = (('Your name', a('referrer.name')), ('Your relationship to the child', a('referrer.relationship')),
             ('Your phone number', a('referrer.phone')), ('Your email address', a('referrer.email')),
             ('Your address', a('referrer.address')), ('Your postcode', a('referrer.postcode')),
             ("Child's first name", a.first('child.1.name')), ("Child's last name", a.last('child.1.name')),
             ("Child's date of birth", a('child.1.dob')), ("Child's gender", a('child.1.gender')),
             ("Child's school or nursery", a('child.1.school')),
             ('Name of the adult', a('adult.name')), ('What is their role with children?', a('adult.job_title')),
             ('Which organisation do they work for?', a('adult.employer')),
             ('When did the incident take place?', a('incident.date')),
             ('Where did the incident take place?', a('incident.place')),
             ('Please describe what happened', a('incident.description')),
             ('Was anyone else present?', a('incident.witnesses')),
             ('Have you reported this to the organisation?', a('reported.setting')),
             ('Have you reported this to the police?', a('reported.police')))
    return [('p', 'A new response has been submitted: Parent and carer report of a concern about a professional'),
            ('p', '')] + [('p', f'{q}\n{v}\n' if v else f'{q}\n-\n') for q, v in pairs]


def letter(a):
    """A letter-like Word form: each question is a heading, the answer a paragraph below."""
    def ask(question, value):
        return [('h', question), ('p', value)]
    return [('h', 'Telling us about a concern: for parents and carers'),
            ('p', 'Write under each heading. Leave it empty if you do not know.')] + sum((
                ask('Who are you?', a('referrer.name')),
                ask('How do you know the child?', a('referrer.relationship')),
                ask('How can we contact you by phone?', a('referrer.phone')),
                ask('What is your email address?', a('referrer.email')),
                ask("Child's name", a('child.1.name')),
                ask("Child's date of birth", a('child.1.dob', '%d %B %Y')),
                ask('Which adult are you concerned about?', a('adult.name')),
                ask('What job do they do?', a('adult.job_title')),
                ask('Who do they work for?', a('adult.employer')),
                ask('What are you worried about?', a('incident.description')),
                ask('When did this happen?', a('incident.date', '%d %B %Y')),
                ask('Who else knows about this or saw what happened?', a('incident.witnesses')),
                ask('What have you done about it so far?', a('incident.actions_taken')),
                ask('What do you want to happen now?', a('wishes'))), [])


def children_rows(a):
    """A referral for schools: a header row and one row a child, ticks in columns."""
    def tick(key, value):
        return '✓' if a(key) == value else ''
    return [
        ('h', 'Allegations Management: School Referral Form to LADO'),
        ('h', 'Part 1 - Referrer'),
        ('t', [['School / college', a('referrer.organisation')], ['Name of referrer', a('referrer.name')],
               ['Job title', a('referrer.job_title')], ['Direct dial', a('referrer.phone')],
               ['Email', a('referrer.email')], ['Date of referral', a('referral.date')]]),
        ('h', 'Part 2 - Pupils involved'),
        ('t', [['#Pupil name', '#D.O.B', '#M/F', '#Ethnicity', '#Home address', '#School'],
               [a('child.1.name'), a('child.1.dob', '%d/%m/%y'), a('child.1.gender'), a('child.1.ethnicity'),
                a('child.1.address'), a('child.1.school')],
               [a('child.2.name'), a('child.2.dob', '%d/%m/%y'), a('child.2.gender'), a('child.2.ethnicity'),
                a('child.2.address'), a('child.2.school')], ['', '', '', '', '', '']]),
        ('h', 'Part 3 - Member of staff'),
        ('t', [['Name', a('adult.name')], ['D.O.B', a('adult.dob')], ['Post held', a('adult.job_title')],
               ['Home address', a('adult.address')], ['Ethnicity', a('adult.ethnicity')]]),
        ('h', 'Part 4 - Allegation'),
        ('t', [['Date of incident', a('incident.date')], ['Place of incident', a('incident.place')],
               ['Full description of allegation', a('incident.description')],
               ['Injuries', a('incident.injuries')]]),
        ('t', [['#', '#Yes', '#No'],
               ['Has the member of staff been informed?', tick('aware.adult', 'yes'), tick('aware.adult', 'no')],
               ['Have parents been informed?', tick('aware.parent', 'yes'), tick('aware.parent', 'no')],
               ['Have the police been informed?', tick('reported.police', 'yes'), tick('reported.police', 'no')]])]


def guidance_first(a):
    """Advice before the form, boxes of several kinds in it, and an office block behind it."""
    return [
        ('h', 'Report a concern about someone who works with children (parents and carers)'),
        ('p', 'Before you start\nThe LADO can help when an adult has behaved in a way that has harmed a child, may '
              'have committed a criminal offence against a child, or may pose a risk of harm.\nName: always use the '
              'full name.\nIf you need help with this form ring 01632 960001.'),
        ('h', '1. You'),
        ('t', [['Surname', a.last('referrer.name')], ['Forename', a.first('referrer.name')],
               ['Address', a('referrer.address')], ['Postcode', a('referrer.postcode')],
               ['Daytime telephone', a('referrer.phone')], ['E-mail', a('referrer.email')],
               ['I am the child\'s', a.tick('referrer.relationship', ('Mother', 'Father', 'Grandmother', 'Foster carer',
                                                                       'Dad'), '☑ ', '☐ ')]]),
        ('h', '2. The child'),
        ('t', [['Surname', a.last('child.1.name')], ['Forename', a.first('child.1.name')],
               ['Date of birth (dd/mm/yyyy)', a('child.1.dob')],
               ['Sex', a.tick('child.1.gender', ('Male', 'Female'), '(x) ', '( ) ')],
               ['Ethnic group', a('child.1.ethnicity')], ['School', a('child.1.school')]]),
        ('h', '3. The person you have a concern about'),
        ('t', [['Name (or description if you do not know it)', a('adult.name')],
               ['Job or position of trust', a('adult.job_title')], ['Place of work', a('adult.employer')],
               ['Address of workplace', a('adult.employer_address')],
               ['Do they have contact with other children?', a.bold('adult.other_work', ('Yes', 'No', 'Don\'t know'))]]),
        ('h', '4. Your concern'),
        ('t', [['Date it happened', a('incident.date')], ['Place', a('incident.place')],
               [('What happened? Please give as much detail as you can and continue on a separate sheet if you need to',
                 2)], [(a('incident.description'), 2)],
               ['Any marks or injuries?', a('incident.injuries')],
               ['Has this person caused concern before?', a.bold('incident.previous_concerns')],
               ['Who have you told? Organisation', a.bold('reported.setting')],
               ['Police', a.bold('reported.police')]]),
        ('t', [[('#Office use only', 2)], ['Received by', 'K. Lamb'], ['Date', '04/04/2024'],
               ['Reference', 'AB/2024/99']])]


def web_table(a):
    """A charity's web form, as its plug-in mails it: a shaded row with the question, the answer below."""
    pairs = (('Full Name', a('referrer.name')), ('Email', a('referrer.email')), ('Phone', a('referrer.phone')),
             ('Relationship To Child', a('referrer.relationship')), ("Child's Name", a('child.1.name')),
             ("Child's Age or Date of Birth", a('child.1.dob')), ('Staff Member / Volunteer Name', a('adult.name')),
             ('Their Role', a('adult.job_title')), ('Organisation They Work For', a('adult.employer')),
             ('Date of Incident', a('incident.date')), ('Location of Incident', a('incident.place')),
             ('Details of Concern', a('incident.description')), ('Any Injuries', a('incident.injuries')),
             ('Have you contacted the police?', a('reported.police').capitalize()))
    rows = []
    for question, value in pairs:
        if value or a.blank:
            rows += [[(f'#**{question}**', 2)], ['', value]]
    return [('h', 'New submission from Parent Concern Form about an adult working with children'), ('t', rows)]


def school_dots(a):
    """A school's form on dotted lines."""
    def dots(label, value):
        return ('p', f"{label} {value + ' ' if value else ''}{'.' * (40 if not value else 12)}")
    return [
        ('h', 'Raising a concern about a member of staff'),
        ('p', 'For parents and carers. Please return to the school office or send to the LADO.'),
        dots("Parent/carer's name:", a('referrer.name')),
        dots('Relationship to pupil:', a('referrer.relationship')),
        dots('Daytime telephone number:', a('referrer.phone')),
        dots('Email address:', a('referrer.email')),
        dots('Address:', a('referrer.address')), dots('Postcode:', a('referrer.postcode')),
        dots("Pupil's name:", a('child.1.name')), dots("Pupil's date of birth:", a('child.1.dob')),
        dots('Class/School:', a('child.1.school')),
        dots('Member of staff concerned:', a('adult.name')), dots('Their position:', a('adult.job_title')),
        dots('Date of the incident:', a('incident.date')),
        ('p', 'Please give details of your concern, including names of any witnesses:'),
        ('p', a('incident.description') or '.' * 80),
        ('p', 'What action, if any, have you already taken to try and resolve this? (Who did you speak to and what was '
              'the response?)'),
        ('p', a('incident.actions_taken') or '.' * 80),
        ('p', 'What actions do you feel might resolve the problem at this stage?'),
        ('p', a('wishes') or '.' * 80),
        dots('Signature:', ''), dots('Date:', a('referral.date'))]


def early_help_text(a):
    """A request for help as text: sections in capitals, dashes between label and answer."""
    def line(label, value):
        return f'{label} - {value}'
    return [
        ('h', 'REQUEST FOR SUPPORT - CHILDREN AND FAMILIES FRONT DOOR'),
        ('p', '\n'.join(('1. WHO IS MAKING THE REQUEST', line('Name', a('referrer.name')),
                         line('Agency', a('referrer.organisation')), line('Job title', a('referrer.job_title')),
                         line('Phone', a('referrer.phone')), line('Email', a('referrer.email')), ''))),
        ('p', '\n'.join(('2. KEY CHILD', line('Name', a('child.1.name')), line('DOB / EDD', a('child.1.dob')),
                         line('Gender', a('child.1.gender')), line('Ethnicity', a('child.1.ethnicity')),
                         line('Address', a('child.1.address')), line('Postcode', a('child.1.postcode')),
                         line('School or setting', a('child.1.school')), ''))),
        ('p', '\n'.join(('3. PARENTS', line('Are the parents aware of this request?', a('aware.parent')), '')))]


def inline_pairs(a):
    """A parents' form with several short questions to a line."""
    return [
        ('h', 'PARENT/CARER REFERRAL TO THE LOCAL AUTHORITY DESIGNATED OFFICER'),
        ('t', [[('#YOUR DETAILS', 6)],
               ['Title & Name:', (a('referrer.name'), 3), 'Relationship to child:', a('referrer.relationship')],
               ['Address:', (a('referrer.address'), 3), 'Postcode:', a('referrer.postcode')],
               ['Tel (home/mobile):', a('referrer.phone'), 'Email:', (a('referrer.email'), 3)],
               [("#CHILD'S DETAILS", 6)],
               ['Surname:', a.last('child.1.name'), 'First name(s):', a.first('child.1.name'), 'DoB:',
                a('child.1.dob')],
               ['M/F:', a('child.1.gender'), 'Ethnic origin:', a('child.1.ethnicity'), 'School/Nursery:',
                a('child.1.school')],
               [('#PERSON YOU ARE CONCERNED ABOUT', 6)],
               ['Name:', a('adult.name'), 'Known as:', a('adult.known_as'), 'Approx. age or DoB:', a('adult.dob')],
               ['Job:', a('adult.job_title'), 'Works at:', a('adult.employer'), 'Address of work:',
                a('adult.employer_address')],
               [('#YOUR CONCERN', 6)],
               ['When:', a('incident.date'), 'Where:', (a('incident.place'), 3)],
               [('Description of incident / concern (continue overleaf)', 6)],
               [(a('incident.description'), 6)],
               ['Injuries (if any):', (a('incident.injuries'), 5)],
               ['Witnesses:', (a('incident.witnesses'), 5)],
               [('Is the person aware of your concern?', 3), (a.tick('aware.adult', ('Yes', 'No', 'Not sure')), 3)],
               [('Is the organisation aware of your concern?', 3), (a.tick('reported.setting', YN), 3)],
               [('Are the police involved?', 3), (a.tick('reported.police', YN), 3)],
               ['Signed:', ('', 3), 'Date:', a('referral.date')]])]


ALL = ('docx', 'html', 'body.txt')
#   name, form, for professionals, formats, what the sparse one fills in, how it is drawn
LAYOUTS = (
    ('council-family', 'lado-parent', False, ALL, SPARSE, council_family),
    ('borough-agency', 'lado-professional', True, ('docx', 'html'), SPARSE, borough_agency),
    ('diocese', 'lado-professional', True, ('docx', 'html'), SPARSE, diocese),
    ('football', 'lado-professional', True, ('docx', 'html'), SPARSE, football),
    ('nursery', 'lado-professional', True, ('docx',), SPARSE, nursery),
    ('youth-charity', 'lado-professional', True, ALL, SPARSE, youth_charity),
    ('request-for-support', 'request-for-support', True, ('docx', 'html'), SPARSE, request_for_support),
    ('therapy', 'occupational-therapy', True, ('docx', 'html'), SPARSE, therapy),
    ('web-summary', 'lado-parent', False, ('body.txt', 'html'), SPARSE, web_summary),
    ('letter', 'lado-parent', False, ('docx', 'html'), SPARSE, letter),
    ('children-rows', 'lado-professional', True, ('docx', 'html'), SPARSE, children_rows),
    ('guidance-first', 'lado-parent', False, ('docx', 'html'), SPARSE, guidance_first),
    ('web-table', 'lado-parent', False, ('html',), SPARSE, web_table),
    ('school-dots', 'lado-parent', False, ('docx', 'body.txt'), SPARSE, school_dots),
    ('early-help-text', 'request-for-support', True, ('body.txt',), SPARSE, early_help_text),
    ('inline-pairs', 'lado-parent', False, ('docx', 'html'), SPARSE, inline_pairs),
)
