"""One OpenAPI 3.1 document from every package's `api.py`."""

from __future__ import annotations

from ninja import NinjaAPI

api = NinjaAPI(title="Rahdari", version="1", urls_namespace="api", openapi_url="/openapi.json", docs_url=None)
