"""The page behind a link: its holder chooses his password, once."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from nouvea_sst.comptes.acces import acces_public, require_form
from nouvea_sst.comptes.actions import use_lien
from nouvea_sst.comptes.actions.liens import LienRefuse, read_lien
from nouvea_sst.comptes.forms import ChoisirMotDePasseForm


@acces_public
@require_form
@never_cache
def lien(request: HttpRequest, jeton: str) -> HttpResponse:
    """Let the holder of a link choose his password, unless somebody is logged in on this browser."""
    maintenant = timezone.now()
    try:
        compte = read_lien(signe=jeton, maintenant=maintenant).compte
        if request.user.is_authenticated:
            return render(request, "comptes/lien_ferme.html", {"motif": "session"}, status=403)
        form = ChoisirMotDePasseForm(compte, request.POST or None)
        if form.is_bound and form.is_valid():
            use_lien(signe=jeton, maintenant=maintenant, mot_de_passe=form.cleaned_data["new_password1"])
            return redirect(f"{reverse('comptes:connexion')}?motif=choisi")
    except LienRefuse:
        return render(request, "comptes/lien_ferme.html", {"motif": "perime"}, status=404)
    except PermissionDenied:
        return render(request, "comptes/lien_ferme.html", {"motif": "attente"}, status=403)
    return render(request, "comptes/lien.html", {"form": form, "compte": compte})
