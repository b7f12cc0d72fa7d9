/** Renders small Markdown, read in Python, as elements: no markup is ever inserted. */
import type { Child } from "./dom";
import type { Rich as Node } from "./types";

const TAGS = new Set(["p", "ul", "ol", "li", "em", "strong", "code", "br", "a"]);

export function Rich({ nodes }: { nodes: Node[] }) {
  return <>{nodes.map(render)}</>;
}

function render(node: Node): Child {
  if (typeof node === "string") return node;
  const [tag, ...rest] = node;
  if (!TAGS.has(tag)) return plain([node]);
  if (tag !== "a") return h(tag, null, ...rest.map(render));
  const [href, ...children] = rest;
  return <a href={String(href)}>{children.map(render)}</a>;
}

const SHORT = 60;
const BIDI = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** The beginning of a text, for use within a sentence. */
export function shorten(text: string): string {
  const letters = [...text];
  const start = letters.length > SHORT ? `${letters.slice(0, SHORT).join("").replace(/\s+\S*$/, "")}…` : text;
  // A text that turns the direction of writing must not turn the rest of the sentence.
  return BIDI.test(start) ? `\u2068${start}\u2069` : start;
}

export function plain(nodes: Node[]): string {
  return nodes.map((node) => (typeof node === "string" ? node : plain(node.slice(node[0] === "a" ? 2 : 1)))).join("");
}
