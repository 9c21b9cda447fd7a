export const english = { x: 'x' } as const;
export type MessageKey = keyof typeof english;
