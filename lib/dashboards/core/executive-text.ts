import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-dashboards-executive.json";

/** The texts of the executive dashboard, by key. */
export const t = createTranslator({ locale: "en", messages });
