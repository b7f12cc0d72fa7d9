// Search results show a piece of each page, which the search page reads with fetch(). Browsers
// refuse fetch() in a book opened from a disk (file://) and log an error for each result, so there
// the results are titles only.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

// A tooltip covers what is below it until the pointer or the focus moves on; Escape takes it away,
// as it does everywhere else (WCAG 1.4.13).
addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelectorAll(".tooltip").forEach((tip) => tip.remove());
}, true);
