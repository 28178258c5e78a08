"""What each role gets from the dashboard and the packs of the CHCT (matrix: statistics)."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

reporting:tableau
  GET  page                 200 200 200 200 200 200 200 non non non 200 non con con

reporting:editions
  GET  page                 200 200 200 200 200 200 200 non non 200 200 non con con

reporting:preparer
  GET  page                 200 200 non non non non non non non non non non con con
  POST page                 200 200 non non non non non non non non non non con con

reporting:edition  pk=edition
  GET  un                   200 200 200 200 200 200 200 non non 200 200 non con con

reporting:pdf  pk=edition
  GET  un                   200 200 200 200 200 200 200 non non 200 200 non con con
"""
