"""Smile ID's webhooks in Django. Start:

    waitress-serve --max-request-body-size=2097153 django_app:application

or under any other WSGI server.

The view is what to copy; what `configure` says is in your project's settings.
"""

from __future__ import annotations

import logging
import os
import secrets

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from receiver import LARGEST_BODY, raw_headers
from settings import Settings

logging.basicConfig(level=logging.INFO)
settings.configure(
    ROOT_URLCONF=__name__,
    # Signs nothing here.
    SECRET_KEY=secrets.token_urlsafe(),
    ALLOWED_HOSTS=os.environ.get("ALLOWED_HOSTS", "127.0.0.1").split(","),
    MIDDLEWARE=["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"],
    # Beyond it, `request.body` raises. It counts the announced length.
    DATA_UPLOAD_MAX_MEMORY_SIZE=LARGEST_BODY,
)


# The signature is the authentication; a CSRF token protects a browser's session, and there is none.
@csrf_exempt
# GET and HEAD are a 405.
@require_POST
# Django's error mails show local variables, and these hold a live signature.
@sensitive_variables()
def smile_id(request: HttpRequest) -> HttpResponse:
    # Django reads as much as was announced; of a body without a length, nothing at all.
    announced = request.META.get("CONTENT_LENGTH")
    if not announced:
        return HttpResponse(status=411)
    try:
        # The bytes as they came. JSON that was read and written again is another delivery.
        body = request.body
    except RequestDataTooBig:
        return HttpResponse(status=413)
    except UnreadablePostError:
        return HttpResponse(status=400)
    # gunicorn gives what came before a connection broke as if it were all.
    if len(body) != int(announced):
        return HttpResponse(status=400)
    # Nothing but the status: a sender is not told why.
    return HttpResponse(status=receiver.receive(raw_headers(request.headers.items()), body))


urlpatterns = [path("webhooks/smile-id", smile_id)]
application = get_wsgi_application()
# With the WSGI application, and not with the settings: `manage.py migrate` looks nothing up.
receiver = Settings.from_env().receiver()
