"""What each role gets from the reference data: read by five roles, written by domain (architecture).

The parameter and the list asked for here are of the medical domain: chief of section and doctor write them,
preventeur and administrateur write others and are refused on these.
"""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

referentiel:accueil
  GET  page                non 200 200 non non 200 non non non non 200 200 con con

referentiel:parametres
  GET  page                non 200 200 non non 200 non non non non 200 200 con con

referentiel:parametre  code=code
  GET  un                  non 200 200 non non 200 non non non non 200 200 con con

referentiel:changer  code=code
  GET  un                  non 200 200 non non 403 non non non non non 403 con con
  POST un                  non 200 200 non non 403 non non non non non 403 con con

referentiel:corriger  pk=valeur
  GET  un                  non 200 200 non non 403 non non non non non 403 con con
  POST un                  non 200 200 non non 403 non non non non non 403 con con

referentiel:retirer  pk=valeur
  GET  un                  non 200 200 non non 403 non non non non non 403 con con
  POST un                  non 200 200 non non 403 non non non non non 403 con con

referentiel:jours
  GET  page                non 200 200 non non 200 non non non non 200 200 con con

referentiel:ajouter_annee  annee=annee
  GET  un                  non 200 non non non non non non non non non non con con
  POST un                  non 302 non non non non non non non non non non con con

referentiel:ajouter_jour
  GET  page                non 200 non non non non non non non non non non con con
  POST page                non 200 non non non non non non non non non non con con

referentiel:retirer_jour  pk=jour_chome
  GET  un                  non 200 non non non non non non non non non non con con
  POST un                  non 200 non non non non non non non non non non con con

referentiel:textes
  GET  page                non 200 200 non non 200 non non non non 200 200 con con

referentiel:ajouter_texte
  GET  page                non 200 non non non non non non non non non non con con
  POST page                non 200 non non non non non non non non non non con con

referentiel:texte  pk=texte
  GET  un                  non 200 200 non non 200 non non non non 200 200 con con

referentiel:corriger_texte  pk=texte
  GET  un                  non 200 non non non non non non non non non non con con
  POST un                  non 200 non non non non non non non non non non con con

referentiel:entrees  cle=petite_liste
  GET  un                  non 200 200 non non 200 non non non non 200 200 con con

referentiel:ajouter_entree  cle=petite_liste
  GET  un                  non 200 200 non non 403 non non non non non 403 con con
  POST un                  non 200 200 non non 403 non non non non non 403 con con

referentiel:entree  cle=petite_liste pk=entree
  GET  un                  non 200 200 non non 200 non non non non 200 200 con con

referentiel:corriger_entree  cle=petite_liste pk=entree
  GET  un                  non 200 200 non non 403 non non non non non 403 con con
  POST un                  non 200 200 non non 403 non non non non non 403 con con

referentiel:mettre_de_cote  cle=petite_liste pk=entree
  GET  un                  non 200 200 non non 403 non non non non non 403 con con
  POST un                  non 200 200 non non 403 non non non non non 403 con con

referentiel:proposer  cle=petite_liste pk=entree
  POST un                  non 302 302 non non 403 non non non non non 403 con con

referentiel:deplacer_entree  cle=petite_liste pk=entree rang=rang_liste
  POST un                  non 302 302 non non 403 non non non non non 403 con con
"""
