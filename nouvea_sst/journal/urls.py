"""Paths of the journal."""

from django.urls import path

from nouvea_sst.journal.views import examens, journal

app_name = "journal"
urlpatterns = [
    path("", journal.liste_journal, name="liste"),
    path("<int:pk>/", journal.ligne, name="ligne"),
    path("examens/", examens.examens, name="examens"),
    path("examens/<int:pk>/", examens.examen, name="examen"),
    path("examens/<int:pk>/clore/", examens.clore_examen, name="clore_examen"),
    path("examens/consultations/<int:pk>/", examens.consultation, name="consultation"),
]
