"""Imports and calls: the real house, and small faulty ones."""

import pytest

from tests.architecture import verifs_code as v
from tests.architecture.maison import RACINE

VERIFS = [
    v.imports_in_functions,
    v.relative_imports,
    v.impure_rules,
    v.loose_actions,
    v.undocumented_acts,
    v.signals,
    v.admin_site,
    v.writing_views,
    v.clock_reads,
    v.straight_apostrophes,
]
FAUTES = [
    (v.imports_in_functions, "agents/views.py", "def f():\n    import os\n"),
    (v.imports_in_functions, "agents/models.py", "class A:\n    def f(self):\n        from os import path\n"),
    (v.imports_in_functions, "tests/agents/test_x.py", "def test_x():\n    import os\n"),
    (v.relative_imports, "agents/views.py", "from . import models\n"),
    (v.relative_imports, "agents/views.py", "from .models import Agent\n"),
    (v.impure_rules, "visites/rules/echeance.py", "from django.utils import timezone\n"),
    (v.impure_rules, "visites/rules/echeance.py", "from visites.models import Visite\n"),
    (v.impure_rules, "visites/rules/echeance.py", "from visites import models\n"),
    (v.impure_rules, "visites/rules.py", "import agents.querysets\n"),
    (v.impure_rules, "visites/rules/echeance.py", "import requests\n"),
    (v.loose_actions, "agents/actions.py", "def open_raison(agent, *, acteur):\n    pass\n"),
    (v.loose_actions, "agents/actions.py", "def open_raison(*agents, acteur):\n    pass\n"),
    (v.loose_actions, "agents/actions/suivi.py", "def open_raison(agent):\n    pass\n"),
    (v.undocumented_acts, "agents/actions.py", "def open_raison(*, acteur):\n    pass\n"),
    (v.undocumented_acts, "agents/rules/statut.py", "def is_elected(statut):\n    return False\n"),
    (v.signals, "agents/apps.py", "from django.db.models.signals import post_save\n"),
    (v.signals, "agents/apps.py", "from django.db.models import signals\n"),
    (v.signals, "agents/apps.py", "from django.dispatch import receiver\n"),
    (v.admin_site, "nouvea_sst/settings.py", 'INSTALLED_APPS = ["django.contrib.admin"]\n'),
    (v.admin_site, "agents/views.py", "from django.contrib import admin\n"),
    (v.writing_views, "agents/views.py", "def f(request):\n    request.agent.save()\n"),
    (v.writing_views, "agents/views.py", "def f(request):\n    Agent.objects.create(nom='x')\n"),
    (v.writing_views, "agents/views/absences.py", "def f(request):\n    Agent.objects.all().delete()\n"),
    (v.writing_views, "agents/views.py", "def f(request):\n    Agent.objects.update(nom='x')\n"),
    (v.writing_views, "agents/views.py", "async def f(request):\n    await Agent.objects.acreate(nom='x')\n"),
    (v.clock_reads, "visites/models.py", "x = timezone.localdate()\n"),
    (v.clock_reads, "visites/actions.py", "x = timezone.localdate()\n"),
    (v.clock_reads, "visites/querysets.py", "def late(self):\n    return self.filter(quand__lt=now())\n"),
    (v.clock_reads, "visites/rules/echeance.py", "x = date.today()\n"),
    (v.clock_reads, "visites/rules/echeance.py", "x = datetime.now(tz=UTC)\n"),
    (v.straight_apostrophes, "agents/forms.py", 'x = "l\'agent"\n'),
    (v.straight_apostrophes, "agents/forms.py", 'x = f"{a} aujourd\'hui"\n'),
    (v.straight_apostrophes, "agents/forms.py", 'x = "Qu\'il parte"\n'),
]
JUSTES = [
    (v.imports_in_functions, "agents/views.py", "import os\n\ndef f():\n    pass\n"),
    (v.impure_rules, "visites/rules/echeance.py", "import datetime\nfrom dataclasses import dataclass\n"),
    (v.impure_rules, "visites/rules/echeance.py", "from visites.enums import Motif\n"),
    (v.impure_rules, "visites/rules/echeance.py", "from agents.rules.statut import is_elected\n"),
    (v.impure_rules, "visites/rules/etats.py", "from nouvea_sst.lib.etats import EtatChoices\n"),
    (v.loose_actions, "agents/actions.py", "def open_raison(*, acteur):\n    pass\n"),
    (v.loose_actions, "agents/actions.py", "def _label(agent):\n    pass\n"),
    (v.undocumented_acts, "agents/actions.py", 'def open_raison(*, acteur):\n    """Open it."""\n'),
    (v.writing_views, "agents/views.py", "def f(request):\n    record_avis(acteur=request.user)\n"),
    (v.clock_reads, "visites/views.py", "x = timezone.localdate()\n"),
    (v.clock_reads, "visites/management/commands/x.py", "x = timezone.localdate()\n"),
    (v.clock_reads, "visites/actions.py", "x = timezone.now()\n"),
    (v.clock_reads, "nouvea_sst/lib/affichage.py", "x = timezone.localtime(instant)\n"),
    (v.clock_reads, "visites/models.py", "x = models.DateTimeField(default=timezone.now)\n"),
    (v.straight_apostrophes, "agents/forms.py", 'x = "l’agent"\ny = "it doesn\'t"\n'),
    (v.straight_apostrophes, "agents/forms.py", 'def f():\n    """L\'agent."""\n'),
]


@pytest.mark.parametrize("verif", VERIFS)
def test_house(verif):
    fautes = verif(RACINE)
    assert not fautes, "\n".join(fautes)


@pytest.mark.parametrize("verif, nom, texte", FAUTES)
def test_fault_is_reported(plant, verif, nom, texte):
    assert len(verif(plant({nom: texte}))) == 1


@pytest.mark.parametrize("verif, nom, texte", JUSTES)
def test_right_code_is_left_alone(plant, verif, nom, texte):
    assert verif(plant({nom: texte})) == []


@pytest.mark.parametrize(
    "texte, fautes",
    [("import datetime\n", 0), ("from django.db import models\n", 1), ("import openpyxl\n", 1)],
)
def test_rule_answers_for_the_library_that_it_imports(plant, texte, fautes):
    regle = "from nouvea_sst.lib.dates import add_months\n"
    racine = plant({"visites/rules/echeance.py": regle, "nouvea_sst/lib/dates.py": texte})
    assert len(v.impure_rules(racine)) == fautes


def test_rule_answers_for_the_library_module_that_it_names(plant):
    regle = "from nouvea_sst.lib import dates\n"
    racine = plant({"visites/rules/echeance.py": regle, "nouvea_sst/lib/dates.py": "import django\n"})
    assert len(v.impure_rules(racine)) == 1
