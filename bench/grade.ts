/** Counts how often the front end grades a response in some time: one question a line. */
import { createInterface } from "node:readline";
import { grade } from "../js/src/app/grading";
import type { Public } from "../js/src/core/types";

interface Question {
  open: Public;
  key: unknown;
  response: unknown;
  seconds: number;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { open, key, response, seconds } = JSON.parse(line) as Question;
  const start = performance.now();
  let [count, status, spent] = [0, "", 0];
  while (spent < seconds) {
    status = grade(open, key, response).status;
    count += 1;
    spent = (performance.now() - start) / 1000;
  }
  process.stdout.write(`${JSON.stringify({ status, rate: count / spent })}\n`);
}
