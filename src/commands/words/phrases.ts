/** Every combination of one word per slot: `phrases(['crée', 'ouvre'], ['ticket', 'bug'])` names four phrases. */
export function phrases(...slots: readonly (readonly string[])[]): string[] {
  return slots.reduce<string[]>(
    (begun, slot) => begun.flatMap((start) => slot.map((word) => (start === '' ? word : `${start} ${word}`))),
    [''],
  )
}

/** The forms in which a French verb in -er gives an order: `redémarre`, `redémarrer`, `redémarrez`, `redémarres`. */
export function ordersOf(stem: string, infinitiveStem: string = stem): string[] {
  return [`${stem}e`, `${infinitiveStem}er`, `${infinitiveStem}ez`, `${stem}es`]
}
