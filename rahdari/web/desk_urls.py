"""The one worklist of every desk."""

from . import views
from .access import PERMITS
from .doors import door

urlpatterns = [door("", views.worklist, PERMITS["worklist"], methods=("GET",))]
