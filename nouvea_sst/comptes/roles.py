"""The permission matrix: one row per right, the roles that hold it. Read it, then read docs/permissions.md.

Which rows of a list a role reaches is `PORTEES` here and `visible_to(user)` in each app.
"""

from nouvea_sst.comptes.enums import Portee, Role

COO, CHE, MED, INF, PSY, PRE = (
    Role.COORDINATEUR,
    Role.CHEF,
    Role.MEDECIN,
    Role.INFIRMIER,
    Role.PSYCHOLOGUE,
    Role.PREVENTEUR,
)
RH, ENC, AGT, CHC, AUD, ADM = (
    Role.RH,
    Role.ENCADRANT,
    Role.AGENT,
    Role.CHCT,
    Role.AUDITEUR,
    Role.ADMINISTRATEUR,
)

MATRICE: dict[str, tuple[Role, ...]] = {
    # Identity and post
    "agents.view_agent": (COO, CHE, MED, INF, PRE, RH, ENC, AGT),
    "agents.view_identite": (COO, CHE, MED, INF, RH, AGT),
    "agents.view_carriere": (COO, CHE, MED, INF, PRE, RH, AGT),
    "agents.view_equipe": (ENC,),
    "agents.change_structure": (COO, CHE, RH),
    "agents.change_agent": (COO, CHE, RH),
    "agents.export_agent": (COO, CHE, RH),
    "agents.merge_agent": (COO, RH),
    "imports.import_registre": (COO, CHE, RH),
    # Absences: dates for care staff and managers, type for those who manage them
    "agents.view_absence": (COO, CHE, MED, INF, RH, ENC, AGT),
    "agents.view_type_absence": (COO, CHE, RH, AGT),
    "agents.change_absence": (COO, RH),
    # Days of full and half pay used and left: neither care staff, nor managers, nor the agent
    "agents.view_droits_maladie": (COO, CHE, RH),
    "agents.view_alerte": (COO, CHE, RH),
    "agents.change_alerte": (COO, RH),
    # Visits
    "visites.view_visite": (COO, CHE, MED, INF, RH, ENC, AGT),
    "visites.view_suivi": (COO, CHE, MED, INF, RH),
    "visites.view_motif_demande": (COO, MED, INF, AGT),
    # Requests: their reason is read as the motive « à la demande » is; who asked reads his own
    "visites.ask_visite": (COO, MED, INF, ENC, AGT),
    "visites.view_demande": (COO, MED, INF),
    "visites.answer_demande": (COO, MED),
    "visites.plan_visite": (COO, MED, INF),
    # Psychologist: his own half-days and absences, slots taken without a name
    "visites.hold_entretien": (PSY,),
    "visites.calculate_suivi": (COO,),
    "visites.change_due": (COO,),
    "visites.view_conclusion": (COO, CHE, MED, INF, RH, AGT),
    "visites.view_mesures": (COO, CHE, MED, INF, RH, ENC, AGT),
    # Posts that go with what an agent must avoid: who looks for a post for him
    "visites.find_poste": (COO, CHE, MED, INF, RH),
    # Measures as commitments: the addressee says what he did, the coordinator notes it from paper
    "visites.view_engagement": (COO, CHE, MED, INF, RH, ENC),
    "visites.answer_engagement": (COO, ENC),
    "visites.follow_engagement": (COO,),
    "visites.record_avis": (MED,),
    "visites.record_attestation": (MED, INF),
    "visites.print_certificat": (COO, CHE, MED, INF, AGT),
    # Confidential notes: each reads his own, and what its author shows him by name
    "visites.write_note_soignant": (MED, INF),
    "visites.write_note_psychologue": (PSY,),
    # Follow-ups: a coordinator keeps those that he is assigned to, the chief reads; others what is shown
    "visites.view_accompagnement": (COO, CHE),
    "visites.write_echange": (COO,),
    "visites.read_echange": (MED, PSY),
    # Reports, accidents, actions
    "signalements.add_signalement": (COO, CHE, PRE, ENC, AGT),
    "signalements.view_signalement": (COO, CHE, PRE, ENC, AGT),
    "signalements.view_declarant": (COO, CHE, PRE),
    "signalements.qualify_signalement": (COO, CHE, PRE),
    "signalements.view_accident": (COO, CHE, MED, INF, PRE, RH, ENC, AGT),
    "signalements.change_accident": (COO, PRE),
    "signalements.view_action": (COO, CHE, PRE),
    "signalements.change_action": (COO, CHE, PRE),
    # Commissions
    "commissions.view_seance": (COO, CHE, PRE, CHC),
    "commissions.change_seance": (COO, CHE),
    # Statistics
    "reporting.view_tableau": (COO, CHE, MED, INF, PSY, PRE, RH, AUD),
    "reporting.create_edition": (COO, CHE),
    "reporting.view_edition": (COO, CHE, MED, INF, PSY, PRE, RH, CHC, AUD),
    # Data quality: who corrects sets aside what is no error, the chief reads
    "reporting.view_qualite": (COO, CHE, RH),
    "reporting.change_qualite": (COO, RH),
    # Documents issued
    "documents.view_document": (COO, CHE, MED, INF, AGT),
    # Letters: their text, drafted and published; the register of those that went
    "documents.view_modele": (COO, CHE, MED, PSY),
    "documents.draft_modele": (COO, CHE),
    "documents.publish_modele": (CHE,),
    "documents.change_modele_medical": (MED,),
    "documents.change_modele_psychologue": (PSY,),
    "documents.view_lettre": (COO, CHE, MED, INF),
    "documents.issue_lettre": (COO, CHE),
    "documents.view_courriel": (COO, CHE, ADM),
    "documents.send_courriel": (ADM,),
    # Carriers
    "referentiel.view_parametre": (CHE, MED, PRE, AUD, ADM),
    "referentiel.change_parametre": (CHE,),
    "referentiel.change_medical": (CHE, MED),
    "referentiel.change_risques": (CHE, PRE),
    "referentiel.change_technique": (ADM,),
    "travaux.manage_travail": (ADM,),
    # Accounts: the administrator asks, the chef de section approves
    "comptes.view_compte": (CHE, AUD, ADM),
    "comptes.change_compte": (ADM,),
    "comptes.approve_compte": (CHE,),
    "comptes.view_journal": (AUD,),
    "comptes.view_journal_section": (CHE,),
    "comptes.examine_consultations": (CHE,),
    # Who opened a file: the agent on his own, the chief on the section's
    "agents.view_consultations": (CHE, AGT),
}

DROITS: dict[Role, tuple[str, ...]] = {
    role: tuple(droit for droit, roles in MATRICE.items() if role in roles) for role in Role
}

PORTEES: dict[Role, Portee] = {
    COO: Portee.TOUS,
    CHE: Portee.TOUS,
    MED: Portee.TOUS,
    INF: Portee.TOUS,
    PSY: Portee.SOI,
    PRE: Portee.TOUS,
    RH: Portee.TOUS,
    ENC: Portee.EQUIPE,
    AGT: Portee.SOI,
    CHC: Portee.AUCUNE,
    AUD: Portee.AUCUNE,
    ADM: Portee.AUCUNE,
}
