import json
import subprocess
from pathlib import Path

import pytest

JS = Path(__file__).parents[2] / "js"


class BrowserRules:
    """The front end's rules, run by Node.js: one question a line, one answer a line."""

    def __init__(self, script):
        self.node = subprocess.Popen(
            ["node", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, what, public, key, response):
        question = {"do": what, "open": public, "key": key, "response": response}
        self.node.stdin.write(json.dumps(question) + "\n")
        self.node.stdin.flush()
        answer = self.node.stdout.readline()
        assert answer, "the front end's grader has crashed; its error stands above"
        return json.loads(answer)


@pytest.fixture(scope="session")
def browser_rules(tmp_path_factory):
    script = tmp_path_factory.mktemp("js") / "lines.mjs"
    subprocess.run(
        [
            JS / "node_modules" / ".bin" / "esbuild",
            "test/lines.ts",
            "--bundle",
            "--platform=node",
            "--format=esm",
            "--inject:jsx.js",
            "--log-level=warning",
            f"--outfile={script}",
        ],
        cwd=JS,
        check=True,
    )
    rules = BrowserRules(str(script))
    yield rules
    rules.node.stdin.close()
    rules.node.wait(timeout=10)
