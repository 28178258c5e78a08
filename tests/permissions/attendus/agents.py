"""What each role gets from the pages of agents: identity and post, absences (matrix, lines 1 and 2)."""

TABLE = """
                            COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM ANO FER

agents:liste
  GET  page                 200 200 200 200 non 200 200 200 302 non non non con con

agents:ajouter
  GET  page                 200 200 non non non non 200 non non non non non con con
  POST page                 200 200 non non non non 200 non non non non non con con

agents:structures
  GET  page                 200 200 non non non non 200 non non non non non con con

agents:structure_ajouter
  GET  page                 200 200 non non non non 200 non non non non non con con
  POST page                 200 200 non non non non 200 non non non non non con con

agents:structure_corriger  pk=structure
  GET  un                   200 200 non non non non 200 non non non non non con con
  POST un                   200 200 non non non non 200 non non non non non con con

agents:structure_historique  pk=structure
  GET  un                   200 200 non non non non 200 non non non non non con con

agents:postes
  GET  page                 200 200 non non non non 200 non non non non non con con

agents:poste_corriger  pk=poste
  GET  un                   200 200 non non non non 200 non non non non non con con
  POST un                   200 200 non non non non 200 non non non non non con con

agents:poste_exigences  pk=poste
  GET  un                   200 200 non non non non 200 non non non non non con con
  POST un                   200 200 non non non non 200 non non non non non con con

agents:poste_historique  pk=poste
  GET  un                   200 200 non non non non 200 non non non non non con con

agents:exposition_ajouter  pk=poste
  GET  un                   200 200 non non non non 200 non non non non non con con
  POST un                   200 200 non non non non 200 non non non non non con con

agents:exposition_corriger  pk=poste exposition=exposition
  GET  un                   200 200 non non non non 200 non non non non non con con
  POST un                   200 200 non non non non 200 non non non non non con con

agents:exposition_supprimer  pk=poste exposition=exposition
  GET  un                   200 200 non non non non 200 non non non non non con con
  POST un                   200 200 non non non non 200 non non non non non con con

agents:agent  pk=agent
  GET  soi                  200 200 200 200 non 200 200 200 200 non non non con con
  GET  dans                 200 200 200 200 non 200 200 200 404 non non non con con
  GET  hors                 200 200 200 200 non 200 200 404 404 non non non con con

agents:historique  pk=agent
  GET  soi                  200 200 non non non non 200 non non non non non con con
  GET  dans                 200 200 non non non non 200 non non non non non con con
  GET  hors                 200 200 non non non non 200 non non non non non con con

# Who opened a file: the agent on his own, the chief of the section (matrix, line « Journal »).
agents:consultations  pk=agent
  GET  soi                  non 200 non non non non non non 200 non non non con con
  GET  dans                 non 200 non non non non non non 404 non non non con con
  GET  hors                 non 200 non non non non non non 404 non non non con con

agents:corriger  pk=agent
  GET  soi                  403 403 non non non non 403 non non non non non con con
  POST soi                  403 403 non non non non 403 non non non non non con con
  GET  dans                 200 200 non non non non 200 non non non non non con con
  POST dans                 200 200 non non non non 200 non non non non non con con
  GET  hors                 200 200 non non non non 200 non non non non non con con
  POST hors                 200 200 non non non non 200 non non non non non con con

# Two files of one person: who corrects both, and neither is his own.
agents:fusion_choisir  pk=agent
  GET  soi                  403 non non non non non 403 non non non non non con con
  GET  dans                 200 non non non non non 200 non non non non non con con
  GET  hors                 200 non non non non non 200 non non non non non con con

agents:fusion  pk=agent autre=jumelle
  GET  soi                  403 non non non non non 403 non non non non non con con
  POST soi                  403 non non non non non 403 non non non non non con con
  GET  dans                 200 non non non non non 200 non non non non non con con
  POST dans                 200 non non non non non 200 non non non non non con con
  GET  hors                 200 non non non non non 200 non non non non non con con
  POST hors                 200 non non non non non 200 non non non non non con con

agents:fusion_defaire  pk=agent alias=alias
  GET  soi                  403 non non non non non 403 non non non non non con con
  POST soi                  403 non non non non non 403 non non non non non con con
  GET  dans                 200 non non non non non 200 non non non non non con con
  POST dans                 200 non non non non non 200 non non non non non con con

agents:affectation_ajouter  pk=agent
  GET  soi                  403 403 non non non non 403 non non non non non con con
  POST soi                  403 403 non non non non 403 non non non non non con con
  GET  dans                 200 200 non non non non 200 non non non non non con con
  POST dans                 200 200 non non non non 200 non non non non non con con
  GET  hors                 200 200 non non non non 200 non non non non non con con
  POST hors                 200 200 non non non non 200 non non non non non con con

agents:affectation_corriger  pk=agent affectation=affectation
  GET  soi                  403 403 non non non non 403 non non non non non con con
  POST soi                  403 403 non non non non 403 non non non non non con con
  GET  dans                 200 200 non non non non 200 non non non non non con con
  POST dans                 200 200 non non non non 200 non non non non non con con
  GET  hors                 200 200 non non non non 200 non non non non non con con
  POST hors                 200 200 non non non non 200 non non non non non con con
  GET  croise               404 404 non non non non 404 non non non non non con con
  POST croise               404 404 non non non non 404 non non non non non con con

# The payroll's rows: as the status. Of the positions the page shows each role its part (test_views_carriere).
agents:carriere  pk=agent
  GET  soi                  200 200 200 200 non 200 200 non 200 non non non con con
  GET  dans                 200 200 200 200 non 200 200 non 404 non non non con con
  GET  hors                 200 200 200 200 non 200 200 non 404 non non non con con

agents:position_ajouter  pk=agent
  GET  soi                  403 403 non non non non 403 non non non non non con con
  POST soi                  403 403 non non non non 403 non non non non non con con
  GET  dans                 200 200 non non non non 200 non non non non non con con
  POST dans                 200 200 non non non non 200 non non non non non con con
  GET  hors                 200 200 non non non non 200 non non non non non con con
  POST hors                 200 200 non non non non 200 non non non non non con con

agents:position_corriger  pk=agent position=position
  GET  soi                  403 403 non non non non 403 non non non non non con con
  POST soi                  403 403 non non non non 403 non non non non non con con
  GET  dans                 200 200 non non non non 200 non non non non non con con
  POST dans                 200 200 non non non non 200 non non non non non con con
  GET  hors                 200 200 non non non non 200 non non non non non con con
  POST hors                 200 200 non non non non 200 non non non non non con con
  GET  croise               404 404 non non non non 404 non non non non non con con
  POST croise               404 404 non non non non 404 non non non non non con con

agents:position_supprimer  pk=agent position=position
  GET  soi                  403 403 non non non non 403 non non non non non con con
  POST soi                  403 403 non non non non 403 non non non non non con con
  GET  dans                 200 200 non non non non 200 non non non non non con con
  POST dans                 200 200 non non non non 200 non non non non non con con
  GET  hors                 200 200 non non non non 200 non non non non non con con
  POST hors                 200 200 non non non non 200 non non non non non con con
  GET  croise               404 404 non non non non 404 non non non non non con con
  POST croise               404 404 non non non non 404 non non non non non con con

agents:absences  pk=agent
  GET  soi                  200 200 200 200 non non 200 200 200 non non non con con
  GET  dans                 200 200 200 200 non non 200 200 404 non non non con con
  GET  hors                 200 200 200 200 non non 200 404 404 non non non con con

agents:absences_historique  pk=agent
  GET  soi                  200 non non non non non 200 non non non non non con con
  GET  dans                 200 non non non non non 200 non non non non non con con
  GET  hors                 200 non non non non non 200 non non non non non con con

agents:absence_ajouter  pk=agent
  GET  soi                  403 non non non non non 403 non non non non non con con
  POST soi                  403 non non non non non 403 non non non non non con con
  GET  dans                 200 non non non non non 200 non non non non non con con
  POST dans                 200 non non non non non 200 non non non non non con con
  GET  hors                 200 non non non non non 200 non non non non non con con
  POST hors                 200 non non non non non 200 non non non non non con con

agents:absence_corriger  pk=agent absence=absence
  GET  soi                  403 non non non non non 403 non non non non non con con
  POST soi                  403 non non non non non 403 non non non non non con con
  GET  dans                 200 non non non non non 200 non non non non non con con
  POST dans                 200 non non non non non 200 non non non non non con con
  GET  hors                 200 non non non non non 200 non non non non non con con
  POST hors                 200 non non non non non 200 non non non non non con con
  GET  croise               404 non non non non non 404 non non non non non con con
  POST croise               404 non non non non non 404 non non non non non con con

agents:absence_supprimer  pk=agent absence=absence
  GET  soi                  403 non non non non non 403 non non non non non con con
  POST soi                  403 non non non non non 403 non non non non non con con
  GET  dans                 200 non non non non non 200 non non non non non con con
  POST dans                 200 non non non non non 200 non non non non non con con
  GET  hors                 200 non non non non non 200 non non non non non con con
  POST hors                 200 non non non non non 200 non non non non non con con
  GET  croise               404 non non non non non 404 non non non non non con con
  POST croise               404 non non non non non 404 non non non non non con con

# Alerts: raised by the calculation, decided by who manages absences, never by the agent himself.
agents:alertes
  GET  page                 200 200 non non non non 200 non non non non non con con

agents:alertes_calculer
  POST page                 302 non non non non non 302 non non non non non con con

agents:alerte  pk=alerte
  GET  soi                  200 200 non non non non 200 non non non non non con con
  GET  dans                 200 200 non non non non 200 non non non non non con con
  GET  hors                 200 200 non non non non 200 non non non non non con con

agents:alerte_ecarter  pk=alerte
  GET  soi                  403 non non non non non 403 non non non non non con con
  POST soi                  403 non non non non non 403 non non non non non con con
  GET  dans                 200 non non non non non 200 non non non non non con con
  POST dans                 200 non non non non non 200 non non non non non con con
  GET  hors                 200 non non non non non 200 non non non non non con con
  POST hors                 200 non non non non non 200 non non non non non con con

agents:alerte_traiter  pk=alerte
  POST soi                  403 non non non non non 403 non non non non non con con
  POST dans                 302 non non non non non 302 non non non non non con con
  POST hors                 302 non non non non non 302 non non non non non con con

agents:alerte_rouvrir  pk=alerte
  POST soi                  403 non non non non non 403 non non non non non con con
  POST dans                 302 non non non non non 302 non non non non non con con
  POST hors                 302 non non non non non 302 non non non non non con con

agents:portee  pk=compte
  GET  un                   non 200 non non non non non non non non 200 200 con con
  GET  soi                  non 200 non non non non non non non non 200 200 con con

agents:portee_ajouter  pk=compte
  POST soi                  non non non non non non non non non non non 403 con con
  POST un                   non non non non non non non non non non non 200 con con

agents:portee_relier  pk=compte
  POST soi                  non non non non non non non non non non non 403 con con
  POST un                   non non non non non non non non non non non 200 con con

agents:portee_delier  pk=compte
  POST soi                  non non non non non non non non non non non 403 con con
  POST un                   non non non non non non non non non non non 302 con con

agents:portee_finir  pk=compte responsabilite=responsabilite
  POST soi                  non non non non non non non non non non non 403 con con
  POST un                   non non non non non non non non non non non 302 con con
"""
