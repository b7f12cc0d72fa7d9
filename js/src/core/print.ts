/**
 * On paper an activity is the worksheet that Python made, the one that a page without script shows.
 *
 * What was written on the screen stands in it. It is in the page only while the page is printed: on the screen nothing stands twice. The answers
 * at its end are folded away; they are printed only on request, and begin a page of their own.
 */
const sheets = new Map<HTMLElement, HTMLElement>();

/** Takes the worksheet of an activity off the screen. */
export function keepWorksheet(root: HTMLElement): void {
  const sheet = root.querySelector<HTMLElement>(".pv-worksheet");
  if (!sheet) return;
  sheet.remove();
  if (sheet.querySelector("details")) root.dataset.keyed = "true";
  if (!sheets.size) {
    matchMedia("print").addEventListener("change", (event) => (event.matches ? show() : hide()));
    addEventListener("beforeprint", show);
    addEventListener("afterprint", () => {
      hide();
      for (const details of answers()) details.open = false;
    });
  }
  sheets.set(root, sheet);
}

function show(): void {
  sheets.forEach((sheet, root) => {
    const places = sheet.querySelectorAll(":not(.pv-line) + .pv-line");
    root.querySelectorAll<HTMLTextAreaElement>(".pv-writing textarea").forEach((field, i) => {
      places[i]!.textContent = field.value;
    });
    root.append(sheet);
  });
}

function hide(): void {
  sheets.forEach((sheet) => sheet.remove());
}

function answers(): HTMLDetailsElement[] {
  return [...sheets.values()].flatMap((sheet) => [...sheet.querySelectorAll("details")]);
}

/** Prints the page; with the key, this activity's answers too. */
export function printWorksheet(root: HTMLElement, key: boolean): void {
  const sheet = sheets.get(root);
  for (const details of sheet?.querySelectorAll("details") ?? []) details.open = key;
  print();
}
