"""What stands at the front door and is no page of Wagtail's."""

from django.urls import path

from home import views

app_name = "home"
urlpatterns = [
    path("organisaties/<str:key>/", views.organisation, name="organisation"),
]
