"""/editions/: what a calendar program takes in of an edition."""

from django.urls import path

from labels.views import calendar

app_name = "editions"

urlpatterns = [
    path("<int:year>/calendrier.ics", calendar.calendar, name="calendar"),
]
