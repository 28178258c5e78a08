"""What each role gets from the search, from his own file and from his team (issue: self and team)."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

# Everybody searches, and finds what he may open: the content asks visible_to().
recherche:resultats
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con

recherche:suggestions
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con

# Everybody reads his own file, and nobody reads another's here.
soi:dossier
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con

soi:document  pk=document
  GET  soi                  200 200 200 200 200 200 200 200 200 200 200 200 con con
  GET  dans                 404 404 404 404 404 404 404 404 404 404 404 404 con con
  GET  hors                 404 404 404 404 404 404 404 404 404 404 404 404 con con

equipe:liste
  GET  page                 non non non non non non non 200 non non non non con con
"""
