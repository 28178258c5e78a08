"""What each role gets from the quality of the data: who corrects sets aside, the chief reads."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

qualite:accueil
  GET  page                 200 200 non non non non 200 non non non non non con con

qualite:lignes  contradiction=regle
  GET  un                   200 200 non non non non 200 non non non non non con con

qualite:ecarter  contradiction=regle ligne=visite
  GET  soi                  403 non non non non non 403 non non non non non con con
  POST soi                  403 non non non non non 403 non non non non non con con
  GET  dans                 200 non non non non non 200 non non non non non con con
  POST dans                 200 non non non non non 200 non non non non non con con
  GET  hors                 200 non non non non non 200 non non non non non con con
  POST hors                 200 non non non non non 200 non non non non non con con

qualite:reprendre  contradiction=regle ligne=visite
  GET  soi                  403 non non non non non 403 non non non non non con con
  POST soi                  403 non non non non non 403 non non non non non con con
  GET  hors                 200 non non non non non 200 non non non non non con con
  POST hors                 200 non non non non non 200 non non non non non con con
"""
