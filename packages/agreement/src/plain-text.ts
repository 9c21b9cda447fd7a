/** Control, private and unassigned characters, lone surrogates, and the marks that turn the direction of text. */
const hiding = /[\p{Cc}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

/** True for text that shows what it says: a title cannot be made to look like another one. Line ends are allowed. */
export const isPlainText = (text: string): boolean => !hiding.test(text.replaceAll('\n', ''));
