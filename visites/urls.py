"""Paths of visites."""

from django.urls import path

from visites.views.absences import absence_ajouter, absence_corriger, absences_professionnels
from visites.views.accompagnements import (
    accompagnement,
    accompagnement_ouvrir,
    accompagnements_agent,
    fermer,
    liste_accompagnements,
    nommer,
    remettre_echanges,
    reserver,
    retirer_membre,
)
from visites.views.agent import agent, certificat, restrictions_agent, visite
from visites.views.brouillon import brouillon
from visites.views.charge import charge
from visites.views.conclusion import apercu, conclure
from visites.views.corrections import corriger
from visites.views.demandes import (
    demande,
    demander,
    demander_qui,
    liste_demandes,
    refuser,
    retenir,
    retirer,
)
from visites.views.dues import date, due, ecarter, rendre, reprendre
from visites.views.echanges import (
    amender_echange,
    echange,
    echanges_montres,
    ecrire_echange,
    finir_etape,
    joindre_echange,
    montrer,
    piece_echange,
    retirer_echange,
)
from visites.views.engagements import (
    accuser,
    clore,
    engagement,
    liste_restrictions,
    renouveler,
    rouvrir,
    suite,
    suivre,
)
from visites.views.essais import abandonner_essai, adopter_essai, essai, essai_visites
from visites.views.historique import historique, historique_demande
from visites.views.lectures import lectures_notes
from visites.views.lettres import lettres, lettres_demi_journee
from visites.views.liens import envoyer_lien
from visites.views.liste import calculer, liste_suivis
from visites.views.notes import (
    amender,
    ecrire,
    joindre,
    mes_notes,
    note,
    notes,
    partager,
    piece,
    premiere_note,
    remettre,
    retirer_partage,
)
from visites.views.planning import creneau_occupe, demi_journee, demi_journee_etat, ouvrir, planning, remplir
from visites.views.postes import postes_compatibles
from visites.views.presence import dire, presence, remplacer, repondre, tous_presents
from visites.views.regles import corriger_regle, liste_regles, nouvelle_regle, regle, retirer_regle
from visites.views.rendez_vous import absence, annuler, deplacer, journee, placer

app_name = "visites"
urlpatterns = [
    path("", liste_suivis, name="liste"),
    path("calcul/", calculer, name="calculer"),
    path("charge/", charge, name="charge"),
    path("due/<int:pk>/", due, name="due"),
    path("due/<int:pk>/date/", date, name="due_date"),
    path("due/<int:pk>/regle/", rendre, name="due_regle"),
    path("due/<int:pk>/ecarter/", ecarter, name="due_ecarter"),
    path("due/<int:pk>/reprendre/", reprendre, name="due_reprendre"),
    path("journee/", journee, name="journee"),
    path("journee/lettres/", lettres, name="lettres"),
    path("planning/", planning, name="planning"),
    path("planning/ouvrir/", ouvrir, name="ouvrir_demi_journee"),
    path("planning/absences/", absences_professionnels, name="absences_professionnels"),
    path("planning/absences/ajouter/", absence_ajouter, name="absence_ajouter"),
    path("planning/absences/<int:pk>/", absence_corriger, name="absence_corriger"),
    path("planning/<int:pk>/", demi_journee, name="demi_journee"),
    path("planning/<int:pk>/etat/", demi_journee_etat, name="demi_journee_etat"),
    path("planning/<int:pk>/lettres/", lettres_demi_journee, name="lettres_demi_journee"),
    path("planning/<int:pk>/creneau/", creneau_occupe, name="creneau_occupe"),
    path("planning/<int:pk>/remplir/", remplir, name="remplir"),
    path("planning/<int:pk>/presence/", presence, name="presence"),
    path("planning/<int:pk>/presents/", tous_presents, name="tous_presents"),
    path("planning/<int:pk>/remplacer/", remplacer, name="remplacer"),
    path("agent/<int:pk>/", agent, name="agent"),
    path("agent/<int:pk>/mesures/", restrictions_agent, name="restrictions_agent"),
    path("agent/<int:pk>/placer/", placer, name="placer"),
    path("agent/<int:pk>/demander/", demander, name="demander"),
    path("agent/<int:pk>/postes/", postes_compatibles, name="postes_compatibles"),
    path("agent/<int:pk>/notes/", notes, name="notes"),
    path("agent/<int:pk>/notes/ecrire/", ecrire, name="note_ecrire"),
    path("agent/<int:pk>/notes/remettre/", remettre, name="notes_remettre"),
    path("notes/", mes_notes, name="mes_notes"),
    path("notes/lectures/", lectures_notes, name="lectures_notes"),
    path("notes/ecrire/", premiere_note, name="premiere_note"),
    path("notes/<uuid:cle>/", note, name="note"),
    path("notes/<uuid:cle>/amender/", amender, name="note_amender"),
    path("notes/<uuid:cle>/partager/", partager, name="note_partager"),
    path("notes/<uuid:cle>/partages/<int:pk>/retirer/", retirer_partage, name="note_partage_retirer"),
    path("notes/<uuid:cle>/joindre/", joindre, name="note_joindre"),
    path("notes/<uuid:cle>/pieces/<int:pk>/", piece, name="note_piece"),
    path("agent/<int:pk>/accompagnement/", accompagnements_agent, name="accompagnements_agent"),
    path("agent/<int:pk>/accompagnement/ouvrir/", accompagnement_ouvrir, name="accompagnement_ouvrir"),
    path("agent/<int:pk>/accompagnement/remettre/", remettre_echanges, name="echanges_remettre"),
    path("accompagnements/", liste_accompagnements, name="accompagnements"),
    path("accompagnements/<uuid:cle>/", accompagnement, name="accompagnement"),
    path("accompagnements/<uuid:cle>/ecrire/", ecrire_echange, name="echange_ecrire"),
    path("accompagnements/<uuid:cle>/nommer/", nommer, name="accompagnement_nommer"),
    path(
        "accompagnements/<uuid:cle>/personnes/<int:pk>/retirer/",
        retirer_membre,
        name="accompagnement_retirer",
    ),
    path("accompagnements/<uuid:cle>/reserver/", reserver, name="accompagnement_reserver"),
    path("accompagnements/<uuid:cle>/fermer/", fermer, name="accompagnement_fermer"),
    path("etapes/<uuid:cle>/finir/", finir_etape, name="etape_finir"),
    path("echanges/", echanges_montres, name="echanges_montres"),
    path("echanges/<uuid:cle>/", echange, name="echange"),
    path("echanges/<uuid:cle>/amender/", amender_echange, name="echange_amender"),
    path("echanges/<uuid:cle>/montrer/", montrer, name="echange_montrer"),
    path("echanges/<uuid:cle>/partages/<int:pk>/retirer/", retirer_echange, name="echange_partage_retirer"),
    path("echanges/<uuid:cle>/joindre/", joindre_echange, name="echange_joindre"),
    path("echanges/<uuid:cle>/pieces/<int:pk>/", piece_echange, name="echange_piece"),
    path("demandes/", liste_demandes, name="demandes"),
    path("demandes/demander/", demander_qui, name="demander_qui"),
    path("demandes/<int:pk>/", demande, name="demande"),
    path("demandes/<int:pk>/historique/", historique_demande, name="demande_historique"),
    path("demandes/<int:pk>/retenir/", retenir, name="demande_retenir"),
    path("demandes/<int:pk>/refuser/", refuser, name="demande_refuser"),
    path("demandes/<int:pk>/retirer/", retirer, name="demande_retirer"),
    path("restrictions/", liste_restrictions, name="restrictions"),
    path("restrictions/accuser/", accuser, name="accuser"),
    path("restrictions/<int:pk>/", engagement, name="engagement"),
    path("restrictions/<int:pk>/suite/", suite, name="engagement_suite"),
    path("restrictions/<int:pk>/suivre/", suivre, name="engagement_suivre"),
    path("restrictions/<int:pk>/clore/", clore, name="engagement_clore"),
    path("restrictions/<int:pk>/rouvrir/", rouvrir, name="engagement_rouvrir"),
    path("restrictions/<int:pk>/renouveler/", renouveler, name="engagement_renouveler"),
    path("regles/", liste_regles, name="regles"),
    path("regles/versions/<int:pk>/corriger/", corriger_regle, name="corriger_regle"),
    path("regles/versions/<int:pk>/retirer/", retirer_regle, name="retirer_regle"),
    path("regles/essais/<int:pk>/", essai, name="essai"),
    path("regles/essais/<int:pk>/visites/", essai_visites, name="essai_visites"),
    path("regles/essais/<int:pk>/adopter/", adopter_essai, name="adopter_essai"),
    path("regles/essais/<int:pk>/abandonner/", abandonner_essai, name="abandonner_essai"),
    path("regles/<str:declencheur>/", regle, name="regle"),
    path("regles/<str:declencheur>/nouvelle/", nouvelle_regle, name="nouvelle_regle"),
    path("<int:pk>/", visite, name="visite"),
    path("<int:pk>/historique/", historique, name="historique"),
    path("<int:pk>/deplacer/", deplacer, name="deplacer"),
    path("<int:pk>/annuler/", annuler, name="annuler"),
    path("<int:pk>/presence/", dire, name="dire"),
    path("<int:pk>/reponse/", repondre, name="repondre"),
    path("<int:pk>/absence/", absence, name="absence"),
    path("<int:pk>/lien/", envoyer_lien, name="envoyer_lien"),
    path("<int:pk>/document/", certificat, name="certificat"),
    path("conclure/<int:pk>/", conclure, name="conclure"),
    path("conclure/<int:pk>/apercu/", apercu, name="apercu"),
    path("corriger/<int:pk>/", corriger, name="corriger"),
    path("conclure/<int:pk>/brouillon/", brouillon, name="brouillon"),
]
