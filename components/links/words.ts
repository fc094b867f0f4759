import { createTranslator } from "next-intl";
import messages from "@/messages/en/links.json";

/** The texts of links, by key; English first, like all of the office. */
export const words = createTranslator({ locale: "en", messages });
