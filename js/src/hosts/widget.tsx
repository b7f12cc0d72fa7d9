/** The same activities as an anywidget: the response is a trait that Python reads and sets. */
import { mount } from "../app/shell";
import type { Public, Session } from "../core/types";
import { setWords } from "../core/words";

interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  on(event: string, call: () => void): void;
  off(event: string, call: () => void): void;
  save_changes(): void;
}

const CHANGES = "change:response change:_others";

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  setWords(model.get("_words") as object);
  const session: Session = {
    read: () => model.get("response"),
    write(response) {
      model.set("response", response);
      model.save_changes();
    },
    others: (id) => (model.get("_others") as Record<string, unknown>)[id],
    listen(changed) {
      model.on(CHANGES, changed);
      return () => model.off(CHANGES, changed);
    },
  };
  const root = document.createElement("section");
  const place = document.createElement("p");
  place.className = "pv-saved";
  const told = () => {
    place.textContent = String(model.get("_notice") ?? "");
  };
  told();
  model.on("change:_notice", told);
  el.replaceChildren(root, place);
  const unmount = mount({ root, open: model.get("_public") as Public, answerKey: model.get("_key"), session });
  return () => {
    model.off("change:_notice", told);
    unmount();
  };
}

export default { render };
