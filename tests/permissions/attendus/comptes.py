"""What each role gets from the accounts (matrix: CHE approves, AUD reads, ADM writes), and from its own.

Nobody acts on his own account; a link opens for who is not logged in.
"""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

comptes:liste
  GET  page                 non 200 non non non non non non non non 200 200 con con

comptes:ajouter
  GET  page                 non non non non non non non non non non non 200 con con
  POST page                 non non non non non non non non non non non 200 con con

comptes:demandes
  GET  page                 non 200 non non non non non non non non 200 200 con con

comptes:approuver
  POST page                 non 302 non non non non non non non non non non con con

comptes:refuser  pk=demande
  GET  un                   non 200 non non non non non non non non non non con con
  POST un                   non 302 non non non non non non non non non non con con

comptes:compte  pk=compte
  GET  soi                  non 200 non non non non non non non non 200 200 con con
  GET  un                   non 200 non non non non non non non non 200 200 con con

comptes:historique  pk=compte
  GET  soi                  non 200 non non non non non non non non 200 200 con con
  GET  un                   non 200 non non non non non non non non 200 200 con con

comptes:corriger  pk=compte
  GET  soi                  non non non non non non non non non non non 200 con con
  POST soi                  non non non non non non non non non non non 200 con con
  GET  un                   non non non non non non non non non non non 200 con con
  POST un                   non non non non non non non non non non non 200 con con

comptes:role  pk=compte
  GET  soi                  non non non non non non non non non non non 403 con con
  POST soi                  non non non non non non non non non non non 403 con con
  GET  un                   non non non non non non non non non non non 200 con con
  POST un                   non non non non non non non non non non non 200 con con

comptes:desactiver  pk=compte
  GET  soi                  non non non non non non non non non non non 403 con con
  POST soi                  non non non non non non non non non non non 403 con con
  GET  un                   non non non non non non non non non non non 200 con con
  POST un                   non non non non non non non non non non non 302 con con

comptes:reactiver  pk=compte
  POST soi                  non non non non non non non non non non non 403 con con
  POST un                   non non non non non non non non non non non 302 con con

comptes:creer_lien  pk=compte
  POST soi                  non non non non non non non non non non non 403 con con
  POST un                   non non non non non non non non non non non 302 con con

comptes:retirer_lien  pk=compte
  POST soi                  non non non non non non non non non non non 403 con con
  POST un                   non non non non non non non non non non non 302 con con

comptes:demander_mot_de_passe  pk=compte
  POST soi                  non non non non non non non non non non non 403 con con
  POST un                   non non non non non non non non non non non 302 con con

comptes:sessions  pk=compte
  GET  soi                  non non non non non non non non non non non 200 con con
  GET  un                   non non non non non non non non non non non 200 con con

comptes:fermer_session  pk=compte
  POST soi                  non non non non non non non non non non non 302 con con
  POST un                   non non non non non non non non non non non 302 con con

comptes:mes_sessions
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con

comptes:fermer_mienne
  POST page                 302 302 302 302 302 302 302 302 302 302 302 302 con con

comptes:opposer  pk=demande
  POST soi                  302 302 302 302 302 302 302 302 302 302 302 302 con con
  POST un                   404 404 404 404 404 404 404 404 404 404 404 404 con con

comptes:lien  jeton=lien.jeton
  GET  un                   403 403 403 403 403 403 403 403 403 403 403 403 200 200
  POST un                   403 403 403 403 403 403 403 403 403 403 403 403 200 200

comptes:saisies
  GET  page                 200 200 200 200 200 200 200 200 200 200 200 200 con con

comptes:saisie_abandonner  pk=saisie
  POST soi                  302 302 302 302 302 302 302 302 302 302 302 302 con con
  POST un                   404 404 404 404 404 404 404 404 404 404 404 404 con con

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

# Nobody puts back what somebody else took away of his own file: he opens it under « Mon dossier » only.
comptes:retablir  pk=retrait
  GET  soi                  404 404 404 404 404 404 404 404 404 404 404 404 con con
  POST soi                  404 404 404 404 404 404 404 404 404 404 404 404 con con
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
