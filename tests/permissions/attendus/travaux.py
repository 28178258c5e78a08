"""What each role gets from background jobs: its own, whoever it is."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

travaux:travail  pk=travail
  GET  soi                  200 200 200 200 200 200 200 200 200 200 200 200 con con
  GET  hors                 404 404 404 404 404 404 404 404 404 404 404 404 con con
"""
