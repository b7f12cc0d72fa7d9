/** The browser's way in to grading; pvwidgets/grading.py is the same rule in Python. */
import { isObject, Malformed, newResult } from "../core/results";
import type { Problem, Public, Result } from "../core/types";
import { kinds } from "../kinds";

export function grade(open: Public, key: unknown, response: unknown): Result {
  const rule = kinds[open.kind]!.rule;
  if (response === null || (isObject(response) && Object.keys(response).length === 0)) {
    return newResult("empty", 0, rule.grade(open, null, rule.blank(open)).total);
  }
  try {
    rule.validate(open, response);
  } catch (fault) {
    if (!(fault instanceof Malformed)) throw fault;
    const problem: Problem = { code: fault.code, at: fault.at };
    return { ...newResult("malformed", 0, 0), problem };
  }
  return rule.grade(open, key, response);
}
