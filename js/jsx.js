// What JSX becomes in the bundles; see build.mjs.
export { Fragment, h } from "./src/core/dom";
