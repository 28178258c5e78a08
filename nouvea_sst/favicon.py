"""The icon that a browser asks for beside what is no page: a PDF, a workbook, a plain text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import acces_public


@acces_public
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Send to the icon that pages name."""
    return redirect(static("images/favicon.svg"))
