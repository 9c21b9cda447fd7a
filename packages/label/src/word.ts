/** What no name may hold: control, format, private and unassigned characters, and white space other than a blank. */
const hidden = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/**
 * True for text that can stand in a label, a policy or an agreement as a name: at most 200 characters, all of them
 * visible, no blank at either end and no `//`, which parts a banner. What looks equal is then equal, and what is
 * printed can be read back.
 */
export const isWord = (text: string): boolean =>
  text !== '' && text.length <= 200 && text.trim() === text && !text.includes('//') && !hidden.test(text);
