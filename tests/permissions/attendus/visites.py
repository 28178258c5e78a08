"""What each role gets from the pages of visits (matrix: visit, conclusion and restrictions)."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

visites:liste
  GET  page                 200 200 200 200 non non 200 non non non non non con con

visites:calculer
  POST page                 302 non non non non non non non non non non non con con

visites:journee
  GET  page                 200 non 200 200 non non non non non non non non con con

visites:agent  pk=agent
  GET  soi                  200 200 200 200 non non 200 200 200 non non non con con
  GET  dans                 200 200 200 200 non non 200 200 404 non non non con con
  GET  hors                 200 200 200 200 non non 200 404 404 non non non con con

visites:restrictions_agent  pk=agent
  GET  soi                  200 200 200 200 non non 200 200 200 non non non con con
  GET  dans                 200 200 200 200 non non 200 200 404 non non non con con
  GET  hors                 200 200 200 200 non non 200 404 404 non non non con con

visites:placer  pk=agent
  GET  soi                  403 non 403 403 non non non non non non non non con con
  POST soi                  403 non 403 403 non non non non non non non non con con
  GET  dans                 200 non 200 200 non non non non non non non non con con
  POST dans                 200 non 200 200 non non non non non non non non con con
  GET  hors                 200 non 200 200 non non non non non non non non con con
  POST hors                 200 non 200 200 non non non non non non non non con con

visites:visite  pk=visite
  GET  soi                  200 200 200 200 non non 200 200 200 non non non con con
  GET  dans                 200 200 200 200 non non 200 200 404 non non non con con
  GET  hors                 200 200 200 200 non non 200 404 404 non non non con con
  GET  soi:realisee         200 200 200 200 non non 200 200 200 non non non con con
  GET  dans:realisee        200 200 200 200 non non 200 200 404 non non non con con
  GET  hors:realisee        200 200 200 200 non non 200 404 404 non non non con con

visites:historique  pk=visite
  GET  soi                  200 non 200 200 non non non non non non non non con con
  GET  dans                 200 non 200 200 non non non non non non non non con con
  GET  hors                 200 non 200 200 non non non non non non non non con con
  GET  hors:realisee        200 non 200 200 non non non non non non non non con con

visites:deplacer  pk=visite
  GET  soi                  403 non 403 403 non non non non non non non non con con
  POST soi                  403 non 403 403 non non non non non non non non con con
  GET  dans                 200 non 403 403 non non non non non non non non con con
  POST dans                 200 non 403 403 non non non non non non non non con con
  GET  hors                 200 non 403 403 non non non non non non non non con con
  POST hors                 200 non 403 403 non non non non non non non non con con
  GET  mienne               200 non 200 200 non non non non non non non non con con
  POST mienne               200 non 200 200 non non non non non non non non con con

visites:annuler  pk=visite
  GET  soi                  403 non 403 403 non non non non non non non non con con
  POST soi                  403 non 403 403 non non non non non non non non con con
  GET  dans                 200 non 403 403 non non non non non non non non con con
  POST dans                 200 non 403 403 non non non non non non non non con con
  GET  hors                 200 non 403 403 non non non non non non non non con con
  POST hors                 200 non 403 403 non non non non non non non non con con
  GET  mienne               200 non 200 200 non non non non non non non non con con
  POST mienne               200 non 200 200 non non non non non non non non con con

visites:absence  pk=visite
  GET  soi                  403 non 403 403 non non non non non non non non con con
  POST soi                  403 non 403 403 non non non non non non non non con con
  GET  dans                 200 non 403 403 non non non non non non non non con con
  POST dans                 200 non 403 403 non non non non non non non non con con
  GET  hors                 200 non 403 403 non non non non non non non non con con
  POST hors                 200 non 403 403 non non non non non non non non con con
  GET  mienne               200 non 200 200 non non non non non non non non con con
  POST mienne               200 non 200 200 non non non non non non non non con con

visites:certificat  pk=realisee
  POST soi                  302 302 302 302 non non non non 302 non non non con con
  POST dans                 302 302 302 302 non non non non 404 non non non con con
  POST hors                 302 302 302 302 non non non non 404 non non non con con
  POST dans:visite          404 404 404 404 non non non non 404 non non non con con

visites:conclure  pk=visite
  GET  soi                  non non 403 403 non non non non non non non non con con
  POST soi                  non non 403 403 non non non non non non non non con con
  GET  dans                 non non 403 403 non non non non non non non non con con
  POST dans                 non non 403 403 non non non non non non non non con con
  GET  hors                 non non 403 403 non non non non non non non non con con
  POST hors                 non non 403 403 non non non non non non non non con con
  GET  mienne               non non 200 200 non non non non non non non non con con
  POST mienne               non non 200 200 non non non non non non non non con con

visites:apercu  pk=visite
  POST soi                  non non 403 403 non non non non non non non non con con
  POST dans                 non non 403 403 non non non non non non non non con con
  POST hors                 non non 403 403 non non non non non non non non con con
  POST mienne               non non 200 200 non non non non non non non non con con
"""
