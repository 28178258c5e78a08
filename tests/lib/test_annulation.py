"""« C’est fait — Annuler »: the message brings a button that posts where the way back is."""

import pytest
from django.contrib.messages import get_messages, success
from django.contrib.messages.storage.cookie import CookieStorage
from django.template.loader import render_to_string

from nouvea_sst.lib.annulation import read_annulation, say_done


@pytest.fixture
def request_(rf):
    request = rf.get("/")
    request._messages = CookieStorage(request)
    return request


def shown(request):
    return render_to_string("components/messages.html", {"messages": get_messages(request)}, request)


def test_the_message_brings_a_form_that_posts_once(request_):
    say_done(request_, "Vue <b> supprimée.", adresse="/x/1/", bouton="Garder la vue", champs={"version": 3})
    html = shown(request_)
    assert '<form method="post" action="/x/1/" data-sst-une-fois>' in html
    assert "csrfmiddlewaretoken" in html and "Vue &lt;b&gt; supprimée." in html
    assert '<input type="hidden" name="version" value="3">' in html and "Garder la vue</button>" in html


def test_a_plain_message_brings_none(request_):
    success(request_, "Enregistré.", extra_tags="autre")
    assert "<form" not in shown(request_)
    assert [read_annulation(m) for m in get_messages(request_)] == [None]


@pytest.mark.parametrize("adresse", ["https://ailleurs.nc/", "//ailleurs.nc/", "relatif"])
def test_the_way_back_stays_in_the_house(request_, adresse):
    with pytest.raises(ValueError):
        say_done(request_, "Fait.", adresse=adresse, bouton="Annuler")
