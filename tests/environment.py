"""The environment tests run in: a folder of their own, keys of their own, and PostgreSQL.

Loaded before Django's settings. `DATABASE_URL` names a server to use; without it one is
started here, fast and forgetful, and stopped at the end.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from rahdari.project.catalogues import compile_all
from rahdari.project.launch.postgres import throwaway_cluster

started = ExitStack()


def _begin() -> None:
    home = Path(tempfile.mkdtemp(prefix="rahdari-tests-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    secrets = home / "secrets"
    secrets.mkdir(mode=0o700)
    (secrets / "secret_key").write_text("only-for-tests-" + "x" * 50)
    keys = [{"id": f"0000000{n}", "key": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="} for n in (1, 2)]
    (secrets / "field_keys.json").write_text(json.dumps({"closing": keys[:1], "index": keys[1:]}))
    (home / "static").mkdir()
    os.environ["RAHDARI_STATIC"] = str(home / "static")
    os.environ["RAHDARI_HOME"] = str(home)
    os.environ["RAHDARI_MODE"] = "test"
    os.environ.setdefault("RAHDARI_NODE", "pk")
    os.environ["DJANGO_SETTINGS_MODULE"] = "rahdari.project.settings"
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    compile_all()
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = started.enter_context(throwaway_cluster())
        atexit.register(started.close)


_begin()
