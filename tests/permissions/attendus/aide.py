"""What each role gets from the help: everybody reads it, each page says what his own role may do."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

aide:sommaire
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con

aide:droits
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con

aide:guide  nom=guide
  GET  un                   200 200 200 200 200 200 200 200 200 200 200 200 con con

aide:page  page=page_aidee
  GET  un                   200 200 200 200 200 200 200 200 200 200 200 200 con con
"""
