"""What each role gets from the pages of restrictions to apply: their manager, never why."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

visites:restrictions
  GET  page                 200 200 200 200 non non 200 200 non non non non con con

visites:accuser
  POST page                 302 non non non non non non 302 non non non non con con

visites:engagement  pk=engagement
  GET  soi                  200 200 200 200 non non 200 200 non non non non con con
  GET  dans                 200 200 200 200 non non 200 200 non non non non con con
  GET  hors                 200 200 200 200 non non 200 404 non non non non con con

visites:engagement_suite  pk=engagement
  GET  soi                  403 non non non non non non 403 non non non non con con
  POST soi                  403 non non non non non non 403 non non non non con con
  GET  dans                 200 non non non non non non 200 non non non non con con
  POST dans                 200 non non non non non non 200 non non non non con con
  GET  hors                 200 non non non non non non 404 non non non non con con
  POST hors                 200 non non non non non non 404 non non non non con con

visites:engagement_suivre  pk=engagement
  GET  soi                  403 non non non non non non non non non non non con con
  POST soi                  403 non non non non non non non non non non non con con
  GET  dans                 200 non non non non non non non non non non non con con
  POST dans                 200 non non non non non non non non non non non con con
  GET  hors                 200 non non non non non non non non non non non con con
  POST hors                 200 non non non non non non non non non non non con con

visites:engagement_clore  pk=engagement
  GET  soi                  403 non non non non non non non non non non non con con
  POST soi                  403 non non non non non non non non non non non con con
  GET  dans                 200 non non non non non non non non non non non con con
  POST dans                 200 non non non non non non non non non non non con con
  GET  hors                 200 non non non non non non non non non non non con con
  POST hors                 200 non non non non non non non non non non non con con

visites:engagement_rouvrir  pk=engagement
  POST soi                  403 non non non non non non non non non non non con con
  POST dans                 302 non non non non non non non non non non non con con
  POST hors                 302 non non non non non non non non non non non con con

visites:engagement_renouveler  pk=engagement
  POST soi                  403 non non non non non non non non non non non con con
  POST dans                 302 non non non non non non non non non non non con con
  POST hors                 302 non non non non non non non non non non non con con
"""
