/** The data that Python hands to the front end. See pvwidgets/model.py. */

/** Small Markdown as a tree: a text, or [tag, child, ...]; a link is ["a", address, child, ...]. */
export type Rich = string | [string, ...Rich[]];

/** What a learner may see before answering; each kind adds its own fields. */
export interface Public {
  format: number;
  id: string;
  kind: string;
  version: number;
  title: string;
  prompt: Rich[];
  /** Other activities whose answers are shown in this one. */
  gather?: { id: string }[];
}

export interface Problem {
  code: string;
  at: string;
}

/** Exact: numerator and denominator in lowest terms. */
export type Fraction = [number, number];

export interface Check {
  score: Fraction;
  max: Fraction;
  parts: Record<string, [number, number]>;
  items: Record<string, string>;
}

export interface Result {
  status: "empty" | "malformed" | "ungraded" | "graded";
  answered: number;
  total: number;
  problem: Problem | null;
  board: Check | null;
  first: Check | null;
  latest: Check | null;
  mastery: boolean | null;
}

/** Where a response lives: a browser's storage or a notebook's kernel. */
export interface Session {
  read(): unknown;
  write(response: object): void;
  /** Keeps what no longer fits the activity, before it is written over. */
  setAside?(response: unknown): void;
  /** The response to another activity, as it is kept. */
  others(id: string): unknown;
  /**
   * The first is called when the response, or one that is gathered, changed elsewhere: another tab, the kernel; with true, when somebody else
   * works here from now on. The second is called when something else changed.
   */
  listen(changed: (fresh?: boolean) => void, draw: () => void): () => void;
}
