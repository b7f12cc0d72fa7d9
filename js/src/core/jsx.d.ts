/** The types of JSX. build.mjs puts `h` and `Fragment` where they are used. */
declare module "superfine" {
  export interface VNode {
    key: unknown;
    readonly node: Node;
  }
  export function h(tag: string, props: object, children: unknown[]): VNode;
  export function text(value: string | number): VNode;
  export function patch(node: Node, next: VNode): Node;
}

type Handler<Target, Heard> = (event: Omit<Heard, "currentTarget"> & { currentTarget: Target }) => void;

interface Attributes<Target> {
  key?: unknown;
  class?: string;
  for?: string;
  children?: unknown;
  onChange?: Handler<Target, Event>;
  onClick?: Handler<Target, MouseEvent>;
  onClose?: Handler<Target, Event>;
  onInput?: Handler<Target, InputEvent>;
  onKeyDown?: (event: KeyboardEvent) => void;
  onPointerDown?: (event: PointerEvent) => void;
  style?: string;
  [name: `${"aria" | "data"}-${string}`]: string | number | boolean | undefined;
}

type Simple<Target> = { [Name in keyof Target as Target[Name] extends string | number | boolean | null ? Name : never]?: Target[Name] | number | undefined };

declare const h: typeof import("./dom").h;
declare const Fragment: typeof import("./dom").Fragment;

declare namespace JSX {
  type Element = import("./dom").Child;
  type ElementType = keyof IntrinsicElements | ((props: any) => Element);
  type IntrinsicElements = { [Tag in keyof HTMLElementTagNameMap]: Attributes<HTMLElementTagNameMap[Tag]> & Simple<HTMLElementTagNameMap[Tag]> };
  interface IntrinsicAttributes {
    key?: unknown;
  }
  interface ElementChildrenAttribute {
    children: unknown;
  }
}
