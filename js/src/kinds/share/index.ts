/** Share a service between groups, see the mean and the worst-off, and choose a rule. */
import type { Kind } from "../../core/kind";
import { rule } from "./grade";
import { View } from "./view";

export const share: Kind = { rule, View };
