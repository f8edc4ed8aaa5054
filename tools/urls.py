"""The tool library as files; everything else of it is a page."""

from django.urls import path

from tools import views

app_name = "tools"
urlpatterns = [
    path("hulpmiddelen/export.csv", views.export_csv, name="export_csv"),
    path("hulpmiddelen/export.json", views.export_json, name="export_json"),
]
