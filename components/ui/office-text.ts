import { createTranslator } from "next-intl";
import messages from "@/messages/en/office.json";

/**
 * The office's texts, by key. English is the only office language so far; a second one makes this a
 * choice by the viewer's locale, and every text is already here and not in the components.
 */
export const t = createTranslator({ locale: "en", messages });
