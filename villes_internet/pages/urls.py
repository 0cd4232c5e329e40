"""The pages that every public service owes its readers, and the files that machines ask for."""

from django.urls import path

from villes_internet.pages import machines, views

app_name = "pages"

urlpatterns = [
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("mentions-legales/", views.legal_notice, name="legal_notice"),
    path("donnees-personnelles/", views.personal_data, name="personal_data"),
    path("plan-du-site/", views.site_map, name="site_map"),
    path("contact/", views.contact, name="contact"),
    path("contact/envoye/", views.contact_sent, name="contact_sent"),
    path("aide/", views.help_index, name="help"),
    path("aide/agents/", views.help_agents, name="help_agents"),
    path("aide/jures/", views.help_jurors, name="help_jurors"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", machines.sitemap_section, name="sitemap_section"),
]
