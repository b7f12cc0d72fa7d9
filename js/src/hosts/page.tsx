/** Activities in a published page: data inline, answers in the browser, nothing sent anywhere. */
import { mount } from "../core/shell";
import { Store } from "../core/storage";
import type { Public, Session } from "../core/types";
import { AnswersMenu } from "./answers";

interface Data {
  course: string;
  public: Public;
  key: unknown;
}

const stores = new Map<string, Store>();
const listeners = new Map<string, Set<() => void>>();

function storeOf(course: string): Store {
  let store = stores.get(course);
  if (!store) {
    store = new Store(course);
    store.watch(refresh);
    stores.set(course, store);
  }
  return store;
}

function refresh(id: string | null): void {
  for (const [name, calls] of listeners) {
    if (id === null || id === name) calls.forEach((call) => call());
  }
}

function sessionFor(store: Store, open: Public): Session {
  const own = new Set<() => void>();
  const all = listeners.get(open.id) ?? new Set();
  listeners.set(open.id, all);
  return {
    read: () => store.get(open.id)?.response ?? {},
    write(response) {
      store.put(open.id, {
        kind: open.kind,
        version: open.version,
        saved: new Date().toISOString(),
        response: response as Record<string, unknown>,
      });
      // The same activity may stand twice in a page.
      all.forEach((call) => own.has(call) || call());
    },
    listen(changed) {
      own.add(changed);
      all.add(changed);
      return () => void (own.delete(changed), all.delete(changed));
    },
  };
}

function start(): void {
  for (const root of document.querySelectorAll<HTMLElement>("section.pv-activity:not([data-ready])")) {
    const data = JSON.parse(root.querySelector("script.pv-data")!.textContent!) as Data;
    const store = storeOf(data.course);
    mount({
      root,
      open: data.public,
      answerKey: data.key,
      session: sessionFor(store, data.public),
      footer: <AnswersMenu store={store} refresh={() => refresh(null)} />,
    });
  }
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
else start();
