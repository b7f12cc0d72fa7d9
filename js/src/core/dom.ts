/**
 * JSX on Superfine, a virtual DOM without components: a function in JSX is called at once, and what
 * is to be remembered stands in the state of the activity (core/kind.ts).
 */
import { h as element, patch, text, type VNode } from "superfine";

export { patch };
export type { VNode };

/** What can stand in an element. A value that shows nothing keeps its place, so that what follows stays the same. */
export type Child = VNode | string | number | boolean | null | undefined | Child[];

type Props = Record<string, unknown> | null;

/** Superfine keeps keys in plain objects; a card may be called "constructor". */
const safe = (key: unknown) => `.${key as string}`;

export function h(type: string | ((props: any) => Child), props: Props, ...children: Child[]): Child {
  if (typeof type === "function") {
    const made = type({ ...props, children });
    if (props && "key" in props) (made as VNode).key = safe(props.key);
    return made;
  }
  const attributes = Object.entries(props ?? {}).map(([name, value]) => (
    // Events are heard by their own names, and "false" is a value of aria-pressed.
    name === "key" ? [name, safe(value)] : name.startsWith("on") ? [name.toLowerCase(), value] : [name, name.includes("-") && typeof value === "boolean" ? `${value}` : value]
  ));
  const inside = (children.flat(Infinity as 1) as Child[]).map((child) => (typeof child === "string" || typeof child === "number" ? text(child) : child));
  return element(type, Object.fromEntries(attributes), inside);
}

export const Fragment = ({ children }: { children: Child[] }): Child => children;
