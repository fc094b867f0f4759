import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-meetings.json";

/** The texts of the editor and of what can be done with a meeting, by key; English first, like all of the office. */
export const words = createTranslator({ locale: "en", messages });
