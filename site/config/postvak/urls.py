from django.urls import path

from config.postvak import views

app_name = "postvak"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("leegmaken/", views.empty, name="empty"),
    path("<str:key>/", views.mail, name="mail"),
    path("<str:key>/html/", views.frame, name="frame"),
]
