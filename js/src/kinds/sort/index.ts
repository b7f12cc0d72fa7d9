/** Sort cards into named places: columns, or the boxes of a chain. */
import type { Kind } from "../../core/kind";
import { rule } from "./grade";
import { View } from "./view";

export const sort: Kind = { rule, View };
