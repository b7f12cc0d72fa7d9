/** What a kind of activity is made of: a rule, the same as in Python, and a view. */
import type { Child } from "./dom";
import type { Public, Result, Session } from "./types";

export interface Rule {
  blank(open: Public): object;
  /** Throws Malformed. */
  validate(open: Public, response: unknown): void;
  /** What of a stored response still fits an activity that has changed since. */
  fit(open: Public, response: unknown): object;
  grade(open: Public, key: unknown, response: unknown): Result;
}

export interface ViewProps {
  rule: Rule;
  /** Begins every id in the view. */
  base: string;
  open: Public;
  key_: unknown;
  response: object;
  result: Result;
  /** Takes the next response and, if something is to be announced, the words. */
  change(response: object, say?: string): void;
  say(words: string): void;
  /** What a view holds until the page is left, such as the chosen card. */
  local: Record<string, any>;
  hold(next: Record<string, any>): void;
  /** Moves the focus to what stands there after the next change. */
  focus(target: string): void;
  /** The response to another activity, as it is kept: anything that JSON can hold. */
  others: Session["others"];
}

export interface Kind {
  rule: Rule;
  View(props: ViewProps): Child;
  /** Its items are lamps that follow each change: the page tells how many are met, and no score. */
  lamps?: boolean;
}
