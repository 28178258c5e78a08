"""What each role gets from background jobs: its own, whoever it is; the technical administrator watches."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

travaux:travail  pk=travail
  GET  soi                  200 200 200 200 200 200 200 200 200 200 200 200 con con
  GET  hors                 404 404 404 404 404 404 404 404 404 404 404 404 con con

travaux:liste
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con

travaux:temoin
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con

travaux:vu  pk=travail
  POST soi                  302 302 302 302 302 302 302 302 302 302 302 302 con con
  POST hors                 404 404 404 404 404 404 404 404 404 404 404 404 con con

travaux:relancer  pk=travail
  GET  hors                 non non non non non non non non non non non 200 con con
  POST hors                 non non non non non non non non non non non 302 con con

travaux:abandonner  pk=travail
  GET  hors                 non non non non non non non non non non non 200 con con
  POST hors                 non non non non non non non non non non non 302 con con
"""
