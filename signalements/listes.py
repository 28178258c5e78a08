"""Where the records of this app that use an entry of a small list are shown."""

from nouvea_sst.referentiel.catalogue import Lien

LISTES = (
    Lien(
        "sites",
        "signalements.signalement",
        "signalements:liste",
        "vue=tous&site={}",
        "signalements.view_signalement",
    ),
)
