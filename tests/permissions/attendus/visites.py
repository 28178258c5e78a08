"""What each role gets from the pages of visits (visit, motive in clear, conclusion and restrictions)."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

visites:regles
  GET  page                 non 200 200 non non 200 non non non non 200 200 con con

visites:regle  declencheur=declencheur
  GET  un                   non 200 200 non non 200 non non non non 200 200 con con

visites:nouvelle_regle  declencheur=declencheur
  GET  un                   non 200 200 non non non non non non non non non con con
  POST un                   non 200 200 non non non non non non non non non con con

visites:corriger_regle  pk=version_regle
  GET  un                   non 200 200 non non non non non non non non non con con
  POST un                   non 200 200 non non non non non non non non non con con

visites:retirer_regle  pk=version_regle
  GET  un                   non 200 200 non non non non non non non non non con con
  POST un                   non 200 200 non non non non non non non non non con con

visites:essai  pk=essai_regle
  GET  un                   non 200 200 non non non non non non non non non con con

visites:essai_visites  pk=essai_regle
  GET  un                   non 200 200 non non non non non non non non non con con

visites:adopter_essai  pk=essai_regle
  POST un                   non 302 302 non non non non non non non non non con con

visites:abandonner_essai  pk=essai_regle
  POST un                   non 302 302 non non non non non non non non non con con

visites:liste
  GET  page                 200 200 200 200 non non 200 non non non non non con con

visites:calculer
  POST page                 302 non non non non non non non non non non non con con

visites:charge
  GET  page                 200 200 200 200 non non 200 non non non non non con con

visites:due  pk=due
  GET  soi                  200 200 200 200 non non 200 non non non non non con con
  GET  dans                 200 200 200 200 non non 200 non non non non non con con
  GET  hors                 200 200 200 200 non non 200 non non non non non con con

visites:due_date  pk=due
  GET  soi                  403 non non non non non non non non non non non con con
  POST soi                  403 non non non non non non non non non non non con con
  GET  dans                 200 non non non non non non non non non non non con con
  POST dans                 200 non non non non non non non non non non non con con
  GET  hors                 200 non non non non non non non non non non non con con
  POST hors                 200 non non non non non non non non non non non con con

visites:due_regle  pk=due
  GET  soi                  403 non non non non non non non non non non non con con
  POST soi                  403 non non non non non non non non non non non con con
  GET  dans                 200 non non non non non non non non non non non con con
  POST dans                 200 non non non non non non non non non non non con con
  GET  hors                 200 non non non non non non non non non non non con con
  POST hors                 200 non non non non non non non non non non non con con

visites:due_ecarter  pk=due
  GET  soi                  403 non non non non non non non non non non non con con
  POST soi                  403 non non non non non non non non non non non con con
  GET  dans                 200 non non non non non non non non non non non con con
  POST dans                 200 non non non non non non non non non non non con con
  GET  hors                 200 non non non non non non non non non non non con con
  POST hors                 200 non non non non non non non non non non non con con

visites:due_reprendre  pk=ecartee
  GET  soi                  403 non non non non non non non non non non non con con
  POST soi                  403 non non non non non non non non non non non con con
  GET  dans                 200 non non non non non non non non non non non con con
  POST dans                 200 non non non non non non non non non non non con con
  GET  hors                 200 non non non non non non non non non non non con con
  POST hors                 200 non non non non non non non non non non non con con

visites:journee
  GET  page                 200 non 200 200 non non non non non non non non con con

visites:lettres
  GET  page                 200 200 non non non non non non non non non non con con
  POST page                 200 200 non non non non non non non non non non con con

visites:planning
  GET  page                 200 200 200 200 200 non 200 non non non non non con con

visites:ouvrir_demi_journee
  GET  page                 200 non 200 200 200 non non non non non non non con con
  POST page                 200 non 200 200 200 non non non non non non non con con

visites:absences_professionnels
  GET  page                 200 200 200 200 200 non 200 non non non non non con con

visites:absence_ajouter
  GET  page                 200 non 200 200 200 non non non non non non non con con
  POST page                 200 non 200 200 200 non non non non non non non con con

visites:absence_corriger  pk=absence_pro
  GET  un                   200 non 403 403 404 non non non non non non non con con
  POST un                   200 non 403 403 404 non non non non non non non con con

visites:demi_journee  pk=demi_journee
  GET  un                   200 200 200 200 404 non 200 non non non non non con con

visites:creneau_occupe  pk=demi_journee
  POST un                   non non non non 404 non non non non non non non con con

visites:demi_journee_etat  pk=demi_journee
  POST un                   200 non 403 403 404 non non non non non non non con con

visites:lettres_demi_journee  pk=demi_journee
  GET  un                   200 200 non non non non non non non non non non con con
  POST un                   200 200 non non non non non non non non non non con con

visites:remplir  pk=demi_journee
  GET  un                   200 non 403 403 non non non non non non non non con con
  POST un                   200 non 403 403 non non non non non non non non con con

visites:presence  pk=demi_journee
  GET  un                   200 non 403 403 non non non non non non non non con con

visites:tous_presents  pk=demi_journee
  POST un                   302 non 403 403 non non non non non non non non con con

visites:remplacer  pk=demi_journee
  POST un                   200 non 403 403 non non non non non non non non con con

visites:agent  pk=agent
  GET  soi                  200 200 200 200 non non 200 200 200 non non non con con
  GET  dans                 200 200 200 200 non non 200 200 404 non non non con con
  GET  hors                 200 200 200 200 non non 200 404 404 non non non con con

visites:restrictions_agent  pk=agent
  GET  soi                  200 200 200 200 non non 200 200 200 non non non con con
  GET  dans                 200 200 200 200 non non 200 200 404 non non non con con
  GET  hors                 200 200 200 200 non non 200 404 404 non non non con con

visites:postes_compatibles  pk=agent
  GET  soi                  403 403 403 403 non non 403 non non non non non con con
  GET  dans                 200 200 200 200 non non 200 non non non non non con con
  GET  hors                 200 200 200 200 non non 200 non non non non non con con

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

rendez_vous:repondre  jeton=lien_reponse.jeton
  GET  un                   200 200 200 200 200 200 200 200 200 200 200 200 200 200
  POST un                   200 200 200 200 200 200 200 200 200 200 200 200 200 200

visites:envoyer_lien  pk=visite
  POST soi                  403 non 403 403 non non non non non non non non con con
  POST dans                 302 non 403 403 non non non non non non non non con con
  POST hors                 302 non 403 403 non non non non non non non non con con
  POST mienne               302 non 302 302 non non non non non non non non con con

visites:annuler  pk=visite
  GET  soi                  403 non 403 403 non non non non non non non non con con
  POST soi                  403 non 403 403 non non non non non non non non con con
  GET  dans                 200 non 403 403 non non non non non non non non con con
  POST dans                 200 non 403 403 non non non non non non non non con con
  GET  hors                 200 non 403 403 non non non non non non non non con con
  POST hors                 200 non 403 403 non non non non non non non non con con
  GET  mienne               200 non 200 200 non non non non non non non non con con
  POST mienne               200 non 200 200 non non non non non non non non con con

visites:dire  pk=visite
  POST soi                  403 non 403 403 non non non non non non non non con con
  POST dans                 302 non 403 403 non non non non non non non non con con
  POST hors                 302 non 403 403 non non non non non non non non con con
  POST mienne               302 non 302 302 non non non non non non non non con con

visites:repondre  pk=visite
  POST soi                  403 non 403 403 non non non non non non non non con con
  POST dans                 302 non 403 403 non non non non non non non non con con
  POST hors                 302 non 403 403 non non non non non non non non con con
  POST mienne               302 non 302 302 non non non non non non non non con con

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

visites:corriger  pk=realisee
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

visites:brouillon  pk=visite
  POST soi                  non non 403 403 non non non non non non non non con con
  POST dans                 non non 403 403 non non non non non non non non con con
  POST hors                 non non 403 403 non non non non non non non non con con
  POST mienne               non non 200 200 non non non non non non non non con con

visites:demandes
  GET  page                 200 non 200 200 non non non 200 200 non non non con con

visites:demander_qui
  GET  page                 200 non 200 200 non non non 200 302 non non non con con

visites:demander  pk=agent
  GET  soi                  200 non 200 200 non non non 200 200 non non non con con
  POST soi                  200 non 200 200 non non non 200 200 non non non con con
  GET  dans                 200 non 200 200 non non non 200 404 non non non con con
  POST dans                 200 non 200 200 non non non 200 404 non non non con con
  GET  hors                 200 non 200 200 non non non 404 404 non non non con con
  POST hors                 200 non 200 200 non non non 404 404 non non non con con

visites:demande  pk=demande_visite
  GET  soi                  200 non 200 200 non non non 200 200 non non non con con
  GET  dans                 200 non 200 200 non non non 404 404 non non non con con
  GET  hors                 200 non 200 200 non non non 404 404 non non non con con
  GET  mienne               200 non 200 200 non non non 404 404 non non non con con

visites:demande_historique  pk=demande_visite
  GET  soi                  200 non 200 200 non non non non non non non non con con
  GET  dans                 200 non 200 200 non non non non non non non non con con
  GET  hors                 200 non 200 200 non non non non non non non non con con
  GET  mienne               200 non 200 200 non non non non non non non non con con

visites:demande_retenir  pk=demande_visite
  GET  soi                  403 non 403 non non non non non non non non non con con
  POST soi                  403 non 403 non non non non non non non non non con con
  GET  dans                 200 non 200 non non non non non non non non non con con
  POST dans                 200 non 200 non non non non non non non non non con con
  GET  hors                 200 non 200 non non non non non non non non non con con
  POST hors                 200 non 200 non non non non non non non non non con con
  GET  mienne               200 non 200 non non non non non non non non non con con
  POST mienne               200 non 200 non non non non non non non non non con con

visites:demande_refuser  pk=demande_visite
  GET  soi                  403 non 403 non non non non non non non non non con con
  POST soi                  403 non 403 non non non non non non non non non con con
  GET  dans                 200 non 200 non non non non non non non non non con con
  POST dans                 200 non 200 non non non non non non non non non con con
  GET  hors                 200 non 200 non non non non non non non non non con con
  POST hors                 200 non 200 non non non non non non non non non con con
  GET  mienne               200 non 200 non non non non non non non non non con con
  POST mienne               200 non 200 non non non non non non non non non con con

visites:demande_retirer  pk=demande_visite
  GET  soi                  403 non 403 403 non non non 403 403 non non non con con
  POST soi                  403 non 403 403 non non non 403 403 non non non con con
  GET  dans                 403 non 403 403 non non non 404 404 non non non con con
  POST dans                 403 non 403 403 non non non 404 404 non non non con con
  GET  hors                 403 non 403 403 non non non 404 404 non non non con con
  POST hors                 403 non 403 403 non non non 404 404 non non non con con
  GET  mienne               200 non 200 200 non non non 404 404 non non non con con
  POST mienne               200 non 200 200 non non non 404 404 non non non con con
"""
