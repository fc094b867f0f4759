import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-charts.json";

/** Texts of charts, cards and blocks, by key. */
export const t = createTranslator({ locale: "en", messages });
