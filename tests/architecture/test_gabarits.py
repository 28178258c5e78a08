"""Templates: the real house, and small faulty ones."""

import pytest

from tests.architecture import verifs_gabarits as v
from tests.architecture.maison import RACINE

VERIFS = [
    v.unescaped_output,
    v.inline_styles,
    v.inline_handlers,
    v.inline_scripts,
    v.outside_addresses,
    v.straight_apostrophes,
    v.forms_sent_twice,
]
GABARIT = "agents/templates/agents/liste.html"
FAUTES = [
    (v.unescaped_output, "<p>{{ note|safe }}</p>"),
    (v.unescaped_output, "<p>{{ notes | safeseq|join:', ' }}</p>"),
    (v.unescaped_output, "{% autoescape off %}{{ note }}{% endautoescape %}"),
    (v.inline_styles, '<p style="color: red">x</p>'),
    (v.inline_styles, "<style>p { color: red }</style>"),
    (v.inline_styles, '<div class="{% if a %}b{% endif %}" style="width: {{ n }}%"></div>'),
    (v.inline_handlers, '<button onclick="f()">x</button>'),
    (v.inline_handlers, '<button hx-on:click="f()">x</button>'),
    (v.inline_handlers, '<a href="javascript:f()">x</a>'),
    (v.inline_scripts, "<script>f()</script>"),
    (v.inline_scripts, '<script type="module">f()</script>'),
    (v.outside_addresses, '<img src="https://exemple.nc/a.png" alt="">'),
    (v.outside_addresses, '<link rel="stylesheet" href="//exemple.nc/a.css">'),
    (v.straight_apostrophes, "<p>l'agent</p>"),
    (v.straight_apostrophes, "<p>\n{{ n }}\nl&#39;agent</p>"),
    (v.straight_apostrophes, '<button aria-label="Fermer l\'agent">x</button>'),
    (v.straight_apostrophes, '{% include "a.html" with titre="L\'agent" %}'),
    (v.straight_apostrophes, '{{ nom|default:"pas d\'agent" }}'),
    (v.forms_sent_twice, '<form method="post" action="{% url \'a:b\' pk %}">{% csrf_token %}</form>'),
    (v.forms_sent_twice, '<form\n  class="{% if a > 2 %}x{% endif %}"\n  method="POST"\n>{% jeton %}</form>'),
]
JUSTES = [
    (v.forms_sent_twice, '<form class="{% if a > 2 %}x{% endif %}" method="post" data-sst-une-fois></form>'),
    (v.forms_sent_twice, '<form method="get" action="/"></form><form role="search"></form>'),
    (v.forms_sent_twice, '{# <form method="post"> #}{% comment %}<form method="post">{% endcomment %}'),
    (v.unescaped_output, "{# never |safe #}{% comment %} autoescape off {% endcomment %}"),
    (v.unescaped_output, "{{ url|safe_url }}"),
    (v.inline_styles, '<svg fill="red"></svg><link rel="stylesheet" href="a.css">'),
    (v.inline_handlers, '<p data-sst-onglet="x" hx-get="/a">x</p>'),
    (v.inline_scripts, '<script src="a.js"></script><script type="application/json">{}</script>'),
    (v.outside_addresses, '<a href="https://exemple.nc">x</a><img src="/statique/a.png" alt="">'),
    (v.straight_apostrophes, "{# l'agent #}<!-- l'agent --><p>l’agent</p>"),
    (
        v.straight_apostrophes,
        "<div hx-headers='{\"a\": \"b\"}'>{% url 'agents:liste' %}{{ d|date:'j F' }}</div>",
    ),
]


@pytest.mark.parametrize("verif", VERIFS)
def test_house(verif):
    fautes = verif(RACINE)
    assert not fautes, "\n".join(fautes)


@pytest.mark.parametrize("verif, texte", FAUTES)
def test_fault_is_reported(plant, verif, texte):
    assert len(verif(plant({GABARIT: texte}))) == 1


@pytest.mark.parametrize("verif, texte", JUSTES)
def test_right_template_is_left_alone(plant, verif, texte):
    assert verif(plant({GABARIT: texte})) == []


def test_fault_says_its_line(plant):
    racine = plant({GABARIT: "{% comment %}\n\n{% endcomment %}\n{% if a\n%}\n<p style='x'></p>"})
    assert v.inline_styles(racine) == [f"{GABARIT}:6: inline style on <p>"]
