"""What each role gets from the journal (matrix, line « Journal »)."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

journal:liste
  GET  page                 non 200 non non non non non non non non 200 non con con

journal:examens
  GET  page                 non 200 non non non non non non non non 200 non con con
  POST page                 non 200 non non non non non non non non 403 non con con

journal:examen  pk=examen
  GET  un                   non 200 non non non non non non non non 200 non con con

journal:consultation  pk=ligne_examen
  GET  un                   non 200 non non non non non non non non 200 non con con
  POST un                   non 200 non non non non non non non non 403 non con con

journal:clore_examen  pk=examen
  GET  un                   non 200 non non non non non non non non non non con con
  POST un                   non 302 non non non non non non non non non non con con

journal:ligne  pk=ligne_journal
  GET  un                   non non non non non non non non non non 200 non con con
"""
