"""What each role gets from the sessions of the CHCT: prepared by the section, read by its members."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

commissions:seances
  GET  page                 200 200 non non non 200 non non non 200 non non con con

commissions:ajouter
  GET  page                 200 200 non non non non non non non non non non con con
  POST page                 200 200 non non non non non non non non non non con con

commissions:seance  pk=seance
  GET  un                   200 200 non non non 200 non non non 200 non non con con

commissions:historique  pk=seance
  GET  un                   200 200 non non non non non non non non non non con con

commissions:modifier  pk=seance
  GET  un                   200 200 non non non non non non non non non non con con
  POST un                   200 200 non non non non non non non non non non con con

commissions:tenir  pk=seance
  POST un                   302 302 non non non non non non non non non non con con

commissions:annuler  pk=seance
  GET  un                   200 200 non non non non non non non non non non con con
  POST un                   302 302 non non non non non non non non non non con con

commissions:ajouter_point  pk=seance
  POST un                   200 200 non non non non non non non non non non con con

commissions:modifier_point  pk=seance point=point
  GET  un                   200 200 non non non non non non non non non non con con
  POST un                   200 200 non non non non non non non non non non con con
  GET  un:point=autre_point 404 404 non non non non non non non non non non con con
  POST un:point=autre_point 404 404 non non non non non non non non non non con con

# A point of another session, like one taken off already: nothing happens, back to the session.
commissions:deplacer_point  pk=seance point=point rang=rang
  POST un                   302 302 non non non non non non non non non non con con
  POST un:point=autre_point 302 302 non non non non non non non non non non con con

commissions:retirer_point  pk=seance point=point
  POST un                   302 302 non non non non non non non non non non con con
  POST un:point=autre_point 302 302 non non non non non non non non non non con con
"""
