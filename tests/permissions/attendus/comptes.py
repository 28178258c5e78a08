"""What each role gets from the pages of its own account, under our names and those that allauth asks for."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

comptes:connexion
  GET  page                 302 302 302 302 302 302 302 302 302 302 302 302 200 200
  POST page                 302 302 302 302 302 302 302 302 302 302 302 302 200 200

comptes:deconnexion
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con
  POST page                 con con con con con con con con con con con con con con

comptes:mot_de_passe
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con
  POST page                 200 200 200 200 200 200 200 200 200 200 200 200 con con

comptes:ferme
  GET  page                 403 403 403 403 403 403 403 403 403 403 403 403 403 403

comptes:corbeille
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con

comptes:retablir  pk=retrait
  GET  un                   200 404 404 404 404 404 200 404 404 404 404 404 con con
  POST un                   302 404 404 404 404 404 302 404 404 404 404 404 con con

account_login
  GET  page                 302 302 302 302 302 302 302 302 302 302 302 302 200 200
  POST page                 302 302 302 302 302 302 302 302 302 302 302 302 200 200

account_logout
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con
  POST page                 con con con con con con con con con con con con con con

account_change_password
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con
  POST page                 200 200 200 200 200 200 200 200 200 200 200 200 con con

account_inactive
  GET  page                 403 403 403 403 403 403 403 403 403 403 403 403 403 403
"""
