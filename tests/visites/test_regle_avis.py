"""What a conclusion must hold, and what each reader receives of it."""

import datetime

import pytest

from visites.enums import Conclusion, NatureVisite
from visites.rules.avis import Avis, Courante, Mesure, describe_choice, next_visit, refuse_avis, validity_kept
from visites.rules.lecteurs import ConclusionLue, Lecteur, MesureLue, compose, word_measure

D = datetime.date
JOUR = D(2026, 11, 24)
MESURE = Mesure(1, "10 kg", JOUR, D(2027, 5, 24))


def refus(avis, nature=NatureVisite.EXAMEN, date_visite=JOUR, jour=JOUR):
    return refuse_avis(avis, nature=nature, date_visite=date_visite, jour=jour)


@pytest.mark.parametrize(
    "avis, nature",
    [
        (Avis("apte"), NatureVisite.EXAMEN),
        (Avis("apte", 24), NatureVisite.EXAMEN),
        (Avis("amenagement", mesures=[MESURE]), NatureVisite.EXAMEN),
        (Avis("inapte_temporaire", prochaine_visite=D(2026, 11, 25)), NatureVisite.EXAMEN),
        (Avis("differe", validite_mois=1), NatureVisite.EXAMEN),
        (Avis("inapte_poste"), NatureVisite.EXAMEN),
        (Avis("attestation", mesures=[MESURE]), NatureVisite.VIP),
        (Avis("differe", 1), NatureVisite.VIP),
    ],
)
def test_whole_conclusions_may_be_signed(avis, nature):
    assert refus(avis, nature) == []


@pytest.mark.parametrize(
    "avis, nature, champ, mot",
    [
        (Avis(""), NatureVisite.EXAMEN, "conclusion", "Choisissez"),
        (Avis("attestation"), NatureVisite.EXAMEN, "conclusion", "information"),
        (Avis("apte"), NatureVisite.VIP, "conclusion", "attestation"),
        (Avis("amenagement"), NatureVisite.EXAMEN, "mesures", "au moins une"),
        (Avis("apte", mesures=[MESURE]), NatureVisite.EXAMEN, "conclusion", "aménagement"),
        (Avis("inapte_temporaire"), NatureVisite.EXAMEN, "prochaine_visite", "revoir"),
        (Avis("differe"), NatureVisite.EXAMEN, "prochaine_visite", "revoir"),
        (Avis("apte", prochaine_visite=JOUR), NatureVisite.EXAMEN, "prochaine_visite", "suit"),
        (Avis("apte", message_employeur="x" * 2001), NatureVisite.EXAMEN, "message_employeur", "2000"),
        (
            Avis("amenagement", mesures=[Mesure(1, "", JOUR, D(2026, 11, 23))]),
            NatureVisite.EXAMEN,
            "mesures",
            "fin précède",
        ),
        (
            Avis("amenagement", mesures=[Mesure(1, "", D(2026, 11, 23), D(2027, 1, 1))]),
            NatureVisite.EXAMEN,
            "mesures",
            "jour de la visite",
        ),
    ],
)
def test_each_lack_is_a_sentence_beside_its_field(avis, nature, champ, mot):
    [(nom, phrase)] = refus(avis, nature)
    assert nom == champ and mot in phrase


def test_measure_of_one_day_is_accepted():
    assert refus(Avis("amenagement", mesures=[Mesure(1, "", JOUR, JOUR)])) == []


@pytest.mark.parametrize("date_visite, mot", [(D(2026, 11, 25), "25/11/2026"), (None, "date")])
def test_visit_to_come_or_without_date_is_not_signed(date_visite, mot):
    [(_, phrase)] = refus(Avis("apte"), date_visite=date_visite)
    assert mot in phrase


@pytest.mark.parametrize(
    "avis, jour, mois",
    [
        (Avis("apte"), None, None),
        (Avis("apte", 12), D(2025, 2, 28), 12),
        (Avis("apte", 48), D(2028, 2, 29), 48),
        (Avis("apte", 12, D(2024, 9, 1)), D(2024, 9, 1), None),
        (Avis("apte", 12, D(2026, 9, 1)), D(2025, 2, 28), 12),
        (Avis("apte", None, D(2024, 8, 29)), D(2024, 8, 29), 6),
    ],
)
def test_sooner_of_months_and_day_is_kept(avis, jour, mois):
    assert next_visit(avis, D(2024, 2, 29)) == jour
    assert validity_kept(avis, D(2024, 2, 29)) == mois


@pytest.mark.parametrize(
    "avis, mot",
    [
        (Avis("apte", 36), "La règle propose 36 mois, soit le 24/11/2029."),
        (Avis("apte", 12), "La règle propose 36 mois\u202f; vous avez choisi plus court."),
        (Avis("apte", None, D(2030, 1, 1)), "au plus tard le 24/11/2029"),
    ],
)
def test_choice_is_compared_with_the_rule(avis, mot):
    dit = describe_choice(avis, date_visite=JOUR, regle_jour=D(2029, 11, 24), regle_mois=36)
    assert mot in dit


LUE = ConclusionLue(
    agent="Mme Katia Kartodiwirjo",
    poste="Agent de service des écoles",
    date=JOUR,
    nature=NatureVisite.EXAMEN,
    motif="À la demande de l’agent",
    motif_public="À la demande",
    professionnel="Anne Le Goff",
    conclusion=Conclusion.AMENAGEMENT,
    mesures=["Port de charges limité, 10 kg, jusqu’au 24/05/2027"],
    message="Éviter le lavage des vitres en hauteur.",
    validite_mois=12,
    prochaine_visite=D(2027, 11, 24),
)


def text_of(lecteur, **options):
    lecture = compose(lecteur, LUE, **options)
    return " ".join(
        [lecture.titre, *(f"{t} {v}" for t, v in lecture.lignes), *lecture.mesures, lecture.message]
    )


def test_manager_reads_measures_and_nothing_else():
    texte = text_of(Lecteur.ENCADRANT, motif_en_clair=True)
    assert "Port de charges limité, 10 kg, jusqu’au 24/05/2027" in texte and "vitres" in texte
    for interdit in ("Apte", "demande", "24/11/2027", "12 mois", "Le Goff", "médicale"):
        assert interdit not in texte


def test_section_reads_the_public_motive():
    texte = text_of(Lecteur.SECTION)
    assert "Apte avec aménagement" in texte and "dans 12 mois, le 24/11/2027" in texte
    assert "À la demande" in texte and "de l’agent" not in texte
    assert "À la demande de l’agent" in text_of(Lecteur.SECTION, motif_en_clair=True)


def test_agent_reads_all_of_it():
    texte = text_of(Lecteur.AGENT)
    for mot in ("À la demande de l’agent", "Apte avec aménagement", "24/11/2027", "Le Goff", "vitres"):
        assert mot in texte


@pytest.mark.parametrize(
    "mesure, mots",
    [
        (MesureLue("Télétravail", "", JOUR, None), "Télétravail, à partir du 24/11/2026"),
        (MesureLue("Télétravail", "2 jours", None, JOUR), "Télétravail, 2 jours, jusqu’au 24/11/2026"),
    ],
)
def test_measure_is_worded_with_its_end_or_its_start(mesure, mots):
    assert word_measure(mesure) == mots


def test_first_day_is_told_when_it_comes_later():
    mesure = MesureLue("Télétravail", "", D(2027, 2, 1), D(2027, 12, 31))
    assert word_measure(mesure, JOUR) == "Télétravail, du 01/02/2027 au 31/12/2027"
    assert word_measure(mesure, D(2027, 2, 1)) == "Télétravail, jusqu’au 31/12/2027"


def test_running_measure_is_left_or_ended_and_never_forgotten():
    court = Courante(7, 1, D(2026, 1, 5), None)
    assert refuse(Avis("apte"), court)[0][0] == "conclusion"
    assert "encore en cours" in refuse(Avis("apte"), court)[0][1]
    assert refuse(Avis("apte", finies={7}), court) == [] == refuse(Avis("amenagement"), court)
    assert "déjà en cours" in refuse(Avis("amenagement", mesures=[MESURE]), court)[0][1]
    assert refuse(Avis("amenagement", mesures=[MESURE], finies={7}), court) == []
    assert refuse(Avis("amenagement", mesures=[Mesure(2, "", JOUR)]), court) == []
    passee = Courante(7, 1, D(2026, 1, 5), JOUR - datetime.timedelta(days=1))
    assert refuse(Avis("amenagement", mesures=[MESURE]), passee) == []


def refuse(avis, *courantes):
    examen = {"nature": NatureVisite.EXAMEN, "date_visite": JOUR, "jour": JOUR}
    return refuse_avis(avis, **examen, courantes=courantes)


def test_unknown_reader_is_the_manager():
    assert Lecteur.of("patron") is Lecteur.ENCADRANT and Lecteur.of("agent") is Lecteur.AGENT


@pytest.mark.parametrize(
    "prochaine, refusee",
    [(D(2029, 11, 23), False), (D(2029, 11, 24), False), (D(2029, 11, 25), True), (D(9999, 12, 31), True)],
)
def test_day_chosen_is_not_later_than_the_rule_s(prochaine, refusee):
    phrases = refuse_avis(
        Avis("apte", prochaine_visite=prochaine),
        nature=NatureVisite.EXAMEN,
        date_visite=JOUR,
        jour=JOUR,
        regle_jour=D(2029, 11, 24),
    )
    assert [nom for nom, _ in phrases] == (["prochaine_visite"] if refusee else [])
    assert all("au plus tard le 24/11/2029" in phrase for _, phrase in phrases)


def test_the_foot_says_in_whole_sentences_what_a_reader_is_not_given():
    pieds = {lecteur: compose(lecteur, LUE).pied for lecteur in Lecteur}
    assert "conclusion entière" in pieds[Lecteur.AGENT]
    assert "ni le motif, ni l’avis" in pieds[Lecteur.ENCADRANT]
    assert "La section lit tout, sauf l’orientation" in pieds[Lecteur.SECTION]
