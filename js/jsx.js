// What JSX becomes in the bundles; see build.mjs.
export { Fragment, h } from "preact";
