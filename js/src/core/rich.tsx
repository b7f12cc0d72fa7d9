/** Renders small Markdown, read in Python, as elements: no markup is ever inserted. */
import { createElement, type VNode } from "preact";
import type { Rich as Node } from "./types";

const TAGS = new Set(["p", "ul", "ol", "li", "em", "strong", "code", "br", "a"]);

export function Rich({ nodes }: { nodes: Node[] }) {
  return <>{nodes.map(render)}</>;
}

function render(node: Node): VNode | string {
  if (typeof node === "string") return node;
  const [tag, ...rest] = node;
  if (!TAGS.has(tag)) return plain([node]);
  if (tag !== "a") return createElement(tag, null, ...rest.map(render));
  const [href, ...children] = rest;
  return <a href={String(href)}>{children.map(render)}</a>;
}

export function plain(nodes: Node[]): string {
  return nodes.map((node) => (typeof node === "string" ? node : plain(node.slice(node[0] === "a" ? 2 : 1)))).join("");
}
