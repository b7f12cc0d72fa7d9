/** Sort cards into the four cells of the public value matrix. */
import type { Kind } from "../../core/kind";
import { blank, fit, grade, validate } from "./grade";
import { View } from "./view";

export const matrix: Kind = { rule: { blank, validate, fit, grade }, View };
