/** Activities in a published page: data inline, answers in the browser, nothing sent anywhere. */
import { mount } from "../app/shell";
import { Store } from "../core/storage";
import type { Public, Session } from "../core/types";
import { setWords } from "../core/words";
import { AnswersMenu } from "./answers";

interface Data {
  course: string;
  public: Public;
  key: unknown;
}

const stores = new Map<string, Store>();
/** By activity: who is to read its entry again. */
const readers = new Map<string, Set<(fresh?: boolean) => void>>();
/** Who shows answers to other activities, and who shows what is wrong with the storage. */
const gatherers = new Set<() => void>();
const screens = new Set<() => void>();

function storeOf(course: string): Store {
  let store = stores.get(course);
  if (!store) {
    store = new Store(course);
    // Cleared elsewhere: what is on the screen stays, and is kept again with the next move.
    store.watch(readAgain, () => screens.forEach((call) => call()));
    stores.set(course, store);
  }
  return store;
}

function readAgain(id?: string, fresh?: boolean): void {
  for (const [name, calls] of readers) {
    if (id === undefined || id === name) calls.forEach((call) => call(fresh));
  }
  for (const calls of [gatherers, screens]) calls.forEach((call) => call());
}

function sessionFor(store: Store, open: Public): Session {
  const own = new Set<(fresh?: boolean) => void>();
  const all = readers.get(open.id) ?? new Set();
  readers.set(open.id, all);
  return {
    read: () => store.get(open.id)?.response ?? {},
    write(response) {
      const { told } = store;
      store.put(open.id, {
        kind: open.kind,
        version: open.version,
        title: open.title,
        saved: new Date().toISOString(),
        response: response as Record<string, unknown>,
      });
      // The same activity may stand twice in a page.
      all.forEach((call) => own.has(call) || call());
      gatherers.forEach((call) => call());
      if (store.told !== told) screens.forEach((call) => call());
    },
    setAside: (response) => store.setAside(open.id, JSON.stringify(response)),
    others: (id) => store.get(id)?.response,
    listen(changed, draw) {
      own.add(changed);
      all.add(changed);
      screens.add(draw);
      if (open.gather) gatherers.add(changed);
      // A page keeps its activities until it is left.
      return () => {};
    },
  };
}

function start(): void {
  for (const found of document.querySelectorAll("script.pv-words")) setWords(JSON.parse(found.textContent!) as object);
  for (const root of document.querySelectorAll<HTMLElement>("section.pv-activity:not([data-ready])")) {
    const data = JSON.parse(root.querySelector("script.pv-data")!.textContent!) as Data;
    const store = storeOf(data.course);
    mount({
      root,
      open: data.public,
      answerKey: data.key,
      session: sessionFor(store, data.public),
      header: () => [...store.troubles].map(([sort, words]) => <p key={sort} class="pv-notice">{words}</p>),
      footer: () => <AnswersMenu store={store} readAgain={(fresh) => readAgain(undefined, fresh)} root={root} />,
    });
  }
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
else start();
