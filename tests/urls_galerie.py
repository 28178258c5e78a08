"""The paths of the house and the gallery, which exists in demonstration only."""

from django.urls import path

from nouvea_sst import galerie
from nouvea_sst.urls import handler500
from nouvea_sst.urls import urlpatterns as maison

__all__ = ["handler500", "urlpatterns"]

urlpatterns = [*maison, path("composants/", galerie.composants, name="composants")]
