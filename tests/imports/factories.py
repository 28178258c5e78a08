"""Records of imports."""

from django.utils import timezone
from factory import LazyFunction, Sequence
from factory.django import DjangoModelFactory

from nouvea_sst.imports.models import CorrespondanceValeur
from nouvea_sst.lib.texte import fold


class CorrespondanceFactory(DjangoModelFactory):
    """A status as some file writes it."""

    class Meta:
        model = CorrespondanceValeur

    cible = "agents"
    champ = "statut"
    valeur = Sequence(lambda n: f"Titul. {n}")
    choix = "F"
    retenue_le = LazyFunction(lambda: timezone.now().replace(microsecond=0))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return super()._create(model_class, *args, cle=fold(kwargs["valeur"]), **kwargs)
