"""What each role gets from each page, written by hand from the matrix of the architecture.

One file per app, one block per URL name, followed by what its parameters name:

    agents:absence_corriger  pk=agent absence=absence
      GET  dans                 200 non non non non non 200 non non non non non con con

A line is a method and a position (tests/permissions/monde.py), then one answer per role in the order of the
head line: the twelve roles, ANO who has not logged in, FER whose account was closed after he did.

    200 302 403 404 503   the status; 302 leads to a page of the house, 403 is a refusal on this record
    non                   the role does not come in at all: 403 for every record and every method
    con                   sent to the log-in page, whatever the method

GET stands for HEAD too. A method without a line answers 405 to whoever comes in. Whoever comes in gets 404
for a key that does not exist: that line is not written, the test adds it, and compares the bodies of every
404 with this one.

Never compute a line from nouvea_sst/comptes/roles.py or from a view: this table judges both.
"""
