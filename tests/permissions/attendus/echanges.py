"""What each role gets from follow-ups and exchanges: who is named, the chief, whom one is shown to."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

visites:accompagnements
  GET  page                200 200 non non non non non non non non non non con con

visites:accompagnements_agent  pk=agent
  GET  soi                 200 200 non non non non non non non non non non con con
  GET  dans                200 200 non non non non non non non non non non con con
  GET  hors                200 200 non non non non non non non non non non con con

visites:accompagnement_ouvrir  pk=agent
  POST soi                 403 non non non non non non non non non non non con con
  POST dans                302 non non non non non non non non non non non con con
  POST hors                302 non non non non non non non non non non non con con

visites:echanges_remettre  pk=agent
  GET  soi                 403 non non non non non non non non non non non con con
  POST soi                 403 non non non non non non non non non non non con con
  GET  dans                200 non non non non non non non non non non non con con
  POST dans                200 non non non non non non non non non non non con con
  GET  hors                200 non non non non non non non non non non non con con
  POST hors                200 non non non non non non non non non non non con con

visites:accompagnement  cle=accompagnement.cle
  GET  soi                 404 404 non non non non non non non non non non con con
  GET  dans                200 200 non non non non non non non non non non con con
  GET  hors                404 200 non non non non non non non non non non con con
  GET  un                  404 404 non non non non non non non non non non con con

visites:accompagnement_nommer  cle=accompagnement.cle
  GET  soi                 404 404 non non non non non non non non non non con con
  POST soi                 404 404 non non non non non non non non non non con con
  GET  dans                200 200 non non non non non non non non non non con con
  POST dans                200 200 non non non non non non non non non non con con
  GET  hors                404 200 non non non non non non non non non non con con
  POST hors                404 200 non non non non non non non non non non con con
  GET  un                  404 404 non non non non non non non non non non con con
  POST un                  404 404 non non non non non non non non non non con con

visites:accompagnement_reserver  cle=accompagnement.cle
  GET  soi                 404 404 non non non non non non non non non non con con
  POST soi                 404 404 non non non non non non non non non non con con
  GET  dans                200 200 non non non non non non non non non non con con
  POST dans                200 200 non non non non non non non non non non con con
  GET  hors                404 200 non non non non non non non non non non con con
  POST hors                404 200 non non non non non non non non non non con con
  GET  un                  404 404 non non non non non non non non non non con con
  POST un                  404 404 non non non non non non non non non non con con

visites:accompagnement_fermer  cle=accompagnement.cle
  GET  soi                 404 404 non non non non non non non non non non con con
  POST soi                 404 404 non non non non non non non non non non con con
  GET  dans                200 200 non non non non non non non non non non con con
  POST dans                200 200 non non non non non non non non non non con con
  GET  hors                404 200 non non non non non non non non non non con con
  POST hors                404 200 non non non non non non non non non non con con
  GET  un                  404 404 non non non non non non non non non non con con
  POST un                  404 404 non non non non non non non non non non con con

visites:accompagnement_retirer  cle=accompagnement.cle  pk=membre
  POST soi                 404 404 non non non non non non non non non non con con
  POST dans                302 302 non non non non non non non non non non con con
  POST hors                404 302 non non non non non non non non non non con con
  POST un                  404 404 non non non non non non non non non non con con
  POST croise              404 404 non non non non non non non non non non con con

visites:echange_ecrire  cle=accompagnement.cle
  GET  soi                 404 non non non non non non non non non non non con con
  POST soi                 404 non non non non non non non non non non non con con
  GET  dans                200 non non non non non non non non non non non con con
  POST dans                200 non non non non non non non non non non non con con
  GET  hors                404 non non non non non non non non non non non con con
  POST hors                404 non non non non non non non non non non non con con
  GET  un                  404 non non non non non non non non non non non con con
  POST un                  404 non non non non non non non non non non non con con

visites:etape_finir  cle=etape.cle
  POST soi                 404 non non non non non non non non non non non con con
  POST dans                302 non non non non non non non non non non non con con
  POST hors                404 non non non non non non non non non non non con con
  POST un                  404 non non non non non non non non non non non con con

visites:echanges_montres
  GET  page                non non 200 non 200 non non non non non non non con con

visites:echange  cle=echange.cle
  GET  soi                 404 404 404 non 404 non non non non non non non con con
  GET  dans                200 200 200 non 200 non non non non non non non con con
  GET  hors                404 200 404 non 404 non non non non non non non con con
  GET  un                  404 404 404 non 404 non non non non non non non con con

visites:echange_piece  cle=echange.cle  pk=piece_echange
  GET  soi                 404 404 404 non 404 non non non non non non non con con
  GET  dans                200 200 200 non 200 non non non non non non non con con
  GET  hors                404 200 404 non 404 non non non non non non non con con
  GET  un                  404 404 404 non 404 non non non non non non non con con
  GET  croise              404 404 404 non 404 non non non non non non non con con

visites:echange_partage_retirer  cle=echange.cle  pk=partage_echange
  POST soi                 404 non non non non non non non non non non non con con
  POST dans                302 non non non non non non non non non non non con con
  POST hors                404 non non non non non non non non non non non con con
  POST un                  404 non non non non non non non non non non non con con
  POST croise              404 non non non non non non non non non non non con con

visites:echange_amender  cle=echange.cle
  GET  soi                 404 non non non non non non non non non non non con con
  POST soi                 404 non non non non non non non non non non non con con
  GET  dans                200 non non non non non non non non non non non con con
  POST dans                200 non non non non non non non non non non non con con
  GET  hors                404 non non non non non non non non non non non con con
  POST hors                404 non non non non non non non non non non non con con
  GET  un                  404 non non non non non non non non non non non con con
  POST un                  404 non non non non non non non non non non non con con

visites:echange_montrer  cle=echange.cle
  GET  soi                 404 non non non non non non non non non non non con con
  POST soi                 404 non non non non non non non non non non non con con
  GET  dans                200 non non non non non non non non non non non con con
  POST dans                200 non non non non non non non non non non non con con
  GET  hors                404 non non non non non non non non non non non con con
  POST hors                404 non non non non non non non non non non non con con
  GET  un                  404 non non non non non non non non non non non con con
  POST un                  404 non non non non non non non non non non non con con

visites:echange_joindre  cle=echange.cle
  GET  soi                 404 non non non non non non non non non non non con con
  POST soi                 404 non non non non non non non non non non non con con
  GET  dans                200 non non non non non non non non non non non con con
  POST dans                200 non non non non non non non non non non non con con
  GET  hors                404 non non non non non non non non non non non con con
  POST hors                404 non non non non non non non non non non non con con
  GET  un                  404 non non non non non non non non non non non con con
  POST un                  404 non non non non non non non non non non non con con
"""
