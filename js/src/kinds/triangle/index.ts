/** The strategic triangle: a record, six rules that read it, and the name of the whole. */
import { recordKind } from "../../parts/record";

export const triangle = recordKind;
