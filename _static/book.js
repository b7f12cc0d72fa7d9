// Search results show a piece of each page, which the search page reads with fetch(). Browsers
// refuse fetch() in a book opened from a disk (file://) and log an error for each result, so there
// the results are titles only.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
