"""Smile ID's webhooks in Flask. Start:

    waitress-serve --max-request-body-size=2097153 --call flask_app:create_app

or under any other WSGI server.
"""

from __future__ import annotations

import logging

from flask import Flask, Response, request

from receiver import LARGEST_BODY, raw_headers
from settings import Settings


def create_app() -> Flask:
    logging.basicConfig(level=logging.INFO)
    receiver = Settings.from_env().receiver()
    app = Flask(__name__, static_folder=None)
    # One byte more than the limit: of a body without a length, Werkzeug just cuts off the rest.
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY + 1

    # POST only: everything else is a 405.
    @app.route("/webhooks/smile-id", methods=["POST"], provide_automatic_options=False)
    def smile_id() -> Response:
        # Before any of it is read.
        if (request.content_length or 0) > LARGEST_BODY:
            return Response(status=413)
        # The bytes as they came. JSON that was read and written again is another delivery; and `get_data` before anything that
        # reads a form, after which there is nothing left.
        body = request.get_data(cache=False)
        if len(body) > LARGEST_BODY:
            return Response(status=413)
        # gunicorn gives what came before a connection broke as if it were all.
        if request.content_length not in (None, len(body)):
            return Response(status=400)
        # Nothing but the status: a sender is not told why.
        return Response(status=receiver.receive(raw_headers(request.headers.items()), body))

    return app
