import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-metrics.json";

/** The texts of the dictionary of figures and of the page of one, by key. */
export const t = createTranslator({ locale: "en", messages });
