/** Answers JSON lines on standard input, so that Python's tests can ask the browser's rules. */
import { createInterface } from "node:readline";
import { grade } from "../src/app/grading";
import type { Public } from "../src/core/types";
import { report, type RecordPublic } from "../src/core/records";
import { kinds } from "../src/kinds";

interface Question {
  do: "grade" | "fit" | "report";
  open: Public;
  key: unknown;
  response: unknown;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { do: what, open, key, response } = JSON.parse(line) as Question;
  const answer = what === "grade" ? grade(open, key, response)
    : what === "fit" ? kinds[open.kind]!.rule.fit(open, response)
    : report(open as RecordPublic, response as object);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
