/** The areas that the text of an agreement names, with the file of each: the indented lines below `areas:`. */
export function areaFilesIn(text: string): { readonly name: string; readonly path: string }[] {
  const found: { name: string; path: string }[] = [];
  let inside = false;
  for (const line of text.split('\n')) {
    if (/^\S/.test(line)) inside = /^areas:\s*(#.*)?$/.test(line);
    const entry = inside ? /^\s+([a-z][a-z0-9-]*):\s*["']?([^\s"'#]+)/.exec(line) : null;
    if (entry?.[1] !== undefined && entry[2] !== undefined) found.push({ name: entry[1], path: entry[2] });
  }
  return found;
}
