"""What each role gets from imports: those who write identity and post."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

imports:historique
  GET  page                 200 200 non non non non 200 non non non non non con con

imports:releves
  GET  page                 200 200 non non non non 200 non non non non non con con

imports:a_corriger
  GET  page                 200 200 non non non non 200 non non non non non con con

imports:correspondances
  GET  page                 200 200 non non non non 200 non non non non non con con

imports:correspondance  pk=correspondance
  GET  un                   200 200 non non non non 200 non non non non non con con
  POST un                   200 200 non non non non 200 non non non non non con con

imports:retirer_correspondance  pk=correspondance
  POST un                   302 302 non non non non 302 non non non non non con con

imports:deposer
  GET  page                 200 200 non non non non 200 non non non non non con con
  POST page                 200 200 non non non non 200 non non non non non con con

imports:colonnes  pk=depot
  GET  un                   200 200 non non non non 200 non non non non non con con
  POST un                   200 200 non non non non 200 non non non non non con con
  GET  un:applique          302 302 non non non non 302 non non non non non con con
  POST un:applique          302 302 non non non non 302 non non non non non con con

imports:apercu  pk=depot
  GET  un                   200 200 non non non non 200 non non non non non con con
  GET  un:applique          302 302 non non non non 302 non non non non non con con

imports:partants  pk=depot
  GET  un:complet           200 200 non non non non 200 non non non non non con con
  POST un:complet           302 302 non non non non 302 non non non non non con con
  GET  un                   302 302 non non non non 302 non non non non non con con
  POST un                   302 302 non non non non 302 non non non non non con con

imports:fiches  pk=depot
  GET  un                   404 404 non non non non 404 non non non non non con con
  GET  un:applique          200 200 non non non non 200 non non non non non con con

imports:appliquer  pk=depot
  POST un                   302 302 non non non non 302 non non non non non con con
  POST un:applique          302 302 non non non non 302 non non non non non con con

imports:abandonner  pk=depot
  GET  un                   200 200 non non non non 200 non non non non non con con
  GET  un:applique          302 302 non non non non 302 non non non non non con con
  POST un                   200 200 non non non non 200 non non non non non con con
  POST un:applique          302 302 non non non non 302 non non non non non con con

imports:annuler  pk=depot
  GET  un:applique          200 200 non non non non 200 non non non non non con con
  POST un:applique          200 200 non non non non 200 non non non non non con con
  GET  un                   302 302 non non non non 302 non non non non non con con
  POST un                   302 302 non non non non 302 non non non non non con con

imports:attentes  pk=depot
  GET  un:applique          200 200 non non non non 200 non non non non non con con
  GET  un                   200 200 non non non non 200 non non non non non con con

imports:renoncer  pk=depot
  GET  un:applique          200 200 non non non non 200 non non non non non con con
  POST un:applique          200 200 non non non non 200 non non non non non con con
  GET  un                   302 302 non non non non 302 non non non non non con con
  POST un                   302 302 non non non non 302 non non non non non con con

imports:reprendre  pk=depot
  POST un                   302 302 non non non non 302 non non non non non con con
  POST un:applique          302 302 non non non non 302 non non non non non con con

imports:interrompre  pk=depot
  POST un                   302 302 non non non non 302 non non non non non con con
  POST un:applique          302 302 non non non non 302 non non non non non con con

imports:fichier  pk=depot
  GET  un                   200 200 non non non non 200 non non non non non con con
  GET  un:applique          200 200 non non non non 200 non non non non non con con

imports:refus  pk=depot
  GET  un                   200 200 non non non non 200 non non non non non con con

imports:bilan  pk=depot
  GET  un                   302 302 non non non non 302 non non non non non con con
  GET  un:applique          200 200 non non non non 200 non non non non non con con
"""
