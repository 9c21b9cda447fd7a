/** What the controls ask of the map; each a new object, so that the same may be asked again. */
export type Command =
  | { readonly type: 'find'; readonly key: string }
  | { readonly type: 'zoom'; readonly by: number }
  | { readonly type: 'whole' }
  | { readonly type: 'areas' };
