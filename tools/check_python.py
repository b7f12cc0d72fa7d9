"""Say in one sentence why this Python cannot make the project's .venv, and exit 1.

Runs on the oldest Pythons, so it uses nothing that they do not know.
"""

import sys

OLDEST = (3, 11)


def problem(version, has_module):  # type: ignore[no-untyped-def]
    """Return the sentence to print, or None if this Python will do."""
    if version < OLDEST:
        return (
            "This needs Python 3.11 or newer, but %s is Python %d.%d: "
            "install a newer one and name it, for example make serve PYTHON=python3.12."
            % (sys.executable, version[0], version[1])
        )
    for module in ("venv", "ensurepip"):
        if not has_module(module):
            return (
                "%s lacks the module %s, which is needed to make a virtual environment: "
                "on Debian or Ubuntu install python%d.%d-venv, elsewhere a complete Python."
                % (sys.executable, module, version[0], version[1])
            )
    return None


def _has_module(name):  # type: ignore[no-untyped-def]
    import importlib.util

    return importlib.util.find_spec(name) is not None


if __name__ == "__main__":
    sentence = problem(sys.version_info[:2], _has_module)  # type: ignore[no-untyped-call]
    if sentence:
        sys.stderr.write(sentence + "\n")
        sys.exit(1)
