"""The empty form of a report, as `muniment report form` prints it."""

EMPTY_FORM = '''\
# A report of a witness or a relative. Fill in what was said, and nothing else; delete what is not
# known. Dates are written 2018, 2018-11 or 2018-11-03. What is written otherwise is kept, unread.

name = ""        # by which the report is found; no name of a person need be in it
date = ""        # when it was told
language = ""    # in which language: ISO 639-3, such as uig, kaz, zho, eng
custodian = ""   # who keeps it: a role or a pseudonym
text = """
"""              # what was told, word for word

[consent]
by = ""          # who gave it
scope = ""       # custodian, case, partners, anonymous or named; each allows what is before it
date = ""
how = ""         # in writing, on the telephone and read back …

[witness]        # leave it out where nobody may know
name = ""

[[person]]       # one section for each person the report is about
name = ""
birthDate = ""
gender = ""      # male, female or other
relationship = ""  # what this person is to the witness, in their words

[[person.detention]]
place = ""
startDate = ""
endDate = ""
reason = ""      # as the witness was told, word for word
status = ""      # how it stood, in a word

# [[person.sentence]]   duration (P7Y), date, court, wording
# [[person.charge]]     wording, article
# [[person.age]]        age, event, date: never an age without its day
# [[person.post]]       title, startDate, endDate
'''
