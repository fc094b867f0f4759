import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-dashboards-strategic.json";

/** The texts of the strategic dashboard, by key. */
export const t = createTranslator({ locale: "en", messages });
