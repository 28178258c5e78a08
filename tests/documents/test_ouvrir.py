"""An issued document is handed over as it was issued, to whom the matrix says, with a line in the journal."""

import hashlib

import pytest
from django.urls import reverse

from agents.models import Agent
from documents.actions import issue_document
from documents.enums import CategorieDocument
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import AgentFactory, ResponsabiliteFactory
from tests.fabriques import compte

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    return issue_document(
        acteur=compte("medecin"),
        categorie=CategorieDocument.CERTIFICAT,
        agent=AgentFactory(),
        contenu=b"%PDF-1.7 octets",
    )


def opened(client, document):
    return client.get(reverse("documents:ouvrir", args=[document.pk]))


@pytest.mark.parametrize("role", ["coordinateur", "chef", "medecin", "infirmier"])
def test_same_bytes_neutral_name_one_line(client_de, document, role):
    reponse = opened(client_de(role), document)
    assert (reponse.content, reponse["Content-Type"]) == (b"%PDF-1.7 octets", "application/pdf")
    assert f"document-{document.pk}.pdf" in reponse["Content-Disposition"]
    assert document.agent.nom not in reponse["Content-Disposition"]
    assert LigneJournal.objects.get(acte="documents.open").agent_cle == str(document.agent_id)


@pytest.mark.parametrize(
    "role", ["rh", "encadrant", "psychologue", "preventeur", "chct", "auditeur", "administrateur"]
)
def test_other_roles_are_refused(client_de, document, role):
    client = client_de(role)
    ResponsabiliteFactory(compte=client.compte, structure=document.agent.structure)
    assert opened(client, document).status_code == 403


def test_agent_opens_his_own_and_no_other(client_de, document):
    client = client_de("agent")
    assert opened(client, document).status_code == 404
    Agent.objects.update(compte=client.compte)
    assert opened(client, document).status_code == 200


def test_fingerprint_is_that_of_the_bytes(document):
    assert document.sha256 == hashlib.sha256(b"%PDF-1.7 octets").hexdigest()
