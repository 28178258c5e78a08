"""What each role gets from issued documents: the certificates of visits."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

documents:ouvrir  pk=document
  GET  soi                  200 200 200 200 non non non non 200 non non non con con
  GET  dans                 200 200 200 200 non non non non 404 non non non con con
  GET  hors                 200 200 200 200 non non non non 404 non non non con con
"""
