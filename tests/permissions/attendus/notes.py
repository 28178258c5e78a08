"""What each role gets from the pages of confidential notes: their authors, those they share with."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

visites:note  cle=note.cle
  GET  soi                 non non 404 404 404 non non non non non non non con con
  GET  dans                non non 200 404 404 non non non non non non non con con
  GET  hors                non non 404 200 404 non non non non non non non con con
  GET  un                  non non 404 404 200 non non non non non non non con con

visites:note_amender  cle=note.cle
  GET  soi                 non non 404 404 404 non non non non non non non con con
  POST soi                 non non 404 404 404 non non non non non non non con con
  GET  dans                non non 200 404 404 non non non non non non non con con
  POST dans                non non 200 404 404 non non non non non non non con con
  GET  hors                non non 404 403 404 non non non non non non non con con
  POST hors                non non 404 403 404 non non non non non non non con con
  GET  un                  non non 404 404 200 non non non non non non non con con
  POST un                  non non 404 404 200 non non non non non non non con con

visites:note_partager  cle=note.cle
  GET  soi                 non non 404 404 404 non non non non non non non con con
  POST soi                 non non 404 404 404 non non non non non non non con con
  GET  dans                non non 200 404 404 non non non non non non non con con
  POST dans                non non 200 404 404 non non non non non non non con con
  GET  hors                non non 404 403 404 non non non non non non non con con
  POST hors                non non 404 403 404 non non non non non non non con con
  GET  un                  non non 404 404 200 non non non non non non non con con
  POST un                  non non 404 404 200 non non non non non non non con con

visites:note_joindre  cle=note.cle
  GET  soi                 non non 404 404 404 non non non non non non non con con
  POST soi                 non non 404 404 404 non non non non non non non con con
  GET  dans                non non 200 404 404 non non non non non non non con con
  POST dans                non non 200 404 404 non non non non non non non con con
  GET  hors                non non 404 403 404 non non non non non non non con con
  POST hors                non non 404 403 404 non non non non non non non con con
  GET  un                  non non 404 404 200 non non non non non non non con con
  POST un                  non non 404 404 200 non non non non non non non con con

visites:note_partage_retirer  cle=note.cle  pk=partage
  POST soi                 non non 404 404 404 non non non non non non non con con
  POST dans                non non 302 404 404 non non non non non non non con con
  POST hors                non non 404 403 404 non non non non non non non con con
  POST un                  non non 404 404 302 non non non non non non non con con
  POST croise              non non 404 404 404 non non non non non non non con con

visites:note_piece  cle=note.cle  pk=piece
  GET  soi                 non non 404 404 404 non non non non non non non con con
  GET  dans                non non 200 404 404 non non non non non non non con con
  GET  hors                non non 404 200 404 non non non non non non non con con
  GET  un                  non non 404 404 200 non non non non non non non con con
  GET  croise              non non 404 404 404 non non non non non non non con con

visites:notes  pk=agent
  GET  soi                 non non 200 200 404 non non non non non non non con con
  GET  dans                non non 200 200 404 non non non non non non non con con
  GET  hors                non non 200 200 404 non non non non non non non con con
  GET  un                  non non 200 200 200 non non non non non non non con con

visites:note_ecrire  pk=agent
  GET  soi                 non non 403 403 404 non non non non non non non con con
  POST soi                 non non 403 403 404 non non non non non non non con con
  GET  dans                non non 200 200 404 non non non non non non non con con
  POST dans                non non 200 200 404 non non non non non non non con con
  GET  hors                non non 200 200 404 non non non non non non non con con
  POST hors                non non 200 200 404 non non non non non non non con con
  GET  un                  non non 200 200 200 non non non non non non non con con
  POST un                  non non 200 200 200 non non non non non non non con con

visites:notes_remettre  pk=agent
  GET  soi                 non non 403 403 404 non non non non non non non con con
  POST soi                 non non 403 403 404 non non non non non non non con con
  GET  dans                non non 200 200 404 non non non non non non non con con
  POST dans                non non 200 200 404 non non non non non non non con con
  GET  hors                non non 200 200 404 non non non non non non non con con
  POST hors                non non 200 200 404 non non non non non non non con con
  GET  un                  non non 200 200 200 non non non non non non non con con
  POST un                  non non 200 200 200 non non non non non non non con con

visites:mes_notes
  GET  page                non non non non 200 non non non non non non non con con

visites:lectures_notes
  GET  page                non non 200 200 200 non non non non non non non con con

visites:premiere_note
  GET  page                non non non non 200 non non non non non non non con con
  POST page                non non non non 200 non non non non non non non con con
"""
