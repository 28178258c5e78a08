"""What each role gets from the pages of the house itself."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

accueil
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con

# 503: no worker signs during the tests.
sante
  GET  page                 503 503 503 503 503 503 503 503 503 503 503 503 503 503

favicon
  GET  page                 302 302 302 302 302 302 302 302 302 302 302 302 302 302
"""
