"""What each role gets from reports, accidents and the plan (matrix: reports, AT/MP circumstances)."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

signalements:liste
  GET  page                 200 200 non non non 200 non 200 200 non non non con con

signalements:signaler
  GET  page                 200 200 non non non 200 non 200 200 non non non con con
  POST page                 200 200 non non non 200 non 200 200 non non non con con

# The address given to whoever declared, name or not: who holds it reads how far the report is.
signalements:envoye  jeton=signalement.jeton
  GET  soi                  200 200 non non non 200 non 200 200 non non non con con
  GET  dans                 200 200 non non non 200 non 200 200 non non non con con
  GET  hors                 200 200 non non non 200 non 200 200 non non non con con

signalements:signalement  pk=signalement
  GET  soi                  200 200 non non non 200 non 200 200 non non non con con
  GET  dans                 200 200 non non non 200 non 200 404 non non non con con
  GET  hors                 200 200 non non non 200 non 404 404 non non non con con

signalements:historique  pk=signalement
  GET  soi                  200 200 non non non 200 non non non non non non con con
  GET  dans                 200 200 non non non 200 non non non non non non con con
  GET  hors                 200 200 non non non 200 non non non non non non con con

signalements:qualifier  pk=signalement
  GET  soi                  302 302 non non non 302 non non non non non non con con
  POST soi                  200 200 non non non 200 non non non non non non con con
  GET  dans                 302 302 non non non 302 non non non non non non con con
  POST dans                 200 200 non non non 200 non non non non non non con con
  GET  hors                 302 302 non non non 302 non non non non non non con con
  POST hors                 200 200 non non non 200 non non non non non non con con

signalements:commencer  pk=signalement
  POST soi                  302 302 non non non 302 non non non non non non con con
  POST dans                 302 302 non non non 302 non non non non non non con con
  POST hors                 302 302 non non non 302 non non non non non non con con

signalements:mesures  pk=signalement
  GET  soi                  200 200 non non non 200 non non non non non non con con
  POST soi                  200 200 non non non 200 non non non non non non con con
  GET  dans                 200 200 non non non 200 non non non non non non con con
  POST dans                 200 200 non non non 200 non non non non non non con con
  GET  hors                 200 200 non non non 200 non non non non non non con con
  POST hors                 200 200 non non non 200 non non non non non non con con

signalements:clore  pk=signalement
  GET  soi                  200 200 non non non 200 non non non non non non con con
  POST soi                  200 200 non non non 200 non non non non non non con con
  GET  dans                 200 200 non non non 200 non non non non non non con con
  POST dans                 200 200 non non non 200 non non non non non non con con
  GET  hors                 200 200 non non non 200 non non non non non non con con
  POST hors                 200 200 non non non 200 non non non non non non con con

# Nobody rejects what he declared: back to the report, with the reason.
signalements:rejeter  pk=signalement
  GET  soi                  302 302 non non non 302 non non non non non non con con
  POST soi                  302 302 non non non 302 non non non non non non con con
  GET  dans                 200 200 non non non 200 non non non non non non con con
  POST dans                 200 200 non non non 200 non non non non non non con con
  GET  hors                 200 200 non non non 200 non non non non non non con con
  POST hors                 200 200 non non non 200 non non non non non non con con

signalements:ajouter_agent  pk=signalement
  POST soi                  200 200 non non non 200 non non non non non non con con
  POST dans                 200 200 non non non 200 non non non non non non con con
  POST hors                 200 200 non non non 200 non non non non non non con con

signalements:retirer_agent  pk=signalement agent=agent
  POST soi                  302 302 non non non 302 non non non non non non con con
  POST dans                 302 302 non non non 302 non non non non non non con con
  POST hors                 302 302 non non non 302 non non non non non non con con
  POST croise               404 404 non non non 404 non non non non non non con con

signalements:accidents
  GET  page                 200 200 200 200 non 200 200 200 200 non non non con con

signalements:choisir_agent
  GET  page                 200 non non non non 200 non non non non non non con con

signalements:ajouter_accident  agent=agent
  GET  soi                  403 non non non non 403 non non non non non non con con
  POST soi                  403 non non non non 403 non non non non non non con con
  GET  dans                 200 non non non non 200 non non non non non non con con
  POST dans                 200 non non non non 200 non non non non non non con con
  GET  hors                 200 non non non non 200 non non non non non non con con
  POST hors                 200 non non non non 200 non non non non non non con con

signalements:accident  pk=accident
  GET  soi                  200 200 200 200 non 200 200 200 200 non non non con con
  GET  dans                 200 200 200 200 non 200 200 200 404 non non non con con
  GET  hors                 200 200 200 200 non 200 200 404 404 non non non con con

signalements:accident_historique  pk=accident
  GET  soi                  200 non non non non 200 non non non non non non con con
  GET  dans                 200 non non non non 200 non non non non non non con con
  GET  hors                 200 non non non non 200 non non non non non non con con

signalements:modifier_accident  pk=accident
  GET  soi                  403 non non non non 403 non non non non non non con con
  POST soi                  403 non non non non 403 non non non non non non con con
  GET  dans                 200 non non non non 200 non non non non non non con con
  POST dans                 200 non non non non 200 non non non non non non con con
  GET  hors                 200 non non non non 200 non non non non non non con con
  POST hors                 200 non non non non 200 non non non non non non con con

signalements:accidents_agent  pk=agent
  GET  soi                  200 200 200 200 non 200 200 200 200 non non non con con
  GET  dans                 200 200 200 200 non 200 200 200 404 non non non con con
  GET  hors                 200 200 200 200 non 200 200 404 404 non non non con con

signalements:actions
  GET  page                 200 200 non non non 200 non non non non non non con con

signalements:ajouter_action
  GET  page                 200 200 non non non 200 non non non non non non con con
  POST page                 200 200 non non non 200 non non non non non non con con

signalements:action  pk=action
  GET  un                   200 200 non non non 200 non non non non non non con con

signalements:action_historique  pk=action
  GET  un                   200 200 non non non 200 non non non non non non con con

signalements:modifier_action  pk=action
  GET  un                   200 200 non non non 200 non non non non non non con con
  POST un                   200 200 non non non 200 non non non non non non con con

signalements:commencer_action  pk=action
  POST un                   302 302 non non non 302 non non non non non non con con

signalements:terminer_action  pk=action
  GET  un                   200 200 non non non 200 non non non non non non con con
  POST un                   200 200 non non non 200 non non non non non non con con

signalements:abandonner_action  pk=action
  GET  un                   200 200 non non non 200 non non non non non non con con
  POST un                   200 200 non non non 200 non non non non non non con con
"""
