"""The scripts of static/js, each on a page of its own, in a real browser."""

from pathlib import Path

import pytest
from django.conf import settings

SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"


@pytest.fixture
def show(page):
    def make(markup, *scripts):
        page.set_content(f"<!doctype html><html lang='fr'><body>{markup}</body></html>")
        for name in scripts:
            load(page, name)
        return page

    return make


def load(page, name):
    """Add a module and wait until it has run."""
    source = (SCRIPTS / f"{name}.js").read_text(encoding="utf8")
    page.add_script_tag(content=f"{source}\ndocument.documentElement.dataset.lu = '{name}'", type="module")
    page.wait_for_selector(f"html[data-lu='{name}']")


def test_every_script_is_loaded_by_the_layout_or_by_the_page_that_needs_it():
    gabarits = "".join(
        g.read_text(encoding="utf8") for g in Path(settings.BASE_DIR).glob("*/templates/**/*.html")
    )
    gabarits += (Path(settings.BASE_DIR) / "templates/layout/_scripts.html").read_text(encoding="utf8")
    assert [s.name for s in SCRIPTS.glob("*.js") if f"js/{s.name}" not in gabarits] == []


def test_slash_brings_the_cursor_into_the_search_box_but_not_while_typing(show):
    champs = "<input id=b data-sst-recherche><div class=suggestions hidden></div><p data-sst-annonce></p>"
    page = show(f"<input id=a><form>{champs}</form>", "recherche")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "b"
    page.focus("#a")
    page.keyboard.press("/")
    assert page.input_value("#a") == "/"


def test_a_menu_closes_by_escape_and_by_a_click_elsewhere(show):
    page = show("<p>x</p><details class=menu open><summary>…</summary><a href=#>y</a></details>", "menus")
    page.focus("details a")
    page.keyboard.press("Escape")
    assert not page.evaluate("document.querySelector('details').open")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.click("summary")
    page.click("p")
    assert not page.evaluate("document.querySelector('details').open")


def test_number_keys_choose_an_answer_except_in_a_text_field(show):
    choices = "".join(
        f"<label class=choice><input type=radio name=c value={n}>{n}</label>" for n in (1, 2, 3)
    )
    page = show(f"<input id=t><fieldset class=choices data-sst-touches>{choices}</fieldset>", "touches")
    page.keyboard.press("2")
    assert page.evaluate("document.querySelector(':checked').value") == "2"
    page.focus("#t")
    page.keyboard.press("3")
    assert page.input_value("#t") == "3"
    assert page.evaluate("document.querySelector(':checked').value") == "2"


def test_control_enter_sends_the_form(show):
    page = show("<form data-sst-envoyer><textarea></textarea></form>", "touches")
    page.evaluate("document.forms[0].addEventListener('submit', e => {e.preventDefault(); window.sent = 1})")
    page.focus("textarea")
    page.keyboard.press("Control+Enter")
    assert page.evaluate("window.sent") == 1


def test_a_form_is_sent_once(show):
    page = show("<form data-sst-une-fois action=about:blank><button>Envoyer</button></form>", "une-fois")
    page.evaluate(
        "window.sent = 0; window.addEventListener('submit',"
        " e => {if (!e.defaultPrevented) window.sent++; e.preventDefault()})"
    )
    page.click("button")
    page.evaluate("document.forms[0].requestSubmit()")
    assert page.evaluate("window.sent") == 1
    page.wait_for_selector("button[aria-disabled='true']")
    page.evaluate("window.dispatchEvent(new Event('pageshow'))")
    assert page.get_attribute("button", "aria-disabled") is None


LIGNES = """
<form><div data-sst-lignes="r">
  <input type=hidden name="r-TOTAL_FORMS" value="1">
  <button type=button data-sst-ajouter>Ajouter</button>
  <table><tbody data-sst-corps>
    <tr><td><input name="r-0-mesure" value="a"><input type=checkbox name="r-0-DELETE">
      <button type=button data-sst-retirer>x</button></td></tr>
  </tbody></table>
  <template data-sst-modele><tr><td><input name="r-__prefix__-mesure" id="id_r-__prefix__-mesure">
    <button type=button data-sst-retirer>x</button></td></tr></template>
</div></form>
"""


def test_rows_are_added_by_the_button_and_by_alt_r(show):
    page = show(LIGNES, "lignes")
    page.click("[data-sst-ajouter]")
    assert page.evaluate("document.activeElement.name") == "r-1-mesure"
    page.keyboard.press("Alt+r")
    assert page.evaluate("document.activeElement.id") == "id_r-2-mesure"
    assert page.input_value("[name='r-TOTAL_FORMS']") == "3"


def test_a_row_of_the_server_is_marked_and_a_new_one_is_emptied(show):
    page = show(LIGNES, "lignes")
    page.click("[data-sst-retirer]")
    assert page.is_checked("[name='r-0-DELETE']") and page.is_hidden("[name='r-0-mesure']")
    page.click("[data-sst-ajouter]")
    page.fill("[name='r-1-mesure']", "b")
    page.click("tr:last-child [data-sst-retirer]")
    assert page.input_value("[name='r-1-mesure']") == "" and page.is_hidden("[name='r-1-mesure']")


def test_the_selection_counts_and_opens_its_acts(show):
    rows = "".join(f"<tr><td><input type=checkbox name=choix value={n}></td></tr>" for n in (1, 2))
    words = "data-un='visite choisie' data-plusieurs='visites choisies'"
    page = show(
        f"<form data-sst-selection><input type=checkbox data-sst-tout><table><tbody>{rows}</tbody></table>"
        f"<b data-sst-nombre {words}></b><button data-sst-si-choix>Placer</button></form>",
        "selection",
    )
    assert page.is_disabled("button") and page.inner_text("b") == "0 visite choisie"
    page.check("[name=choix]")
    assert page.is_enabled("button") and page.evaluate(
        "document.querySelector('[data-sst-tout]').indeterminate"
    )
    page.check("[data-sst-tout]")
    assert page.inner_text("b") == "2 visites choisies"


def test_leaving_a_typed_form_is_asked_but_not_sending_it(show):
    page = show("<form data-sst-suivre><input id=a></form>", "suivre")
    leave = (
        "(() => {const e = new Event('beforeunload', {cancelable: true}); return !window.dispatchEvent(e)})()"
    )
    assert not page.evaluate(leave)
    page.fill("#a", "x")
    assert page.evaluate(leave)
    page.evaluate("document.forms[0].dispatchEvent(new Event('submit'))")
    assert not page.evaluate(leave)


def test_demonstration_accounts_fill_the_log_in_form(show):
    page = show(
        "<form><input id=id_login><input id=id_password type=password><button>Ouvrir</button></form>"
        "<button id=c type=button data-sst-remplir data-id_login=coo data-id_password=phrase>Ici</button>",
        "remplir",
    )
    page.click("#c")
    assert (page.input_value("#id_login"), page.input_value("#id_password")) == ("coo", "phrase")
    assert page.evaluate("document.activeElement.type") == "submit"


def test_printing_and_the_summary_of_errors(show):
    page = show(
        "<button data-sst-imprimer>Imprimer</button><div tabindex=-1 data-sst-erreurs>2</div>", "erreurs"
    )
    assert page.evaluate("document.activeElement.hasAttribute('data-sst-erreurs')")
    page.evaluate("window.print = () => {window.printed = 1}")
    load(page, "imprimer")
    page.click("button")
    assert page.evaluate("window.printed") == 1
