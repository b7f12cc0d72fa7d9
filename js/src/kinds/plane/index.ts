/** Place actors on a plane of power and support, and choose steps. */
import type { Kind } from "../../core/kind";
import { rule } from "./grade";
import { View } from "./view";

export const plane: Kind = { rule, View };
