/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/words-table.c - the patterns of parsers/words.c.
 *
 * The text they see is folded: straight quotation marks and apostrophes, single spaces.
 * Gaps are counted ("{0,3}"), never open, so that no text makes a match explode.
 * What speaks for a family is drawn wide, what speaks for a professional narrow:
 * the first can only cause a person to look, the second can turn somebody away.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   doc/deciding.md, "Signals"
 */
#include "config.h"

#include "parsers/words-table.h"

#define SUBJECT PARSERS_WORDS_SUBJECT
#define TEXT PARSERS_WORDS_TEXT
#define SIGNATURE PARSERS_WORDS_SIGNATURE
#define QUOTED PARSERS_WORDS_QUOTED
#define FORM PARSERS_WORDS_FORM

/* clang-format off */
/* ---- families ---- */

/* Only one's own: nobody at work calls a pupil that. */
#define KIN \
    "(?:step[- ]?|grand[- ]?|god[- ]?|foster[- ]?|adopted |adoptive )?(?:sons?|daughters?|grandchild(?:ren)?|grandkids?|grandbaby)|" \
    "(?:step[- ]?|god[- ]?|foster[- ]?|adopted )child(?:ren)?|nieces?|nephews?|little (?:one|boy|girl|lad|man|lady)s?|" \
    "youngest|eldest|oldest|twins?|triplets|bairns?|wee (?:boy|girl|one)"
/* One's own or one's charges; what follows tells ("my boys team", "our children's centre"). */
#define YOUNG \
    "(?:child|children|kid|kids|boy|boys|girl|girls|lad|lads|lass|baby|toddler|teenager|teen)" \
    "(?!'?s?'? ?(?:protection|care\\b|minder|minding|psycholog|cent(?:re|er)|homes?\\b|services?|team|squad|group|room|unit|ward|" \
    "club|class(?:es|room)?\\b(?! teacher)|church|charity|workforce|social|development|safety|welfare|under|u\\d|work|mentor|worker))"
/* Words between "my" and the child: not those that make it somebody else's, or another clause. */
#define GAP \
    "(?:(?!(?:class|classroom|key|keyworker|pupils?|students?|minded|form|year(?![- ]old)|tutor|groups?|setting|team|squad|caseload|" \
    "school|unit|clients?|patients?|colleagues?|club|nursery|work|job|role|staff|employer|manager|head|concerns?|duty|of|in|with|at|" \
    "for|about|to|that|when|is|was|are|from|by|on|the|a|an|as|looked|care)\\b)[\\w'-]+ )"
/* "Mum said: 'my son ...'": told by a third person, so not the writer's. */
#define TOLD \
    "\\b(?:mum|mother|dad|father|parents?|carer|grandmother|nan|she|he|they|who)\\b[^.!?\"\\n]{0,60}" \
    "\\b(?:said|says|told|stated|states|reported|wrote|writes|alleg\\w+|claim\\w+|complain\\w+|emailed|quote\\w*|as follows|words)\\b" \
    "[^.!?\"\\n]{0,40}\"[^\"]{0,600}\"(*SKIP)(*F)|"
#define PARENT \
    "(?:(?:step|god|grand|foster|adoptive|single)[- ]?)?(?:mum|mummy|mam|mammy|mom|mother|dad|daddy|father|parents?|nan|nanna|nana|gran|" \
    "granny|nanny(?= to| of)|grandma|grandad|grandpa|grandparents?|guardians?|aunt|auntie|aunty|uncle|kinship carer|parent[/ -]+carers?|main carer)"
/* "As a parent has complained": told about one. */
#define NOT_ABOUT \
    "(?! (?:governor|support|liaison|link|partnership|council|forum|rep\\b|representative|volunteer|helper|company|association|teacher|" \
    "has|have|had|is\\b|was|were|told|tells|says|said|came|rang|called|complain\\w*|report\\w*|alleg\\w*|raised|made|emailed|contacted|who|disclosed|asked|did))"
#define FEELING \
    "(?:(?:very|really|so|extremely|deeply|highly|quite|just|only|an?|worried|concerned|single|anxious|upset|distressed|angry|desperate|" \
    "foster|adoptive|birth|biological|young|working|full[- ]time|proud|busy|ordinary|sole) ){0,4}"

/* ---- danger ---- */

/* Not the advice of signatures and automatic replies: "if a child is in danger, ring 999". */
#define NOT_ADVICE \
    "\\b(?:if|where|when|should|anyone|in an emergency|for (?:urgent|emergenc\\w+))\\b[^.!?\\n]{0,100}\\b(?:danger|emergenc\\w+|risk|urgent\\w*)\\b[^.!?\\n]{0,200}(*SKIP)(*F)|" \
    "\\b(?:no|not|nobody|isn't|aren't|wasn't|without|never) (?:\\w+ ){0,3}?(?:immediate |in |at |any ){0,3}(?:danger|risk|emergency)\\b(*SKIP)(*F)|"
/* Told of long ago it is terrible, and can wait for the morning. */
#define NOT_LONG_AGO \
    "\\A(?=[\\s\\S]{0,20000}?\\b(?:when i was|years ago|back in|in (?:19|20)\\d\\d|historic\\w*)\\b)[\\s\\S]*(*SKIP)(*F)|"
#define SOON \
    "(?:right now|now|today|tonight|tomorrow|in the morning|after school|this (?:morning|afternoon|evening|weekend)|at \\d{1,2}(?:[:.]\\d\\d)? ?(?:am|pm)?)"
#define MINE \
    "(?:him|her|them|(?:my|our) (?:\\w+ ){0,2}?(?:" KIN "|child(?:ren)?|kids?|boys?|girls?|lads?|baby|babies|toddler))"

/* ---- professionals ---- */

/* Whose work it is to protect children, or to answer for staff. */
#define ROLE \
    "(?:designated (?:safeguarding|person|teacher|officer|lead|nurse|doctor)|dsl|ddsl|dso|nspcc helpline|" \
    "(?:deputy |lead |named |trust |regional |national |diocesan |parish |club |county |district |group )?safeguarding (?:lead|officer|manager|advis[eo]r|" \
    "co-?ordinator|nurse|midwife|team|hub|partner|governor|and |&|children|trustee|representative|director|practitioner)|" \
    "head ?(?:teacher|master|mistress)|head of (?:school|year|early years|care|service|safeguarding|inclusion|nursery|sixth form|key stage)|" \
    "executive (?:head|principal)|(?:deputy|assistant|acting|associate|co-?) ?head(?:teacher)?\\b|vice[- ]principal|(?:school|college|academy|deputy) principal|" \
    "named (?:nurse|doctor|midwife|gp|professional)|social worker|health visitor|school nurse|" \
    "detective|oic\\b|officer in (?:the |this )?case|investigating officer|police (?:constable|sergeant|officer|staff|inspector)|(?:pc|dc|ds|pcso|di|det con|det sgt)\\.? (?:\\d+|[a-z]+ \\d{3,})|child protection (?:officer|lead|team|co-?ordinator|unit)|" \
    "(?:club|county|team|parish) welfare officer|welfare officer|registered (?:childminder|manager)|childminder|nursery (?:manager|owner|proprietor|director|head)|" \
    "pre-?school (?:leader|manager|supervisor)|playgroup leader|club (?:secretary|chair\\w*)|hr (?:manager|director|business partner|advis[eo]r|officer|lead)|" \
    "chair of (?:governors|trustees)|youth (?:offending|justice)|parish (?:safeguarding|priest)|independent reviewing officer|\\biro\\b|" \
    "family support worker|early help (?:worker|practitioner|lead)|pastoral (?:lead|manager)|senco|sendco|early years (?:manager|lead)|licensing officer|" \
    "education welfare|virtual school|cafcass|responsible individual|nominated individual|consultant (?:paediatrician|psychiatrist)|paediatrician|" \
    "fostering (?:social worker|manager|team|agency)|supervising social worker|guardian ad litem|district commissioner|group scout leader|regional manager \\(?early)"
/* What people are; parents too. */
#define JOB \
    "(?:childminder|social worker|head ?teacher|health visitor|dsl|detective\\w*|teacher|teaching assistant|ta|hlta|lecturer|tutor|nurse|doctor|gp|midwife|paramedic|therapist|counsellor|psychologist|police officer|officer|coach|" \
    "swimming teacher|instructor|youth worker|support worker|care worker|carer|nursery nurse|nursery worker|early years (?:practitioner|educator)|practitioner|" \
    "manager|director|administrator|receptionist|secretary|vicar|priest|minister|pastor|imam|rabbi|curate|youth leader|scout leader|governor|trustee|" \
    "lunchtime supervisor|caretaker|driver|escort|passenger assistant|solicitor|librarian|consultant)"
#define WORKPLACE \
    "(?:school|academy|trust|nursery|pre-?school|playgroup|setting|club|college|organisation|organization|charity|agency|company|service|" \
    "hospital|practice|church|parish|diocese|council|authority|childcare|force|federation|mosque|home for children|children's home)"
#define OUR_STAFF \
    "(?:(?:member|members) of (?:our|my) (?:\\w+ )?(?:staff|team)|(?:our|my) (?:\\w+ ){0,2}?(?:staff member|employees?|volunteers|bank staff|agency (?:staff|worker)|" \
    "supply teacher|teaching assistants?|support staff|practitioners?|apprentices?|members? of staff|staff\\b)|" \
    "one of (?:our|my) (?:\\w+ ){0,2}?(?:staff|teachers?|tas?|assistants?|workers?|coaches|carers|foster carers|practitioners|colleagues|drivers|tutors|nurses|volunteers|leaders|" \
    "employees|lecturers|chaperones|instructors|escorts|officers|apprentices|key ?workers|support workers|team))"

/* ---- children, and what is done to them ---- */

#define ANY_CHILD \
    "(?:child(?:ren)?|kids?|sons?|daughters?|boys?|girls?|lads?|toddlers?|bab(?:y|ies)|pupils?|students?|teenagers?|little ones?|young people)"
#define HARM \
    "(?:hit(?:s|ting)?|hurt(?:s|ing)?|beat(?:s|en|ing)?|slap(?:s|ped|ping)?|smack(?:s|ed|ing)?|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?|pinch(?:es|ed|ing)?|" \
    "shov(?:es?|ed|ing)|grab(?:s|bed|bing)?|drag(?:s|ged|ging)?|shak(?:es|en|ing)|shook|chok(?:es|ed|ing)|strangl(?:es|ed|ing)|bites?|bitten|touch(?:es|ed|ing)|" \
    "grop(?:es|ed|ing)|kiss(?:es|ed|ing)|fondl(?:es|ed|ing)|molest(?:s|ed|ing)|rap(?:es|ed|ing)|groom(?:s|ed|ing)|abus(?:es|ed|ing)|assault(?:s|ed|ing)|" \
    "naked|nudes?|undress(?:es|ed|ing)?|changing rooms?|locks|locked|tied|bruis(?:es?|ed|ing)|frighten(?:s|ed|ing)|scared|drunk|" \
    "(?:shout|scream|yell|swear)(?:s|ed|ing)? at|swore at|sleeping bag|his lap)"

const ParsersWordsRow parsers_words_table[] = {
    { "says-my-child", SUBJECT | TEXT,
      TOLD "\\b(?:my|me) " GAP "{0,4}?(?:" KIN "|" YOUNG ")'?s?\\b|\\bour " GAP "{0,3}?(?:" KIN ")'?s?\\b|"
      "(?<!of )(?<!all )\\bour (?:own |two |three |four |beautiful |poor |little |young ){0,2}" YOUNG "'?s?\\b(?! (?:in|at|under) (?:our|the) )|"
      "\\bmy (?:[\\w]+[- ]){0,3}?(?:year|yr)s?[- ]old\\b|\\bmy \\d+ ?y(?:r|/)?o\\b|"
      "(?-i:\\b[Oo]ur [A-Z][a-z]+) (?:came home|told (?:me|us)|says|said (?:that )?(?:he|she)|is (?:only |just )?\\d|is (?:scared|frightened|upset|crying)|won'?t)|"
      "\\b(?:i|we) (?:have|'ve|have got|'ve got) (?:a|an|two|three|four|another|one) (?:\\w+ ){0,3}?(?:" KIN ")\\b|"
      "\\bi(?: have|'ve got|'ve| have got) (?:a|two|three|four) (?:\\w+ ){0,2}?(?:child|children|kids|boys|girls|boy|girl) (?:at|who (?:goes|go|attends?)|in (?:year|reception|nursery|y\\d))" },
    { "says-my-child", FORM,
      TOLD "\\b(?:my|our) (?:[\\w'-]+ ){0,2}?(?:step|grand|god|foster)?[- ]?(?:son|daughter|grandchild|child|niece|nephew|little (?:boy|girl|one))\\b(?! protection)" },
    { "says-parent", SUBJECT | TEXT | SIGNATURE | FORM,
      TOLD "\\b(?:i'?m|i am|we're|we are|as|being) (?:both |also |actually |now |writing (?:to you )?as )?(?:a |an |one of the |his |her |their |[\\w-]+'s )" FEELING PARENT "\\b" NOT_ABOUT "|"
      "\\b(?:i'?m|i am|we're|we are) (?:both |also |actually |now |in fact |all |not only ){0,2}the " FEELING PARENT "\\b" NOT_ABOUT "|\\bas (?:the )?(?:parents?|mother|father|grandparents?|mum|dad) (?:of|to|we|i)\\b|"
      "\\b(?:i'?m|i am) (?:mum|dad|mother|father|nan|gran|guardian|parent|step(?:mum|dad)) (?:to|of)\\b|\\bwe,? the parents\\b|"
      "\\b(?:this is|it'?s|i'?m|i am|here is|from) (?-i:[A-Z])[\\w-]+'?s (?:mum|mummy|mam|mom|dad|daddy|mother|father|nan|gran|grandma|grandad|auntie?|uncle)\\b|"
      "\\bi (?:have|hold|share) (?:full |joint |sole )?(?:parental responsibility|custody|residency)\\b|"
      "\\b(?:mum|mother|dad|father|nan|gran|parent) (?:and|&|n) (?:i|me)\\b|\\b(?:me|i) and (?:his|her|their) (?:mum|mother|dad|father)\\b|"
      "\\bi'?m (?:bringing up|raising)\\b" },
    /* The line below a story: "Ava's mum", "Sara (mum of Ava)". */
    { "says-parent", TEXT | SIGNATURE,
      "^[\\w',.& -]{0,40}?\\b(?-i:[A-Z])[\\w-]+'?s (?:mum|mummy|mam|mom|dad|daddy|mother|father|nan|nana|gran|grandma|grandad|grandparents?|parents|auntie?|uncle|carer|guardian)[ .!x]*$|"
      "^(?:[\\w'. -]{0,40}[(,-] ?)?(?:proud |worried |concerned )?" PARENT " (?:of|to) (?-i:[A-Z])[\\w', &-]{1,50}\\)?[ .!x]*$|"
      "^(?:a )?(?:very )?(?:worried|concerned|upset|angry|anxious) (?:" PARENT ")[ .!x]*$" },
    { "home-life", TEXT,
      "\\bi (?:picked|collected|fetched|dropped|took|put) (?:him|her|them) (?:up|off|from|to|home|in the bath|to bed)|\\bmy (?:husband|wife|partner|ex|ex[- ](?:husband|wife|partner)|other half|fianc\\w+|boyfriend|girlfriend)\\b|\\b(?:he|she|they)(?:'s| is| are) my (?:\\w+ )?(?:world|life|everything|baby|angel|rock)\\b|"
      "\\b(?:came|got|comes) home (?:\\w+ ){0,4}?(?:and )?told (?:me|us)\\b|\\btold (?:me|us) (?:\\w+ ){0,2}?(?:at (?:home|tea|dinner)|in the (?:car|bath)|last night|before bed|on the way home)\\b|"
      "\\bat (?:bed ?time|bath ?time|tea ?time)\\b|\\b(?:i|we) (?:asked|complained to) (?:the|his|her|their) (?:school|nursery|dsl|head|club)\\b|\\bwe(?:'re| are) (?:worried|scared|frightened|sick with worry) (?:for|about) (?:him|her|them)\\b|"
      "\\b(?:his|her|their) (?:brother|sister|siblings?) and i\\b" },
    { "foster-carer", SUBJECT | TEXT | FORM,
      "\\b(?:i'?m|i am|we're|we are|as|i have been|we have been|we've been|i've been) (?:an? |the |his |her |their |both |also |approved |registered |experienced |short[- ]term |long[- ]term |respite |emergency |kent ){0,4}"
      "(?:foster(?:ing)?[- ]?(?:carers?|mum|mother|dad|father|parents?|family)|fostering|foster\\b|kinship carers?|connected (?:person|carer)s?)|"
      "\\b(?:my|our) (?:\\w+ ){0,2}?foster (?:child|children|son|daughter|kids|boy|girl|placement)\\b|\\b(?:i|we) (?:currently |have )?foster(?:ed)?\\b|\\b(?:child|children|boys?|girls?|lads?|baby|babies|siblings?|teenager|teen|young person|he|she|they) (?:\\w+ ){0,3}?placed with (?:me|us)\\b" },
    { "foster-carer", SIGNATURE, "\\bfoster(?:ing)?[- ]?(?:carers?|mum|dad|mother|father|parents?)\\b|\\bkinship carers?\\b" },
    { "says-public", SUBJECT | TEXT,
      "\\b(?:i'?m|i am|as|we are|we're) (?:an? |the |their |her |his |just a |only a |one of (?:the|their) ){0,2}(?:\\w+ ){0,2}?(?:neighbou?rs?|members? of (?:the )?public|residents?|passer[- ]?by|friend of the (?:family|mum|parents|child)|"
      "family friend|customer|taxpayer|bystander|witness|spectator|dog walker|member of the congregation|churchgoer|passenger|lodger|landlord|tenant)\\b|"
      "\\bi (?:was (?:walking|driving|passing|shopping|sitting|waiting|on the (?:bus|train)|watching|in the (?:park|shop|car park|queue))|happened to (?:see|be|overhear)|live (?:near|next|opposite|across|over the road|on the same))\\b|"
      "\\b(?:my|our) (?:next[- ]door )?neighbou?r'?s?\\b|\\b(?:lives|live|family) next door\\b|\\bmy (?:best )?(?:friend|mate|workmate|cousin|sister|brother)'?s (?:\\w+ ){0,2}?(?:son|daughter|child|children|kids?|boy|girl|baby)\\b" },
    /* Somebody who was harmed as a child, long ago. */
    { "says-public", TEXT,
      "\\bwhen i was (?:about |around |only |just |aged )?(?:\\d{1,2}\\b|a (?:child|pupil|student|boy|girl|teenager|kid|cadet|scout|guide|young|little)|young(?:er)?\\b|at (?:school|primary|secondary|boarding)|little|in care|growing up)|"
      "\\b(?:happened to me|abused me|touched me|assaulted me|groomed me) (?:\\w+ ){0,4}?(?:as a child|years ago|in (?:the )?(?:19|20)\\d\\d|when i)\\b" },

    { "professional-signature", SIGNATURE, "\\b" ROLE "\\b" },
    { "professional-role", SUBJECT | TEXT,
      "\\b(?:i'?m|i am|we are|we're|as|in my (?:role|capacity) as|my role (?:here )?(?:is|as)|i work as|acting as|writing as|i'm the|duty) (?:the |your |our |its |their |her |his |both )?"
      "(?:(?:new|acting|deputy|lead|interim|local|club|club's|school|school's|senior|registered|designated|nursery|current|trust|duty|allocated|[\\w-]+'s) ){0,3}" ROLE "\\b|"
      "\\b(?:i'?m|i am|as|in my (?:role|capacity) as|my role (?:is|as)) (?:the|our|your|its|his|her|their) (?:(?:new|acting|deputy|lead|interim|local|club|club's|school|senior|nursery|\\w+) ){0,2}?"
      "(?:manager|head|owner|proprietor|director|employer|line manager|trustee|chair|chair(?:man|woman|person)|vicar|rector|minister|coach|leader|secretary|principal|bursar|governor|superintendent|matron|bishop|registrar)\\b(?! of (?:a|his|her))|"
      /* "A social worker" is what parents are too; one "for", "with" or "in" something says more. */
      "\\b(?:i'?m|i am|as|i work as) an? (?:[\\w-]+ ){0,2}?" ROLE "\\b(?= (?:for|with|at|from|in|within|based|working|here|covering|on|and i(?:'m| am) (?:writing|contacting|emailing)) )|"
      "^(?:(?:many |with )?(?:thanks|regards|kind regards|best wishes),? )?(?-i:[A-Z][\\w'.-]*(?: [A-Z][\\w'.-]*){0,3}) ?[|,(/-]{1,3} ?" ROLE "\\b[^.!?\\n]{0,60}$|"
      "\\bi (?:run|manage|own|head|lead) (?:an? |the |our |my |[\\w-]+'s )?(?:[\\w'&-]+ ){0,3}?" WORKPLACE "\\b|\\bi (?:have|hold) (?:lead )?responsib\\w+ for safeguarding\\b|"
      "\\bas (?:the|an|their|her|his) employer\\b|^\\s*" ROLE "\\b(?=[^.!?\\n]{0,60}(?:$|, i ))" },
    { "professional-job", TEXT,
      "\\b(?:i'?m|i am|i work as|i am employed as|i'm employed as|as|i also work as) (?:an? |also an? )(?:[\\w-]+ ){0,2}?" JOB "\\b|\\bi (?:work|teach|am employed|volunteer) (?:at|for|in) (?:an? |the |another )?(?:[\\w'-]+ ){0,3}?" WORKPLACE "\\b" },
    { "professional-job", SIGNATURE, "^[ |*]*(?:[\\w&'/,-]+ ){0,4}?" JOB "\\b|\\bsolicitors?( llp| ltd| & co)?\\b" },
    { "professional-act", SUBJECT | TEXT,
      "\\b(?:(?:formal |professional |agency |lado )?(?:referral|notification) (?:\\w+ ){0,2}?(?:from|by|on behalf of) (?:our|another of our|(?:the|this) " WORKPLACE ")|"
      "(?:our " WORKPLACE "'s|professional|agency|our (?:lado|formal|agency|professional)) referral\\b|"
      "(?:i|we) (?:have |'ve |had |are |am |will be )?(?:today |now |immediately |already |also )?(?:suspend(?:ed|ing)|stood (?:him|her|them) down|sen[td] (?:him|her|them) home|dismissed|redeployed|removed (?:him|her|them|the [\\w ]{1,30}) from)|"
      "(?:i|we)(?: have|'ve)? (?:\\w+ )?asked (?:him|her|them|the [\\w-]+|mr \\w+|mrs \\w+|ms \\w+|miss \\w+) (?:to|not to) (?:work from home|step back|stay away|attend|not attend|come in|remain at home|refrain)|"
      "(?:i|we)(?: have|'ve)? (?:\\w+ )?(?:informed|notified|consulted|spoken to|told|contacted|advised) (?:our |the )?(?:hr\\b|human resources|chair of governors|ofsted|governing body|trustees|employment agency|local authority hr)|"
      "our hr (?:\\w+ )?(?:is|are|team|has|have|advis\\w+|manager|provider)|our (?:chair of governors|safeguarding (?:lead|team|policy|officer)|designated)\\b|(?:have|has) been (?:suspended|stood down|redeployed|placed on leave) by (?:us|our)|" OUR_STAFF "|"
      "on behalf of (?:(?:the|our|my) (?!(?:\\w+ )?(?:son|daughter|child|grand|famil|kid))(?:[\\w'-]+ ){0,3}?|(?:(?-i:[A-Z])[\\w'.&-]* ){1,4})" WORKPLACE "|"
      "(?:a|an|one|two) (?:year \\d+ |y\\d+ |female |male )?(?:pupil|student|service user|young person|looked[- ]after child|patient)s? (?:has |have )?(?:disclosed|made an? (?:disclosure|allegation)|alleged)|"
      "(?:one|two|three|some|several) of our (?:pupils|students|residents|young people|service users|patients|learners|members|children)|our (?:pupils?|students?|residents?|service users?|mindees?|learners?)\\b|"
      "my (?:mindees?|minded child(?:ren)?|key child(?:ren)?|caseload|tutees?)|(?:in|under) (?:our|my) (?:duty of care|employment)|strategy (?:meeting|discussion)|section 47|\\bs\\.?47\\b|"
      "in line with (?:kcsie|keeping children safe|our (?:safeguarding|low[- ]level)|working together)|part (?:4|four) of (?:kcsie|keeping)|employed by (?:us|our)|(?:works|worked|working|volunteers|volunteered) for (?:us|our)\\b)\\b" },
    { "referral-words", SUBJECT | TEXT,
      "(?<!not )(?<!n't )(?<!dont )\\b(?:take|treat|accept|regard|consider) (?:this|it)(?: \\w+){0,2}? as (?:\\w+ ){1,3}?(?:referral|notification)\\b|"
      "\\b(?:mak(?:e|ing)|submit\\w*|send\\w*|attach\\w*|enclos\\w*|complet\\w*|find|accept\\w*|new|raise|raising) (?:[\\w']+ ){0,5}?(?:referral|notification)|"
      "(?:attached|enclosed|completed|following) (?:\\w+ ){0,2}?(?:form|notification|referral)|(?:lado|position of trust|new|formal) (?:referral|notification)|(?:this|our|my|attached|following) (?:\\w+ )?(?:referral|notification) (?:about|for|of|regarding|re|concerning|from|is|relates)|"
      "(?:refer|referring|report|reporting|notify|notifying|inform|informing|raise|raising|disclose) (?:you |to you )?(?:(?:of|about|that|on) )?(?:[\\w']+ ){0,4}?(?:allegations?|concerns?|incidents?|disclosure|member|staff|volunteer|employee|teacher|coach|assistant|worker|carer|colleague)|"
      "allegations?\\b|(?:has|have|had|was|were|is being) (?:been )?(?:\\w+ )?(?:disclosed|alleged|accused)|disclosures?\\b|safeguarding (?:concern|incident|issue)s?|we (?:have |'ve )?(?:just )?had an? (?:\\w+ )?(?:incident|allegation|complaint|disclosure|report)|arrested\\b" },

    { "advice-only", SUBJECT | TEXT,
      "\\b(?:for|some|your|seek(?:ing)?|want|need|bit of|ask(?:ing)? for|after|any) (?:\\w+ )?(?:advice|guidance)\\b|\\b(?:query|question|enquiry|consultation) (?:about|on|regarding|re)\\b|"
      "\\b(?:not|isn't) (?:a|making a|yet a) (?:formal )?referral\\b|\\bno names? (?:yet|given|at this (?:stage|point))\\b|\\bwithout (?:giving|sharing|naming) (?:any )?names?\\b|"
      "\\b(?:does|do|would|if|whether|think) (?:this|it|that) (?:meets?|reach(?:es)?) (?:the |your )?(?:\\w+ )?threshold\\b|\\b(?:ring|call|phone) me (?:back )?(?:for|to) (?:advice|discuss|a chat)|"
      "\\b(?:should|do) (?:i|we) (?:need to |have to )?(?:refer|report|make a referral)\\b|\\btalk (?:it|this) (?:through|over)\\b" },
    { "asks-for-form", SUBJECT | TEXT,
      "\\b(?:send|email|post|get|find|have|need|want|download|where(?:'s| is| are)|looking for|which|link to|a copy of|how do i (?:get|find)|is there|point me to|request(?:ing)?) "
      "(?:[\\w']+ ){0,4}?(?:forms?|paperwork)\\b(?! (?:is )?(?:attached|enclosed|below|i (?:sent|filled)))" },
    { "cloud-link", TEXT,
      "\\bhttps?://(?:[\\w.-]{1,100}\\.)?(?:1drv\\.ms|sharepoint\\.com|onedrive\\.(?:live\\.)?com|drive\\.google\\.com|docs\\.google\\.com|photos\\.google\\.com|photos\\.app\\.goo\\.gl|share\\.google|"
      "icloud\\.com|we\\.tl|wetransfer\\.com|dropbox\\.com|db\\.tt|mega\\.nz|box\\.com|pcloud\\.(?:com|link)|mediafire\\.com|smash\\.(?:gg|com)|fromsmash\\.com|transfernow\\.net|filemail\\.com|jotform\\.com|forms\\.gle|forms\\.office\\.com|share\\.icloud\\.com)\\b" },
    { "urgent-words", SUBJECT | TEXT | FORM,
      NOT_ADVICE
      "\\b(?:(?:in|at) (?:immediate |serious |real |grave )?(?:danger|risk) (?:right )?now|(?:immediate|imminent|serious) (?:danger|risk)|(?:is|are|'s|'re) in (?:real |great )?danger|"
      "(?:is|are|he's|she's|he|she) ?(?:here|outside|at the door|with (?:him|her|them|us)|at (?:the|my|our) (?:house|door|home|flat|school gate)) (?:right )?now|(?:is|are|he's|she's|they're) (?:\\w+ )?outside (?:my|our|the|her|his)\\b|"
      "(?:is|are|he's|she's|they're|keeps?) (?:\\w+ ){0,2}?(?:hurting|hitting|beating|strangling|attacking|raping|abusing|kicking|punching|choking|threatening) (?:him|her|them|me|us|my)\\b|"
      "(?:going|threaten\\w*|about|plan\\w*|wants?|coming|says? he(?: will|'ll)|says? she(?: will|'ll)) to (?:hurt|kill|harm|beat|stab|attack|shoot|take (?:him|her|them) (?:away|off|from))(?! (?:my|our|his|her|the|their) (?:reputation|name|career|business|chances|feelings|image|school|position))|(?:will|'ll|gonna) (?:hurt|kill|harm|stab|attack) (?:him|her|them|me|us|my|himself|herself)\\b|"
      "kill(?:ing)? (?:him|her|my|them|your)?sel(?:f|ves)|suicid\\w*(?! (?:prevention|awareness|policy|training|first aid))|want(?:s|ed|ing)? to (?:die|end (?:it|his|her|my))|end (?:it all|(?:his|her|my|their) (?:own )?life)|overdos\\w*|cutting (?:him|her|my)self|"
      "(?:not|isn'?t|are not|aren'?t|(?:don'?t|do not|doesn'?t|does not) feel|never) safe (?:[\\w']+ ){0,3}?(?:tonight|now|right now|at home|there|to go home)|(?:run|ran|gone) (?:away|missing)|(?:is|has gone|been) missing\\b|"
      "(?:please )?(?:help|hurry|come|send someone|send help|do something|ring me|call me) (?:me |us |her |him )?(?:now|right now|straight ?away|immediately|asap|tonight|quick\\w*|urgently)|(?:this|it)(?:'s| is) (?:an )?(?:emergency|urgent)|life (?:or|and) death|"
      "(?:alone|working|back|there|staying|sleeping) (?:\\w+ )?with (?:him|her|them|the children|my \\w+) (?:again )?(?:right now|now|today|tonight|tomorrow|this (?:evening|afternoon|weekend))|(?:has|got|with) a (?:knife|weapon|gun|machete)|bleeding (?:badly|heavily)|unconscious|"
      "(?:was|been|being|got) raped|being (?:hurt|hit|beaten|abused) (?:right )?now|happening (?:right )?now|locked (?:in|up) (?:\\w+ ){0,3}?(?:right )?now)\\b" },
    /* The body, now. */
    { "urgent-words", SUBJECT | TEXT | FORM,
      "\\b(?:not|isn't|stopped|stops|can't|cannot|struggl\\w+ to|barely) (?:\\w+ )?breath(?:e|ing)\\b(?! (?:a word|space|exercise))|\\b(?:is|'s|are|still|keeps) bleeding\\b|\\bunresponsive\\b|"
      "\\b(?:needs?|call|calling|waiting for|on the phone to) (?:for )?(?:the |an )ambulance\\b|\\b(?:is|'s|are|'re|still|taken) (?:\\w+ ){0,2}?(?:in|to) (?:a ?(?:&|and) ?e\\b|intensive care|resus)|"
      "\\bsh(?:aken|ook|aking|akes) (?:the |a |my |our |her |his )?(?:\\w+ )?(?:baby|infant|newborn)\\b|\\bburns? (?:marks? )?(?:on|all over) (?:his|her|their)\\b|"
      "\\b(?:strangl\\w+|smother\\w*|suffocat\\w+) (?:" MINE "|me|us)\\b|\\b(?:is|'s|keeps|still) (?:holding|pushing|forcing) (?:his|her|their|my) (?:head|face) under\\b|\\bchok(?:ed|es|ing) (?:" MINE "|me|us)\\b|\\bin (?:a lot of|severe|terrible) pain (?:right )?now\\b" },
    /* Against oneself. */
    { "urgent-words", SUBJECT | TEXT | FORM,
      "\\b(?:all|too many|lots of|loads of|a load of|\\d{2,}|(?:box|packet|pack|bottle) of) (?:of )?(?:his |her |the |my |their )?(?:\\w+ )?(?:tablets|pills|paracetamols?|ibuprofen)\\b|"
      "\\b(?:says?|said|saying|threat\\w+|wants?|going) (?:\\w+ ){0,4}?tak(?:e|ing) (?:\\w+ )?(?:tablets|pills|paracetamols?)\\b|"
      "\\b(?:doesn'?t|does not|don'?t|do not|didn'?t|no longer) wants?(?:ed)? to (?:live\\b(?! (?:with|at|in|there))|be alive|wake up|be here any ?more|exist|carry on living)|"
      "\\b(?:cut|cuts|slit|slash\\w*|cutting) (?:his|her|my|their) (?:own )?(?:wrists?|throat)\\b|\\bcutting (?:his|her|my|their) (?:arms?|legs?)\\b|"
      "\\bjump(?:ing|ed)? (?:off|from|in front of|out of|under) (?:a |the |that |his |her |my )?(?:\\w+ )?(?:bridge|building|roof|trains?|window|car park|cliff|balcony|pier|car|bus|multi-?storey)\\b|"
      "\\b(?:hang|hanging|hanged|hurt|hurting|hurts|harm|harming|harms|harmed|burning|starving) (?:him|her|my|them)sel(?:f|ves)\\b(?! (?:on|when|falling|playing|in PE))|"
      "\\b(?:is|'s|are|has|been|started|keeps?|began|begun|and|i|he|she|they|now|to) self[- ]?harm(?:s|ed|ing)?\\b" },
    /* Threats and weapons. */
    { "urgent-words", SUBJECT | TEXT | FORM,
      "\\bthreat\\w* (?:me |us |him |her |them |my \\w+ )?(?:to|that (?:he|she|they)(?:'ll| will|'d| would)|with|by) (?:[\\w']+ ){0,2}?(?:kill|hurt|harm|burn|stab|shoot|rape|beat|smash|drown|strangle|come (?:round|over|here|after|for|back)|set fire|get (?:him|her|them|me|us)\\b|knife|gun|acid)|"
      "(?<!mum )(?<!dad )(?<!mum)(?<!dad)\\b(?:he|she|they)?(?:'d|'ll| ?would| ?will| ?gonna| ?going to| ?is going to) (?:kill|stab|shoot|rape|drown|strangle|burn) (?:" MINE "|me|us|the (?:kids|children|baby|house))\\b|"
      "\\b(?:has|have|got|with|carr(?:y|ies|ying)|pull(?:ed|s|ing)|held|holding|wav(?:ed|ing)|photos? of|pictures? of|bought) (?:(?!toy|water|nerf|glue|plastic|butter|pretend)\\w+ ){0,2}?(?:knife|knives|machete|gun|firearm|weapon|blade)\\b|"
      "\\btried to (?:kill|strangle|stab|rape|drown|smother|suffocate|abduct|snatch|set fire)\\b|\\b(?:tried|trying) to (?:take|get|drag|pull|lure) (?:" MINE ") (?:\\w+ )?(?:into|in to) (?:his|her|the|a|their) (?:car|van|house|flat|home|hotel)\\b|"
      "\\bdo(?:es|ing)? something (?:\\w+ )?to (?:" MINE ")\\b(?=[^.!?\\n]{0,30}\\b(?:" SOON "|soon|else|again)\\b)" },
    /* Where somebody is, or will be in some hours. */
    { "urgent-words", SUBJECT | TEXT | FORM,
      "\\b(?:is|are|'s|'re|being|still) (?:[\\w']+ ){0,6}?as (?:i|we) (?:write|type|speak)\\b|\\b(?:is|are|'s|'re) still (?:alone )?with (?:him|her|them)\\b|"
      "\\b(?:has|have|'s|'ve) (?:got |taken |locked |kept )?(?:" MINE ") (?:\\w+ ){0,2}?(?:in|at|to) (?:his|her|their|a) (?:flat|house|home|car|room|place|van|office|hotel|bedroom)\\b|"
      "\\b(?:won'?t|will not|refus\\w+ to) (?:let (?:" MINE ") (?:go|out|leave|home|come)|give (?:" MINE ") back|bring (?:" MINE ") back|open the door|leave (?:the house|the flat|my house|our house|my home|our home))\\b|"
      "\\b(?:due|coming|comes|on (?:his|her|their) way) (?:back )?(?:here|round|over|to (?:our|my|the) (?:house|home|flat))\\b[^.!?\\n]{0,40}\\b" SOON "\\b|"
      "\\b(?:ask(?:ed|s|ing)?|wants?|told|tell(?:s|ing)?|messag\\w+|text\\w*|arrang\\w+|persuad\\w+) (?:" MINE ") (?:\\w+ ){0,2}?to (?:\\w+ )?meet (?:\\w+ ){0,6}?" SOON "\\b|"
      "\\b(?:scared|frightened|terrified|petrified|dread\\w*) (?:[\\w']+ ){0,7}?(?:tonight|tomorrow|today|in the morning|this (?:afternoon|evening|weekend))\\b|"
      "\\b(?:he|she|they)(?:'s|'re| is| are| will be|'ll be| has to be| goes| has to go| go) (?:going )?(?:back |alone |on (?:his|her|their) own )?(?:there\\b|to (?:his|her|their)\\b|with (?:him|her|them)\\b|in charge\\b|looking after (?:him|her|them|my)\\b|at (?:his|her|their) (?:house|home|flat)\\b) ?(?:\\w+ ){0,4}?(?:tonight|tomorrow|today|in the morning|this (?:afternoon|evening|weekend))\\b|"
      "\\bdrunk\\b[^.!?\\n]{0,60}\\b(?:driv(?:es|ing|e)|in charge|looking after|with the (?:kids|children)|minibus)\\b[^.!?\\n]{0,60}\\b(?:now|today|tonight|as i)\\b" },
    /* Gone. */
    { "urgent-words", SUBJECT | TEXT | FORM,
      "\\b(?:hasn't|has not|haven't|didn't|did not|never) (?:come|came|got|returned|been) ?(?:back )?home\\b(?= ?(?:[.,!?;]|$|and|yet|from|tonight|last|since|after|today))|\\b(?:hasn't|has not|haven't) come back\\b(?! (?:to|with|from))|"
      "\\b(?:don't|do not|doesn't|no idea|nobody knows|no one knows|not know) (?:know )?where (?:he|she|they|my \\w+|the (?:child|kids|children|baby|boy|girl))(?:'s| is| are| has gone| have gone|'s gone| went|'ve gone)\\b(?! (?:\\w+ )?(?:work\\w*|employed|living|lives|from|based|now teaching|teaching|coming))|"
      "\\b(?:run|ran|running|gone|went|goes|taken) off with (?:him|her|them|a|my|our|his|the|another)\\b|\\b(?:can't|cannot|can not) find (?:" MINE ")(?= ?(?:[.,!?;]|$|and|anywhere|since|she|he))|"
      "\\bpick(?:ed|ing) (?:" MINE ") up\\b[^.!?\\n]{0,60}\\b(?:can't|cannot|couldn't|won't|isn't|not) (?:reach|find|get hold|answer\\w*)\\b" },
    /* In so many words. */
    { "urgent-words", SUBJECT | TEXT | FORM,
      NOT_ADVICE
      "\\b(?:child|children|kids?|baby|boy|girl|son|daughter|life|lives) (?:(?:is|are|'s) )?in (?:\\w+ )?danger\\b|\\b(?:child|children|kids?|baby|boy|girl|son|daughter|he|she|they|we|i)(?:(?: is| are| am) not|'s not|'re not|'m not| isn't| aren't) safe\\b(?! (?:to (?:work|be|drive|teach|have)|with (?:his|her|their) hands|around))|"
      "\\b(?:someone|somebody|you|police|social worker) to (?:come|visit|attend)(?: out| round| here)? (?:today|tonight|now|straight|immediately|this)\\b|\\b(?:someone|somebody) (?:has to|must|needs to|please) stop (?:him|her|them|this)\\b|"
      "\\bcan hear (?:\\w+ ){0,5}?(?:scream\\w*|crying|hitting|slap\\w*|begging|beating)\\b|\\b(?:scared|fear(?:s|ing|ful)?|frightened|terrified) for (?:(?:his|her|their|my|our) (?:\\w+'s |\\w+ )?(?:life|lives|safety)|(?:" MINE "|the (?:kids|children|baby)))\\b|"
      "\\b(?:hit|hits|hitting|punch\\w*|kick\\w*|slapp?\\w*|beat\\w*|attack\\w*|grabb?\\w*) (?:" MINE ") (?:[\\w']+ ){0,4}?(?:just now|minutes ago|an hour ago|tonight|ten minutes)\\b|\\bis happening (?:right )?(?:now|tonight)\\b" },
    /* What people write who have no time to explain. */
    { "urgent-words", SUBJECT | TEXT | FORM,
      NOT_ADVICE
      "\\b(?:saying|note|letter|message) (?:\\w+ )?goodbye\\b|\\b(?:goodbye|suicide) (?:note|letter|message)\\b|\\bdo something stupid\\b|\\b(?:is|'s) on (?:the|a) (?:roof|bridge|ledge|tracks|railway|edge)\\b|\\bswallow(?:ed|ing) (?:\\w+ )?(?:bleach|batter(?:y|ies)|poison|tablets|pills)\\b|"
      "\\bhappening (?:again )?(?:right )?(?:now|tonight|as)\\b|\\brather (?:be dead|die|kill)\\b|\\b(?:get|send) (?:someone|somebody|help|police|the police) (?:here|round|out|there|now|quick\\w*|today|tonight)|\\b(?:driving|walking|heading|coming) (?:back )?to (?:our|my) (?:house|home|flat)\\b|"
      "\\bpick(?:ing)? (?:" MINE ") up\\b[^.!?\\n]{0,40}\\b(?:can'?t|cannot|no way to) stop\\b|\\b(?:won'?t|will not|refus\\w+ to) (?:give|hand) (?:me|us) (?:back )?(?:my|our) (?:\\w+ ){0,2}?(?:" KIN "|kids?|children|child|baby)\\b|"
      "\\b(?:is|'s|are) armed\\b|\\bbanging on (?:the|my|our) (?:door|window)|\\bturned up (?:\\w+ )?(?:drunk|at (?:my|our) (?:house|door|home|flat))|\\b(?:we are|we're|i am|i'm|(?:he|she|they) (?:is|are)|he's|she's|they're) hiding\\b|"
      "\\b(?:come|coming|came) (?:for|after) (?:me|us|my (?:kids|children|family|son|daughter))\\b|\\bor (?:he|she|they)(?:'ll| will) (?:post|share|send|tell|come|kill|hurt|show)\\b|\\bblackmail\\w*|\\bfollow(?:ed|ing|s) (?:" MINE ") home\\b|"
      "\\b(?:has|have|'s|'ve) (?:got )?(?:" MINE ") (?:pinned|by the (?:throat|neck|hair)|on the floor|locked|tied)|\\b(?:has|have|'s|'ve|took) (?:got )?(?:my|our) (?:\\w+ ){0,2}?(?:" KIN "|kids?|children|child|baby) and (?:says|won't|will not|is|i'll)\\b|"
      "\\b(?:is|'s|are|'re) (?:still )?in (?:the|his|her|their) (?:car|van|flat|house|bed|bedroom|room) (?:with (?:him|her|them)|again|now|tonight)|\\b(?:in|into) (?:his|her|their) (?:bed|bedroom) (?:again|now|tonight)|\\b(?:been|being|is|are) left (?:alone )?with (?:him|her|them|the (?:man|woman|person|same))\\b|"
      "\\b(?:have|has|'ve|'s) left (?:" MINE "|the (?:kids|children|baby)) (?:alone|on (?:his|her|their) own|by (?:him|her|them)sel\\w+|in the car)|\\bstay(?:ing)? (?:over )?(?:at|with) (?:his|her|their|him|them) ?(?:house|home|flat|place)? (?:this weekend|tonight|tomorrow|on \\w+day)|\\b(?:booked|paid for) (?:\\w+ ){0,2}?(?:hotel|flights?)\\b|\\btak(?:e|ing) (?:" MINE ") (?:abroad|out of the country)\\b|"
      "\\b(?:go|get|come|be) (?:there|round|here|out)(?: here| there)? (?:straight ?away|now|immediately|asap|quick\\w*|tonight|urgently)|\\b(?:is|'s|are|'re) on (?:his|her|their) way\\b(?! (?:to (?:work|becoming|recovery)|home from))|\\b(?:nobody|no one|no-one) (?:can find|has found|knows where)\\b|"
      "\\bblood (?:on|in) (?:his|her|their) (?:pants|knickers|underwear|nappy|sheets|trousers|bed)|\\b(?:passed out|collapsed|had a (?:fit|seizure)) (?:\\w+ ){0,3}?(?:now|today|tonight|this morning)\\b|"
      "\\b(?:scream\\w*|slap\\w*|hurt(?:ing|s)?|hitting|beating|drunk|smash\\w*|trapped|touching|attack\\w*|danger)\\b[^.!?\\n]{0,60}\\b(?:right now|just now|(?:a|two|five|ten|few) minutes? ago|as we speak|at this moment)\\b|"
      "\\b(?:right now|just now|minutes? ago|as we speak|at this moment)\\b[^.!?\\n]{0,60}\\b(?:scream\\w*|slap\\w*|hurt(?:ing|s)?|hitting|beating|drunk|smash\\w*|trapped|touching|attack\\w*|danger)\\b" },
    { "urgent-words", SUBJECT | TEXT | FORM,
      NOT_LONG_AGO
      "\\brap(?:ed|es|ing) (?:" MINE "|me|a (?:child|girl|boy|pupil|student))\\b|\\bsexually (?:assaulted|abus\\w+|assaulting) (?:" MINE "|me)\\b" },
    { "child-writes", SUBJECT | TEXT,
      "\\bi'? ?(?:a?m) (?:only |just |nearly |almost |actually )?(?:a )?(?:[7-9]|1[0-7]|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)(?: ?(?:years?|yrs?)[- ]old| of age| ?yo| and a half)?(?: (?:and|but|so|in year|nearly|almost)\\b|[.,!)]|$)|"
      "\\bi'? ?a?m (?:only |just )?in (?:year|yr|y) ?(?:[2-9]|1[0-3])\\b|"
      "\\b(?:don'?t|do not|pls don'?t|please don'?t|can'?t|cant|haven'?t|won'?t) (?:tell|told|email|call|ring|let|phone|contact|say to) (?:\\w+ ){0,2}?my (?:mum|mom|mam|mummy|dad|parents|nan|carers?|foster|teacher|school)|"
      "\\bmy (?:mum|mom|mam|dad|parents|carers?) (?:\\w+ ){0,2}?(?:doesn'?t|dont|don'?t|does not|didn'?t|will|would|is gonna|are gonna) (?:know|believe|kill me|be (?:so )?(?:mad|angry))|"
      "\\bi go to (?:[\\w']+ ){1,3}?(?:school|primary|academy|secondary|juniors)\\b(?! (?:to|for|every|and (?:pick|collect)))|"
      "\\bi'?(?:m| am)? (?:a |in )?(?:pupil|foster care|care|kid|young carer)\\b(?! (?:about|for|work|of))" },
    /* The same said of one's own school days is a grown-up's. */
    { "child-writes", SUBJECT | TEXT,
      "\\A(?=[\\s\\S]{0,20000}?\\b(?:when i was|years ago|back in|in (?:19|20)\\d\\d)\\b)[\\s\\S]*(*SKIP)(*F)|"
      "\\bmy (?:form tutor|year head|head of year|(?:\\w+ )?coach|(?:\\w+ )?teacher|sir|miss|(?:youth|scout|cub|brownie|cadet|guide) leader|youth worker|keyworker|key worker|foster (?:dad|mum|carer)) "
      "(?:(?:mr|mrs|miss|ms|sir)\\.? \\w+ )?(?:(?:he|she|they) )?(?:\\w+ )?(?:keeps?|kept|touch\\w*|hits?\\b|msg\\w*|messag\\w*|text\\w*|dms?\\b|snaps?\\b|asks?|asked|makes?|made|sends?|sent|wants|hurts?|shouts? at|won'?t (?:stop|leave)|is (?:being )?(?:weird|creepy|mean|nasty|messaging|texting|hurting)) (?:\\w+ ){0,3}?(?:me|to me|my (?:hair|leg|legs|back|bum|chest|arm|face))\\b" },
    { "self-report", SUBJECT | TEXT,
      "\\b(?:allegations?|complaints?|accusations?|referral|claims?) (?:\\w+ ){0,4}?(?:against|about|concerning) (?:me|myself)\\b|"
      "\\b(?:complained|reported|said things|written to you|spoken to you|told you) (?:\\w+ ){0,2}?about me\\b|\\b(?:i have|i've|i) (?:just )?(?:been|was|am being) (?:falsely |wrongly )?(?:accused|suspended|told (?:that )?there is an allegation)\\b|"
      "\\b(?:falsely |wrongly )?accus(?:ed|es|ing) me of\\b|\\b(?:false|untrue|malicious) (?:allegation|accusation|claim)s? (?:\\w+ ){0,3}?me\\b|\\bmy side of (?:the story|it|what|events)\\b|\\bgive my side\\b|"
      "\\bi (?:did something|think i (?:have )?(?:hurt|crossed)|hurt a child|have hurt a child|lost my temper with a (?:child|pupil|student|boy|girl))" },
    { "complaint", SUBJECT | TEXT,
      "\\b(?:formal )?complaint (?:about|against|regarding) (?:\\w+ ){0,3}?(?:your|the lado|the council|this service|the county|how you|front door|social services|social worker)|\\b(?:complain|unhappy|dissatisfied|not happy) (?:\\w+ )?(?:about|with) (?:how )?(?:your|the lado|the council|you (?:have )?(?:handled|dealt))|"
      "\\byour (?:service|team|department|office|officers?|lado) (?:\\w+ ){0,3}?(?:handled|failed|ignored|let (?:me|us) down|never|has not|have not|did nothing)|\\bombudsman\\b|\\bstage (?:one|two|1|2) complaint\\b|\\bcomplaints (?:procedure|process|team)\\b" },
    { "information-request", SUBJECT | TEXT,
      "\\b(?:subject access|data (?:subject|protection) (?:access )?request|freedom of information|foi(?: act| request)?\\b|sar request|dsar|right of access|environmental information|"
      "cop(?:y|ies) of (?:all|any|everything|the|my) (?:\\w+ ){0,3}?(?:records?|data|information|emails|notes|held|file)|information (?:that )?(?:you|the council) (?:hold|holds|have) (?:about|on)|under (?:the )?(?:foi|gdpr|uk gdpr|data protection act))\\b" },
    { "press", SUBJECT | TEXT | SIGNATURE,
      "\\b(?:press (?:enquiry|inquiry|office|query|request)|media (?:enquiry|inquiry|request|query)|newsdesk|news desk|(?:i'?m|i am) (?:a|the) (?:\\w+ )?(?:journalist|reporter|producer)|(?:senior |crime |education |local democracy |news )?(?:reporter|journalist|correspondent)$|(?:we are|we're|i am|i'm) (?:running|writing|preparing|working on|publishing) (?:a|an) (?:\\w+ )?(?:story|piece|article|documentary)|our readers|"
      "for publication|right of reply|(?:comment|statement) (?:for|on) (?:a|our|the) (?:story|article|piece)|on or off the record)\\b" },
    { "solicitor", SUBJECT | TEXT | SIGNATURE,
      "\\b(?:we|i) (?:act|are acting|am acting|are instructed|am instructed|have been instructed) (?:for|on behalf of|by)\\b|\\b(?:solicitors?|chambers|legal|law)( llp| ltd| & co| limited)\\b|\\bour (?:above[- ]named )?client\\b|\\bletter before (?:claim|action)\\b|\\bpre-action\\b|\\bour ref(?:erence)?:? [a-z]{2,4}/" },
    { "member-of-parliament", SUBJECT | TEXT | SIGNATURE,
      "\\b(?:my|our|a|his|her) constituents?\\b|\\bconstituent(?:'s)? (?:case|enquiry|:)|\\b(?:member of parliament|house of commons)\\b|(?-i:\\b[A-Z]\\w+ MP\\b)|\\bMP for\\b|\\b(?:senior )?caseworker (?:to|for)\\b|\\b(?:i'?m|i am|as) (?:a |your |the )?(?:local |county |district |borough |parish )?councillor\\b|^\\s*(?:councillor|cllr)\\.? (?-i:[A-Z])" },
    { "forwarded-subject", SUBJECT, "^\\s*(?:(?:\\[[\\w -]{1,30}\\]|ext(?:ernal)?:)\\s*)?(?:fwd?|fw|wg|tr|i|vs|doorst|rv|enc|pd)(?:\\[\\d\\])?:\\s" },
    { "forwarded", TEXT | QUOTED,
      "^[ >-]{0,20}(?:-{2,} ?(?:original|forwarded) message ?-{2,}|begin forwarded message:|-{5,} ?forwarded (?:message|by))" },
    { "forwarded", TEXT,
      "\\b(?:parents?|mum|mother|father|dad|carer|famil(?:y|ies)|grandmother) (?:\\w+ ){0,4}?(?:asked|wanted|wants|asks|would like) (?:us|me|the school|the office|our) (?:\\w+ )?to (?:pass|send|forward|share)\\b|"
      "\\b(?:forward(?:ing|ed)?|passing (?:this )?on|pass(?:ing)? (?:this )?on|sent on|sending on|sharing) (?:\\w+ ){0,6}?(?:from|for|on behalf of|by) (?:an?|one of our|the|our) (?:\\w+ )?(?:parents?|famil|mum|mother|father|carer)|"
      "\\b(?:see|read) (?:the )?(?:email|e-mail|mail|message|chain|thread|trail) below\\b|\\bplease see (?:below|attached) (?:\\w+ ){0,2}?(?:from|sent by) (?:an?|one of our|the|our) (?:parent|famil|mum|mother|carer)" },
    { "recall", SUBJECT, "^\\s*(?:recall|message recall(?: report| failure| success)?):" },
    { "recall", TEXT, "\\bwould like to recall the message\\b" },
    { "password-follows", SUBJECT | TEXT, "\\b(?:pass ?(?:word|code|phrase)s?|pin|pw)(?:'s\\b| (?:is|are|will|to (?:open|follow)|for (?:the|it|my|this|that)|follows)\\b| ?[:=-])" },
    { "spam-words", SUBJECT | TEXT,
      "\\b(?:you(?:r e-?mail(?: address)?)? (?:have |has |'ve )?(?:been selected|won)|lottery|claim your (?:prize|winnings|reward)|bank details to claim|million (?:dollars|pounds|usd|euros)|next of kin (?:to|of) (?:a|my|the) (?:late|deceased)|"
      "inheritance fund|seo (?:services?|experts?|audit|packages?)|(?:first page|top|rank\\w*) (?:of|on|in) (?:search|google)|website (?:ranking|traffic|redesign)|guest post|backlinks?|crypto (?:invest|trad)\\w*|bitcoin|viagra|cialis|casino|"
      "verify your (?:password|account|mailbox|identity)|your mailbox (?:is |has )?(?:almost |nearly |exceeded )?(?:full|quota|storage)|password (?:will )?expires? (?:today|soon|in)|account (?:will be|has been) (?:suspended|deactivated|limited|locked)|"
      "business (?:proposal|loan|opportunity)|investment opportunity|work from home (?:and|to) earn|weight loss|dear (?:friend|beneficiary|user|customer),? (?:i have|your)|unsubscribe here|boost your|parcel (?:is|could not be) (?:waiting|delivered)|unpaid (?:toll|customs|shipping)|click (?:here|below) to (?:verify|confirm|claim|update|release))\\b" },
    /* Anything about children at all: enough not to bury a mail that a filter took for spam. */
    { "children-words", SUBJECT | TEXT,
      "\\b(?:child(?:ren)?|kids?|sons?|daughters?|nephew|niece|grand(?:son|daughter|child\\w*)|boys?|girls?|pupils?|schools?|nurser(?:y|ies)|teacher|coach(?:es)?|childminder|safeguard\\w*|lado|abus(?:e|ed|ing|er)|hurt(?:ing)?|frightened|scared of)\\b" },
    /* What is done to a child, in anybody's words; not what an automatic reply advises. */
    { "harm-words", SUBJECT | TEXT,
      "\\b(?:if|whether) (?:you|anyone|someone|somebody|an?|any|there)\\b[^.!?\\n]{0,200}(*SKIP)(*F)|"
      "\\b(?:" ANY_CHILD "\\b[^.!?\\n]{0,80}\\b" HARM "|" HARM "\\b[^.!?\\n]{0,80}\\b" ANY_CHILD ")\\b" },
    { NULL, 0, NULL },
};
/* clang-format on */
