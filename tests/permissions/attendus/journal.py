"""What each role gets from the journal (matrix, line « Journal »)."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

journal:liste
  GET  page                 non 200 non non non non non non non non 200 non con con

journal:ligne  pk=ligne_journal
  GET  un                   non non non non non non non non non non 200 non con con
"""
