/** Put the cards of a chain in order. */
import type { Kind } from "../../core/kind";
import { rule } from "./grade";
import { View } from "./view";

export const order: Kind = { rule, View };
