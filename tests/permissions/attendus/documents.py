"""What each role gets from issued documents, letters and their head."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

documents:ouvrir  pk=document
  GET  soi                  200 200 200 200 non non non non 200 non non non con con
  GET  dans                 200 200 200 200 non non non non 404 non non non con con
  GET  hors                 200 200 200 200 non non non non 404 non non non con con

documents:lettres
  GET  page                 200 200 200 200 non non non non non non non non con con

documents:agent  pk=agent
  GET  soi                  200 200 200 200 non non non non non non non non con con
  GET  dans                 200 200 200 200 non non non non non non non non con con
  GET  hors                 200 200 200 200 non non non non non non non non con con

documents:ecrire  pk=agent
  GET  soi                  200 200 non non non non non non non non non non con con
  POST soi                  200 200 non non non non non non non non non non con con
  GET  dans                 200 200 non non non non non non non non non non con con
  POST dans                 200 200 non non non non non non non non non non con con
  GET  hors                 200 200 non non non non non non non non non non con con
  POST hors                 200 200 non non non non non non non non non non con con

documents:lot  pk=lot
  GET  soi                  200 200 non non non non non non non non non non con con
  GET  dans                 404 404 non non non non non non non non non non con con

documents:lot_fichier  pk=lot
  GET  soi                  200 200 non non non non non non non non non non con con
  GET  dans                 404 404 non non non non non non non non non non con con

documents:modeles
  GET  page                 200 200 200 non 200 non non non non non non non con con

documents:modele  pk=lettre_type
  GET  un                   200 200 200 non 200 non non non non non non non con con

documents:rediger  pk=lettre_type
  GET  un                   200 200 403 non 403 non non non non non non non con con
  POST un                   200 200 403 non 403 non non non non non non non con con
  GET  un:lettre_medicale   403 403 200 non 403 non non non non non non non con con
  POST un:lettre_medicale   403 403 200 non 403 non non non non non non non con con
  GET  un:lettre_psy        403 403 403 non 200 non non non non non non non con con
  POST un:lettre_psy        403 403 403 non 200 non non non non non non non con con

documents:apercu  pk=brouillon
  GET  un                   200 200 200 non 200 non non non non non non non con con

documents:publier  pk=brouillon
  GET  un                   403 200 403 non 403 non non non non non non non con con
  POST un                   403 200 403 non 403 non non non non non non non con con

documents:retirer_modele  pk=lettre_publiee
  GET  un                   403 200 403 non 403 non non non non non non non con con
  POST un                   403 200 403 non 403 non non non non non non non con con

documents:courriels
  GET  page                 200 200 non non non non non non non non non 200 con con

documents:renvoyer  pk=courriel
  POST un                   non non non non non non non non non non non 302 con con

documents:entete
  GET  page                 non 200 non non non non non non non non non non con con
  POST page                 non 200 non non non non non non non non non non con con

documents:signataire_ajouter
  GET  page                 non 200 non non non non non non non non non non con con
  POST page                 non 200 non non non non non non non non non non con con

documents:signataire_corriger  pk=signataire
  GET  un                   non 200 non non non non non non non non non non con con
  POST un                   non 200 non non non non non non non non non non con con
"""
