"""One interpreter of a process has the package, as its only user or beside others: those get one error that says so."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

# Python's own module for it is public from 3.14 on.
pytestmark = pytest.mark.skipif(
    all(find_spec(name) is None for name in ("_interpreters", "_xxsubinterpreters")),
    reason="this Python was built without subinterpreters",
)
OWN = pytest.param(
    "own", marks=pytest.mark.skipif(sys.version_info < (3, 12), reason="interpreters with a GIL of their own came with Python 3.12")
)

# In whichever interpreter: imports the package, makes it raise, in a thread, too, and says what came of it.
USE = """
import sys, threading

def use():
    try:
        SmileIdRelay("/api/smile").re_enroll(5)
    except InvalidInput as error:
        caught = pickle.loads(pickle.dumps(error)) == error
        signed = key.sign(now=datetime(2026, 11, 22, tzinfo=timezone.utc)).timestamp == "2026-11-22T00:00:00.000Z"
        said.append("works" if caught and signed and enrollkit.check_user({}) else "does not")

said = []
try:
    import enrollkit
    from enrollkit import InvalidInput, SmileId, SmileIdRelay
except ImportError as error:
    left = [name for name in sys.modules if name.startswith("enrollkit")]
    said = [f"{type(error).__name__}: {error} {left}"]
else:
    import pickle
    from datetime import datetime, timezone
    key = SmileId(partner_id="085", environment="sandbox", operator="ops@bank.example", api_key="not-a-real-key")
    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    use()
print("; ".join(said), flush=True)
"""

# What the main interpreter does with others.
MAIN = f"""
import sys
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters

USE = {USE!r}
kind = sys.argv[1]

def started():
    if sys.version_info >= (3, 13):
        return interpreters.create("isolated" if kind == "own" else "legacy")
    return interpreters.create(isolated=kind == "own")

def use(interpreter):
    interpreters.run_string(interpreter, USE)
"""


def said(kind: str, steps: str) -> list[str]:
    """What each interpreter said, in their order."""
    done = subprocess.run([sys.executable, "-c", MAIN + steps, kind], capture_output=True, text=True, timeout=120, check=False)
    # Other modules of Python warn there that they are loaded again.
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


WORKS = "works; works"
REFUSED = (
    "ImportError: enrollkit works in one interpreter of a process, the first that imports it, and in no subinterpreter with its own "
    "GIL: its classes are shared by the whole process. Under mod_wsgi, set `WSGIApplicationGroup %{GLOBAL}`; under uWSGI, "
    "`single-interpreter = true`; anywhere else, import it in the main interpreter only, or in processes of their own []"
)


@pytest.mark.parametrize("kind", ["shared", OWN])
def test_beside_the_main_interpreter(kind: str) -> None:
    steps = """
exec(USE, {})
one = started()
use(one)
use(one)
interpreters.destroy(one)
use(started())
exec(USE, {})
"""
    assert said(kind, steps) == [WORKS, REFUSED, REFUSED, REFUSED, WORKS]


def test_alone_in_a_subinterpreter() -> None:
    steps = """
one = started()
use(one)
use(started())
use(one)
interpreters.destroy(one)
use(started())
exec(USE, {})
"""
    assert said("shared", steps) == [WORKS, REFUSED, WORKS, REFUSED, REFUSED]


@pytest.mark.parametrize("kind", [OWN])
def test_one_that_is_refused_takes_nothing_from_the_next(kind: str) -> None:
    assert said(kind, "use(started()); exec(USE, {})") == [REFUSED, WORKS]


def test_imported_anew_it_raises_the_new_classes() -> None:
    steps = """
exec(USE, {})
for name in [name for name in sys.modules if name.startswith("enrollkit")]:
    del sys.modules[name]
exec(USE, {})
"""
    assert said("shared", steps) == [WORKS, WORKS]
