/** What the tour types: the composer of the channel takes it over. */
let typeNow: ((text: string) => void) | null = null

export const takeTyping = (type: (text: string) => void): void => {
  typeNow = type
}

export const typeIntoComposer = (text: string): void => typeNow?.(text)
