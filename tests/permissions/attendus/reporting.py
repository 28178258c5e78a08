"""What each role gets from the dashboard and the packs of the CHCT (matrix: statistics)."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

reporting:tableau
  GET  page                 200 200 200 200 200 200 200 non non non 200 non con con

reporting:resume
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con
  POST page                 302 302 302 302 302 302 302 302 302 302 302 302 con con

reporting:editions
  GET  page                 200 200 200 200 200 200 200 non non 200 200 non con con

reporting:preparer
  GET  page                 200 200 non non non non non non non non non non con con
  POST page                 200 200 non non non non non non non non non non con con

reporting:edition  pk=edition
  GET  un                   200 200 200 200 200 200 200 non non 200 200 non con con

reporting:pdf  pk=edition
  GET  un                   200 200 200 200 200 200 200 non non 200 200 non con con

# Saved views belong to one account: nobody else's is found.
reporting:vues
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con

# Without a list that the account may open there is nothing to keep.
reporting:vue_enregistrer
  POST page                 302 302 302 302 302 302 302 302 302 302 302 302 con con

reporting:vue_renommer  pk=vue
  GET  soi                  200 200 200 200 200 200 200 200 200 200 200 200 con con
  POST soi                  200 200 200 200 200 200 200 200 200 200 200 200 con con
  GET  hors                 404 404 404 404 404 404 404 404 404 404 404 404 con con
  POST hors                 404 404 404 404 404 404 404 404 404 404 404 404 con con

reporting:vue_defaut  pk=vue
  POST soi                  302 302 302 302 302 302 302 302 302 302 302 302 con con
  POST hors                 404 404 404 404 404 404 404 404 404 404 404 404 con con

reporting:vue_deplacer  pk=vue
  POST soi                  302 302 302 302 302 302 302 302 302 302 302 302 con con
  POST hors                 404 404 404 404 404 404 404 404 404 404 404 404 con con

reporting:vue_supprimer  pk=vue
  POST soi                  302 302 302 302 302 302 302 302 302 302 302 302 con con
  POST hors                 404 404 404 404 404 404 404 404 404 404 404 404 con con

reporting:vue_retablir  pk=vue
  POST soi                  302 302 302 302 302 302 302 302 302 302 302 302 con con
  POST hors                 404 404 404 404 404 404 404 404 404 404 404 404 con con
"""
