/** Several triangles around one problem: the record of a collaboration, and six joint rules. */
import { recordKind } from "../../parts/record";

export const alignment = recordKind;
