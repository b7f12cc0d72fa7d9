/** Answers JSON lines on standard input, so that Python's tests can ask the browser's rules. */
import { createInterface } from "node:readline";
import { grade } from "../src/app/grading";
import type { Public } from "../src/core/types";
import { kinds } from "../src/kinds";

interface Question {
  do: "grade" | "fit";
  open: Public;
  key: unknown;
  response: unknown;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { do: what, open, key, response } = JSON.parse(line) as Question;
  const answer = what === "grade" ? grade(open, key, response) : kinds[open.kind]!.rule.fit(open, response);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
